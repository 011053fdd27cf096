/**
 * Candidates of `hasim shrink` on their way to the workers of a pool and back. One of which a worker dies, twice, is refused: whatever it
 * is, it is not what was asked for.
 */

import type { PlainMap } from '../suite/shrink/plain.ts';
import type { Trial, TrialSetting } from '../suite/shrink/trial.ts';
import { WorkerDeath, type RunPool } from '../sweep/pool.ts';

export class Attempts {
  /** Until it is known how long the scenario itself takes. */
  mostEvents = Number.POSITIVE_INFINITY;
  readonly #pool: RunPool;
  readonly #setting: Omit<TrialSetting, 'mostEvents'>;
  readonly #stopped: Promise<null>;

  constructor(pool: RunPool, setting: Omit<TrialSetting, 'mostEvents'>, signal: AbortSignal) {
    this.#pool = pool;
    this.#setting = setting;
    this.#stopped = new Promise((done) => signal.addEventListener('abort', () => done(null)));
  }

  get atOnce(): number {
    return this.#pool.workers;
  }

  /** @returns null when it was interrupted */
  async all(trees: readonly PlainMap[]): Promise<readonly Trial[] | null> {
    return Promise.race([Promise.all(trees.map((tree) => this.#one(tree))), this.#stopped]);
  }

  async #one(tree: PlainMap): Promise<Trial> {
    try {
      return await this.#pool.run('trial', { ...this.#setting, tree, mostEvents: this.mostEvents });
    } catch (error) {
      if (error instanceof WorkerDeath) return { kind: 'refused', runs: 1 };
      throw error;
    }
  }
}
