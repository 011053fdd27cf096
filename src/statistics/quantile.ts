/**
 * Quantiles with intervals that assume nothing of the distribution: between two order statistics, of which the binomial distribution says
 * how likely the quantile lies between them (Conover, Practical Nonparametric Statistics, 3.2).
 */

import type { Estimate } from './interval.ts';
import { binomialCdf } from './special.ts';

/** Ranks from 1; null = the sample is too small to bound that side. */
export interface Ranks {
  /** Of the quantile itself: the smallest value that so great a share of the sample does not exceed. */
  readonly at: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The ranks between which a quantile lies. @param quantile, confidence 0..1 */
export function quantileRanks(count: number, quantile: number, confidence: number): Ranks {
  const tail = (1 - confidence) / 2;
  // 0.55 × 100 is a little more than 55 in floating point, and is meant as 55.
  const at = Math.min(count, Math.max(1, Math.ceil(quantile * count * (1 - 2 * Number.EPSILON))));
  // P(quantile < X_(r)) = P(fewer than r of the sample lie below it).
  const below = (rank: number): number => binomialCdf(rank - 1, count, quantile);
  const low = lastWhere(count, (rank) => below(rank) <= tail);
  const high = lastWhere(count, (rank) => below(rank) < 1 - tail) + 1;
  return { at, low: low === 0 ? null : low, high: high > count ? null : high };
}

/** The last rank from 1 for which something holds that holds up to a point; 0 where it never does. */
function lastWhere(count: number, holds: (rank: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A quantile of a sample whose values are known by rank. @param valueAt of a rank from 1 to count */
export function quantileOf(
  count: number,
  valueAt: (rank: number) => number,
  quantile: number,
  confidence: number,
): Estimate {
  if (count === 0) return { value: null, low: null, high: null, confidence, count };
  const { at, low, high } = quantileRanks(count, quantile, confidence);
  const value = (rank: number | null): number | null => (rank === null ? null : valueAt(rank));
  return { value: value(at), low: value(low), high: value(high), confidence, count };
}

/** How many runs it takes to say that a quantile is below a bound, if none of them is above. */
export function runsToBound(quantile: number, confidence: number): number {
  return Math.ceil(Math.log(1 - confidence) / Math.log(quantile));
}
