/**
 * Durations drawn by chance: a distribution is plain data, a sampler turns it and a stream into integer microseconds.
 *
 * Each draw is rounded the moment it is drawn. `exp`, `log` and `pow` differ in the last bit between JavaScript
 * engines; rounded to microseconds they agree, and so do the runs (dependencies.md, "Determinism").
 */

import { randomExponential, randomInt, randomLogNormal, randomNormal, randomPareto } from 'd3-random';
import type { RandomStream } from './random.ts';
import type { TimeUs } from './time.ts';

/** How a duration is distributed; all lengths in microseconds. */
export type Distribution =
  | { readonly kind: 'constant'; readonly valueUs: TimeUs }
  | { readonly kind: 'uniform'; readonly minUs: TimeUs; readonly maxUs: TimeUs }
  | { readonly kind: 'exponential'; readonly meanUs: number }
  | { readonly kind: 'normal'; readonly meanUs: number; readonly stdDevUs: number }
  | { readonly kind: 'lognormal'; readonly medianUs: number; readonly sigma: number }
  | { readonly kind: 'pareto'; readonly minUs: number; readonly alpha: number }
  /** One of the values; each as likely as its weight says beside the others, without weights all alike. */
  | {
      readonly kind: 'empirical';
      readonly valuesUs: readonly TimeUs[];
      readonly weights?: readonly number[];
    };

/** The longest duration a sampler gives (71 years): four of them still add up to a safe integer. */
export const LONGEST_DRAW_US = Math.floor(Number.MAX_SAFE_INTEGER / 4);

/**
 * Prepares a source of durations.
 *
 * A constant draws nothing from the stream; `uniform` is over the integers from minUs to maxUs, both included. Keep
 * one sampler per purpose: a normal one holds the second value of each pair it computes.
 *
 * @returns a function that gives a non-negative integer number of microseconds per call
 * @throws RangeError when a parameter makes no distribution
 */
export function sampler(distribution: Distribution, stream: RandomStream): () => TimeUs {
  const draw = drawer(distribution, () => stream.next());
  return () => toDuration(draw());
}

function drawer(distribution: Distribution, source: () => number): () => number {
  switch (distribution.kind) {
    case 'constant': {
      const valueUs = least('valueUs', distribution.valueUs, 0);
      return () => valueUs;
    }
    case 'uniform': {
      const minUs = Math.round(least('minUs', distribution.minUs, 0));
      const maxUs = Math.round(least('maxUs', distribution.maxUs, minUs));
      return randomInt.source(source)(minUs, maxUs + 1);
    }
    case 'exponential': {
      const meanUs = least('meanUs', distribution.meanUs, 0);
      const unit = randomExponential.source(source)(1);
      return () => meanUs * unit();
    }
    case 'normal':
      return randomNormal.source(source)(
        least('meanUs', distribution.meanUs, -Infinity),
        least('stdDevUs', distribution.stdDevUs, 0),
      );
    case 'lognormal': {
      const medianUs = least('medianUs', distribution.medianUs, 0);
      const factor = randomLogNormal.source(source)(0, least('sigma', distribution.sigma, 0));
      return () => medianUs * factor();
    }
    case 'pareto': {
      const minUs = least('minUs', distribution.minUs, 0);
      const factor = randomPareto.source(source)(least('alpha', distribution.alpha, Number.MIN_VALUE));
      return () => minUs * factor();
    }
    case 'empirical':
      return chooser(distribution.valuesUs, distribution.weights, source);
  }
}

/** The inverse of the distribution function, at one uniform draw. */
function chooser(
  valuesUs: readonly TimeUs[],
  weights: readonly number[] | undefined,
  source: () => number,
): () => number {
  const count = valuesUs.length;
  if (count === 0) throw new RangeError('valuesUs: expected at least one value, got none');
  for (const valueUs of valuesUs) least('valuesUs', valueUs, 0);
  if (weights === undefined) return () => valuesUs[Math.floor(source() * count)] as number;
  if (weights.length !== count) throw new RangeError(`weights: expected ${count}, got ${weights.length}`);
  let total = 0;
  const sums = weights.map((weight) => (total += least('weights', weight, Number.MIN_VALUE)));
  return () => {
    const wanted = source() * total;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > wanted) high = middle;
      else low = middle + 1;
    }
    return valuesUs[low] as number;
  };
}

/**
 * Draws how many trials fail to hit before the next one that hits, each hitting with the given probability.
 *
 * With it a lossy link looks ahead to its next lost packet instead of tossing a coin per packet.
 *
 * @returns 0 when the next trial hits, Infinity when none ever will; probabilities 0 and 1 draw nothing
 */
export function geometricGap(probability: number, stream: RandomStream): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability: expected a number from 0 to 1, got ${probability}`);
  }
  if (probability === 0) return Infinity;
  if (probability === 1) return 0;
  const gap = Math.floor(Math.log1p(-stream.next()) / Math.log1p(-probability));
  return gap <= Number.MAX_SAFE_INTEGER ? gap : Infinity;
}

function toDuration(drawnUs: number): TimeUs {
  if (!(drawnUs > 0)) return 0;
  return drawnUs < LONGEST_DRAW_US ? Math.round(drawnUs) : LONGEST_DRAW_US;
}

function least(name: string, value: number, minimum: number): number {
  if (value >= minimum && value < Infinity) return value;
  throw new RangeError(`${name}: expected a number of at least ${minimum}, got ${value}`);
}
