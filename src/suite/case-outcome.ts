/** From what the runs of a case have come to, to what is told of it. */

import { renderDiagnostics } from '../scenario/diagnostics.ts';
import { writeSetting, type Setting } from '../scenario/settings.ts';
import { readerOf, resolveWith } from '../sweep/source.ts';
import { areOverSeeds, judgeSeeds } from './aggregates.ts';
import type { CasePart } from './case-task.ts';
import type { TestCase, TestFile } from './cases.ts';
import { excerptOf } from './excerpt.ts';
import type { AggregateVerdict, CaseOutcome, CaseStatus, FailedRun } from './outcome.ts';

/** Gives the line that repeats a run. @param settings `PATH=VALUE` */
export type Replay = (file: string, seed: string, settings: readonly string[]) => string;

/**
 * What is told of a case.
 *
 * @param why it was skipped; empty otherwise
 * @param found by all of its runs
 */
export function outcomeOf(
  test: TestCase & { readonly of: TestFile },
  why: string,
  found: CasePart,
  replay: Replay,
): CaseOutcome {
  const { of, settings, id, file, name, tags, seeds } = test;
  const aggregates = why === '' ? aggregatesOf(of, settings, found) : [];
  const unmet = aggregates.filter(({ status }) => status !== 'passed');
  const texts = settings.map(writeSetting);
  const failed = found.kept.map(({ seed, result, failure }): FailedRun => ({
    seed,
    result,
    failure,
    replay: replay(file, seed, texts),
    excerpts: excerptsOf(of, result?.verdicts.filter(({ passed }) => !passed) ?? []),
  }));
  return {
    case: { id, file, name, tags, seeds },
    status: statusOf(of, why, found, unmet),
    why,
    diagnostics: why === '' ? renderDiagnostics(of.diagnostics) : '',
    runs: found.runs,
    unmet: found.unmet,
    expectations: found.expectations,
    unmetBy: found.unmetBy,
    failed,
    aggregates,
    excerpts: excerptsOf(of, unmet),
    milliseconds: found.milliseconds,
  };
}

function statusOf(
  { loaded }: TestFile,
  why: string,
  { broken, unmet }: CasePart,
  unmetOverSeeds: readonly AggregateVerdict[],
): CaseStatus {
  if (why !== '') return 'skipped';
  if (loaded === null || broken > 0) return 'broken';
  return unmet > 0 || unmetOverSeeds.length > 0 ? 'failed' : 'passed';
}

function excerptsOf(
  { loaded }: TestFile,
  verdicts: readonly { readonly index: number }[],
): Record<number, string> {
  if (loaded === null) return {};
  return Object.fromEntries(verdicts.map(({ index }) => [index, excerptOf(loaded.tree, ['expect', index])]));
}

/** What is expected over seeds, also where a cell sets it. */
function aggregatesOf(
  { loaded, source }: TestFile,
  settings: readonly Setting[],
  found: CasePart,
): AggregateVerdict[] {
  if (loaded === null || !areOverSeeds(loaded.scenario.expect)) return [];
  const cell = resolveWith(loaded, settings, readerOf(source));
  return cell.ok ? judgeSeeds(cell.scenario, found.rows, found.simulatedUs) : [];
}
