/**
 * A sweep made by hand: every figure follows from the settings by a formula, without an engine, so that the tests of reports say what they
 * render. Values of a metric are the quantiles of a skewed distribution; the intervals are as wide as their samples would make them.
 */

import type { Estimate } from '../../src/statistics/interval.ts';
import {
  SWEEP_SCHEMA_VERSION,
  type Effect,
  type MetricSummary,
  type SettingSummary,
  type SweepAxis,
  type SweepMetric,
  type SweepResult,
} from '../../src/sweep/result.ts';

export interface SweepParts {
  readonly axes?: readonly (readonly [label: string, values: readonly string[]])[];
  readonly runsPerSetting?: number;
  readonly metrics?: readonly (readonly [name: string, unit: SweepMetric['unit']])[];
  /** Share of runs without end, of a setting. */
  readonly endless?: (setting: number) => number;
  readonly result?: Partial<SweepResult>;
}

const METRICS = [
  ['failover', 'us'],
  ['detection', 'us'],
  ['failovers', 'count'],
  ['false failovers', 'count'],
  ['availability', 'percent'],
] as const;

export const HEARTBEATS = ['heartbeat-interval', ['1s', '2s', '3s', '4s', '5s']] as const;
export const LOSSES = ['loss', ['0%', '1%', '2%', '4%', '8%']] as const;

export function sweepResult(parts: SweepParts = {}): SweepResult {
  const { axes: given = [HEARTBEATS], runsPerSetting: runs = 1_000, endless = () => 0 } = parts;
  const axes = given.map(([label, values]): SweepAxis => ({
    path: `devices.palo-1.high-availability.${label}`,
    label,
    values,
    numbers: values.every((value) => /^\d/.test(value))
      ? values.map((value) => Number.parseFloat(value))
      : null,
    scale: 'linear',
  }));
  const metrics = (parts.metrics ?? METRICS).map(([name, unit]): SweepMetric => ({
    name,
    unit,
    what: `What ${name} is`,
  }));
  const settings = combinations(axes.map(({ values }) => values.length)).map((at, index): SettingSummary => {
    const passed = Math.round(runs * (1 - 0.1 / (1 + sum(at))));
    return {
      index,
      values: at.map((value, axis) => axes[axis]!.values[value]!),
      runs,
      failures: 0,
      passed: runs === 0 ? null : proportion(passed, runs),
      metrics: metrics.map((metric) => summary(metric, at, runs, endless(index))),
      replay: `hasim run pair.yaml --seed N${at.map((value, axis) => ` --set ${axes[axis]!.label}=${axes[axis]!.values[value]}`).join('')}`,
    };
  });
  return {
    schemaVersion: SWEEP_SCHEMA_VERSION,
    version: '0.1.0',
    scenario: { name: 'Power loss of the active', file: 'pair.yaml' },
    digest: '0f1e2d3c4b5a6978',
    axes,
    sample: null,
    seeds: `1..${runs}`,
    metrics,
    settings,
    effects: axes.flatMap((axis, at) => metrics.flatMap((metric) => effects(axis, at, metric, runs))),
    runs: settings.length * runs,
    planned: settings.length * runs,
    failures: [],
    failed: 0,
    end: 'complete',
    ...parts.result,
  };
}

/** An estimate with an interval to either side. */
export function about(value: number | null, reach: number, count: number): Estimate {
  const [low, high] = value === null ? [null, null] : [value - reach, value + reach];
  return { value, low, high, confidence: 0.95, count };
}

/** How far the q-quantile of the distribution lies above its least value, in parts of its scale. */
const skewed = (q: number): number => -Math.log(1 - q * 0.999);

function summary(
  { name, unit }: SweepMetric,
  at: readonly number[],
  runs: number,
  endless: number,
): MetricSummary {
  const rare = name === 'false failovers';
  const [least, spread] =
    unit === 'us' ? [1_200_000 + 900_000 * sum(at), 400_000] : unit === 'percent' ? [99.9, 0.02] : [1, 0];
  const count = Math.round(runs);
  const never = unit === 'us' ? Math.round(runs * endless) : 0;
  const quantile = (q: number): number | null => {
    if (count === 0 || q > 1 - never / count) return null;
    return rare ? 0 : Math.round((least + spread * skewed(q)) * 1e6) / 1e6;
  };
  const estimated = (q: number): Estimate =>
    about(
      quantile(q),
      rare ? 0 : (spread * 2 * Math.sqrt(q * (1 - q))) / (1.001 - q) / Math.sqrt(runs || 1),
      count,
    );
  const finite = count - never;
  return {
    metric: name,
    count,
    endless: never,
    minimum: finite === 0 ? null : quantile(0),
    maximum: finite === 0 ? null : quantile(1 - never / count),
    mean:
      finite === 0
        ? about(null, 0, 0)
        : about(rare ? 0 : least + spread, (rare ? 0 : spread) / Math.sqrt(finite), finite),
    p5: estimated(0.05),
    median: estimated(0.5),
    p95: estimated(0.95),
    p99: estimated(0.99),
    bins: finite === 0 ? [] : bins(rare ? 0 : least, spread, finite),
  };
}

function bins(least: number, spread: number, count: number): MetricSummary['bins'] {
  if (spread === 0) return [{ from: least, to: least + 1, count }];
  const steps = 20;
  const below = (index: number) => (index === steps ? count : Math.floor(count * (1 - Math.exp(-index / 3))));
  return Array.from({ length: steps }, (_, index) => ({
    from: least + (spread * index) / 3,
    to: least + (spread * (index + 1)) / 3,
    count: below(index + 1) - below(index),
  }));
}

function effects({ values }: SweepAxis, axis: number, { name, unit }: SweepMetric, runs: number): Effect[] {
  const size = unit === 'us' ? 900_000 / (axis + 1) ** 4 : 0;
  const reach = (unit === 'us' ? 500_000 : 0.1) / Math.sqrt(runs || 1);
  return values.slice(1).map((to, index) => ({
    axis,
    metric: name,
    from: values[0]!,
    to,
    basis: 'pairs',
    explained: null,
    leftOut: 0,
    difference: about(runs === 0 ? null : size * (index + 1), reach, runs),
  }));
}

function proportion(part: number, of: number): Estimate {
  const value = part / of;
  const reach = 1.96 * Math.sqrt((value * (1 - value)) / of) + 1 / of;
  return {
    value,
    low: Math.max(0, value - reach),
    high: Math.min(1, value + reach),
    confidence: 0.95,
    count: of,
  };
}

/** Of every axis each index, the last axis fastest. */
function combinations(lengths: readonly number[]): number[][] {
  return lengths.reduce<number[][]>(
    (all, length) => all.flatMap((one) => Array.from({ length }, (_, index) => [...one, index])),
    [[]],
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
