/** Carries out `hasim shrink`: candidates on the workers of a pool, progress on standard error, the smallest so far at Ctrl-C. */

import { dirname, relative, resolve, sep } from 'node:path';
import { wrap } from '../report/table.ts';
import { safeText } from '../scenario/safe-text.ts';
import type { ReadText } from '../scenario/read.ts';
import type { PlainMap } from '../suite/shrink/plain.ts';
import { shrink, type Shrunk } from '../suite/shrink/shrink.ts';
import { expectingOnly, standalone, type Standalone } from '../suite/shrink/standalone.ts';
import { isSameWay, type Symptom } from '../suite/shrink/symptom.ts';
import type { Trial } from '../suite/shrink/trial.ts';
import { writeScenario } from '../suite/shrink/yaml.ts';
import { RunPool, WorkerDeath } from '../sweep/pool.ts';
import { loadWithSource, readerOf } from '../sweep/source.ts';
import { VERSION } from '../version.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { EXIT, UsageError, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { withOutput } from './output.ts';
import { readerFor, replayOf, runOptions, settingsOf } from './scenario-run.ts';
import { workersOf } from './workers-option.ts';

const DEFAULT_MAX_RUNS = 2_000;
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
  const maxRuns = wholeOption(given, 'max-runs') ?? DEFAULT_MAX_RUNS;
  const wanted = wholeOption(given, 'expectation');
  const workers = workersOf(given);
  const { name, readText } = await readerFor(file, err);
  const { loaded, source } = loadWithSource(name, readText);
  if (!loaded.ok) {
    await showDiagnostics(loaded.diagnostics, file, { out, err, json: false, several: false });
    return EXIT.mistake;
  }
  const settings = settingsOf(loaded.tree, given.lists['set'] ?? []);
  const until = given.texts['until'];
  const target = given.texts['output'] ?? '-';
  const changes = {
    settings,
    ...(seed === undefined ? {} : { seed }),
    ...(until === undefined ? {} : { until }),
  };
  const start = standalone(name, readerOf(source) satisfies ReadText, changes, placeOf(target));
  const replay = replayOf(loaded.scenario, given, file);
  const job: Job = { given, context, file, maxRuns, start, target, replay };
  const pool = new RunPool(workers === null ? {} : { workers });
  try {
    // No file that the scenario is made of is written over.
    return await withOutput({ ...given, files: Object.keys(source.texts) }, out, async (sink) => {
      const found = await interruptible((signal) => search(new Attempts(pool, job, signal), wanted, job));
      if (found === null) return EXIT.interrupted;
      await sink.write(writeScenario(found.shrunk.tree, headOf(found, job)));
      return found.shrunk.end === 'interrupted' ? EXIT.interrupted : EXIT.ok;
    });
  } finally {
    await pool.close();
  }
}

/** Candidates on their way to workers and back. */
class Attempts {
  /** Until it is known how long the scenario itself takes. */
  mostEvents = Number.POSITIVE_INFINITY;
  readonly #pool: RunPool;
  readonly #job: Job;
  readonly #stopped: Promise<null>;

  constructor(pool: RunPool, job: Job, signal: AbortSignal) {
    this.#pool = pool;
    this.#job = job;
    this.#stopped = new Promise((done) => signal.addEventListener('abort', () => done(null)));
  }

  get atOnce(): number {
    return this.#pool.workers;
  }

  /** @returns null when it was interrupted */
  async all(trees: readonly PlainMap[]): Promise<readonly Trial[] | null> {
    return Promise.race([Promise.all(trees.map((tree) => this.one(tree))), this.#stopped]);
  }

  async one(tree: PlainMap): Promise<Trial> {
    const { texts } = this.#job.start;
    try {
      return await this.#pool.run('trial', {
        tree,
        texts,
        file: nameOf(this.#job.target),
        mostEvents: this.mostEvents,
      });
    } catch (error) {
      if (error instanceof WorkerDeath) return { kind: 'refused', ran: true };
      throw error;
    }
  }
}

interface Found {
  readonly shrunk: Shrunk;
  /** As the result fails. */
  readonly symptom: Symptom;
}

/** @returns null when it was interrupted before anything was found */
async function search(attempts: Attempts, wanted: number | null, job: Job): Promise<Found | null> {
  const { tree } = job.start;
  const [first] = (await attempts.all([tree])) ?? [];
  if (first === undefined) return null;
  const symptom = symptomAskedFor(first, wanted, tree);
  if (first.kind === 'ran') attempts.mostEvents = EVENTS_FACTOR * first.events + EVENTS_MORE;
  // Other expectations do not change a run; if they do, they stay.
  const alone = expectingOnly(tree, symptom);
  const [trial] = (await attempts.all([alone])) ?? [];
  const same = trial?.kind === 'ran' && trial.symptoms.some((one) => isSameWay(one, symptom));
  const begin = same ? alone : tree;
  const { atOnce } = attempts;
  const attempt = (trees: readonly PlainMap[]): Promise<readonly Trial[] | null> => attempts.all(trees);
  const meter = new Meter(job, tree);
  const shrunk = await shrink(begin, symptom, {
    attempt,
    atOnce,
    maxRuns: job.maxRuns,
    progress: (now) => meter.show(now),
  });
  await meter.finish(shrunk);
  return { shrunk, symptom: await symptomOf(shrunk, symptom, attempts) };
}

/** As the result fails: the same way, with its own numbers. */
async function symptomOf({ tree, end }: Shrunk, symptom: Symptom, attempts: Attempts): Promise<Symptom> {
  if (end === 'interrupted') return symptom;
  const trial = await attempts.one(tree);
  return (trial.kind === 'ran' ? trial.symptoms.find((one) => isSameWay(one, symptom)) : null) ?? symptom;
}

/** @throws UsageError when the scenario does not fail, or not so */
function symptomAskedFor(trial: Trial, wanted: number | null, { expect }: PlainMap): Symptom {
  const symptoms = trial.kind === 'ran' ? trial.symptoms : [];
  const count = Array.isArray(expect) ? expect.length : 0;
  const [first] = symptoms;
  if (first === undefined) {
    const met = count === 0 ? 'one that expects nothing' : `one whose expectations are all met (${count})`;
    throw new UsageError('shrink', `expected a scenario that fails, got ${met}`);
  }
  if (wanted === null || first.kind === 'broke') return first;
  const found = symptoms.find((one) => one.kind === 'unmet' && one.index === wanted - 1);
  if (found !== undefined) return found;
  const unmet = symptoms.map((one) => (one.kind === 'unmet' ? one.index + 1 : 0)).join(', ');
  throw new UsageError('--expectation', `expected one that is not met (${unmet}), got ${wanted}`);
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

  async finish({ runs, tree, end }: Shrunk): Promise<void> {
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
function headOf({ shrunk, symptom }: Found, { target, file, replay }: Job): string[] {
  const { runs, end } = shrunk;
  const again =
    target === '-' ? 'hasim run THIS-FILE' : replay.replace(/^hasim run .*$/, `hasim run ${nameOf(target)}`);
  return [
    `Shrunk from ${file} by hasim ${VERSION}: ${spent(runs, end)}.`,
    `Fails: ${symptom.told}.`,
    `Again: ${again}`,
    `Before it was shrunk: ${replay}`,
  ].flatMap((line) => wrap(safeText(line), HEAD_WIDTH, 2));
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

function wholeOption({ texts }: Given, name: string): number | null {
  const text = texts[name];
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${name}`, `expected a whole number from 1, got ${text}`);
}
