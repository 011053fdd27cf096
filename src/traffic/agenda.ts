/**
 * When each flow acts next: a calendar for up to millions of them, beside the kernel's queue, which holds one event for all.
 *
 * Flows of one time act in the order of their slots, whenever they were scheduled; so leaving out a step that changes nothing
 * changes nothing. A ring of buckets holds the near future as chains of slots (4 bytes a flow, and 8 for its time), the bucket
 * being worked on is a heap, and what lies beyond the ring waits in one more chain.
 */

import { roomFor, widen } from './columns.ts';

/** Of a bucket, in microseconds. */
const WIDTH_US = 2_048;
const BUCKETS = 32_768;
/** Chains end with it; no flow has this slot. */
const END = 0;
/** The time of a flow that is not on the agenda. */
const NEVER = -1;

export class Agenda {
  #dueUs = new Float64Array(64).fill(NEVER);
  /** The slot that follows in a chain. */
  #next = new Int32Array(64);
  readonly #chains = new Int32Array(BUCKETS);
  #beyond = END;
  /** Bucket up to which flows are in the heap; counted from time 0. */
  #bucket = 0;
  /** Bucket at which the chain beyond the ring is looked through again. */
  #lookAgainAt = BUCKETS / 2;
  /** Flows in the ring, and beyond it. */
  #ringed = 0;
  #waiting = 0;
  /** Slots, and beside each its time: to compare two, neither has to be looked up in the column of a million. */
  readonly #heap: number[] = [];
  readonly #heapUs: number[] = [];

  /** Flows on the agenda. */
  get size(): number {
    return this.#ringed + this.#waiting + this.#heap.length;
  }

  /** When a flow acts, or -1. */
  dueUs(slot: number): number {
    return this.#dueUs[slot] ?? NEVER;
  }

  /** The flow acts at this time, and not at another. */
  set(slot: number, dueUs: number): void {
    this.#reach(slot);
    this.cancel(slot);
    this.#dueUs[slot] = dueUs;
    this.#link(slot);
  }

  cancel(slot: number): void {
    if (this.dueUs(slot) === NEVER) return;
    this.#unlink(slot);
    this.#dueUs[slot] = NEVER;
  }

  /** When the next flow acts; Infinity if none does. */
  nextUs(): number {
    const first = this.#first();
    return first === END ? Number.POSITIVE_INFINITY : this.#dueUs[first]!;
  }

  /** Takes the next flow off. */
  pop(): number {
    const slot = this.#first();
    if (slot === END) throw new RangeError('expected a flow on the agenda, got none');
    this.#dropFirst();
    this.#dueUs[slot] = NEVER;
    return slot;
  }

  /**
   * Gives every flow on the agenda another time at once, which is faster than `set` for each.
   *
   * @param retime the new time of a slot, given its present one; -1 = not on the agenda. Asked for every slot up to `end`
   */
  retimeAll(end: number, retime: (slot: number, dueUs: number) => number): void {
    this.#reach(end);
    const due = this.#dueUs;
    this.#chains.fill(END);
    this.#beyond = END;
    this.#heap.length = 0;
    this.#heapUs.length = 0;
    this.#ringed = 0;
    this.#waiting = 0;
    for (let slot = 1; slot < end; slot += 1) {
      due[slot] = retime(slot, due[slot]!);
      if (due[slot] !== NEVER) this.#link(slot);
    }
  }

