/**
 * What a search comes down to, as plain JSON: the text report of `hasim tune` is a pure function of it. Times in microseconds, rates per
 * year.
 */

import type { PartName } from '../../measure/part.ts';
import type { MetricUnit } from '../../scenario/schema/metric-names.ts';
import type { Estimate } from '../../statistics/interval.ts';
import type { FalseFailoverRate } from './false-failovers.ts';
import type { CommandBlock } from './set-commands.ts';

export const TUNE_SCHEMA_VERSION = 1;

/**
 * - `searched`: its values were varied
 * - `no effect`: not one run is different with its shortest or its longest value
 * - `no gain`: both are worse than the present value, or as good, in everything that is asked for
 * - `left out`: not named by `--timers`, or searched only when it is
 */
export type TimerTreatment = 'searched' | 'no effect' | 'no gain' | 'left out';

export interface TunedTimer {
  readonly name: string;
  readonly treatment: TimerTreatment;
  /** The range of PAN-OS in words, its rule, and what is in force now. */
  readonly range: string;
  readonly rule: string;
  readonly present: string;
}

/** `share`: 0..1, of runs. */
export type TunedUnit = MetricUnit | 'share';

export interface TunedObjective {
  readonly text: string;
  readonly unit: TunedUnit;
  readonly better: 'smaller' | 'larger';
}

/** `undecided`: the sample is too small to be as sure as was asked for. */
export type ConstraintStatus = 'met' | 'unmet' | 'undecided';

/** A constraint, and what was measured of it; null of false failovers, which stand by themselves. */
export interface TunedConstraint {
  readonly text: string;
  readonly about: (Pick<TunedObjective, 'unit'> & { readonly statistic: string }) | null;
}

/** A setting of the timers that are searched, with what is known of it. */
export interface TunedPoint {
  /** `present`, `PAN-OS recommended`, `PAN-OS aggressive`, several of them, or empty. */
  readonly name: string;
  /** In the order of the searched timers, as a scenario writes them. */
  readonly values: readonly string[];
  readonly runs: number;
  /** Runs that could not be carried out to their end. */
  readonly failures: number;
  /** In the order of the objectives. */
  readonly objectives: readonly Estimate[];
  /** The means of the parts of the first failover, microseconds, over the runs in which each came to its end. */
  readonly parts: readonly { readonly part: PartName; readonly us: number }[];
  readonly falseFailovers: FalseFailoverRate;
  /** In the order of the constraints; the estimate is of what it is about. */
  readonly constraints: readonly { readonly status: ConstraintStatus; readonly estimate: Estimate | null }[];
  /** What `hasim lint` says of it and not of the present settings. */
  readonly findings: readonly string[];
}

export interface Recommendation {
  /** Index of the point. */
  readonly point: number;
  /**
   * - `meets`: all constraints, as surely as was asked for
   * - `probably meets`: by what was measured, but on too small a sample
   * - `nearest`: no setting that was tried meets them all
   */
  readonly status: 'meets' | 'probably meets' | 'nearest';
  /** Constraints that it does not meet. */
  readonly unmet: readonly string[];
  /** Constraints that no setting which was tried meets. */
  readonly hopeless: readonly string[];
  readonly changes: readonly { readonly timer: string; readonly from: string; readonly to: string }[];
  /** The objectives minus the present ones, run by run on the same luck, mean; null where one of the two has no end. */
  readonly differences: readonly (Estimate | null)[];
  readonly commands: readonly CommandBlock[];
  /** `--set` options that repeat it. */
  readonly settings: readonly string[];
}

export interface TuneResult {
  readonly schemaVersion: typeof TUNE_SCHEMA_VERSION;
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string };
  readonly seeds: string;
  readonly budget: number;
  /** Carried out. */
  readonly runs: number;
  /** Settings that were tried, and of them refused by PAN-OS or by the scenario. */
  readonly tried: number;
  readonly refused: number;
  readonly objectives: readonly TunedObjective[];
  readonly constraints: readonly TunedConstraint[];
  readonly timers: readonly TunedTimer[];
  /** The named ones, then those that were measured with all seeds. */
  readonly points: readonly TunedPoint[];
  /** Indices of points, by the first objective. */
  readonly front: readonly number[];
  readonly knee: number | null;
  readonly recommendation: Recommendation | null;
  readonly end: 'complete' | 'interrupted';
}
