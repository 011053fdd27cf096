/**
 * The pending events, ordered by time and then by insertion, with cancel and re-arm in place.
 *
 * Events are numbers in typed arrays, so nothing is allocated per event and nothing keeps the garbage collector busy. Each
 * knows its place in the heap, so a timer is cancelled or pushed back where it stands: an HA pair re-arms its timers far
 * more often than they fire, and dead entries left in the heap would cost more than the index does (performance.md).
 *
 * A popped event leaves its root open until the next look at the queue. Most events schedule successors; the earliest of them
 * takes the root, and one sift then does for what would be three.
 */

import { MAX_SEQ, MAX_SLOTS, keyOf, siftDown, siftUp, slotOf } from './heap.ts';
import type { TimeUs } from './time.ts';

/** Names one pushed event: its slot, and its insertion number as the slot's generation. 0 is no event. */
export type Handle = number;

/** The handle that names no event. */
export const NO_HANDLE: Handle = 0;

/** What `pop` and `pendingSlot` give when there is no such event. */
export const NO_SLOT = -1;

/** The eight integers of a slot: (slot << 3) | INDEX and so on. heap.ts keeps INDEX; a free slot has the next free one there. */
const INDEX = 0;
const SERIAL = 1; // insertion number of the push, 0 when the slot is not pending
const KIND = 2; // with the flags below
const TARGET = 3;
const CAUSE = 4;
const A = 5;
const B = 6;

/** Set in KIND when a or b does not fit 32 bits, and when there is a payload: both live elsewhere. */
const WIDE = 1 << 29;
const HAS_PAYLOAD = 1 << 30;
const KIND_MASK = WIDE - 1;

/** The root is in its place; or was popped and holds a dead event; or holds a new event that was not sifted yet. */
const SETTLED = 0;
const OPEN = 1;
const LOOSE = 2;

/** A priority queue of events; see the file comment. */
export class EventQueue {
  /** Time of the next `insert` or `move`: a float argument would be boxed, a field is not. */
  timeUs: TimeUs = 0;
  private room = 0;
  private count = 0;
  private root = SETTLED;
  private firstFree = NO_SLOT;
  private nextSeq = 1;
  /** Heap nodes, see heap.ts. The root of an empty heap is at Infinity. */
  private nodes = new Float64Array(0);
  private slots = new Int32Array(0);
  /** a and b of wide events, by slot; no room is made until there is one. */
  private wides = new Float64Array(0);
  private readonly payloads: unknown[] = [];

  /** @param capacity number of pending events to make room for at once; the queue doubles as needed */
  constructor(capacity = 64) {
    this.grow(capacity);
    this.nodes[2] = Infinity;
  }

  /** Number of pending events. */
  get size(): number {
    return this.root === OPEN ? this.count - 1 : this.count;
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
    this.timeUs = timeUs;
    return this.handleOf(this.insert(kind, target, a, b, cause, payload));
  }

  /** Removes a pending event; false when it has been popped or cancelled already. */
  cancel(handle: Handle): boolean {
    const slot = this.pendingSlot(handle);
    if (slot === NO_SLOT) return false;
    this.remove(slot);
    return true;
  }

  /** Moves a pending event to another time, behind all events of that time; false when it is not pending. */
  rearm(handle: Handle, timeUs: TimeUs): boolean {
    const slot = this.pendingSlot(handle);
    if (slot === NO_SLOT) return false;
    this.timeUs = timeUs;
    this.move(slot);
    return true;
  }

  /** Whether the event is still to come. */
  isPending(handle: Handle): boolean {
    return this.pendingSlot(handle) !== NO_SLOT;
  }

  /** Time of the next event, Infinity when there is none. */
  peekTimeUs(): TimeUs {
    if (this.root !== SETTLED) this.settleRoot();
    return this.nodes[2]!;
  }

