/**
 * Which sessions were lost when, and which record of the trace is to blame: what `hasim explain --loss` begins with, and what conditions
 * of expectations count.
 *
 * Losses of one cause and one record are one entry, so the list grows with the takeovers of a run, not with its sessions; their counts over
 * time grow with the instants in which sessions were lost.
 */

import { lastBy } from '../kernel/last-by.ts';
import type { LossCause, LossEntry } from './loss.ts';

/** How many sessions were lost by when. */
export interface LossCourse {
  /** Instants in which sessions were lost, in order within each cause. */
  readonly timesUs: readonly number[];
  /** @param cause of all causes where it is left out */
  countBy(timeUs: number, cause?: LossCause): number;
}

/** Losses of one cause: from each of these times on, so many. */
interface Steps {
  readonly timesUs: number[];
  readonly totals: number[];
}

export class LossLog implements LossCourse {
  readonly #entries = new Map<string, LossEntry>();
  readonly #steps = new Map<LossCause, Steps>();

  /**
   * Books one lost session.
   *
   * @param timeUs when it was lost; never before the one booked last
   * @param record id of the trace record that is to blame, 0 = none
   */
  add(cause: LossCause, timeUs: number, record: number): void {
    const key = `${cause} ${record}`;
    const entry = this.#entries.get(key) ?? { cause, count: 0, firstUs: timeUs, lastUs: timeUs, record };
    this.#entries.set(key, { ...entry, count: entry.count + 1, lastUs: timeUs });
    this.#count(cause, timeUs);
  }

  #count(cause: LossCause, timeUs: number): void {
    const steps = this.#steps.get(cause) ?? { timesUs: [], totals: [] };
    this.#steps.set(cause, steps);
    const { timesUs, totals } = steps;
    const total = (totals.at(-1) ?? 0) + 1;
    if (timesUs.at(-1) === timeUs) totals[totals.length - 1] = total;
    else {
      timesUs.push(timeUs);
      totals.push(total);
    }
  }

  get timesUs(): readonly number[] {
    return [...this.#steps.values()].flatMap(({ timesUs }) => timesUs);
  }

  countBy(timeUs: number, cause?: LossCause): number {
    if (cause === undefined) {
      return [...this.#steps.keys()].reduce((sum, one) => sum + this.countBy(timeUs, one), 0);
    }
    const { timesUs, totals } = this.#steps.get(cause) ?? { timesUs: [], totals: [] };
    return totals[lastBy(timesUs, timeUs, (time) => time)] ?? 0;
  }

  /** In the order of the first loss of each. */
  entries(): readonly LossEntry[] {
    return [...this.#entries.values()];
  }
}
