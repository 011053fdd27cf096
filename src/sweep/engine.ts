/**
 * Carries out the runs of a plan on a pool, and hands their outcomes on in the order of the plan, whoever finishes first. What is under
 * way at any time is bounded, so memory does not grow with the number of runs.
 */

import type { Setting } from '../scenario/settings.ts';
import type { RunOutcome } from './outcome.ts';
import { runAt, type SweepPlan } from './plan.ts';
import { WorkerDeath, type RunPool } from './pool.ts';
import { failed, type RunsTask } from './tasks.ts';
import type { ScenarioSource } from './source.ts';

/** Most runs that a worker is given at once: they cost it a message, and a Ctrl-C waits for one run only. */
const MOST_AT_ONCE = 16;
/** Pieces under way for each worker, so that none waits for the others. */
const AHEAD = 3;

/** What goes from a sweep to whoever keeps its outcomes. */
export interface SweepWork {
  readonly plan: SweepPlan;
  readonly source: ScenarioSource;
  /** What is laid over the scenario for a combination. */
  readonly settingsOf: (setting: number) => readonly Setting[];
  /** Indices of runs, from the first up to but without the second. */
  readonly range: readonly [from: number, to: number];
  /** Outcomes that are known already: such a run is not carried out again. */
  readonly known: ReadonlyMap<number, RunOutcome>;
  /** Whether a combination goes on in a round; asked when all runs of the rounds before are handed on. */
  readonly goesOn: ((setting: number, round: number) => boolean) | null;
  /** Takes an outcome, in the order of the plan. */
  readonly take: (index: number, outcome: RunOutcome) => Promise<void>;
}

/** What a sweep asks of a pool. */
type Pool = Pick<RunPool, 'run' | 'workers'>;

/** How a sweep ended, and outcomes that came out of turn because it was interrupted. */
export interface SweepEnd {
  readonly end: 'complete' | 'interrupted';
  readonly outOfTurn: ReadonlyMap<number, RunOutcome>;
}

/** Runs of one combination of settings that a worker is given together. */
interface Piece {
  readonly setting: number;
  readonly indices: readonly number[];
  readonly seeds: readonly string[];
}

/**
 * Carries out a sweep.
 *
 * @param signal stops it after the runs that are under way
 * @throws whatever `take` throws, after the workers have been told to stop
 */
export async function sweep(work: SweepWork, pool: Pool, signal: AbortSignal): Promise<SweepEnd> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const halt = (): void => void Atomics.store(stop, 0, 1);
  if (signal.aborted) halt();
  signal.addEventListener('abort', halt);
  try {
    return await new Sweeping(work, pool, stop).run();
  } finally {
    halt();
    signal.removeEventListener('abort', halt);
  }
}

class Sweeping {
  readonly #work: SweepWork;
  readonly #pool: Pool;
  readonly #stop: Int32Array<SharedArrayBuffer>;
  readonly #pieceSize: number;
  /** Pieces that were sent and whose outcomes are not handed on, in the order of the plan. */
  readonly #underWay: { readonly piece: Piece; readonly outcomes: Promise<readonly RunOutcome[]> }[] = [];
  readonly #outOfTurn: Map<number, RunOutcome>;
  /** A run that was to come is missing: what comes after it is out of turn. */
  #gap = false;

  constructor(work: SweepWork, pool: Pool, stop: Int32Array<SharedArrayBuffer>) {
    this.#work = work;
    this.#pool = pool;
    this.#stop = stop;
    this.#outOfTurn = new Map(work.known);
    const [from, to] = work.range;
    const fair = Math.ceil((to - from) / (pool.workers * AHEAD * 2));
    this.#pieceSize = Math.max(1, Math.min(MOST_AT_ONCE, fair));
  }

  get #stopped(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }

