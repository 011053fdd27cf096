/** Carries out `hasim shrink`: candidates on the workers of a pool, progress on standard error, the smallest so far at Ctrl-C. */

import { dirname, relative, resolve, sep } from 'node:path';
import { wrap } from '../report/table.ts';
import { replayCommand, shellWord } from '../report/text.ts';
import { safeText } from '../scenario/safe-text.ts';
import { isMap, type Plain, type PlainMap } from '../suite/shrink/plain.ts';
import { shrink, type Shrunk } from '../suite/shrink/shrink.ts';
import { expectingOnly, standalone, type Standalone } from '../suite/shrink/standalone.ts';
import { isSameWay, type Symptom } from '../suite/shrink/symptom.ts';
import type { Trial } from '../suite/shrink/trial.ts';
import { writeScenario } from '../suite/shrink/yaml.ts';
import { RunPool } from '../sweep/pool.ts';
import { loadWithSource, readerOf, resolveWith } from '../sweep/source.ts';
import { VERSION } from '../version.ts';
import { Attempts } from './attempts.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { EXIT, UsageError, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { withOutput } from './output.ts';
import { changesGiven, readerFor, replayOf, runOptions, settingsOf } from './scenario-run.ts';
import { seedsOf } from './seeds-option.ts';
import { wholeOption, workersOf } from './sweep-request.ts';

/** For each seed. */
const DEFAULT_MAX_RUNS = 2000;
/** A candidate may have so many times the events of the scenario, and some more. */
const EVENTS_FACTOR = 2;
const EVENTS_MORE = 100_000;
/** Columns of the comment that the result opens with. */
const HEAD_WIDTH = 108;

interface Job {
  readonly given: Given;
  readonly context: Context;
  readonly file: string;
  readonly maxRuns: number;
  readonly start: Standalone;
  /** Where the result goes; `-` is standard output. */
  readonly target: string;
  /** The line that runs the given scenario. */
  readonly replay: string;
}

/** Carries out `hasim shrink`. */
export async function shrinkFile(given: Given, context: Context): Promise<ExitCode> {
  const { out, err } = context;
  const file = given.files[0] ?? '';
  const { seed } = runOptions(given, file);
  const seeds = given.texts['seeds'] === undefined ? [] : (seedsOf(given) ?? []);
  const ownMost = String(DEFAULT_MAX_RUNS * Math.max(1, seeds.length));
  const { 'max-runs': most = ownMost, expectation } = given.texts;
  const maxRuns = wholeOption('--max-runs', most, 1, 1e9);
  const wanted = expectation === undefined ? null : wholeOption('--expectation', expectation, 1, 1e6);
  const workers = workersOf(given);
  const { name, readText } = await readerFor(file, err);
  const { loaded: asWritten, source } = loadWithSource(name, readText);
  const settings = asWritten.ok ? settingsOf(asWritten.tree, given.lists['set'] ?? []) : [];
  const loaded = resolveWith(asWritten, settings, readText);
  if (!loaded.ok) {
    await showDiagnostics(loaded.diagnostics, file, { out, err, json: false, several: false });
    return EXIT.mistake;
  }
  const until = given.texts['until'];
  const target = given.texts['output'] ?? '-';
  const changes = {
    settings,
    ...(seed === undefined ? {} : { seed }),
    ...(until === undefined ? {} : { until }),
    ...(seeds.length === 0 ? {} : { seeds: given.texts['seeds'] ?? '' }),
  };
  const start = standalone(name, readerOf(source), changes, placeOf(target));
  const replay = seeds.length === 0 ? replayOf(loaded.scenario, given, file) : shrunkBy(given, file);
  const job: Job = { given, context, file, maxRuns, start, target, replay };
  const pool = new RunPool({ workers });
  try {
    // No file that the scenario is made of is written over.
    return await withOutput({ ...given, files: Object.keys(source.texts) }, out, async (sink) => {
      const setting = { file: nameOf(target), texts: start.texts, seeds };
      const found = await interruptible((signal) => search(new Attempts(pool, setting, signal), wanted, job));
      await sink.write(writeScenario(found.tree, headOf(found, job)));
      return found.end === 'interrupted' ? EXIT.interrupted : EXIT.ok;
    });
  } finally {
    await pool.close();
  }
}

/** What was found; all there is when it was interrupted before the scenario was run. */
type Found = Omit<Shrunk, 'symptom'> & { readonly symptom: Symptom | null };

async function search(attempts: Attempts, wanted: number | null, job: Job): Promise<Found> {
  const meter = new Meter(job, job.start.tree);
  const found = await reduce(attempts, wanted, job, meter);
  await meter.finish(found);
  return found;
}

async function reduce(attempts: Attempts, wanted: number | null, job: Job, meter: Meter): Promise<Found> {
  const { tree } = job.start;
  const unfinished: Found = { tree, symptom: null, runs: 0, end: 'interrupted' };
  const [first] = (await attempts.all([tree])) ?? [];
  if (first === undefined) return unfinished;
  const symptom = symptomAskedFor(first, wanted, tree);
  if (first.kind === 'ran') attempts.mostEvents = EVENTS_FACTOR * first.events + EVENTS_MORE;
  const alone = expectingOnly(tree, symptom);
  const [trial] = (await attempts.all([alone])) ?? [];
  if (trial === undefined) return unfinished;
  // Other expectations do not change a run; should they, they stay.
  const same = trial.kind === 'ran' && trial.symptoms.some((one) => isSameWay(one, symptom));
  return shrink(same ? alone : tree, symptom, {
    attempt: (trees) => attempts.all(trees),
    atOnce: attempts.atOnce,
    maxRuns: job.maxRuns,
    progress: (now) => meter.show(now),
  });
}

