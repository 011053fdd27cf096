/**
 * The books of one firewall's session sync: what it sent, what it did not, and how far it fell behind.
 *
 * The backlog is what waits although its lag has passed. The trace hears of it when messages leave a second late, at each
 * doubling of that delay, and when nothing waits any more: never per message.
 */

import type { Simulation } from '../kernel/simulation.ts';
import { OP, type Op } from './sync-queue.ts';

/** Messages by kind: a session set up, refreshed (its idle time), torn down; entries of the other tables. */
export interface SyncMessages {
  readonly setUp: number;
  readonly update: number;
  readonly teardown: number;
  readonly other: number;
}

/** Session sync over a whole run. */
export interface SyncBooks {
  readonly device: string;
  readonly sent: SyncMessages;
  /** Not sent: no HA2 link was known to work; the queue was full; the firewall stopped serving before. */
  readonly dropped: { readonly noLink: number; readonly queueFull: number; readonly stopped: number };
  /** Frames that carried what was sent. */
  readonly frames: number;
  readonly bulkSyncs: number;
  /** Messages that wait at the end although their lag has passed. */
  readonly backlog: number;
  readonly peakBacklog: number;
  /** When the backlog was largest, and how long it took from then until nothing waited; null = never. */
  readonly peakUs: number | null;
  readonly drainUs: number | null;
  /** Longest time from a session change to its message leaving. */
  readonly longestDelayUs: number;
}

/** A delay beyond the lag that is worth a record. */
const BEHIND_US = 1_000_000;

export class SyncBookkeeper {
  readonly #simulation: Simulation;
  readonly #device: string;
  readonly #sent: [number, number, number, number] = [0, 0, 0, 0];
  readonly #taken: [number, number, number, number] = [0, 0, 0, 0];
  readonly #dropped = { noLink: 0, queueFull: 0, stopped: 0 };
  #frames = 0;
  #bulkSyncs = 0;
  #peak = 0;
  #peakUs: number | null = null;
  #drainUs: number | null = null;
  #longestDelayUs = 0;
  /** Next delay that is worth a record, the record of the first, and the worst since. */
  #tellAtUs = BEHIND_US;
  #behindBy = 0;
  #most = { messages: 0, behindUs: 0 };

  constructor(simulation: Simulation, device: string) {
    this.#simulation = simulation;
    this.#device = device;
  }

  /** A message is put into the next frame. */
  taken(op: Op): void {
    this.#taken[op] += 1;
  }

  /**
   * A frame has left, or could not.
   *
   * @param oldestUs how long ago the first of the changes happened that it tells of
   */
  frame(left: boolean, oldestUs: number): void {
    for (const op of Object.values(OP)) {
      if (left) this.#sent[op] += this.#taken[op];
      else this.#dropped.noLink += this.#taken[op];
      this.#taken[op] = 0;
    }
    if (!left) return;
    this.#frames += 1;
    if (oldestUs > this.#longestDelayUs) this.#longestDelayUs = oldestUs;
  }

  bulk(): void {
    this.#bulkSyncs += 1;
  }

  /** Too much waited already: a message is lost. */
  queueFull(): void {
    this.#dropped.queueFull += 1;
  }

  /**
   * How things stand now.
   *
   * @param messages that wait although their lag has passed
   * @param behindUs how long ago the lag of the first of them passed
   */
  stands(messages: number, behindUs: number): void {
    const { nowUs } = this.#simulation;
    if (messages > this.#peak) {
      this.#peak = messages;
      this.#peakUs = nowUs;
      this.#drainUs = null;
    }
    if (messages === 0) return this.#drained();
    this.#most.messages = Math.max(this.#most.messages, messages);
    this.#most.behindUs = Math.max(this.#most.behindUs, behindUs);
    if (behindUs < this.#tellAtUs) return;
    while (behindUs >= this.#tellAtUs) this.#tellAtUs *= 2;
    this.#behindBy = this.#note('behind', messages, behindUs, this.#behindBy || this.#simulation.cause);
  }

  #drained(): void {
    if (this.#peakUs !== null && this.#drainUs === null)
      this.#drainUs = this.#simulation.nowUs - this.#peakUs;
    const { messages, behindUs } = this.#most;
    if (this.#behindBy !== 0) this.#note('caught-up', messages, behindUs, this.#behindBy);
    this.#forget();
  }

  #note(step: 'behind' | 'caught-up', messages: number, behindUs: number, cause: number): number {
    return this.#simulation.note('session-sync', this.#device, { step, messages, behindUs }, cause);
  }

  /** The firewall stops serving: what waits is not sent any more. */
  stopped(messages: number): void {
    this.#dropped.stopped += messages;
    this.#forget();
  }

  #forget(): void {
    this.#tellAtUs = BEHIND_US;
    this.#behindBy = 0;
    this.#most = { messages: 0, behindUs: 0 };
  }

  /** @param backlog messages that wait now although their lag has passed */
  books(backlog: number): SyncBooks {
    const sent = this.#sent;
    return {
      device: this.#device,
      sent: {
        setUp: sent[OP.add],
        update: sent[OP.update],
        teardown: sent[OP.remove],
        other: sent[OP.other],
      },
      dropped: { ...this.#dropped },
      frames: this.#frames,
      bulkSyncs: this.#bulkSyncs,
      backlog,
      peakBacklog: this.#peak,
      peakUs: this.#peakUs,
      drainUs: this.#drainUs,
      longestDelayUs: this.#longestDelayUs,
    };
  }
}
