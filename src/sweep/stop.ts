/**
 * `--stop-at 'p99 failover ± 100ms'`: a combination of settings has runs enough when the interval of one statistic reaches no farther
 * than this from it.
 */

import { parseAggregate, type Aggregate } from '../scenario/schema/aggregate.ts';
import type { Estimate } from '../statistics/interval.ts';
import { readQuantity } from './quantity.ts';

export interface StopRule {
  readonly aggregate: Aggregate;
  /** In the unit of the metric (microseconds of a duration, shares 0..1), or as a part of the value itself. */
  readonly reach: number;
  readonly relative: boolean;
}

/** Reads it; a mistake as "expected X, got Y". @param metrics names of the scenario's metrics */
export function readStop(
  text: string,
  metrics: readonly string[],
): StopRule | { readonly message: string; readonly hint: string } {
  const [statement = '', written, more] = text.split(/\s*(?:±|\+-)\s*/);
  const reach = written === undefined ? null : readQuantity(written);
  if (reach === null || more !== undefined || reach.value <= 0) {
    return {
      message: `expected a statistic and how exact it has to be, such as 'p99 failover ± 100ms', got ${text}`,
      hint: '',
    };
  }
  const aggregate = parseAggregate(statement);
  if ('message' in aggregate) return aggregate;
  if (!metrics.includes(aggregate.metric)) {
    return { message: `expected a metric of this scenario, got ${aggregate.metric}`, hint: '' };
  }
  if (aggregate.comparison !== undefined) {
    return { message: `expected a statistic without a comparison, got ${statement}`, hint: '' };
  }
  const relative = reach.unit === '%' && aggregate.statistic.kind !== 'share';
  return { aggregate, reach: reach.unit === '%' ? reach.value / 100 : reach.value, relative };
}

/** The interval is narrow enough. One that the sample cannot bound never is. */
export function isNarrow({ reach, relative }: StopRule, { value, low, high }: Estimate): boolean {
  if (value === null || low === null || high === null || !Number.isFinite(high)) return false;
  const allowed = relative ? Math.abs(value) * reach : reach;
  return high - value <= allowed && value - low <= allowed;
}
