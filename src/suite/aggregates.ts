/** Expectations over seeds, of one case. */

import { judgeOverSeeds, type AggregateVerdict } from '../check/over-seeds.ts';
import { metricsOf } from '../run/metrics.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';

/** Whether the metrics of every run have to be kept. */
export function needsRows(expectations: readonly Expectation[]): boolean {
  return expectations.some((expectation) => expectation['over-seeds'] !== undefined);
}

/** The verdicts on them. @param rows metrics of the runs, in the order of seeds and of `metricsOf` */
export function judgeSeeds(
  scenario: ResolvedScenario,
  rows: readonly (readonly (number | null)[])[],
): AggregateVerdict[] {
  const names = metricsOf(scenario).map(({ name }) => name);
  const valuesOf = (metric: string): (number | null)[] => {
    const column = names.indexOf(metric);
    return rows.map((row) => row[column] ?? null);
  };
  return judgeOverSeeds(scenario.expect, { valuesOf, totalUs: rows.length * scenario.until });
}
