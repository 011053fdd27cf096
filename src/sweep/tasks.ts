/**
 * What workers do: each task is a function from plain data to plain data, which the tests call directly. `worker.ts` is the file that a
 * worker opens; it has these by their names.
 */

import { InvariantError } from '../check/invariants.ts';
import { LimitError } from '../kernel/limits.ts';
import { metricsOf } from '../run/metrics.ts';
import { run } from '../run/run.ts';
import type { RunResult } from '../run/result.ts';
import { loadScenario, type LoadResult } from '../scenario/load.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { withSettings, writeSetting, type Setting } from '../scenario/settings.ts';
import { outcomeOf, type RunFailure, type RunOutcome } from './outcome.ts';
import { readerOf, resolveWith, type ScenarioSource } from './source.ts';

/** Runs of one scenario that differ by their seeds only. */
export interface RunsTask {
  readonly source: ScenarioSource;
  readonly settings: readonly Setting[];
  readonly seeds: readonly string[];
  /** Instead of the scenario's own length. */
  readonly untilUs?: number;
  /** Not 0 = stop before the next run (Ctrl-C). */
  readonly stop?: Int32Array<SharedArrayBuffer>;
}

/** Resolved scenarios that a worker keeps; a sweep comes back to each in every round. */
const KEPT = 64;
const kept = new Map<string, ResolvedScenario | string>();
/** The scenario that was read last, and what it was made of. */
let read: { readonly files: string; readonly loaded: LoadResult } | null = null;

/**
 * Carries out runs and keeps a row of each.
 *
 * @returns in the order of the seeds; fewer than those when it was stopped
 */
export function outcomesTask(task: RunsTask): RunOutcome[] {
  const scenario = scenarioOf(task.source, task.settings);
  if (typeof scenario === 'string')
    return eachSeed(task, (seed) => failed(seed, { kind: 'mistake', message: scenario }));
  const metrics = metricsOf(scenario);
  return eachSeed(task, (seed) =>
    attempt(scenario, seed, task.untilUs, (result) => outcomeOf(result, metrics)),
  );
}

/** Does something for every seed, until it is stopped. */
export function eachSeed<T>(
  { seeds, stop }: Pick<RunsTask, 'seeds' | 'stop'>,
  action: (seed: string) => T,
): T[] {
  const done: T[] = [];
  for (const seed of seeds) {
    if (stop !== undefined && Atomics.load(stop, 0) !== 0) break;
    done.push(action(seed));
  }
  return done;
}

function attempt(
  scenario: ResolvedScenario,
  seed: string,
  untilUs: number | undefined,
  keep: (result: RunResult) => RunOutcome,
): RunOutcome {
  try {
    return keep(run(scenario, { seed, ...(untilUs === undefined ? {} : { untilUs }) }));
  } catch (error) {
    return failed(seed, failureOf(error));
  }
}

/** A run of which nothing else can be told. */
export function failed(seed: string, failure: RunFailure): RunOutcome {
  return { seed, digest: '', events: 0, unmet: [], metrics: [], failure };
}

/** A run that broke off, as data. */
export function failureOf(error: unknown): RunFailure {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  if (error instanceof LimitError) return { kind: 'limit', message };
  if (error instanceof InvariantError) return { kind: 'invariant', message };
  return { kind: 'internal', message };
}

/** The scenario of a task, resolved once; or what is wrong with these settings together, as a sentence. */
export function scenarioOf(source: ScenarioSource, settings: readonly Setting[]): ResolvedScenario | string {
  const files = [source.file, ...Object.keys(source.texts), ...Object.values(source.texts)].join('\0');
  if (files !== read?.files) {
    read = { files, loaded: loadScenario(source.file, readerOf(source)) };
    kept.clear();
  }
  const key = settings.map(writeSetting).join('\0');
  const before = kept.get(key);
  if (before !== undefined) return before;
  const readText = readerOf(source);
  const loaded = read.loaded.ok
    ? resolveWith(read.loaded, settings, readText)
    : loadScenario(source.file, readText, (tree) => withSettings(tree, settings));
  const scenario = loaded.ok ? loaded.scenario : (loaded.diagnostics[0]?.message ?? '');
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, scenario);
  return scenario;
}
