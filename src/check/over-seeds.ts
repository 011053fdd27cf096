/**
 * Expectations over seeds: a statement about what happens with any luck, held against runs with some. It holds, or does not, only when the
 * sample says so with the confidence that was asked for; else it is undecided, and what would decide it is said.
 *
 * A quantile is judged by counting: p99 < X says that at most 1 % of runs reach X, which is a share with exact bounds (Clopper–Pearson).
 */

import { formatDuration } from '../kernel/time.ts';
import { grouped } from '../measure/digits.ts';
import { writePercent } from '../measure/percent.ts';
import type { Aggregate } from '../scenario/schema/aggregate.ts';
import { satisfies, type Comparison } from '../scenario/schema/comparison.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { MetricUnit } from '../scenario/schema/metric-names.ts';
import type { Estimate } from '../statistics/interval.ts';
import { Mean } from '../statistics/mean.ts';
import { lowerBound, upperBound } from '../statistics/proportion.ts';
import { quantileOf, runsToBound } from '../statistics/quantile.ts';
import { rateBounds } from '../statistics/rate.ts';

/** The verdict on an expectation over seeds. */
export interface AggregateVerdict {
  /** Index of the expectation in the scenario file. */
  readonly index: number;
  readonly name: string;
  /** `undecided`: the sample is too small to tell. */
  readonly status: 'passed' | 'failed' | 'undecided';
  readonly expected: string;
  /** With the bounds it was judged by: `4.31s (4.02s to 4.66s, each with 95 % confidence) in 300 runs`. */
  readonly measured: string;
  /** What would decide it, as a sentence; empty where it is decided. */
  readonly advice: string;
}

/** What runs with different seeds have measured. */
export interface SeedSample {
  /** Of every run that was carried out; null = it has no such value, Infinity = without end. */
  readonly valuesOf: (metric: string) => readonly (number | null)[];
  /** Simulated time of all runs together, in microseconds. */
  readonly totalUs: number;
}

type Judged = Pick<AggregateVerdict, 'status' | 'measured' | 'advice'>;

/** Answers every `over-seeds:`, in the order of the file. `ready()` of src/statistics has been awaited. */
export function judgeOverSeeds(expectations: readonly Expectation[], sample: SeedSample): AggregateVerdict[] {
  return expectations.flatMap(({ name, 'over-seeds': aggregate }, index) => {
    if (aggregate === undefined) return [];
    const { text } = aggregate;
    return [{ index, name: name ?? text, expected: text, ...judge(aggregate, sample) }];
  });
}

function judge(aggregate: Aggregate, { valuesOf, totalUs }: SeedSample): Judged {
  const all = valuesOf(aggregate.metric);
  const values = all.filter((value) => value !== null);
  const { comparison, statistic } = aggregate;
  if (comparison === undefined) throw new Error('expected a comparison, for the schema asks for one');
  if (values.length === 0) {
    return {
      status: 'failed',
      measured: `none of ${all.length} runs has a value of ${aggregate.metric}`,
      advice: '',
    };
  }
  const judged = (): Judged => {
    switch (statistic.kind) {
      case 'quantile':
        return judgeQuantile(aggregate, comparison, statistic.quantile, values);
      case 'share':
        return judgeShare(aggregate, comparison, statistic.range, values);
      case 'mean':
        return judgeMean(aggregate, comparison, values);
      case 'minimum':
      case 'maximum':
        return judgeExtreme(aggregate, comparison, statistic.kind, values);
      case 'rate':
        return judgeRate(aggregate, comparison, statistic.perUs, values, totalUs);
    }
  };
  const { measured, ...rest } = judged();
  const without = all.length - values.length;
  const runs =
    without === 0
      ? `${all.length} ${all.length === 1 ? 'run' : 'runs'}`
      : `${values.length} of ${all.length} runs; the others have none`;
  return { ...rest, measured: `${measured} in ${runs}` };
}

// --- what a bound says -------------------------------------------------------------------------------------------------