/** @throws UsageError when the scenario does not fail, or not so */
function symptomAskedFor(trial: Trial, wanted: number | null, { expect, seeds }: PlainMap): Symptom {
  if (trial.kind === 'refused') {
    throw new UsageError('shrink', 'expected a scenario that can be run, got one that a worker dies of');
  }
  const { symptoms } = trial;
  const [first] = symptoms;
  if (first === undefined) throw doesNotFail(Array.isArray(expect) ? expect : [], seeds !== undefined);
  if (wanted === null || first.kind === 'broke') return first;
  const found = symptoms.find((one) => one.kind === 'unmet' && one.index === wanted - 1);
  if (found !== undefined) return found;
  const unmet = symptoms.map((one) => (one.kind === 'unmet' ? one.index + 1 : 0)).join(', ');
  throw new UsageError('--expectation', `expected one that is not met (${unmet}), got ${wanted}`);
}

function doesNotFail(expect: readonly Plain[], overSeeds: boolean): UsageError {
  const aggregates = expect.filter((expectation) => isMap(expectation) && 'over-seeds' in expectation);
  const told = 'expected a scenario that fails';
  if (overSeeds) {
    const got = `one of whose expectations over seeds these runs refute none (${aggregates.length})`;
    return new UsageError('shrink', `${told}, got ${got}`);
  }
  if (expect.length === 0) return new UsageError('shrink', `${told}, got one that expects nothing`);
  const got = `one whose expectations are all met (${expect.length})`;
  const hint = aggregates.length === 0 ? '' : 'What it expects over seeds is looked at with --seeds 1..50.';
  return new UsageError('shrink', `${told}, got ${got}`, hint);
}

/** How it goes, on one line of a terminal. */
class Meter {
  readonly #context: Context;
  readonly #quiet: boolean;
  readonly #lines: number;

  constructor({ given, context }: Job, tree: PlainMap) {
    this.#context = context;
    this.#quiet = given.flags['quiet'] === true;
    this.#lines = linesOf(tree);
  }

  show({ runs, tree }: { readonly runs: number; readonly tree: PlainMap }): void {
    if (this.#quiet || !process.stderr.isTTY) return;
    void this.#context.err.write(`\r\u001B[K${runs} runs: ${this.#lines} → ${linesOf(tree)} lines`);
  }

  async finish({ runs, tree, end }: Found): Promise<void> {
    if (this.#quiet) return;
    const begin = process.stderr.isTTY ? '\r\u001B[K' : '';
    await this.#context.err.write(
      `${begin}hasim shrink: ${this.#lines} lines → ${linesOf(tree)}; ${spent(runs, end)}.\n`,
    );
  }
}

function linesOf(tree: PlainMap): number {
  return writeScenario(tree).split('\n').length - 1;
}

function spent(runs: number, end: Shrunk['end']): string {
  const ends = {
    smallest: 'nothing more can be left out',
    budget: 'more might be left out with more --max-runs',
    interrupted: 'interrupted, and more might be left out',
  };
  return `${runs} runs, ${ends[end]}`;
}

/** What the result says of itself. */
function headOf({ tree, symptom, runs, end }: Found, { target, file, replay }: Job): string[] {
  const again = againWith(target, tree);
  const overSeeds = tree['seeds'] !== undefined;
  const told = [
    `Shrunk from ${file} by hasim ${VERSION}: ${spent(runs, end)}.`,
    ...(symptom === null ? [] : [`Fails: ${symptom.told}.`]),
  ];
  const commands = [`Again: ${again}`, `${overSeeds ? 'Shrunk by' : 'Before it was shrunk'}: ${replay}`];
  // A command is for copying: in one piece, however long.
  return [...told.flatMap((line) => wrap(safeText(line), HEAD_WIDTH, 2)), ...commands.map(safeText)];
}

/** The line that runs the result. */
function againWith(target: string, { seed, seeds }: PlainMap): string {
  if (target === '-') return seeds === undefined ? 'hasim run THIS-FILE' : 'hasim test THIS-FILE';
  if (seeds !== undefined) return `hasim test ${shellWord(target)}`;
  return replayCommand(target, typeof seed === 'object' ? '1' : String(seed ?? '1'));
}

/** The line that makes the result. */
function shrunkBy(given: Given, file: string): string {
  const options = ['seeds', 'expectation'].flatMap((name) => {
    const text = given.texts[name];
    return text === undefined ? [] : [`--${name}`, text.replaceAll(' ', '')];
  });
  return ['hasim shrink', ...[file, ...options, ...changesGiven(given)].map(shellWord)].join(' ');
}

// --- names -------------------------------------------------------------------------------------------------------------

/** A result on standard output is taken to be beside whoever reads it. */
function nameOf(target: string): string {
  return target === '-' ? 'shrunk.yaml' : target;
}

function placeOf(target: string): { file: string; nameOf: (file: string) => string } {
  const file = nameOf(target);
  const folder = dirname(resolve(file));
  return { file, nameOf: (other) => relative(folder, resolve(other)).split(sep).join('/') };
}