  /**
   * Takes the next event off the queue.
   *
   * @returns its slot, with which `kindOf`, `targetOf` … read the event until the next push, or -1 when there is none.
   *   Whoever pops takes the payload with `takePayload`, which also drops the queue's reference to it.
   */
  pop(): number {
    if (this.root !== SETTLED) this.settleRoot();
    if (this.count === 0) return NO_SLOT;
    const slot = slotOf(this.nodes[3]!);
    this.slots[(slot << 3) | SERIAL] = 0;
    this.root = OPEN;
    return slot;
  }

  /** Time of the event just popped, until the next push. */
  poppedTimeUs(): TimeUs {
    return this.nodes[2]!;
  }

  kindOf(slot: number): number {
    return this.slots[(slot << 3) | KIND]! & KIND_MASK;
  }

  targetOf(slot: number): number {
    return this.slots[(slot << 3) | TARGET]!;
  }

  causeOf(slot: number): number {
    return this.slots[(slot << 3) | CAUSE]!;
  }

  /** Whether an event has no payload and small operands, so that `smallAOf` and `smallBOf` tell all. */
  isPlain(slot: number): boolean {
    return this.slots[(slot << 3) | KIND]! < WIDE;
  }

  smallAOf(slot: number): number {
    return this.slots[(slot << 3) | A]!;
  }

  smallBOf(slot: number): number {
    return this.slots[(slot << 3) | B]!;
  }

  aOf(slot: number): number {
    return this.isWide(slot) ? this.wides[2 * slot]! : this.smallAOf(slot);
  }

  bOf(slot: number): number {
    return this.isWide(slot) ? this.wides[2 * slot + 1]! : this.smallBOf(slot);
  }

  private isWide(slot: number): boolean {
    return (this.slots[(slot << 3) | KIND]! & WIDE) !== 0;
  }

  /** The payload of a popped event, null when it had none; forgets it. */
  takePayload(slot: number): unknown {
    if (this.slots[(slot << 3) | KIND]! < HAS_PAYLOAD) return null;
    const payload = this.payloads[slot];
    this.payloads[slot] = null;
    return payload;
  }

  /** `push` in two steps, for callers that must not box: set `timeUs`, insert, and ask for the handle if it is wanted. */
  insert(kind: number, target: number, a: number, b: number, cause: number, payload: unknown): number {
    if (this.nextSeq === MAX_SEQ) this.renumber();
    const seq = this.nextSeq++;
    const slot = this.root === OPEN ? slotOf(this.nodes[3]!) : this.takeSlot();
    const { slots } = this;
    slots[(slot << 3) | SERIAL] = seq;
    slots[(slot << 3) | KIND] = kind | 0;
    slots[(slot << 3) | TARGET] = target | 0;
    slots[(slot << 3) | CAUSE] = cause | 0;
    const smallA = a | 0;
    const smallB = b | 0;
    if (a === smallA && b === smallB) {
      slots[(slot << 3) | A] = smallA;
      slots[(slot << 3) | B] = smallB;
    } else this.widen(slot, a, b);
    if (payload !== null) this.attach(slot, payload);

    const { nodes, timeUs } = this;
    const atEnd = this.root === SETTLED || (this.root === LOOSE && timeUs >= nodes[2]!);
    if (this.root !== OPEN) this.count++;
    if (this.root === LOOSE && !atEnd) this.copyNode(1, this.count);
    const index = atEnd ? this.count : 1;
    nodes[index << 1] = timeUs;
    nodes[(index << 1) | 1] = keyOf(seq, slot);
    if (this.root !== OPEN) siftUp(nodes, slots, this.count);
    if (!atEnd) this.root = LOOSE;
    return slot;
  }

  handleOf(slot: number): Handle {
    return keyOf(this.slots[(slot << 3) | SERIAL]!, slot);
  }

  /** The slot of a pending event, -1 when the handle is stale or names none. */
  pendingSlot(handle: Handle): number {
    const slot = slotOf(handle);
    if (slot >= this.room) return NO_SLOT;
    const serial = this.slots[(slot << 3) | SERIAL]!;
    return serial > 0 && keyOf(serial, slot) === handle ? slot : NO_SLOT;
  }

