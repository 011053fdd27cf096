/**
 * The pending events, ordered by time and then by insertion: a binary heap on typed arrays.
 *
 * Events are numbers, so nothing is allocated per event and nothing keeps the garbage collector busy. Each event knows its
 * place in the heap, so a timer is cancelled or pushed back where it stands: an HA pair re-arms its timers far more often
 * than they fire, and dead entries left in the heap would cost more than the index does (performance.md).
 *
 * Three things make it fast. A heap node is two floats side by side, time and key; the key is the insertion number and
 * the slot in one integer, so ties need no second look-up. The fields of a slot lie together. And a popped event stays at the
 * root as a ghost until the next push takes its place: most events schedule a successor, and one sift then does for two.
 */

import type { TimeUs } from './time.ts';

/** Names one pushed event: its slot and the insertion number that serves as the slot's generation. 0 is no event. */
export type Handle = number;

/** The handle that names no event. */
export const NO_HANDLE: Handle = 0;

const SLOT_LIMIT = 2 ** 22;
const SLOT_MASK = SLOT_LIMIT - 1;
/** Keys are safe integers: 2^31 insertions above the slot's bits, then all that are pending are numbered anew. */
const LAST_KEY = Number.MAX_SAFE_INTEGER - SLOT_LIMIT;

/** A slot is FLOATS floats (handle, a, b) seen also as INTS integers (kind, target, cause, heap index or next free slot). */
const FLOATS = 5;
const INTS = 10;
const A = 1;
const B = 2;
const KIND = 6;
const TARGET = 7;
const CAUSE = 8;
const INDEX = 9;
/** Set in KIND when there is a payload, so that those without never touch the payloads. */
const HAS_PAYLOAD = 1 << 30;
const NO_SLOT = -1;

/** A priority queue of events with cancel and re-arm; see the file comment. */
export class EventQueue {
  private room = 0;
  /** Nodes in the heap, the ghost among them. */
  private count = 0;
  /** 1 while the root is the event popped last, 0 otherwise. */
  private ghost = 0;
  private firstFree = NO_SLOT;
  private nextKey = SLOT_LIMIT;
  private nodes = new Float64Array(0);
  private floats = new Float64Array(0);
  private ints = new Int32Array(0);
  private readonly payloads: unknown[] = [];

  /** @param capacity number of pending events to make room for at once; the queue doubles as needed */
  constructor(capacity = 64) {
    this.grow(capacity);
  }

  /** Number of pending events. */
  get size(): number {
    return this.count - this.ghost;
  }

  /** Number of events there is room for without growing. */
  get capacity(): number {
    return this.room;
  }

  /** Adds an event; events of one time pop in the order they were pushed or re-armed. */
  push(
    timeUs: TimeUs,
    kind: number,
    target: number,
    a: number,
    b: number,
    cause: number,
    payload: unknown,
  ): Handle {
    if (this.nextKey > LAST_KEY) this.renumber();
    const slot = this.ghost === 1 ? this.nodes[1]! & SLOT_MASK : this.takeSlot();
    const handle = this.nextKey + slot;
    this.nextKey += SLOT_LIMIT;
    const { nodes, floats, ints } = this;
    floats[slot * FLOATS] = handle;
    floats[slot * FLOATS + A] = a;
    floats[slot * FLOATS + B] = b;
    ints[slot * INTS + KIND] = kind;
    ints[slot * INTS + TARGET] = target;
    ints[slot * INTS + CAUSE] = cause;
    if (payload !== null) this.attach(slot, payload);
    if (this.ghost === 1) {
      this.ghost = 0;
      nodes[0] = timeUs;
      nodes[1] = handle;
      this.siftDown(0);
    } else {
      const index = this.count++;
      nodes[2 * index] = timeUs;
      nodes[2 * index + 1] = handle;
      this.siftUp(index);
    }
    return handle;
  }

