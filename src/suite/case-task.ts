/**
 * What a worker does for `hasim test`: some runs of a case, held against its expectations. Of runs that are not as expected the first few
 * are kept whole and the others are counted, so that a case takes the same room with ten seeds and with a hundred thousand.
 */

import { run } from '../run/run.ts';
import type { RunResult } from '../run/result.ts';
import type { RunFailure } from '../sweep/outcome.ts';
import { metricsAskedFor, type Row } from './asked-metrics.ts';
import { eachSeed, failureOf, scenarioOf, type RunsTask } from '../sweep/tasks.ts';

/** Runs that are not as expected and are kept whole, of each case. */
export const KEPT_RUNS = 3;

/** A run that is not as expected. */
export interface UnmetRun {
  readonly seed: string;
  readonly result: RunResult | null;
  readonly failure: RunFailure | null;
}

/** What came of some runs of a case. */
export interface CasePart {
  /** Carried out; fewer than asked for when it was stopped. */
  readonly runs: number;
  /** Of them, not as expected. */
  readonly unmet: number;
  /** Of them, broken off. */
  readonly broken: number;
  readonly unmetBy: Readonly<Record<number, number>>;
  readonly expectations: number;
  /** Those that broke off before the others, then in the order of seeds. */
  readonly kept: readonly UnmetRun[];
  /** What expectations over seeds ask for, in the order of seeds; none of runs that broke off. */
  readonly rows: readonly Row[];
  /** Simulated time of those that did not break off. */
  readonly simulatedUs: number;
  readonly milliseconds: number;
}

export const NO_RUNS: CasePart = {
  runs: 0,
  unmet: 0,
  broken: 0,
  unmetBy: {},
  expectations: 0,
  kept: [],
  rows: [],
  simulatedUs: 0,
  milliseconds: 0,
};

/** Carries out runs of a case. */
export function caseTask(task: RunsTask): CasePart {
  const begin = performance.now();
  const scenario = scenarioOf(task.source, task.settings);
  if (typeof scenario === 'string') {
    const failure = { kind: 'mistake', message: scenario } as const;
    return eachSeed(task, (seed) => brokenOff(seed, failure)).reduce(together, NO_RUNS);
  }
  const metrics = metricsAskedFor(scenario);
  const one = (seed: string): CasePart => {
    try {
      const result = run(scenario, { seed, file: task.source.file });
      return partOf(result, metrics.length === 0 ? [] : [metrics.map(({ of }) => of(result))]);
    } catch (error) {
      return brokenOff(seed, failureOf(error));
    }
  };
  let whole = NO_RUNS;
  eachSeed(task, (seed) => void (whole = together(whole, one(seed))));
  return { ...whole, milliseconds: performance.now() - begin };
}

function partOf(result: RunResult, rows: CasePart['rows']): CasePart {
  const unmet = result.verdicts.filter(({ passed }) => !passed);
  return {
    runs: 1,
    unmet: unmet.length === 0 ? 0 : 1,
    broken: 0,
    unmetBy: Object.fromEntries(unmet.map(({ index }) => [index, 1])),
    expectations: result.verdicts.length + result.unjudged.length,
    kept: unmet.length === 0 ? [] : [{ seed: result.seed, result, failure: null }],
    rows,
    simulatedUs: result.endedAtUs,
    milliseconds: 0,
  };
}

/** A run that could not be carried out to its end. */
export function brokenOff(seed: string, failure: RunFailure): CasePart {
  return { ...NO_RUNS, runs: 1, unmet: 1, broken: 1, kept: [{ seed, result: null, failure }] };
}

/** Two parts of a case as one, the first being of earlier seeds. */
export function together(one: CasePart, other: CasePart): CasePart {
  const kept = [...one.kept, ...other.kept];
  const indices = new Set([...Object.keys(one.unmetBy), ...Object.keys(other.unmetBy)].map(Number));
  const times = (index: number): number => (one.unmetBy[index] ?? 0) + (other.unmetBy[index] ?? 0);
  return {
    runs: one.runs + other.runs,
    unmet: one.unmet + other.unmet,
    broken: one.broken + other.broken,
    unmetBy: Object.fromEntries([...indices].map((index) => [index, times(index)])),
    expectations: Math.max(one.expectations, other.expectations),
    kept: [
      ...kept.filter(({ failure }) => failure !== null),
      ...kept.filter(({ failure }) => failure === null),
    ].slice(0, KEPT_RUNS),
    rows: other.rows.length === 0 ? one.rows : [...one.rows, ...other.rows],
    simulatedUs: one.simulatedUs + other.simulatedUs,
    milliseconds: one.milliseconds + other.milliseconds,
  };
}