/** Bounds of what is estimated, each right with the confidence that was asked for. */
interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** It holds where even the less favourable bound does, and does not where even the more favourable one does not. */
function decide(
  { minimum, maximum, minimumOpen, maximumOpen }: Comparison,
  { low, high }: Bounds,
): AggregateVerdict['status'] {
  const above = (value: number): boolean =>
    minimum === null || (minimumOpen ? value > minimum : value >= minimum);
  const below = (value: number): boolean =>
    maximum === null || (maximumOpen ? value < maximum : value <= maximum);
  if (above(low) && below(high)) return 'passed';
  return !above(high) || !below(low) ? 'failed' : 'undecided';
}

/** Bounds of a share of which so many hits were seen. */
function shareBounds(hits: number, count: number, confidence: number): Bounds {
  return { low: lowerBound(hits, count, confidence), high: upperBound(hits, count, confidence) };
}

function judgeQuantile(
  aggregate: Aggregate,
  comparison: Comparison,
  quantile: number,
  values: readonly number[],
): Judged {
  const { confidence, unit } = aggregate;
  const sorted = values.toSorted((a, b) => a - b);
  const estimate = quantileOf(
    values.length,
    (rank) => sorted[rank - 1] ?? Number.NaN,
    quantile,
    between(confidence),
  );
  const statuses = sides(comparison).map(({ side, allowed }) => {
    const hits = values.filter((value) => !satisfies(side, value)).length;
    const limit = allowed(quantile);
    const { low, high } = shareBounds(hits, values.length, confidence);
    const status = high <= limit ? 'passed' : low > limit ? 'failed' : 'undecided';
    return { status, hits, limit } as const;
  });
  const status = statuses.some((one) => one.status === 'failed')
    ? 'failed'
    : statuses.some((one) => one.status === 'undecided')
      ? 'undecided'
      : 'passed';
  const undecided = statuses.find((one) => one.status === 'undecided');
  const advice =
    status !== 'undecided' || undecided === undefined
      ? ''
      : adviceOn({ hits: undecided.hits, count: values.length, limit: undecided.limit, confidence });
  return { status, measured: withBounds(estimate, unit, confidence), advice };
}

/** A comparison by its sides: which values are on the wrong one, and how great their share may be for a quantile. */
function sides(
  comparison: Comparison,
): { readonly side: Comparison; readonly allowed: (quantile: number) => number }[] {
  const { minimum, maximum } = comparison;
  return [
    ...(maximum === null
      ? []
      : [{ side: { ...comparison, minimum: null }, allowed: (quantile: number) => 1 - quantile }]),
    ...(minimum === null
      ? []
      : [{ side: { ...comparison, maximum: null }, allowed: (quantile: number) => quantile }]),
  ];
}

function judgeShare(
  aggregate: Aggregate,
  comparison: Comparison,
  range: Comparison,
  values: readonly number[],
): Judged {
  const { confidence } = aggregate;
  const hits = values.filter((value) => satisfies(range, value)).length;
  const { low, high } = shareBounds(hits, values.length, confidence);
  const status = decide(comparison, { low, high });
  const measured =
    hits === 0
      ? `none, so below ${writeShare(high)} with ${confidenceOf(confidence)}`
      : hits === values.length
        ? `all, so above ${writeShare(low)} with ${confidenceOf(confidence)}`
        : `${writeShare(hits / values.length)} (${writeShare(low)} to ${writeShare(high)}, each with ${confidenceOf(confidence)})`;
  const limit = comparison.maximum ?? comparison.minimum ?? 0;
  return {
    status,
    measured,
    advice: status === 'undecided' ? adviceOn({ hits, count: values.length, limit, confidence }) : '',
  };
}

