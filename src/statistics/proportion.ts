/**
 * The probability behind a share of runs, by Clopper and Pearson (1934): exact, never narrower than promised, and an answer also where
 * nothing was seen: of 0 in n runs the bound is 1 − (1 − c)^(1/n), which is about 3/n at 95 %.
 */

import type { Estimate } from './interval.ts';
import { betaQuantile } from './special.ts';

/** The highest probability with which so few hits would not surprise (one-sided). */
export function upperBound(hits: number, count: number, confidence: number): number {
  if (hits >= count) return 1;
  return betaQuantile(confidence, hits + 1, count - hits);
}

/** The lowest probability with which so many hits would not surprise (one-sided). */
export function lowerBound(hits: number, count: number, confidence: number): number {
  if (hits <= 0) return 0;
  return betaQuantile(1 - confidence, hits, count - hits + 1);
}

/**
 * Share and interval. Where nothing was hit, or everything, one end is known and the whole of the error is at the other.
 *
 * @param confidence 0..1
 */
export function shareOf(hits: number, count: number, confidence: number): Estimate {
  if (count === 0) return { value: null, low: null, high: null, confidence, count };
  const side = hits === 0 || hits === count ? confidence : (1 + confidence) / 2;
  return {
    value: hits / count,
    low: lowerBound(hits, count, side),
    high: upperBound(hits, count, side),
    confidence,
    count,
  };
}