  async run(): Promise<SweepEnd> {
    const { goesOn } = this.#work;
    for (const round of this.#rounds()) {
      for (const piece of this.#pieces(round)) {
        if (this.#stopped) break;
        this.#send(piece);
        await this.#settle(this.#pool.workers * AHEAD);
      }
      if (goesOn !== null) await this.#settle(0);
      if (this.#stopped) break;
    }
    await this.#settle(0);
    return { end: this.#stopped ? 'interrupted' : 'complete', outOfTurn: this.#outOfTurn };
  }

  /** The runs of the range, round by round. */
  *#rounds(): Generator<{ readonly round: number; readonly from: number; readonly to: number }> {
    const { plan, range } = this.#work;
    const perRound = plan.settings.length * plan.seedsPerRound;
    for (let from = range[0]; from < range[1];) {
      const round = Math.floor(from / perRound);
      const to = Math.min(range[1], (round + 1) * perRound);
      yield { round, from, to };
      from = to;
    }
  }

  /** Runs of a round that stand next to each other and have their settings in common. */
  *#pieces(span: { readonly round: number; readonly from: number; readonly to: number }): Generator<Piece> {
    const { plan, goesOn } = this.#work;
    let indices: number[] = [];
    let seeds: string[] = [];
    let setting = -1;
    for (let index = span.from; index < span.to; index++) {
      const planned = runAt(plan, index);
      if (planned.setting !== setting || indices.length === this.#pieceSize) {
        if (indices.length > 0) yield { setting, indices, seeds };
        [indices, seeds, setting] = [[], [], planned.setting];
      }
      if (goesOn !== null && !goesOn(setting, span.round)) continue;
      indices.push(index);
      seeds.push(planned.seed);
    }
    if (indices.length > 0) yield { setting, indices, seeds };
  }

  #send(piece: Piece): void {
    const outcomes = this.#carryOut(piece);
    outcomes.catch(() => undefined); // It is told when its turn comes.
    this.#underWay.push({ piece, outcomes });
  }

  /** Outcomes of a piece; undefined where it was stopped before. */
  async #carryOut({ setting, indices, seeds }: Piece): Promise<RunOutcome[]> {
    const { known, source, settingsOf, plan } = this.#work;
    const unknown = indices.flatMap((index, place) => (known.has(index) ? [] : [place]));
    const task = {
      source,
      settings: settingsOf(setting),
      seeds: unknown.map((place) => seeds[place] ?? ''),
      stop: this.#stop,
      ...(plan.untilUs === null ? {} : { untilUs: plan.untilUs }),
    };
    const fresh = unknown.length === 0 ? [] : await this.#attempt(task);
    const found: RunOutcome[] = [];
    unknown.forEach((place, order) => {
      const outcome = fresh[order];
      if (outcome !== undefined) found[place] = outcome;
    });
    indices.forEach((index, place) => {
      const outcome = known.get(index);
      if (outcome !== undefined) found[place] = outcome;
    });
    return found;
  }

  /** A piece that kills its workers is cut into single runs, to find the one that does. */
  async #attempt(task: RunsTask): Promise<RunOutcome[]> {
    try {
      return await this.#pool.run('outcomes', task);
    } catch (error) {
      if (!(error instanceof WorkerDeath)) throw error;
      const [seed = '', ...others] = task.seeds;
      if (others.length === 0) return [failed(seed, { kind: 'killed', message: error.message })];
    }
    const outcomes: RunOutcome[] = [];
    for (const seed of task.seeds) {
      const [outcome] = await this.#attempt({ ...task, seeds: [seed] });
      if (outcome === undefined) break; // Stopped.
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** Hands outcomes on until so many pieces are left. */
  async #settle(atMost: number): Promise<void> {
    while (this.#underWay.length > atMost) {
      const { piece, outcomes } = this.#underWay.shift()!;
      const found = await outcomes;
      for (const [place, index] of piece.indices.entries()) await this.#handOn(index, found[place]);
    }
  }

  async #handOn(index: number, outcome: RunOutcome | undefined): Promise<void> {
    this.#gap ||= outcome === undefined;
    if (outcome === undefined) return;
    if (this.#gap) {
      this.#outOfTurn.set(index, outcome);
      return;
    }
    this.#outOfTurn.delete(index);
    await this.#work.take(index, outcome);
  }
}