function judgeMean(
  { confidence, unit }: Aggregate,
  comparison: Comparison,
  values: readonly number[],
): Judged {
  const endless = values.filter((value) => value === Number.POSITIVE_INFINITY).length;
  if (endless > 0) {
    const bounds = { low: Number.POSITIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    return {
      status: decide(comparison, bounds),
      measured: `without end, for ${endless} never ended`,
      advice: '',
    };
  }
  const mean = new Mean();
  for (const value of values) mean.add(value);
  const estimate = mean.estimate(between(confidence));
  const { low, high } = estimate;
  const status = low === null || high === null ? 'undecided' : decide(comparison, { low, high });
  const advice = status === 'undecided' ? 'More seeds would tell.' : '';
  return { status, measured: withBounds(estimate, unit, confidence), advice };
}

/** Of the runs themselves, without a conclusion beyond them. */
function judgeExtreme(
  { unit }: Aggregate,
  comparison: Comparison,
  kind: 'minimum' | 'maximum',
  values: readonly number[],
): Judged {
  const value = values.reduce((one, other) =>
    kind === 'minimum' ? Math.min(one, other) : Math.max(one, other),
  );
  return {
    status: satisfies(comparison, value) ? 'passed' : 'failed',
    measured: write(value, unit),
    advice: '',
  };
}

function judgeRate(
  { confidence }: Aggregate,
  comparison: Comparison,
  perUs: number,
  values: readonly number[],
  totalUs: number,
): Judged {
  const events = values.reduce((sum, value) => sum + value, 0);
  const units = totalUs / perUs;
  const { low, high } = rateBounds(events, confidence);
  const status = decide(comparison, { low: low / units, high: high / units });
  const measured = `${events} in ${formatDuration(totalUs)}: ${figure(low / units)} to ${figure(high / units)}, each with ${confidenceOf(confidence)},`;
  return {
    status,
    measured,
    advice: status === 'undecided' ? 'More seeds, or longer runs, would tell.' : '',
  };
}

// --- in words ----------------------------------------------------------------------------------------------------------

/** Most runs that anybody is advised to carry out. */
const MOST_RUNS = 1_000_000;

/** Runs of which so many were hit, and the share that they are held against. */
interface Hits {
  readonly hits: number;
  readonly count: number;
  readonly limit: number;
  readonly confidence: number;
}

/** How many runs would decide it, if the share stays what it is. */
function adviceOn({ hits, count, limit, confidence }: Hits): string {
  const undecidable = 'What was measured is so near to the limit that no number of seeds would tell.';
  if (hits === 0 || hits === count) {
    const runs = runsToBound(hits === 0 ? 1 - limit : limit, confidence);
    // Of no share is it ever sure that it is 0 or 1.
    if (!Number.isFinite(runs)) return undecidable;
    return `${grouped(runs)} seeds would tell, if the others are like these.`;
  }
  for (let runs = count * 2; runs <= MOST_RUNS; runs *= 2) {
    const { low, high } = shareBounds(Math.round((hits / count) * runs), runs, confidence);
    if (high <= limit || low > limit) return `About ${grouped(runs)} seeds would tell.`;
  }
  return undecidable;
}

/** The confidence with which a value lies between two bounds that are each right with this one. */
function between(confidence: number): number {
  return 2 * confidence - 1;
}

/** @param confidence of each bound */
function withBounds({ value, low, high }: Estimate, unit: MetricUnit, confidence: number): string {
  if (low === null && high === null) return value === null ? 'none' : write(value, unit);
  const end = (bound: number | null): string => (bound === null ? 'unbounded' : write(bound, unit));
  return `${write(value ?? 0, unit)} (${end(low)} to ${end(high)}, each with ${confidenceOf(confidence)})`;
}

function write(value: number, unit: MetricUnit): string {
  if (value === Number.POSITIVE_INFINITY) return 'without end';
  if (unit === 'us') return formatDuration(Math.round(value));
  return unit === 'percent' ? writePercent(value) : figure(value);
}

function writeShare(share: number): string {
  return writePercent(share * 100);
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function confidenceOf(confidence: number): string {
  return `${Number((confidence * 100).toPrecision(6))} % confidence`;
}
