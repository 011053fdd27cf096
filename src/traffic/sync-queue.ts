/**
 * What waits to be told over HA2: a ring of three columns of numbers (what, of which flow, from when on), so that a million
 * waiting messages are 17 MB and adding or taking one touches nothing else.
 */

/** What a message is about: a set-up, a teardown, an idle time, or an entry of another table. */
export const OP = { add: 0, remove: 1, update: 2, other: 3 } as const;

export type Op = (typeof OP)[keyof typeof OP];

const FIRST_ROOM = 64;

export class SyncQueue {
  readonly #limit: number;
  #ops = new Uint8Array(FIRST_ROOM);
  #flows = new Float64Array(FIRST_ROOM);
  #readyUs = new Float64Array(FIRST_ROOM);
  #head = 0;
  #length = 0;

  /** @param limit most messages that it holds */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Puts a message last.
   *
   * @param readyUs when it may leave; never before that of the one put there last
   * @returns false when there is no room: it is not taken
   */
  push(op: Op, flow: number, readyUs: number): boolean {
    if (this.#length >= this.#limit) return false;
    if (this.#length === this.#ops.length) this.#grow();
    const at = this.#slot(this.#length);
    this.#ops[at] = op;
    this.#flows[at] = flow;
    this.#readyUs[at] = readyUs;
    this.#length += 1;
    return true;
  }

  op(index: number): Op {
    return this.#ops[this.#slot(index)] as Op;
  }

  flow(index: number): number {
    return this.#flows[this.#slot(index)] as number;
  }

  /** When the message at this place may leave; Infinity behind the last. */
  readyUs(index: number): number {
    return index < this.#length ? (this.#readyUs[this.#slot(index)] as number) : Number.POSITIVE_INFINITY;
  }

  /** Takes the first so many away. */
  drop(count: number): void {
    this.#head = this.#slot(count);
    this.#length -= count;
  }

  clear(): void {
    this.#ops = new Uint8Array(FIRST_ROOM);
    this.#flows = new Float64Array(FIRST_ROOM);
    this.#readyUs = new Float64Array(FIRST_ROOM);
    this.#head = 0;
    this.#length = 0;
  }

  /** How many may leave at this time; they are the first. */
  due(nowUs: number): number {
    let [from, to] = [0, this.#length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.readyUs(middle) <= nowUs) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The room is a power of two. */
  #slot(index: number): number {
    return (this.#head + index) & (this.#ops.length - 1);
  }

  #grow(): void {
    const room = this.#ops.length * 2;
    this.#ops = unrolled(this.#ops, this.#head, new Uint8Array(room));
    this.#flows = unrolled(this.#flows, this.#head, new Float64Array(room));
    this.#readyUs = unrolled(this.#readyUs, this.#head, new Float64Array(room));
    this.#head = 0;
  }
}

/** A full ring, laid out from its head on in a wider column. */
function unrolled<T extends Uint8Array | Float64Array>(ring: T, head: number, wider: T): T {
  wider.set(ring.subarray(head));
  wider.set(ring.subarray(0, head), ring.length - head);
  return wider;
}