  /** `rearm` in two steps: set `timeUs`, move. */
  move(slot: number): void {
    if (this.nextSeq === MAX_SEQ) this.renumber();
    if (this.root === LOOSE || (this.root === OPEN && this.timeUs < this.nodes[2]!)) this.settleRoot();
    const index = this.slots[(slot << 3) | INDEX]!;
    this.nodes[index << 1] = this.timeUs;
    this.nodes[(index << 1) | 1] = keyOf(this.nextSeq++, slot);
    this.settle(index);
  }

  private remove(slot: number): void {
    if (this.root === LOOSE) this.settleRoot();
    const index = this.slots[(slot << 3) | INDEX]!;
    if (this.slots[(slot << 3) | KIND]! >= HAS_PAYLOAD) this.payloads[slot] = null;
    this.release(slot);
    const last = this.count--;
    if (index < last) {
      this.copyNode(last, index);
      this.settle(index);
    } else if (last === 1) this.nodes[2] = Infinity;
  }

  /** Makes the heap whole: fills an open root with the last node, and sifts a root that is out of place. */
  private settleRoot(): void {
    if (this.root === OPEN) {
      this.release(slotOf(this.nodes[3]!));
      this.copyNode(this.count--, 1);
    }
    this.root = SETTLED;
    if (this.count > 0) siftDown(this.nodes, this.slots, this.count, 1);
    else this.nodes[2] = Infinity;
  }

  private copyNode(from: number, to: number): void {
    const { nodes } = this;
    nodes[to << 1] = nodes[from << 1]!;
    nodes[(to << 1) | 1] = nodes[(from << 1) | 1]!;
  }

  /** Moves a changed node to where it belongs. */
  private settle(index: number): void {
    const { nodes, slots } = this;
    if (siftUp(nodes, slots, index) === index) siftDown(nodes, slots, this.count, index);
  }

  private widen(slot: number, a: number, b: number): void {
    if (this.wides.length === 0) this.wides = new Float64Array(2 * this.room);
    this.wides[2 * slot] = a;
    this.wides[2 * slot + 1] = b;
    this.slots[(slot << 3) | KIND]! |= WIDE;
  }

  private attach(slot: number, payload: unknown): void {
    this.slots[(slot << 3) | KIND]! |= HAS_PAYLOAD;
    while (this.payloads.length <= slot) this.payloads.push(null);
    this.payloads[slot] = payload;
  }

  /** Numbers all insertions anew in their order, so that the numbers never run out. */
  private renumber(): void {
    const { nodes } = this;
    const order = Array.from({ length: this.count }, (_, i) => i + 1);
    order.sort((x, y) => nodes[2 * x + 1]! - nodes[2 * y + 1]!);
    order.forEach((index, i) => {
      nodes[2 * index + 1] = keyOf(i + 1, slotOf(nodes[2 * index + 1]!));
    });
    this.nextSeq = this.count + 1;
  }

  private takeSlot(): number {
    if (this.firstFree === NO_SLOT) this.grow(this.room * 2);
    const slot = this.firstFree;
    this.firstFree = this.slots[(slot << 3) | INDEX]!;
    return slot;
  }

  private release(slot: number): void {
    this.slots[(slot << 3) | SERIAL] = 0;
    this.slots[(slot << 3) | INDEX] = this.firstFree;
    this.firstFree = slot;
  }

  private grow(capacity: number): void {
    if (capacity > MAX_SLOTS) throw new RangeError(`more than ${MAX_SLOTS} pending events`);
    const before = this.room;
    const { nodes, slots, wides } = this;
    this.room = capacity;
    this.nodes = new Float64Array(2 * capacity + 2);
    this.nodes.set(nodes);
    this.slots = new Int32Array(8 * capacity);
    this.slots.set(slots);
    if (wides.length > 0) {
      this.wides = new Float64Array(2 * capacity);
      this.wides.set(wides);
    }
    for (let slot = capacity - 1; slot >= before; slot--) this.release(slot);
  }
}
