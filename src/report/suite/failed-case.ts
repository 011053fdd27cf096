/**
 * A case that is not as expected, in full, as every reporter for people tells it: what was expected and measured, when and why, the excerpt of
 * the scenario, and one line that replays it.
 */

import type { AggregateVerdict, CaseOutcome, FailedRun } from '../../suite/outcome.ts';
import type { Styler } from '../style.ts';
import { counted, grouped, labelled, printable } from '../table.ts';
import { failure } from '../verdicts.ts';

/** Everything about it, without its name; none of a case that passed. */
export function failedCaseLines(outcome: CaseOutcome, style: Styler, width: number): string[] {
  return [
    ...outcome.diagnostics
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `  ${printableLine(line)}`),
    ...outcome.failed.flatMap((run) => runLines(run, outcome, style, width)),
    ...otherLines(outcome, style),
    ...outcome.aggregates.flatMap((verdict) => [
      ...aggregateLines(verdict, style, width),
      ...excerptLines(verdict.status === 'passed' ? '' : (outcome.excerpts[verdict.index] ?? ''), style),
    ]),
  ];
}

/** As it is, with its spaces, but for characters that move a cursor. */
export function printableLine(line: string): string {
  return line.replace(/\p{Cc}/gu, '\ufffd');
}

/** In one line: the first thing that is not as expected. */
export function headline({ diagnostics, failed: [first], aggregates }: CaseOutcome): string {
  if (diagnostics !== '') return printable(diagnostics.split('\n')[0] ?? '');
  const broken = first?.failure ?? null;
  if (broken !== null) return printable(broken.message);
  const verdict = first?.result?.verdicts.find(({ passed }) => !passed);
  if (verdict !== undefined) return printable(`${verdict.name}: measured ${verdict.measured}`);
  const aggregate = aggregates.find(({ status }) => status !== 'passed');
  return aggregate === undefined
    ? ''
    : printable(`${aggregate.name}: ${aggregate.status}, measured ${aggregate.measured}`);
}

function runLines(
  { seed, result, failure: broken, replay, excerpts }: FailedRun,
  { runs }: CaseOutcome,
  style: Styler,
  width: number,
): string[] {
  const told = new Set<string>();
  const unmet = (result?.verdicts ?? []).filter(({ passed }) => !passed);
  return [
    ...(runs === 1 ? [] : [`  seed ${printable(seed)}`]),
    ...(broken === null
      ? []
      : labelled('  ✗ ', printable(broken.message), width).map((line) => style.red(line))),
    ...unmet.flatMap((verdict) => [
      ...(result === null ? [] : failure(verdict, result, told, style, width)),
      ...excerptLines(excerpts[verdict.index] ?? '', style),
    ]),
    `      ${style.dim('Again:')} ${replay}`,
  ];
}

/** The first line says where it stands. */
function excerptLines(excerpt: string, style: Styler): string[] {
  if (excerpt === '') return [];
  return excerpt.split('\n').map((line) => `      ${style.dim(line)}`);
}

/** Runs that are not told in full. */
function otherLines({ unmet, failed, runs }: CaseOutcome, style: Styler): string[] {
  const others = unmet - failed.length;
  if (others <= 0)
    return runs > 1 && unmet > 0
      ? [style.dim(`      ${grouped(unmet)} of ${counted(runs, 'run')} not as expected`)]
      : [];
  return [
    style.dim(
      `      … and ${counted(others, 'more run')}: ${grouped(unmet)} of ${grouped(runs)} not as expected`,
    ),
  ];
}

function aggregateLines(
  { name, status, expected, measured, advice }: AggregateVerdict,
  style: Styler,
  width: number,
): string[] {
  if (status === 'passed') return [];
  const mark = status === 'failed' ? style.red : style.yellow;
  return [
    ...labelled(status === 'failed' ? '  ✗ ' : '  ? ', printable(name), width).map((line) =>
      style.bold(mark(line)),
    ),
    ...(name === expected ? [] : labelled('      expected  ', printable(expected), width)),
    ...labelled('      measured  ', printable(measured), width),
    ...(status === 'undecided' ? labelled('      undecided ', printable(advice), width) : []),
  ];
}