  /** Removes a pending event; false when it has been popped or cancelled already. */
  cancel(handle: Handle): boolean {
    const slot = this.pendingSlot(handle);
    if (slot === NO_SLOT) return false;
    this.remove(this.ints[slot * INTS + INDEX]!);
    if (this.ints[slot * INTS + KIND]! >= HAS_PAYLOAD) this.payloads[slot] = null;
    this.release(slot);
    return true;
  }

  /** Moves a pending event to another time, behind all events of that time; false when it is not pending. */
  rearm(handle: Handle, timeUs: TimeUs): boolean {
    const slot = this.pendingSlot(handle);
    if (slot === NO_SLOT) return false;
    if (this.ghost === 1 && timeUs < this.nodes[0]!) this.layGhost();
    if (this.nextKey > LAST_KEY) this.renumber();
    const index = this.ints[slot * INTS + INDEX]!;
    this.nodes[2 * index] = timeUs;
    this.nodes[2 * index + 1] = this.nextKey + slot;
    this.nextKey += SLOT_LIMIT;
    this.settle(index);
    return true;
  }

  /** Whether the event is still to come. */
  isPending(handle: Handle): boolean {
    return this.pendingSlot(handle) !== NO_SLOT;
  }

  /** Time of the next event, Infinity when there is none. */
  peekTimeUs(): TimeUs {
    if (this.ghost === 1) this.layGhost();
    return this.count === 0 ? Infinity : this.nodes[0]!;
  }

  /**
   * Takes the next event off the queue.
   *
   * @returns its slot, with which `kindOf`, `targetOf` … read the event until the next push, or -1 when there is none.
   *   Whoever pops takes the payload with `takePayload`, which also drops the queue's reference to it.
   */
  pop(): number {
    if (this.ghost === 1) this.layGhost();
    if (this.count === 0) return NO_SLOT;
    const slot = this.nodes[1]! & SLOT_MASK;
    this.floats[slot * FLOATS] = NaN;
    this.ghost = 1;
    return slot;
  }

  /** Time of the event just popped, until the next push. */
  poppedTimeUs(): TimeUs {
    return this.nodes[0]!;
  }

  kindOf(slot: number): number {
    return this.ints[slot * INTS + KIND]! & ~HAS_PAYLOAD;
  }

  targetOf(slot: number): number {
    return this.ints[slot * INTS + TARGET]!;
  }

  aOf(slot: number): number {
    return this.floats[slot * FLOATS + A]!;
  }

  bOf(slot: number): number {
    return this.floats[slot * FLOATS + B]!;
  }

  causeOf(slot: number): number {
    return this.ints[slot * INTS + CAUSE]!;
  }

  /** The payload of a popped event, null when it had none; forgets it. */
  takePayload(slot: number): unknown {
    if (this.ints[slot * INTS + KIND]! < HAS_PAYLOAD) return null;
    const payload = this.payloads[slot];
    this.payloads[slot] = null;
    return payload;
  }

  private pendingSlot(handle: Handle): number {
    const slot = handle & SLOT_MASK;
    return slot < this.room && this.floats[slot * FLOATS] === handle ? slot : NO_SLOT;
  }

  private takeSlot(): number {
    if (this.firstFree === NO_SLOT) this.grow(this.room * 2);
    const slot = this.firstFree;
    this.firstFree = this.ints[slot * INTS + INDEX]!;
    return slot;
  }

  /** Frees a slot; its handle becomes NaN, which no handle equals. */
  private release(slot: number): void {
    this.floats[slot * FLOATS] = NaN;
    this.ints[slot * INTS + INDEX] = this.firstFree;
    this.firstFree = slot;
  }

  /** Takes the event popped last out of the heap, when no push has taken its place. */
  private layGhost(): void {
    this.ghost = 0;
    this.release(this.nodes[1]! & SLOT_MASK);
    if (--this.count > 0) {
      this.moveLastTo(0);
      this.siftDown(0);
    }
  }

