/**
 * The exact interval of a Poisson mean from a count (Garwood 1936): what is known of a rate when so many events were seen. Of none at
 * 95 % it is the rule of three: at most 3.
 */

import { rateBounds } from './rate.ts';

/**
 * @param count of events seen
 * @param confidence 0..1; two-sided, and one-sided when nothing was seen
 * @returns ends of the interval of the mean
 */
export function poissonInterval(
  count: number,
  confidence: number,
): { readonly low: number; readonly high: number } {
  return rateBounds(count, count === 0 ? confidence : (1 + confidence) / 2);
}
