/** A statistic of the values of a metric over runs, with its interval. Runs without an end count as the longest. */

import { satisfies } from '../../scenario/schema/comparison.ts';
import type { Statistic } from '../../scenario/schema/aggregate.ts';
import type { Estimate } from '../../statistics/interval.ts';
import { Mean } from '../../statistics/mean.ts';
import { shareOf } from '../../statistics/proportion.ts';
import { quantileOf } from '../../statistics/quantile.ts';

/**
 * @param values of the runs, in any order; Infinity = without end
 * @throws Error for a rate, which is no statistic of single runs
 */
export function estimate(statistic: Statistic, values: readonly number[], confidence: number): Estimate {
  const count = values.length;
  if (count === 0) return { value: null, low: null, high: null, confidence, count };
  const sorted = values.toSorted((a, b) => a - b);
  const at = (rank: number): number => sorted[rank - 1] as number;
  switch (statistic.kind) {
    case 'minimum':
      return { value: at(1), low: null, high: at(1), confidence, count };
    case 'maximum':
      return { value: at(count), low: at(count), high: null, confidence, count };
    case 'quantile':
      return quantileOf(count, at, statistic.quantile, confidence);
    case 'share':
      return shareOf(values.filter((value) => satisfies(statistic.range, value)).length, count, confidence);
    case 'mean':
      return meanOf(sorted, confidence);
    case 'rate':
      throw new Error('expected a statistic of single runs, got a rate');
  }
}

function meanOf(sorted: readonly number[], confidence: number): Estimate {
  const count = sorted.length;
  if (sorted.at(-1) === Number.POSITIVE_INFINITY)
    return { value: Number.POSITIVE_INFINITY, low: null, high: null, confidence, count };
  const mean = new Mean();
  for (const value of sorted) mean.add(value);
  return mean.estimate(confidence);
}