  /** Closes the gap at a heap index with the last node. */
  private remove(index: number): void {
    if (index === --this.count) return;
    this.moveLastTo(index);
    this.settle(index);
  }

  private moveLastTo(index: number): void {
    const { nodes, count } = this;
    nodes[2 * index] = nodes[2 * count]!;
    nodes[2 * index + 1] = nodes[2 * count + 1]!;
  }

  private attach(slot: number, payload: unknown): void {
    this.payloads[slot] = payload;
    this.ints[slot * INTS + KIND]! |= HAS_PAYLOAD;
  }

  /** Moves a changed node to where it belongs. */
  private settle(index: number): void {
    if (this.siftUp(index) === index) this.siftDown(index);
  }

  private siftUp(start: number): number {
    const { nodes, ints } = this;
    const timeUs = nodes[2 * start]!;
    const key = nodes[2 * start + 1]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const parentTimeUs = nodes[2 * parent]!;
      const parentKey = nodes[2 * parent + 1]!;
      if (timeUs > parentTimeUs || (timeUs === parentTimeUs && key > parentKey)) break;
      nodes[2 * index] = parentTimeUs;
      nodes[2 * index + 1] = parentKey;
      ints[(parentKey & SLOT_MASK) * INTS + INDEX] = index;
      index = parent;
    }
    nodes[2 * index] = timeUs;
    nodes[2 * index + 1] = key;
    ints[(key & SLOT_MASK) * INTS + INDEX] = index;
    return index;
  }

  private siftDown(start: number): void {
    const { nodes, ints, count } = this;
    const timeUs = nodes[2 * start]!;
    const key = nodes[2 * start + 1]!;
    let index = start;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= count) break;
      let childTimeUs = nodes[2 * child]!;
      const right = child + 1;
      if (right < count) {
        const rightTimeUs = nodes[2 * right]!;
        if (
          rightTimeUs < childTimeUs ||
          (rightTimeUs === childTimeUs && nodes[2 * right + 1]! < nodes[2 * child + 1]!)
        ) {
          child = right;
          childTimeUs = rightTimeUs;
        }
      }
      const childKey = nodes[2 * child + 1]!;
      if (timeUs < childTimeUs || (timeUs === childTimeUs && key < childKey)) break;
      nodes[2 * index] = childTimeUs;
      nodes[2 * index + 1] = childKey;
      ints[(childKey & SLOT_MASK) * INTS + INDEX] = index;
      index = child;
    }
    nodes[2 * index] = timeUs;
    nodes[2 * index + 1] = key;
    ints[(key & SLOT_MASK) * INTS + INDEX] = index;
  }

  /** Numbers the pending events anew in their order, once in two thousand million insertions. */
  private renumber(): void {
    const { nodes, count } = this;
    const order = Array.from({ length: count }, (_, index) => index);
    order.sort((x, y) => nodes[2 * x + 1]! - nodes[2 * y + 1]!);
    this.nextKey = SLOT_LIMIT;
    for (const index of order) {
      nodes[2 * index + 1] = this.nextKey + (nodes[2 * index + 1]! & SLOT_MASK);
      this.nextKey += SLOT_LIMIT;
    }
  }

  private grow(capacity: number): void {
    if (capacity > SLOT_LIMIT) throw new RangeError(`more than ${SLOT_LIMIT} pending events`);
    const before = this.room;
    this.room = capacity;
    const nodes = new Float64Array(capacity * 2);
    nodes.set(this.nodes);
    this.nodes = nodes;
    const floats = new Float64Array(capacity * FLOATS);
    floats.set(this.floats);
    this.floats = floats;
    this.ints = new Int32Array(floats.buffer);
    for (let slot = before; slot < capacity; slot++) this.payloads.push(null);
    for (let slot = capacity - 1; slot >= before; slot--) this.release(slot);
  }
}
