/**
 * A statistic of a metric over runs, with its interval: quantiles by order statistics (no distribution is assumed), the mean by the
 * normal approximation. Runs without an end count as the longest.
 */

import type { Statistic } from '../../scenario/schema/aggregate.ts';
import type { Estimate } from '../../statistics/interval.ts';

/** @param values of the runs, in any order; Infinity = without end */
export function estimate(statistic: Statistic, values: readonly number[], confidence: number): Estimate {
  const count = values.length;
  if (count === 0) return { value: null, low: null, high: null, confidence, count };
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number | null => sorted[index] ?? null;
  switch (statistic.kind) {
    case 'minimum':
      return { value: at(0), low: null, high: at(0), confidence, count };
    case 'maximum':
      return { value: at(count - 1), low: at(count - 1), high: null, confidence, count };
    case 'quantile': {
      const { quantile } = statistic;
      const tail = (1 - confidence) / 2;
      // Ranks between which the quantile lies: so many of the runs are below it, by the binomial distribution.
      const low = rankWhere(count, quantile, (below) => below >= tail);
      const high = rankWhere(count, quantile, (below) => below >= 1 - tail) + 1;
      const value = at(Math.min(count - 1, Math.ceil(quantile * count) - 1));
      return {
        value,
        low: low === 0 ? null : at(low - 1),
        high: high > count ? null : at(high - 1),
        confidence,
        count,
      };
    }
    default:
      return meanOf(sorted, confidence);
  }
}

/** The smallest number of successes up to which the binomial distribution has enough weight. */
function rankWhere(count: number, share: number, enough: (below: number) => boolean): number {
  let term = (1 - share) ** count;
  let below = term;
  let successes = 0;
  while (!enough(below) && successes < count) {
    term *= ((count - successes) * share) / ((successes + 1) * (1 - share));
    successes += 1;
    below += term;
  }
  return successes;
}

const NORMAL_95 = 1.959964;

function meanOf(values: readonly number[], confidence: number): Estimate {
  const count = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  if (count < 2 || !Number.isFinite(value)) return { value, low: null, high: null, confidence, count };
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (count - 1);
  const half = NORMAL_95 * Math.sqrt(variance / count);
  return { value, low: value - half, high: value + half, confidence, count };
}
