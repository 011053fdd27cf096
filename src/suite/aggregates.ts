/** Expectations over seeds, of one case. */

import type { Expectation } from '../scenario/schema/expectation.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { AggregateVerdict } from './outcome.ts';

/** Whether the metrics of every run have to be kept. */
export function needsRows(expectations: readonly Expectation[]): boolean {
  return expectations.some((expectation) => 'over-seeds' in expectation);
}

/** The verdicts on them. @param rows metrics of the runs, in the order of seeds and of `metricsOf` */
export function judgeSeeds(
  _scenario: ResolvedScenario,
  _rows: readonly (readonly (number | null)[])[],
): AggregateVerdict[] {
  return [];
}
