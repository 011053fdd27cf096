/**
 * Which rows of two timelines are the same thing: in order, each at most once, as many as can be (a longest common subsequence). Two
 * rows are the same thing when they say the same of the same firewall but for their numbers, which are what may have moved.
 */

/** So many rows of either are compared; the table grows with their product. */
export const MOST_ROWS = 1_500;

export type Pair = readonly [a: number | null, b: number | null];

/**
 * Pairs of indices, in an order that keeps both sequences; null = the other one has none.
 *
 * @param a, b what stands for each row; at most MOST_ROWS of either
 */
export function align(a: readonly string[], b: readonly string[]): Pair[] {
  const width = b.length + 1;
  // lengths[i * width + j]: the longest common subsequence of what is left from i and j on.
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) pairs.push([i++, j++]);
    else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!))
      pairs.push([i++, null]);
    else pairs.push([null, j++]);
  }
  return pairs;
}
