/** How long a duration drawn from a distribution is on average, for estimates. */

import type { DistributionEntry } from '../schema/distribution.ts';

/** Microseconds; Infinity for a Pareto tail so heavy that it has no mean. */
export function meanUs(entry: DistributionEntry): number {
  const { exponential, lognormal, pareto, uniform, constant, empirical = [] } = entry;
  if (exponential !== undefined) return exponential;
  if (lognormal !== undefined) return lognormal.median * Math.exp(lognormal.sigma ** 2 / 2);
  if (pareto !== undefined)
    return pareto.alpha > 1 ? (pareto.min * pareto.alpha) / (pareto.alpha - 1) : Infinity;
  if (uniform !== undefined) return (uniform.min + uniform.max) / 2;
  if (constant !== undefined) return constant;
  let sum = 0;
  let weights = 0;
  for (const item of empirical) {
    const { value, weight } = typeof item === 'number' ? { value: item, weight: 1 } : item;
    sum += value * weight;
    weights += weight;
  }
  return sum / weights;
}