  #reach(slot: number): void {
    const before = this.#dueUs.length;
    if (slot < before) return;
    const room = roomFor(slot + 1, before);
    this.#dueUs = widen(this.#dueUs, room).fill(NEVER, before);
    this.#next = widen(this.#next, room);
  }

  // --- chains --------------------------------------------------------------------------------------------------------

  #bucketOf(slot: number): number {
    return Math.floor(this.#dueUs[slot]! / WIDTH_US);
  }

  #link(slot: number): void {
    const bucket = this.#bucketOf(slot);
    if (bucket <= this.#bucket) return this.#push(slot);
    if (bucket < this.#bucket + BUCKETS) {
      this.#ringed += 1;
      const at = bucket % BUCKETS;
      this.#next[slot] = this.#chains[at]!;
      this.#chains[at] = slot;
    } else {
      this.#waiting += 1;
      this.#next[slot] = this.#beyond;
      this.#beyond = slot;
    }
  }

  #unlink(slot: number): void {
    const bucket = this.#bucketOf(slot);
    if (bucket <= this.#bucket) return this.#takeFromHeap(slot);
    const at = bucket % BUCKETS;
    const head = this.#without(this.#chains[at]!, slot);
    if (head === null) {
      // Beyond the ring, or it was when it was set.
      this.#waiting -= 1;
      this.#beyond = this.#without(this.#beyond, slot) ?? this.#beyond;
    } else {
      this.#ringed -= 1;
      this.#chains[at] = head;
    }
  }

  /** The head of a chain without this slot, or null when the slot is not in it. */
  #without(head: number, slot: number): number | null {
    const next = this.#next;
    if (head === slot) return next[slot]!;
    for (let at = head; at !== END; at = next[at]!) {
      if (next[at] !== slot) continue;
      next[at] = next[slot]!;
      return head;
    }
    return null;
  }

  #first(): number {
    while (this.#heap.length === 0 && this.#ringed + this.#waiting > 0) this.#advance();
    return this.#heap[0] ?? END;
  }

  /** Goes on to the next bucket; with an empty ring, to the first of those beyond. */
  #advance(): void {
    this.#bucket = this.#ringed === 0 ? this.#firstBeyond() : this.#bucket + 1;
    if (this.#ringed === 0 || this.#bucket >= this.#lookAgainAt) this.#lookBeyond();
    const at = this.#bucket % BUCKETS;
    let slot = this.#chains[at]!;
    this.#chains[at] = END;
    while (slot !== END) {
      const following = this.#next[slot]!;
      this.#ringed -= 1;
      this.#push(slot);
      slot = following;
    }
  }

  #firstBeyond(): number {
    let first = Number.POSITIVE_INFINITY;
    for (let slot = this.#beyond; slot !== END; slot = this.#next[slot]!) {
      first = Math.min(first, this.#bucketOf(slot));
    }
    return first;
  }

  #lookBeyond(): void {
    let slot = this.#beyond;
    this.#beyond = END;
    this.#lookAgainAt = this.#bucket + BUCKETS / 2;
    while (slot !== END) {
      const following = this.#next[slot]!;
      this.#waiting -= 1;
      this.#link(slot);
      slot = following;
    }
  }

  // --- the heap of the present bucket --------------------------------------------------------------------------------

  /** Whether a flow with this time acts before the one at this place. */
  #before(dueUs: number, slot: number, at: number): boolean {
    const otherUs = this.#heapUs[at]!;
    return dueUs < otherUs || (dueUs === otherUs && slot < this.#heap[at]!);
  }

  #put(at: number, dueUs: number, slot: number): void {
    this.#heap[at] = slot;
    this.#heapUs[at] = dueUs;
  }

  #push(slot: number): void {
    this.#rise(this.#heap.length, this.#dueUs[slot]!, slot);
  }

  /** Finds the place of a flow at or above this one. */
  #rise(from: number, dueUs: number, slot: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(dueUs, slot, parent)) break;
      this.#put(at, this.#heapUs[parent]!, this.#heap[parent]!);
      at = parent;
    }
    this.#put(at, dueUs, slot);
  }

  #dropFirst(): void {
    const last = this.#heap.pop()!;
    const lastUs = this.#heapUs.pop()!;
    if (this.#heap.length > 0) this.#fill(0, lastUs, last);
  }

  /** Puts a flow in the place of one that is gone, or below or above it. */
  #fill(from: number, dueUs: number, slot: number): void {
    const { length } = this.#heap;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      const other = child + 1;
      if (other < length && this.#before(this.#heapUs[other]!, this.#heap[other]!, child)) child = other;
      if (this.#before(dueUs, slot, child)) break;
      this.#put(at, this.#heapUs[child]!, this.#heap[child]!);
      at = child;
    }
    this.#rise(at, dueUs, slot);
  }

  #takeFromHeap(slot: number): void {
    const at = this.#heap.indexOf(slot);
    const last = this.#heap.pop()!;
    const lastUs = this.#heapUs.pop()!;
    if (at < this.#heap.length) this.#fill(at, lastUs, last);
  }
}
