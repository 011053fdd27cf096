/**
 * What one direction of a link does to packets: delay, loss, duplication, reordering, bandwidth.
 *
 * Loss is drawn as the gap to the next lost packet, not packet by packet: one draw per loss instead of one per packet,
 * and the fate of packet n is a function of the stream alone. Jitter keeps the order of packets; reordering is its own
 * setting.
 */

import { geometricGap } from '../kernel/distribution.ts';
import type { RandomStream, RandomStreams } from '../kernel/random.ts';

export interface Impairment {
  readonly latencyUs: number;
  /** Uniform extra delay from 0 to this. */
  readonly jitterUs: number;
  /** Independent loss of each packet, 0..1. */
  readonly loss: number;
  /** Gilbert model: mean packets between bursts and mean packets lost in a burst; null = none. */
  readonly burst: { readonly meanGap: number; readonly meanLength: number } | null;
  readonly duplicate: number;
  readonly reorderShare: number;
  readonly reorderDelayUs: number;
  /** Bits per second; Infinity = not limited. */
  readonly bandwidth: number;
  /** Packets that would wait longer than this for a busy link are dropped. */
  readonly queueLimitUs: number;
}

export const DEFAULT_IMPAIRMENT: Impairment = {
  latencyUs: 0,
  jitterUs: 0,
  loss: 0,
  burst: null,
  duplicate: 0,
  reorderShare: 0,
  reorderDelayUs: 0,
  bandwidth: Number.POSITIVE_INFINITY,
  queueLimitUs: 100_000,
};

/** Delay that says the packet is lost. */
export const LOST = -1;
/** Delay that says the packet would have had to wait too long for the busy link. */
export const NO_ROOM = -2;

/** Draws the fate of each packet of one direction. Streams are named `<name>/loss`, `/jitter`, `/duplicate`, `/reorder`. */
export class Impairer {
  #impairment: Impairment;
  readonly #name: string;
  readonly #streams: RandomStreams;
  readonly #drawn = new Map<string, RandomStream>();
  /** Packets that still pass before the next independent loss. */
  #untilLoss = Number.POSITIVE_INFINITY;
  /** Packets that still pass before the next burst, and packets still to lose in this one. */
  #untilBurst = Number.POSITIVE_INFINITY;
  #burstLeft = 0;
  #busyUntilUs = 0;
  #fixed = true;
  #lastArrivalUs = 0;

  constructor(name: string, impairment: Impairment, streams: RandomStreams) {
    this.#name = name;
    this.#streams = streams;
    this.#impairment = impairment;
    this.set(impairment);
  }

  get impairment(): Impairment {
    return this.#impairment;
  }

  /** Every packet fares like one with this delay: none is lost, and none waits for others. */
  delaysAlways(delayUs: number): boolean {
    return this.#fixed && delayUs === this.#impairment.latencyUs;
  }

  /** Changes the settings; gaps to the next loss are drawn anew. */
  set(impairment: Impairment): void {
    this.#impairment = impairment;
    this.#fixed = isFixed(impairment);
    this.#untilLoss =
      impairment.loss > 0 ? geometricGap(impairment.loss, this.#stream('loss')) : Number.POSITIVE_INFINITY;
    this.#burstLeft = 0;
    this.#untilBurst =
      impairment.burst === null ? Number.POSITIVE_INFINITY : this.#run(impairment.burst.meanGap);
  }

  /**
   * Delay of the next packet from sending to arrival.
   *
   * @param nowUs present time
   * @param bytes size on the wire, for the bandwidth
   * @returns microseconds, or `LOST`, or `NO_ROOM`; both are negative
   */
  delayUs(nowUs: number, bytes: number): number {
    const { latencyUs, jitterUs, reorderShare, bandwidth } = this.#impairment;
    if (this.#loses()) return LOST;
    let atUs = nowUs;
    if (bandwidth !== Number.POSITIVE_INFINITY) {
      const startUs = Math.max(nowUs, this.#busyUntilUs);
      if (startUs - nowUs > this.#impairment.queueLimitUs) return NO_ROOM;
      atUs = startUs + Math.ceil((bytes * 8_000_000) / bandwidth);
      this.#busyUntilUs = atUs;
    }
    atUs += latencyUs;
    if (jitterUs > 0) atUs += Math.floor(this.#stream('jitter').next() * (jitterUs + 1));
    if (reorderShare > 0 && this.#stream('reorder').next() < reorderShare) {
      return atUs + this.#impairment.reorderDelayUs - nowUs;
    }
    if (atUs < this.#lastArrivalUs) atUs = this.#lastArrivalUs;
    this.#lastArrivalUs = atUs;
    return atUs - nowUs;
  }

  /** Whether the packet whose delay was just drawn arrives twice. */
  duplicates(): boolean {
    const { duplicate } = this.#impairment;
    return duplicate > 0 && this.#stream('duplicate').next() < duplicate;
  }

  #loses(): boolean {
    if (this.#untilLoss !== Number.POSITIVE_INFINITY && this.#untilLoss-- === 0) {
      this.#untilLoss = geometricGap(this.#impairment.loss, this.#stream('loss'));
      return true;
    }
    const { burst } = this.#impairment;
    if (burst === null) return false;
    if (this.#burstLeft > 0) {
      this.#burstLeft -= 1;
      if (this.#burstLeft === 0) this.#untilBurst = this.#run(burst.meanGap);
      return true;
    }
    if (this.#untilBurst-- > 0) return false;
    this.#burstLeft = this.#run(burst.meanLength) - 1;
    if (this.#burstLeft === 0) this.#untilBurst = this.#run(burst.meanGap);
    return true;
  }

  /** Length of a run of packets with this mean, at least 1 (geometric). */
  #run(mean: number): number {
    return 1 + geometricGap(1 / mean, this.#stream('burst'));
  }

  #stream(what: string): RandomStream {
    let stream = this.#drawn.get(what);
    if (stream === undefined) {
      stream = this.#streams.stream(`${this.#name}/${what}`);
      this.#drawn.set(what, stream);
    }
    return stream;
  }
}

function isFixed({ jitterUs, loss, burst, duplicate, reorderShare, bandwidth }: Impairment): boolean {
  return jitterUs + loss + duplicate + reorderShare === 0 && burst === null && bandwidth === Infinity;
}
