/**
 * The order of the event queue: a binary heap on two typed arrays, and the two ways a node moves in it.
 *
 * A node is two floats side by side, time and key. The key is the insertion number and the slot in one integer, so a tie of
 * times is decided by comparing keys, and a node moves with two copies. Node 1 is the root, 2i and 2i + 1 are the children of
 * i. Wherever a node goes, its slot is told: slots[slot << 3] is the index of its node, so that it can be cancelled there.
 *
 * These are functions of arrays and small integers. A float argument would be boxed wherever V8 does not inline the call.
 */

/** Slots that a key has room for; the insertion number above them may take 31 bits. */
export const MAX_SLOTS = 2 ** 22;
export const MAX_SEQ = 2 ** 31 - 1;
const SLOT_MASK = MAX_SLOTS - 1;

/** Above this index a child is picked without a branch, for half the guesses fail; below it guessing wins, for it fetches ahead. */
const GUESS_FROM = 8_192;

/** Insertion number and slot in one safe integer. */
export function keyOf(seq: number, slot: number): number {
  return seq * MAX_SLOTS + slot;
}

export function slotOf(key: number): number {
  return key & SLOT_MASK;
}

/**
 * Moves a node towards the root until its parent comes before it.
 *
 * @returns where it ended
 */
export function siftUp(nodes: Float64Array, slots: Int32Array, start: number): number {
  const timeUs = nodes[start << 1]!;
  const key = nodes[(start << 1) | 1]!;
  let index = start;
  while (index > 1) {
    const parent = index >> 1;
    const parentUs = nodes[parent << 1]!;
    if (timeUs > parentUs) break;
    const parentKey = nodes[(parent << 1) | 1]!;
    if (timeUs === parentUs && key > parentKey) break;
    nodes[index << 1] = parentUs;
    nodes[(index << 1) | 1] = parentKey;
    slots[(parentKey & SLOT_MASK) << 3] = index;
    index = parent;
  }
  nodes[index << 1] = timeUs;
  nodes[(index << 1) | 1] = key;
  slots[(key & SLOT_MASK) << 3] = index;
  return index;
}

/** Moves a node towards the leaves until both its children come after it; count is the index of the last node. */
export function siftDown(nodes: Float64Array, slots: Int32Array, count: number, start: number): void {
  const timeUs = nodes[start << 1]!;
  const key = nodes[(start << 1) | 1]!;
  let index = start;
  for (;;) {
    let child = index << 1;
    if (child < count) {
      const leftUs = nodes[child << 1]!;
      const rightUs = nodes[(child << 1) | 2]!;
      if (rightUs === leftUs) child |= +(nodes[(child << 1) | 3]! < nodes[(child << 1) | 1]!);
      else if (child < GUESS_FROM) child |= +(rightUs < leftUs);
      else if (rightUs < leftUs) child |= 1;
    } else if (child > count) break;
    const childUs = nodes[child << 1]!;
    if (timeUs < childUs) break;
    const childKey = nodes[(child << 1) | 1]!;
    if (timeUs === childUs && key < childKey) break;
    nodes[index << 1] = childUs;
    nodes[(index << 1) | 1] = childKey;
    slots[(childKey & SLOT_MASK) << 3] = index;
    index = child;
  }
  nodes[index << 1] = timeUs;
  nodes[(index << 1) | 1] = key;
  slots[(key & SLOT_MASK) << 3] = index;
}
