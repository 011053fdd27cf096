/** Looking up what was the case at a time, in a list that is in the order of time. */

/** The index of the last item that is not after a time, by halving; -1 where all are. */
export function lastBy<T>(items: readonly T[], timeUs: number, timeOf: (item: T) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(items[middle] as T) <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
