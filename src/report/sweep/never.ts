/**
 * What no run had: with how many runs, and how often it can be all the same. Ten thousand runs without a false failover do not say that
 * there is none, they say that fewer than 3 in 10,000 runs have one.
 */

import type { SweepMetric, SweepResult } from '../../sweep/result.ts';
import type { Styler } from '../style.ts';
import { labelled, printable } from '../table.ts';
import { neverSeen } from './figure.ts';
import { isNeverSeen, viewOf } from './metric.ts';

/** Names of the metrics of which no run had anything, by how many runs say so. */
export function neverSeenMetrics(
  result: SweepResult,
): { readonly runs: number; readonly names: readonly string[] }[] {
  const byRuns = new Map<number, string[]>();
  for (const { name } of result.metrics) {
    const view = viewOf(result, name);
    if (!isNeverSeen(view) || !isEvent(view.metric)) continue;
    const runs = view.rows.reduce((total, { summary }) => total + summary.count, 0);
    byRuns.set(runs, [...(byRuns.get(runs) ?? []), name]);
  }
  return [...byRuns].map(([runs, names]) => ({ runs, names }));
}

/** What happens or does not. That a part of a failover took no time is no such thing. */
function isEvent({ name, unit }: SweepMetric): boolean {
  return unit === 'count' || EVENT_TIMES.includes(name);
}

const EVENT_TIMES: readonly string[] = ['down', 'degraded', 'dual-active'];

/** The same as lines, over all settings together. */
export function neverLines(result: SweepResult, style: Styler, width: number): string[] {
  const groups = neverSeenMetrics(result);
  if (groups.length === 0) return [];
  return [
    `${style.bold('Never seen')}${style.dim('  over all settings; the bound holds with 95% confidence')}`,
    ...groups.flatMap(({ runs, names }) =>
      labelled('  ', `${names.map(printable).join(', ')}: ${neverSeen(runs)}`, width),
    ),
  ];
}
