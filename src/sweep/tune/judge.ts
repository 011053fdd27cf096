/**
 * What runs of a setting say of objectives and constraints. A run that has no value where the present settings have one on the same luck
 * (a failover that never came) counts as endless: a setting under which nobody takes over must not look quick.
 */

import { satisfies, type Comparison } from '../../scenario/schema/comparison.ts';
import type { Estimate } from '../../statistics/interval.ts';
import type { RunOutcome } from '../outcome.ts';
import { estimate } from './estimate.ts';
import type { FalseFailoverRate } from './false-failovers.ts';
import type { ConstraintStatus } from './result.ts';
import type { Constraint, Objective } from './objective.ts';

/** Values of a metric, run by run; null where neither these nor the present settings have one, or the run broke off. */
export function valuesOf(
  metric: number,
  outcomes: readonly RunOutcome[],
  present: readonly RunOutcome[],
): readonly (number | null)[] {
  return outcomes.map(({ metrics, failure }, index) => {
    if (failure !== null) return null;
    const value = metrics[metric] ?? null;
    const expected = present[index]?.metrics[metric] ?? null;
    return value === null && expected !== null ? Number.POSITIVE_INFINITY : value;
  });
}

/** An objective, with its interval. */
export function objectiveOf(
  { statistic, metric }: Pick<Objective, 'statistic' | 'metric'>,
  outcomes: readonly RunOutcome[],
  present: readonly RunOutcome[],
  confidence: number,
): Estimate {
  const values = valuesOf(metric, outcomes, present).filter((value) => value !== null);
  return estimate(statistic, values, confidence);
}

/** Whether a constraint is met, as surely as it asks for. */
export function statusOf(
  constraint: Constraint,
  outcomes: readonly RunOutcome[],
  present: readonly RunOutcome[],
  rate: FalseFailoverRate,
): ConstraintStatus {
  if (constraint.kind === 'false failovers') return within(constraint.comparison, rate.low, rate.high);
  // One-sided: each end of the interval is passed with half of the doubt of both.
  const { value, low, high } = objectiveOf(constraint, outcomes, present, 2 * constraint.confidence - 1);
  if (value === null) return 'undecided';
  // The most and the least of the runs that were made are facts, not estimates.
  const { kind } = constraint.statistic;
  if (kind === 'maximum' || kind === 'minimum') return within(constraint.comparison, value, value);
  return within(constraint.comparison, low, high);
}

/** @param low an end that is null is unknown */
function within(comparison: Comparison, low: number | null, high: number | null): ConstraintStatus {
  const { minimum, maximum } = comparison;
  const above = { ...comparison, maximum: null };
  const below = { ...comparison, minimum: null };
  if (
    (minimum !== null && high !== null && !satisfies(above, high)) ||
    (maximum !== null && low !== null && !satisfies(below, low))
  )
    return 'unmet';
  const lowHolds = minimum === null || (low !== null && satisfies(above, low));
  const highHolds = maximum === null || (high !== null && satisfies(below, high));
  return lowHolds && highHolds ? 'met' : 'undecided';
}

/** The mean of the differences, run by run on the same luck; null where one of the two has no end. */
export function differenceOf(
  metric: number,
  outcomes: readonly RunOutcome[],
  present: readonly RunOutcome[],
  confidence: number,
): Estimate | null {
  const before = valuesOf(metric, present, present);
  const pairs = valuesOf(metric, outcomes, present).flatMap((value, index) => {
    const other = before[index] ?? null;
    return value === null || other === null ? [] : [value - other];
  });
  if (pairs.length === 0 || pairs.some((difference) => !Number.isFinite(difference))) return null;
  return estimate({ kind: 'mean' }, pairs, confidence);
}
