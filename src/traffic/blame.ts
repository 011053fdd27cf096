/**
 * Why sessions are lost, under small numbers: a million of them share a handful of causes, each with the record that is to blame.
 */

import type { LossCause } from './loss.ts';

/** A cause of loss. */
export interface Blame {
  readonly cause: LossCause;
  /** Record of the trace that is to blame; 0 = none. */
  readonly record: number;
}

export class Blames {
  readonly #list: Blame[] = [];

  /** The number of a blame, from 1 on. */
  index(cause: LossCause, record: number): number {
    const known = this.#list.findIndex((item) => item.cause === cause && item.record === record);
    return known >= 0 ? known + 1 : this.#list.push({ cause, record });
  }

  /** The blame of this number. */
  at(index: number): Blame {
    return this.#list[index - 1] as Blame;
  }
}
