/**
 * What every command that runs a scenario shares: reading the file, the options that change a run, the run itself in slices
 * so that Ctrl-C is answered at once, and the one way in which each kind of failure is told.
 */

import { setImmediate } from 'node:timers/promises';
import { InvariantError } from '../check/invariants.ts';
import { LimitError } from '../kernel/limits.ts';
import type { TraceLevel } from '../kernel/trace.ts';
import { describeRecord } from '../report/records.ts';
import { replayCommand } from '../report/text.ts';
import type { RunResult } from '../run/result.ts';
import { startRun, type RunOptions } from '../run/run.ts';
import { loadScenario, type LoadResult } from '../scenario/load.ts';
import type { LocatedMap } from '../scenario/located.ts';
import type { ReadText } from '../scenario/read.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { parseDurationUs } from '../scenario/schema/units.ts';
import { readSetting, withSettings, type Setting } from '../scenario/settings.ts';
import type { Given } from './command.ts';
import { UsageError } from './exit.ts';
import { stackOf } from './debug.ts';
import { interruptible } from './interrupt.ts';
import { readTextFile, STDIN_NAME, stdinReader } from './read.ts';
import type { Sink } from './sink.ts';

/** Events between two looks at the signal: some 10 ms. */
const SLICE = 50_000;

/**
 * Loads a scenario file; `-` is standard input.
 *
 * @param settings `PATH=VALUE`, laid over it
 * @throws UsageError for a path that the scenario does not have
 */
export async function loadFile(
  file: string,
  err: Sink,
  settings: readonly string[] = [],
): Promise<LoadResult> {
  const { name, readText } = await readerFor(file, err);
  return loadScenario(name, readText, (tree) => withSettings(tree, settingsOf(tree, settings)));
}

/** Under which name a file is read, and by what; `-` is standard input. */
export async function readerFor(
  file: string,
  err: Sink,
): Promise<{ readonly name: string; readonly readText: ReadText }> {
  if (file !== '-') return { name: file, readText: readTextFile };
  if (process.stdin.isTTY)
    await err.write('hasim: reading a scenario from the terminal; end it with Ctrl-D\n');
  return { name: STDIN_NAME, readText: await stdinReader() };
}

/** The settings of `--set`. @throws UsageError */
export function settingsOf(tree: LocatedMap, texts: readonly string[]): Setting[] {
  return texts.map((text) => {
    const setting = readSetting(tree, text);
    if ('message' in setting) throw new UsageError('--set', setting.message, setting.hint);
    return setting;
  });
}

/** The options that change a run. @throws UsageError */
export function runOptions({ texts }: Given, file: string): RunOptions {
  const { seed, until, trace } = texts;
  if (seed !== undefined && seed.length > 100) {
    throw new UsageError('--seed', `expected a text of at most 100 characters, got ${seed.length}`);
  }
  const untilUs = until === undefined ? undefined : parseDurationUs(until);
  if (untilUs === null || untilUs === 0) {
    throw new UsageError('--until', `expected a duration such as 200ms, 3s or 1min, got ${until}`);
  }
  return {
    file,
    ...(seed === undefined ? {} : { seed }),
    ...(untilUs === undefined ? {} : { untilUs }),
    ...(trace === undefined ? {} : { traceLevel: trace as TraceLevel }),
  };
}

/** The words of a command line that change the scenario as the given ones do. */
export function changesGiven({ texts, lists }: Given): string[] {
  const until = texts['until'] === undefined ? [] : ['--until', texts['until'].replaceAll(' ', '')];
  return [...until, ...(lists['set'] ?? []).flatMap((setting) => ['--set', setting])];
}

/** The command line that repeats a run. */
export function replayOf(scenario: ResolvedScenario, given: Given, file: string): string {
  return replayCommand(file, given.texts['seed'] ?? scenario.seed, changesGiven(given));
}

/**
 * Runs a scenario to its end, or until Ctrl-C or until nobody reads the output any more; then the result says that it was
 * interrupted.
 */
export async function runInSlices(
  scenario: ResolvedScenario,
  options: RunOptions,
  out: Sink,
): Promise<{ readonly result: RunResult; readonly aborted: boolean }> {
  return interruptible(async (signal) => {
    const run = startRun(scenario, options);
    let state: 'paused' | 'done' = 'paused';
    while (state === 'paused' && !signal.aborted && !out.closed) {
      state = run.advance(SLICE);
      await setImmediate(); // Signals and errors of streams arrive here, even when one slice was enough.
    }
    return { result: run.result(), aborted: signal.aborted };
  });
}

/** A run that could not go on, in words, with the line that repeats it. */
export interface Breakdown {
  readonly kind: 'limit' | 'invariant' | 'internal';
  readonly message: string;
  readonly details: readonly string[];
}

/** What kind of breakdown an error is. */
export function breakdownOf(error: unknown): Breakdown {
  if (error instanceof LimitError) return { kind: 'limit', message: error.message, details: [] };
  if (error instanceof InvariantError) {
    const recent = error.recent.map(
      (record) =>
        `  #${record.id}  ${(record.timeUs / 1e6).toFixed(6)}  ${record.subject}: ${describeRecord(record, [])}`,
    );
    return { kind: 'invariant', message: error.message, details: ['The last records before it:', ...recent] };
  }
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return { kind: 'internal', message: `internal error: ${message}`, details: stackOf(error) };
}
