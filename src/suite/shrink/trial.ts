/**
 * One candidate of `hasim shrink`: checked and resolved as a file with it would be, and run.
 *
 * A candidate that names what it no longer has is mended first: whatever a mistake points at is taken away too, so that a host goes
 * together with its cable, and a cable with the port that it was plugged into.
 */

import { edited } from '../../scenario/edit.ts';
import { inheritHighAvailability } from '../../scenario/inherit.ts';
import { resolveTree, type LoadResult } from '../../scenario/load.ts';
import { writePath, type LocatedMap, type Path } from '../../scenario/located.ts';
import { makeSource } from '../../scenario/source.ts';
import { startRun } from '../../run/run.ts';
import type { RunResult } from '../../run/result.ts';
import type { ResolvedScenario } from '../../scenario/schema/scenario.ts';
import { readerOf } from '../../sweep/source.ts';
import { judgeSeeds } from '../aggregates.ts';
import { metricsAskedFor, type Row } from '../asked-metrics.ts';
import { pathsOf, without, type PlainMap } from './plain.ts';
import { symptomOfError, symptomsOf, symptomsOverSeeds, type Symptom } from './symptom.ts';

/** What does not change from candidate to candidate. */
export interface TrialSetting {
  /** The name of the candidate; the files that it names are beside it. */
  readonly file: string;
  /** Those files, by their names. */
  readonly texts: Readonly<Record<string, string>>;
  /** Runs of more events than this together are none that anybody wants to look at: refused. */
  readonly mostEvents: number;
  /** A candidate is run with each of these, and fails by what it expects over seeds; none: with its own seed, by all else. */
  readonly seeds: readonly string[];
}

export interface TrialTask extends TrialSetting {
  readonly tree: PlainMap;
}

/** What came of a candidate. */
export type Trial =
  /** It is no scenario, or a run without end. */
  | { readonly kind: 'refused'; readonly runs: number }
  | {
      readonly kind: 'ran';
      /** As it was run: mended. */
      readonly tree: PlainMap;
      readonly symptoms: readonly Symptom[];
      readonly events: number;
      readonly runs: number;
    };

/** Mistakes that are mended one after the other; what needs more is given up. */
const MOST_MENDINGS = 8;

/** Tries one candidate. With `seeds`, `ready()` of src/statistics has been awaited. */
export function trialTask({ tree, ...setting }: TrialTask): Trial {
  const mended = mend(tree, setting);
  if (mended === null) return { kind: 'refused', runs: 0 };
  const { scenario } = mended;
  const outcome = setting.seeds.length === 0 ? once(scenario, setting) : withSeeds(scenario, setting);
  return outcome.symptoms === null
    ? { kind: 'refused', runs: outcome.runs }
    : { kind: 'ran', tree: mended.tree, ...outcome, symptoms: outcome.symptoms };
}

interface Outcome {
  /** Null for runs that are too long. */
  readonly symptoms: readonly Symptom[] | null;
  readonly events: number;
  readonly runs: number;
}

function once(scenario: ResolvedScenario, { mostEvents }: TrialSetting): Outcome {
  const { result, broke, events } = attempt(scenario, scenario.seed, mostEvents);
  return { symptoms: broke ?? (result === null ? null : symptomsOf(result)), events, runs: 1 };
}

function withSeeds(scenario: ResolvedScenario, { seeds, mostEvents }: TrialSetting): Outcome {
  const metrics = metricsAskedFor(scenario);
  const rows: Row[] = [];
  let [events, simulatedUs] = [0, 0];
  for (const seed of seeds) {
    const { result, broke, ...run } = attempt(scenario, seed, mostEvents - events);
    events += run.events;
    if (result === null) return { symptoms: broke, events, runs: rows.length + 1 };
    rows.push(metrics.map(({ of }) => of(result)));
    simulatedUs += result.endedAtUs;
  }
  const verdicts = judgeSeeds(scenario, rows, simulatedUs);
  const symptoms = symptomsOverSeeds(verdicts, scenario.timeline.length > 0);
  return { symptoms, events, runs: rows.length };
}

/** One run: its result, or how it broke off; neither when it is too long. */
function attempt(
  scenario: ResolvedScenario,
  seed: string,
  mostEvents: number,
): { result: RunResult | null; broke: readonly Symptom[] | null; events: number } {
  const run = startRun(scenario, { seed, traceLevel: 'protocol' });
  try {
    const ended = run.advance(mostEvents) === 'done';
    const result = run.result();
    return { result: ended ? result : null, broke: null, events: result.events };
  } catch (error) {
    return { result: null, broke: [symptomOfError(error)], events: run.result().events };
  }
}

type Loaded = Extract<LoadResult, { ok: true }>;

function mend(
  tree: PlainMap,
  setting: TrialSetting,
): { tree: PlainMap; scenario: Loaded['scenario'] } | null {
  let mended = tree;
  for (let times = 0; times <= MOST_MENDINGS; times++) {
    const loaded = load(mended, setting);
    if (loaded.ok) return { tree: mended, scenario: loaded.scenario };
    for (const { path } of loaded.diagnostics) {
      const wrong = pathWritten(mended, path);
      // What is expected stays as it is, and so does what the mistake is about as a whole.
      if (wrong.length < 2 || wrong[0] === 'expect') return null;
      mended = without(mended, wrong.slice(0, -1), [wrong.at(-1) ?? '']);
    }
  }
  return null;
}

function load(tree: PlainMap, { file, texts }: TrialSetting): LoadResult {
  const nowhere = { source: makeSource(file, ''), start: 0, end: 0 };
  const empty: LocatedMap = { kind: 'map', span: nowhere, entries: new Map() };
  const located = edited(
    empty,
    Object.entries(tree).map(([key, value]) => ({ path: [key], set: value })),
  );
  return resolveTree(inheritHighAvailability(located), readerOf({ file, texts }));
}

/** The place that a mistake names, or the nearest around it that is there. */
function pathWritten(tree: PlainMap, text: string): Path {
  const around = pathsOf(tree).filter((path) => {
    const written = writePath(path);
    return text === written || (text.startsWith(written) && ['.', '['].includes(text.charAt(written.length)));
  });
  return around.toSorted((a, b) => b.length - a.length)[0] ?? [];
}
