/**
 * Which metric a report of a sweep is about, and the summaries of one metric over all settings.
 */

import type { MetricSummary, SettingSummary, SweepMetric, SweepResult } from '../../sweep/result.ts';
import { scaleOf, type Scale } from './figure.ts';

/** One metric over all settings. */
export interface MetricView {
  readonly metric: SweepMetric;
  readonly index: number;
  readonly rows: readonly MetricRow[];
  readonly scale: Scale;
}

export interface MetricRow {
  readonly setting: SettingSummary;
  readonly summary: MetricSummary;
}

/** A metric of a result by its name. @throws RangeError for one that the sweep does not have */
export function viewOf(result: SweepResult, name: string): MetricView {
  const index = result.metrics.findIndex((metric) => metric.name === name);
  const metric = result.metrics[index];
  if (metric === undefined) {
    const names = result.metrics.map((one) => one.name).join(', ');
    throw new RangeError(`expected one of the metrics ${names}, got ${name}`);
  }
  const rows = result.settings.flatMap((setting) => {
    const summary = setting.metrics[index];
    return summary === undefined ? [] : [{ setting, summary }];
  });
  const largest = rows.flatMap(({ summary }) => [summary.median.value, summary.p99.value]);
  return { metric, index, rows, scale: scaleOf(metric.unit, largest) };
}

/** The metric that a report is about unless told: `failover`, or the first that any run has a value of. Null of a sweep without metrics. */
export function mainMetric({ metrics, settings }: SweepResult): string | null {
  const has = (index: number) => settings.some((setting) => (setting.metrics[index]?.count ?? 0) > 0);
  const failover = metrics.findIndex(({ name }) => name === 'failover');
  if (failover >= 0 && has(failover)) return 'failover';
  return (metrics.find((_, index) => has(index)) ?? metrics[0])?.name ?? null;
}

/** No run of any setting had anything of it: it counts things or time, and was 0 throughout. */
export function isNeverSeen({ metric, rows }: Pick<MetricView, 'metric' | 'rows'>): boolean {
  if (metric.unit === 'percent') return false;
  const seen = rows.filter(({ summary }) => summary.count > 0);
  return seen.length > 0 && seen.every(({ summary }) => nothing(summary));
}

/** Every run has a value, and all of them are 0. */
export function nothing({ count, endless, minimum, maximum }: MetricSummary): boolean {
  return count > 0 && endless === 0 && minimum === 0 && maximum === 0;
}

/**
 * What a setting is ranked by: the p99 of a metric, and where that has no end or is not known, as the worst there is. Settings without a
 * value of it at all come last; ties by index.
 */
export function ranked(rows: readonly MetricRow[]): MetricRow[] {
  const rank = ({ summary }: MetricRow): number =>
    summary.count === 0
      ? Number.POSITIVE_INFINITY
      : (summary.p99.value ?? summary.median.value ?? Number.MAX_VALUE);
  return rows.toSorted((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a === b ? one.setting.index - other.setting.index : a < b ? -1 : 1;
  });
}

/** What a setting is called: the values of its axes, or that there is but one. */
export function settingName(result: Pick<SweepResult, 'axes'>, values: readonly string[]): string {
  if (result.axes.length === 0) return 'as the file has it';
  return result.axes.map(({ label }, axis) => `${label} ${values[axis] ?? ''}`).join(' · ');
}
