/**
 * The numbers of flows. A flow's number stands for its 5-tuple in every packet and in both session tables; its lower part is a slot,
 * an index into the columns in which flows and sessions are kept.
 *
 * A slot is used again, under another number, when nobody holds it any more: not the conversation itself, and
 * neither session table. So columns stay as long as what is open at once, however long a run is.
 */

import { roomFor, widen } from './columns.ts';

const SLOT_BITS = 24;
const SLOTS = 2 ** SLOT_BITS;
const SLOT_MASK = SLOTS - 1;

/** Who can hold a slot; a bit each. */
export const HOLDER = { conversation: 1, tables: 2 } as const;

/** The slot of a flow. */
export function slotOf(flow: number): number {
  return flow & SLOT_MASK;
}

/** More flows at once than there are slots. */
export class TooManyFlowsError extends Error {
  override readonly name = 'TooManyFlowsError';

  constructor() {
    super(`expected at most ${SLOTS - 1} sessions at once, got more: a lower rate, or shorter holding times`);
  }
}

export class FlowNumbers {
  /** How often each slot was given back: the upper part of the number of whoever has it now. */
  #generations = new Uint32Array(64);
  #holders = new Uint8Array(64);
  /** Given back, the latest last. */
  readonly #free: number[] = [];
  #top = 0;
  #tables = 0;

  /** One more than the largest slot ever taken. */
  get end(): number {
    return this.#top + 1;
  }

  /** A session table takes part. @returns the bit under which it holds slots */
  addTable(): number {
    this.#tables += 1;
    return HOLDER.tables << (this.#tables - 1);
  }

  /**
   * A number for a new conversation, from 1 on.
   *
   * @throws TooManyFlowsError
   */
  take(): number {
    const slot = this.#free.pop() ?? this.#next();
    this.#holders[slot] = HOLDER.conversation;
    return this.numberOf(slot);
  }

  #next(): number {
    this.#top += 1;
    if (this.#top >= SLOTS) throw new TooManyFlowsError();
    this.#reach(this.#top);
    return this.#top;
  }

  #reach(slot: number): void {
    if (slot < this.#holders.length) return;
    const room = roomFor(slot + 1, this.#holders.length);
    this.#generations = widen(this.#generations, room);
    this.#holders = widen(this.#holders, room);
  }

  /** The number of the flow that has this slot now. */
  numberOf(slot: number): number {
    return this.#generations[slot]! * SLOTS + slot;
  }

  /** Whether this flow, and not a later one, has its slot. */
  isCurrent(flow: number): boolean {
    return (this.#generations[slotOf(flow)] ?? 0) === Math.floor(flow / SLOTS);
  }

  hold(slot: number, holder: number): void {
    this.#reach(slot);
    this.#holders[slot]! |= holder;
  }

  release(slot: number, holder: number): void {
    const before = this.#holders[slot]!;
    const left = before & ~holder;
    this.#holders[slot] = left;
    if (left !== 0 || before === 0 || slot > this.#top) return;
    this.#generations[slot]! += 1;
    this.#free.push(slot);
  }

  /** The generations as they are now, to tell later whether a flow that was known then is still the same. */
  snapshot(): Uint32Array {
    return this.#generations.slice();
  }

  /** As `isCurrent`, by a snapshot. */
  wasCurrent(flow: number, snapshot: Uint32Array): boolean {
    return (snapshot[slotOf(flow)] ?? 0) === Math.floor(flow / SLOTS);
  }
}
