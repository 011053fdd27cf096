/** Which of many things in order of time are seen: found by halves, so that what is not seen costs nothing. */

/** Index of the first for which a property holds that holds for all after it. */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Indices of what begins from one time up to another. @param timeOf of an index, never falling */
export function rangeOf(
  length: number,
  timeOf: (index: number) => number,
  fromUs: number,
  toUs: number,
): readonly [from: number, to: number] {
  return [
    firstWhere(length, (index) => timeOf(index) >= fromUs),
    firstWhere(length, (index) => timeOf(index) > toUs),
  ];
}
