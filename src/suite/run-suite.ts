/**
 * Runs cases on a pool and hands their outcomes on in the order of files and cells, whoever finishes first: what `hasim test` finds does
 * not depend on how many workers there are. What is under way at any time is bounded.
 */

import { WorkerDeath, type RunPool } from '../sweep/pool.ts';
import type { RunsTask } from '../sweep/tasks.ts';
import { ready } from '../statistics/special.ts';
import { VERSION } from '../version.ts';
import type { Row } from './asked-metrics.ts';
import { NO_RUNS, brokenOff, together, type CasePart } from './case-task.ts';
import { outcomeOf, type Replay } from './case-outcome.ts';
import type { TestCase, TestFile } from './cases.ts';
import type { CaseOutcome, SuiteResult } from './outcome.ts';
import type { SelectedCase } from './selection.ts';

/** Most runs that a worker is given at once; a Ctrl-C waits for one run only. */
const MOST_AT_ONCE = 10;
/** Pieces under way for each worker: a long run holds up what comes behind it only after so many. */
const AHEAD = 16;

/** Cases whose failing runs all stay in the result; of those after them the first does, so that a suite that fails as a whole has room. */
const WHOLE_CASES = 100;

/** A case with the file that it is of. */
export interface SuiteTestCase extends TestCase {
  readonly of: TestFile;
}

export interface SuiteWork {
  readonly cases: readonly SelectedCase<SuiteTestCase>[];
  /** Asked for the first run only. */
  readonly pool: () => Pick<RunPool, 'run' | 'workers'>;
  /** Stop when so many cases have failed; Infinity = never. */
  readonly bail: number;
  readonly replay: Replay;
  /** Takes an outcome, in the order of the cases. */
  readonly take: (outcome: CaseOutcome) => Promise<void>;
}

/** Runs of a case that a worker is given together. */
interface Piece {
  readonly selected: SelectedCase<SuiteTestCase>;
  readonly part: Promise<CasePart>;
  /** The last of its case. */
  readonly last: boolean;
}

/**
 * Runs a suite.
 *
 * @param signal stops it after the runs that are under way; what is done by then is in the result
 * @throws whatever `take` throws
 */
export async function runSuite(work: SuiteWork, signal: AbortSignal): Promise<SuiteResult> {
  const begin = performance.now();
  await ready();
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const halt = (): void => void Atomics.store(stop, 0, 1);
  if (signal.aborted) halt();
  signal.addEventListener('abort', halt);
  const suite = new Suite(work, stop);
  try {
    await suite.run();
  } finally {
    halt();
    signal.removeEventListener('abort', halt);
  }
  const end = signal.aborted ? 'interrupted' : suite.bailed ? 'bail' : 'complete';
  return { version: VERSION, cases: suite.outcomes, milliseconds: performance.now() - begin, end };
}

/** How many pieces of work there are. */
export function piecesOf(cases: readonly SelectedCase<SuiteTestCase>[]): number {
  return cases.reduce(
    (sum, { test, why }) => sum + (isRun(test, why) ? Math.ceil(test.seeds.length / MOST_AT_ONCE) : 0),
    0,
  );
}

class Suite {
  readonly outcomes: CaseOutcome[] = [];
  bailed = false;
  readonly #work: SuiteWork;
  readonly #stop: Int32Array<SharedArrayBuffer>;
  /** Sent and not handed on, in the order of the cases. */
  readonly #underway: Piece[] = [];
  /** Of the case whose turn it is. */
  #sofar: CasePart = NO_RUNS;
  #rows: Row[] = [];
  #failed = 0;

  constructor(work: SuiteWork, stop: Int32Array<SharedArrayBuffer>) {
    this.#work = work;
    this.#stop = stop;
  }

  get #stopped(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }

  async run(): Promise<void> {
    for (const selected of this.#work.cases) {
      for (const { part, last } of this.#parts(selected)) {
        part.catch(() => undefined); // It is told when its turn comes.
        this.#underway.push({ selected, part, last });
        await this.#settle(AHEAD * this.#workers(selected));
        if (this.#stopped) break;
      }
      if (this.#stopped) break;
    }
    await this.#settle(0);
  }

  #workers({ test, why }: SelectedCase<SuiteTestCase>): number {
    return isRun(test, why) ? this.#work.pool().workers : 1;
  }

  *#parts({ test, why }: SelectedCase<SuiteTestCase>): Generator<Omit<Piece, 'selected'>> {
    if (!isRun(test, why)) {
      yield { part: Promise.resolve(NO_RUNS), last: true };
      return;
    }
    const { seeds, settings, of } = test;
    for (let from = 0; from < seeds.length; from += MOST_AT_ONCE) {
      const some = seeds.slice(from, from + MOST_AT_ONCE);
      const task = { source: of.source, settings, seeds: some, stop: this.#stop };
      yield { part: this.#attempt(task), last: from + MOST_AT_ONCE >= seeds.length };
    }
  }

  /** A piece that kills its workers is cut into single runs, to find the one that does. */
  async #attempt(task: RunsTask): Promise<CasePart> {
    try {
      return await this.#work.pool().run('case', task);
    } catch (error) {
      if (!(error instanceof WorkerDeath)) throw error;
      const [seed = '', ...others] = task.seeds;
      if (others.length === 0) return brokenOff(seed, { kind: 'killed', message: error.message });
    }
    let whole = NO_RUNS;
    for (const seed of task.seeds) whole = together(whole, await this.#attempt({ ...task, seeds: [seed] }));
    return whole;
  }

  /** Hands on until so many pieces are left. */
  async #settle(atMost: number): Promise<void> {
    while (this.#underway.length > atMost) {
      const { selected, part, last } = this.#underway.shift()!;
      const { rows, ...counts } = await part;
      for (const row of rows) this.#rows.push(row);
      this.#sofar = together(this.#sofar, { ...counts, rows: [] });
      if (last) await this.#finish(selected);
    }
  }

  async #finish({ test, why }: SelectedCase<SuiteTestCase>): Promise<void> {
    const found = { ...this.#sofar, rows: this.#rows };
    this.#sofar = NO_RUNS;
    this.#rows = [];
    const interrupted = isRun(test, why) && found.runs < test.seeds.length;
    if (this.bailed || interrupted) return;
    const outcome = outcomeOf(test, why, found, this.#work.replay);
    await this.#work.take(outcome);
    if (outcome.status === 'failed' || outcome.status === 'broken') this.#failed++;
    const whole = this.#failed <= WHOLE_CASES;
    this.outcomes.push(whole ? outcome : { ...outcome, failed: outcome.failed.slice(0, 1) });
    if (this.#failed < this.#work.bail) return;
    this.bailed = true;
    Atomics.store(this.#stop, 0, 1);
  }
}

function isRun(test: SuiteTestCase, why: string): boolean {
  return why === '' && test.of.loaded !== null;
}
