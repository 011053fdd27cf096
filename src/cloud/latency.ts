/**
 * How long a call or an operation of a cloud takes: a lognormal body, and in a small share of cases a uniform stall on top
 * (reference aws-ha.md, section 7.1).
 *
 * Each step of each asset draws from a stream of its own, so that one more asset moves the draws of no other (rule C-084).
 */

import { sampler } from '../kernel/distribution.ts';
import type { RandomStream } from '../kernel/random.ts';

/** Lengths in microseconds. */
export interface LatencyDistribution {
  readonly medianUs: number;
  /** Standard deviation of the natural logarithm; 0 = always the median. */
  readonly sigma: number;
  readonly tail: { readonly share: number; readonly minUs: number; readonly maxUs: number } | null;
}

/**
 * Prepares a source of latencies. Where there may be a stall its length is always drawn, so that its share moves no other draw.
 *
 * @returns microseconds; the factor multiplies the body and not the stall
 */
export function latencySampler(
  { medianUs, sigma, tail }: LatencyDistribution,
  stream: RandomStream,
): (factor: number) => number {
  const body = sampler({ kind: 'lognormal', medianUs, sigma }, stream);
  if (tail === null) return (factor) => Math.round(body() * factor);
  const stall = sampler({ kind: 'uniform', minUs: tail.minUs, maxUs: tail.maxUs }, stream);
  return (factor) => {
    const us = Math.round(body() * factor);
    const stalls = stream.next() < tail.share;
    const stallUs = stall();
    return stalls ? us + stallUs : us;
  };
}
