/**
 * The rate behind so many events: exact bounds of a Poisson count by the chi-squared distribution (Garwood, 1936). Of no event the bound is
 * −ln(1 − c), which is 3 at 95 %.
 */

import { chiSquaredQuantile } from './special.ts';

/** One-sided bounds, each with the confidence, of how many events so long a time has on average. */
export function rateBounds(
  events: number,
  confidence: number,
): { readonly low: number; readonly high: number } {
  return {
    low: events === 0 ? 0 : chiSquaredQuantile(1 - confidence, 2 * events) / 2,
    high: chiSquaredQuantile(confidence, 2 * events + 2) / 2,
  };
}
