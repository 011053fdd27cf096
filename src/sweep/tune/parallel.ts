/** Runs of a search on a pool: in pieces, so that no core waits, and put together in the order of the seeds whoever finishes first. */

import type { Setting } from '../../scenario/settings.ts';
import type { RunOutcome } from '../outcome.ts';
import { WorkerDeath, type RunPool } from '../pool.ts';
import type { ScenarioSource } from '../source.ts';
import { failed, type RunsTask } from '../tasks.ts';
import type { Runs } from './bench.ts';

export interface ParallelOptions {
  readonly pool: Pick<RunPool, 'run'>;
  readonly source: ScenarioSource;
  /** Laid over the scenario before the settings of a candidate. */
  readonly fixed: readonly Setting[];
  /** No further run is begun once it is aborted. */
  readonly signal: AbortSignal;
  /** Told how many runs have been carried out. */
  readonly done: (count: number) => void;
}

/** Runs that a worker is given at once; long ones are given singly. */
const AT_ONCE = 8;

/** @returns runs that come back short when the signal is aborted */
export function parallel({ pool, source, fixed, signal, done }: ParallelOptions): Runs {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  signal.addEventListener('abort', () => void Atomics.store(stop, 0, 1));
  return async (settings, seeds, untilUs) => {
    const size = untilUs === undefined ? AT_ONCE : 1;
    const pieces = Array.from({ length: Math.ceil(seeds.length / size) }, (_, index) =>
      seeds.slice(index * size, (index + 1) * size),
    );
    const outcomes = await Promise.all(
      pieces.map(async (piece) => {
        const task = { source, settings: [...fixed, ...settings], seeds: piece, stop };
        const found = await attempt(pool, untilUs === undefined ? task : { ...task, untilUs });
        done(found.length);
        return found;
      }),
    );
    return untilGap(outcomes, pieces);
  };
}

/** Runs that kill their workers are tried singly, and the one that does so again has failed. */
async function attempt(pool: ParallelOptions['pool'], task: RunsTask): Promise<RunOutcome[]> {
  try {
    return await pool.run('outcomes', task);
  } catch (error) {
    if (!(error instanceof WorkerDeath)) throw error;
    const [seed = '', ...others] = task.seeds;
    if (others.length === 0) return [failed(seed, { kind: 'killed', message: error.message })];
  }
  const outcomes: RunOutcome[] = [];
  for (const seed of task.seeds) outcomes.push(...(await attempt(pool, { ...task, seeds: [seed] })));
  return outcomes;
}

/** The outcomes up to the first that is missing: what comes behind it belongs to other seeds. */
function untilGap(outcomes: readonly RunOutcome[][], pieces: readonly (readonly string[])[]): RunOutcome[] {
  const short = outcomes.findIndex((found, index) => found.length < (pieces[index]?.length ?? 0));
  return (short < 0 ? outcomes : outcomes.slice(0, short + 1)).flat();
}
