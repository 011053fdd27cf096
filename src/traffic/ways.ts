/**
 * The ways that packets of users' sessions take, found out by one packet each and used for all others that fare alike.
 *
 * What becomes of a packet follows from three things: how the network stands, which packet of a session it is, and what the two session
 * tables hold of it. As long as the network stands as it does, one packet that is sent shows what becomes of all that are alike
 * in the other two; its way is kept, and what it did is done for them without sending them.
 */

import type { Network } from '../network/network.ts';
import type { Mark, SessionStep, WayListener } from '../network/way.ts';
import type { SessionTable } from './session-table.ts';

/** What became of one packet, and of all that went the same way. */
export class Way implements WayListener {
  readonly #marks: Mark[] = [];
  readonly #steps: SessionStep[] = [];
  #certain = true;
  /** Packets that went the same way and have not been counted along it. */
  #more = 0;
  #lastUs = 0;
  /** Under which `Ways.at` finds it; 0 while it is not kept. */
  index = 0;
  untilUs = Number.POSITIVE_INFINITY;
  answered = false;
  /** How long packet and answer took together. */
  wayUs = 0;
  /** Record that is to blame when there is no answer; 0 = none. */
  blame = 0;

  get certain(): boolean {
    return this.#certain;
  }

  leavesMark(mark: Mark): void {
    this.#marks.push(mark);
  }

  stepsSession(step: SessionStep): void {
    this.#steps.push(step);
  }

  isUncertain(): void {
    this.#certain = false;
  }

  holdsUntil(us: number): void {
    this.untilUs = Math.min(this.untilUs, us);
  }

  /** Another packet goes this way now. */
  take(flow: number, nowUs: number): void {
    for (const step of this.#steps) step.repeat(flow, nowUs);
    this.#count(1, nowUs);
  }

  /** Packets of an open session have gone this way, the last of them at this time. */
  tookAlready(flow: number, times: number, lastUs: number): void {
    for (const step of this.#steps) if (step.keepsAlive) step.repeat(flow, lastUs);
    this.#count(times, lastUs);
  }

  #count(times: number, lastUs: number): void {
    this.#more += times;
    if (lastUs > this.#lastUs) this.#lastUs = lastUs;
  }

  /** Leaves the marks of all that went this way. */
  settle(): void {
    if (this.#more === 0) return;
    for (const mark of this.#marks) mark.repeat(this.#more, this.#lastUs);
    this.#more = 0;
  }
}

/** Larger signatures, of tables with hundreds of NAT bindings, are not told apart by the key. */
const SIGNATURES = 2 ** 19;

export class Ways {
  readonly #network: Network;
  readonly #tables: readonly SessionTable[];
  readonly #known: Map<number, Way>[] = [];
  #list: Way[] = [];
  #changes = 0;
  #followedAt = 0;
  /** From this time on one of the ways may be another. */
  untilUs = Number.POSITIVE_INFINITY;

  constructor(network: Network, tables: readonly SessionTable[]) {
    this.#network = network;
    this.#tables = tables;
  }

  /** How often the network has changed. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Names all packets of a workload that fare alike.
   *
   * @param kind of the packet, 0 to 3
   * @returns null when the tables hold what a key cannot express
   */
  keyOf(kind: number, flow: number): number | null {
    let key = kind;
    let scale = 4;
    for (const table of this.#tables) {
      const signature = table.signature(flow);
      if (signature >= SIGNATURES) return null;
      key += signature * scale;
      scale *= SIGNATURES;
    }
    return key;
  }

  /** The way of packets with this key, if one has shown it. */
  known(workload: number, key: number): Way | undefined {
    return this.#known[workload]?.get(key);
  }

  /** The way that is kept under this index. */
  at(index: number): Way {
    return this.#list[index - 1] as Way;
  }

  /** Follows the next packet. */
  follow(): Way {
    const way = new Way();
    this.#followedAt = this.#changes;
    this.#network.way = way;
    return way;
  }

  /**
   * The packet is at its end.
   *
   * @returns whether others may go the same way
   */
  keep(workload: number, key: number, way: Way): boolean {
    this.#network.way = null;
    if (!way.certain || this.#changes !== this.#followedAt) return false;
    let known = this.#known[workload];
    if (known === undefined) this.#known[workload] = known = new Map<number, Way>();
    known.set(key, way);
    way.index = this.#list.push(way);
    this.untilUs = Math.min(this.untilUs, way.untilUs);
    return true;
  }

  /** Leaves the marks of every packet so far. */
  settle(): void {
    for (const way of this.#list) way.settle();
  }

  /** The network is about to change: no way is known any more. */
  forget(): void {
    this.#changes += 1;
    if (this.#list.length === 0) return;
    this.settle();
    this.#list = [];
    this.untilUs = Number.POSITIVE_INFINITY;
    for (const known of this.#known) known?.clear();
  }
}
