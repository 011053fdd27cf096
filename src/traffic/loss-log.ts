/**
 * Which sessions were lost when, and which record of the trace is to blame: what `hasim explain --loss` begins with.
 *
 * Losses of one cause and one record are one entry, so the log grows with the takeovers of a run, not with its sessions.
 */

import type { LossCause, LossEntry } from './loss.ts';

export class LossLog {
  readonly #entries = new Map<string, LossEntry>();

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
  }

  /** In the order of the first loss of each. */
  entries(): readonly LossEntry[] {
    return [...this.#entries.values()];
  }
}
