/** Expectations over seeds, of one case: what becomes of what its runs have measured. */

import { judgeOverSeeds } from '../check/over-seeds.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { metricsAskedFor, type Row } from './asked-metrics.ts';
import type { AggregateVerdict } from './outcome.ts';

/** Whether any of them is over seeds. */
export function areOverSeeds(expectations: readonly Expectation[]): boolean {
  return expectations.some((expectation) => expectation['over-seeds'] !== undefined);
}

/**
 * The verdicts on them. `ready()` of src/statistics has been awaited.
 *
 * @param rows of every run that was carried out, in the order of seeds and of {@link metricsAskedFor}
 * @param totalUs simulated time of these runs together
 */
export function judgeSeeds(
  scenario: ResolvedScenario,
  rows: readonly Row[],
  totalUs: number,
): AggregateVerdict[] {
  const names = metricsAskedFor(scenario).map(({ name }) => name);
  const valuesOf = (metric: string): (number | null)[] => {
    const column = names.indexOf(metric);
    return rows.map((row) => row[column] ?? null);
  };
  return judgeOverSeeds(scenario.expect, { valuesOf, totalUs });
}
