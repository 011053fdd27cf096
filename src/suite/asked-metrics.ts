/**
 * What expectations over seeds ask of each run. All else of a run that is as expected is forgotten, so that a case of a hundred thousand
 * seeds stays small.
 */

import { metricsOf, type Metric } from '../run/metrics.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';

/** A value of every metric that is asked for, of one run. */
export type Row = readonly (number | null)[];

/** The metrics that are asked for, in the order of the scenario's metrics. */
export function metricsAskedFor(scenario: ResolvedScenario): readonly Metric[] {
  const names = new Set(scenario.expect.flatMap((expectation) => expectation['over-seeds']?.metric ?? []));
  return names.size === 0 ? [] : metricsOf(scenario).filter(({ name }) => names.has(name));
}
