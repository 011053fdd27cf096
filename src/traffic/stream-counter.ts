/**
 * The receiving end of a stream of numbered packets: what it tells from the numbers alone, as iperf3 does for UDP.
 *
 * Packets are judged in the order of their numbers once they are so far behind that they are not expected any more, so that
 * reordering is no loss. Memory is a window of numbers, whatever the rate and the length of the run.
 */

import { OutageLog, type Direction, type Outage, type Outages } from './outages.ts';

/** One direction of a stream, as its receiver counts it. */
export interface DirectionResult extends Omit<Outages, 'outages'> {
  readonly sent: number;
  /** Each packet once. */
  readonly received: number;
  readonly lost: number;
  /** Packets that came once more. */
  readonly duplicates: number;
  /** Packets that came after one that was sent later. */
  readonly reordered: number;
  /** Packets that came too late to be told from duplicates; they count as lost. */
  readonly late: number;
  /** Longest time between two arrivals in a row, or between the start or end of the run and its nearest arrival. */
  readonly longestGapUs: number;
  /** Lost packets ÷ rate. */
  readonly lossDerivedUs: number;
}

/** Numbers behind the highest that came, up to which a packet is still expected. */
const WINDOW = 4_096;
const MISSING = -1;

export class StreamCounter {
  readonly #intervalUs: number;
  readonly #log: OutageLog;
  /** When each packet of the window came, by its number. */
  readonly #arrivals = new Float64Array(WINDOW).fill(MISSING);
  #highest = 0;
  #judged = 0;
  #received = 0;
  #lost = 0;
  #duplicates = 0;
  #reordered = 0;
  #late = 0;
  #lastArrivalUs = 0;
  #longestGapUs = 0;
  /** When packet 1 was sent; the others follow at the interval. */
  startUs = 0;

  constructor(intervalUs: number, direction: Direction) {
    this.#intervalUs = intervalUs;
    this.#log = new OutageLog(direction);
  }

  #sentUs(sequence: number): number {
    return this.startUs + (sequence - 1) * this.#intervalUs;
  }

  arrived(sequence: number, nowUs: number): void {
    this.#longestGapUs = Math.max(this.#longestGapUs, nowUs - this.#lastArrivalUs);
    this.#lastArrivalUs = nowUs;
    if (sequence > this.#highest) this.#advance(sequence);
    else if (sequence <= this.#judged) return this.#tooLate();
    else if (this.#arrivals[sequence % WINDOW] !== MISSING) return this.#twice();
    else this.#reordered += 1;
    this.#arrivals[sequence % WINDOW] = nowUs;
    this.#received += 1;
  }

  #tooLate(): void {
    this.#late += 1;
  }

  #twice(): void {
    this.#duplicates += 1;
  }

  /** Judges what leaves the window and makes room for what enters it. */
  #advance(highest: number): void {
    const upTo = highest - WINDOW;
    for (; this.#judged < Math.min(upTo, this.#highest); this.#judged += 1) {
      const sequence = this.#judged + 1;
      if (!this.#tell(this.#log, sequence)) this.#lost += 1;
      this.#arrivals[sequence % WINDOW] = MISSING;
    }
    if (upTo > this.#judged) {
      const skipped = upTo - this.#judged;
      this.#log.lost(this.#sentUs(this.#judged + 1), skipped);
      this.#lost += skipped;
      this.#judged = upTo;
    }
    this.#highest = highest;
  }

  /** @returns whether the packet came */
  #tell(log: OutageLog, sequence: number): boolean {
    const arrivedUs = this.#arrivals[sequence % WINDOW]!;
    if (arrivedUs === MISSING) log.lost(this.#sentUs(sequence));
    else log.received(this.#sentUs(sequence), arrivedUs);
    return arrivedUs !== MISSING;
  }

  /**
   * What has come up to now.
   *
   * @param sent packets that have been sent
   * @param graceUs packets after the latest arrival that were sent longer ago count as lost, the others as under way
   */
  result(
    nowUs: number,
    sent: number,
    graceUs: number,
  ): { outages: readonly Outage[]; seen: DirectionResult } {
    const log = this.#log.copy();
    let lost = this.#lost;
    for (let sequence = this.#judged + 1; sequence <= this.#highest; sequence += 1) {
      if (!this.#tell(log, sequence)) lost += 1;
    }
    const overdue = Math.floor((nowUs - graceUs - this.startUs) / this.#intervalUs) + 1;
    const missing = Math.min(overdue, sent) - this.#highest;
    if (missing > 0) {
      log.lost(this.#sentUs(this.#highest + 1), missing);
      lost += missing;
    }
    const { outages, ...ends } = log.result(nowUs);
    const seen = {
      sent,
      received: this.#received,
      lost,
      duplicates: this.#duplicates,
      reordered: this.#reordered,
      late: this.#late,
      longestGapUs: Math.max(this.#longestGapUs, nowUs - this.#lastArrivalUs),
      lossDerivedUs: lost * this.#intervalUs,
      ...ends,
    };
    return { outages, seen };
  }
}
