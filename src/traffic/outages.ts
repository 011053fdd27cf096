/**
 * The outages that a probe saw: runs of packets in a row that were lost. Fates come in the order of sending.
 *
 * A long run with a lossy link has any number of them, so only the first are kept and the others counted.
 */

/** A run of packets in a row that got lost. Times in microseconds. */
export interface Outage {
  /** When the first lost packet was sent. */
  readonly fromUs: number;
  /** When the first packet after it that was not lost was sent; the end of the run when there was none. */
  readonly toUs: number;
  readonly lost: number;
  /** Which way the packets went; absent when the tool cannot tell. */
  readonly direction?: Direction;
}

/** `forward`: from the client to the server. */
export type Direction = 'forward' | 'reverse';

/** Outages in the order of time, up to a limit. */
export interface Outages {
  readonly outages: readonly Outage[];
  /** Later ones that are not listed. */
  readonly moreOutages: number;
  /** Longest time from sending the first packet of an outage to the arrival of the first one after it; null = none has ended. */
  readonly firstPacketUs: number | null;
}

export const MOST_OUTAGES = 1_000;

export class OutageLog {
  readonly #direction: Direction | undefined;
  readonly #kept: Outage[] = [];
  #more = 0;
  #run: { readonly fromUs: number; readonly lost: number } | null = null;
  #firstPacketUs: number | null = null;

  constructor(direction?: Direction) {
    this.#direction = direction;
  }

  lost(sentUs: number, count = 1): void {
    this.#run = { fromUs: this.#run?.fromUs ?? sentUs, lost: (this.#run?.lost ?? 0) + count };
  }

  /** @param arrivedUs when the tool saw it */
  received(sentUs: number, arrivedUs: number): void {
    if (this.#run === null) return;
    this.#firstPacketUs = Math.max(this.#firstPacketUs ?? 0, arrivedUs - this.#run.fromUs);
    this.#end(sentUs);
  }

  #end(toUs: number): void {
    if (this.#run === null) return;
    const direction = this.#direction === undefined ? {} : { direction: this.#direction };
    if (this.#kept.length < MOST_OUTAGES) this.#kept.push({ ...this.#run, toUs, ...direction });
    else this.#more += 1;
    this.#run = null;
  }

  copy(): OutageLog {
    const copy = new OutageLog(this.#direction);
    copy.#kept.push(...this.#kept);
    copy.#more = this.#more;
    copy.#run = this.#run;
    copy.#firstPacketUs = this.#firstPacketUs;
    return copy;
  }

  /** All up to now, the open one included. */
  result(nowUs: number): Outages {
    const log = this.copy();
    log.#end(nowUs);
    return { outages: log.#kept, moreOutages: log.#more, firstPacketUs: log.#firstPacketUs };
  }
}
