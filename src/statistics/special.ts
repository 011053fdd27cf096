/**
 * The special functions that intervals rest on, from Cephes. They are compiled when the program begins to use them: `ready` has to be
 * awaited once before any interval is computed.
 */

import cephes from 'cephes';

/** To be awaited before any interval is computed. */
export async function ready(): Promise<void> {
  await cephes.compiled;
}

/** The p-quantile of the beta distribution. */
export function betaQuantile(p: number, a: number, b: number): number {
  return cephes.incbi(a, b, p);
}

/** The p-quantile of Student's t distribution. @param degrees at least 1 */
export function tQuantile(p: number, degrees: number): number {
  return cephes.stdtri(degrees, p);
}

/** The p-quantile of the chi-squared distribution. */
export function chiSquaredQuantile(p: number, degrees: number): number {
  return cephes.chdtri(degrees, 1 - p);
}

/** How likely at most k of n trials succeed that each do with probability p. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : cephes.bdtr(k, n, p);
}
