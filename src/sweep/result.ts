/**
 * What a sweep comes down to: for every combination of settings the distribution of every metric with intervals, and for every axis what
 * its values change, on the same luck. Plain JSON; every report of a sweep is a pure function of it. All times in microseconds.
 */

import type { MetricUnit } from '../scenario/schema/metric-names.ts';
import type { Estimate } from '../statistics/interval.ts';
import type { RunFailure } from './outcome.ts';

export const SWEEP_SCHEMA_VERSION = 1;

export type Scale = 'linear' | 'log';

/** A setting that is varied. */
export interface SweepAxis {
  /** The whole path, as `--set` takes it. */
  readonly path: string;
  /** Its shortest end that tells it from the other axes: `heartbeat-interval`. */
  readonly label: string;
  /** As a scenario file has them, in the order in which they were given; of a Latin hypercube, in ascending order. */
  readonly values: readonly string[];
  /** The same as numbers (durations in microseconds, shares 0..1), for a scale; null where one of them is a word. */
  readonly numbers: readonly number[] | null;
  /** `log` of a range of logarithms: steps along it are multiples. */
  readonly scale: Scale;
}

export interface SweepMetric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly what: string;
}

/** The distribution of one metric over the runs of one combination of settings. */
export interface MetricSummary {
  readonly metric: string;
  /** Runs that have a value. */
  readonly count: number;
  /** Of them, without end (a failover after which traffic never passed). */
  readonly endless: number;
  /** Of those with an end; null where there is none. Quantiles count the endless as the longest: Infinity is null with `endless` > 0. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: Estimate;
  readonly p5: Estimate;
  readonly median: Estimate;
  readonly p95: Estimate;
  readonly p99: Estimate;
  /** Counts of values in bins of the metric's own scale, for pictures: at most 200 bins, `[from, to)`. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

/** One combination of settings. */
export interface SettingSummary {
  readonly index: number;
  /** One value per axis, as text. */
  readonly values: readonly string[];
  readonly runs: number;
  /** Runs that could not be carried out to their end. */
  readonly failures: number;
  /** Share of runs that met every expectation; null when the scenario has none. */
  readonly passed: Estimate | null;
  /** In the order of `SweepResult.metrics`. */
  readonly metrics: readonly MetricSummary[];
  /** A command line that repeats one of its runs, without `--seed N`. */
  readonly replay: string;
}

/** What another value of an axis changes, everything else being equal. */
export interface Effect {
  readonly axis: number;
  readonly metric: string;
  /** The first value of the axis. */
  readonly from: string;
  readonly to: string;
  /** `pairs`: the mean of differences between runs of the same luck; `line`: along a straight line through the points of a Latin hypercube. */
  readonly basis: 'pairs' | 'line';
  readonly difference: Estimate;
  /** Pairs, or points, with a run that has no value, or one without end. */
  readonly leftOut: number;
  /** Part of the variance between points that the lines of all axes explain, 0..1; null of pairs, and where the points do not vary. */
  readonly explained: number | null;
}

export interface SweepResult {
  readonly schemaVersion: typeof SWEEP_SCHEMA_VERSION;
  /** Version of hasim. */
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string };
  /** Same for the same files, axes, seeds and version: what belongs together. */
  readonly digest: string;
  readonly axes: readonly SweepAxis[];
  /** Number of points of a Latin hypercube; null for a grid. */
  readonly sample: number | null;
  /** As given: `1..100`. */
  readonly seeds: string;
  readonly metrics: readonly SweepMetric[];
  readonly settings: readonly SettingSummary[];
  readonly effects: readonly Effect[];
  /** Runs carried out, and planned. */
  readonly runs: number;
  readonly planned: number;
  /** The first of the runs that could not be carried out, each with the line that replays it; and how many there were. */
  readonly failures: readonly (RunFailure & { readonly replay: string })[];
  readonly failed: number;
  /** Why it ended: all runs are done, the intervals are narrow enough, or somebody interrupted it. */
  readonly end: 'complete' | 'narrow' | 'interrupted';
}
