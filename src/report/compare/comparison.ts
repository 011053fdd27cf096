/**
 * Two runs side by side, aligned at their faults: what was set differently, what moved, what it cost. Plain data; `compareRuns` makes it,
 * text and page show it.
 */

import type { PartName, SetBy } from '../../measure/part.ts';

/** A setting with its two values, as a scenario writes them; null where one of the two does not have it. */
export interface SettingDifference {
  readonly path: string;
  readonly a: string | null;
  readonly b: string | null;
}

/** A row of the timeline that is in both runs at different times since the fault, or in one of them alone. */
export interface MovedRow {
  readonly subject: string;
  readonly text: string;
  /** Since the fault, in microseconds; null where that run does not have it. */
  readonly aUs: number | null;
  readonly bUs: number | null;
  /** Records of the rows, 0 for none. */
  readonly aRecord: number;
  readonly bRecord: number;
}

/** A part of a failover in both. Microseconds; null = it never ended. */
export interface PartPair {
  readonly part: PartName;
  readonly aUs: number | null;
  readonly bUs: number | null;
  readonly aSetBy: readonly SetBy[];
  readonly bSetBy: readonly SetBy[];
}

/** Failovers that belong together: the first of either, the second of either, and so on. */
export interface FailoverPair {
  readonly ordinal: number;
  /** `failover palo-1 → palo-2`; null where that run has no such failover. */
  readonly a: string | null;
  readonly b: string | null;
  readonly aTotalUs: number | null;
  readonly bTotalUs: number | null;
  readonly parts: readonly PartPair[];
}

/** A count or a time in both, of sessions lost for a cause, of a probe. */
export interface FigurePair {
  readonly name: string;
  readonly unit: 'count' | 'us' | 'percent';
  /** Null where that run does not have it, or it never ended. */
  readonly a: number | null;
  readonly b: number | null;
}

/** An expectation whose verdict differs. */
export interface VerdictPair {
  readonly name: string;
  readonly a: 'met' | 'not met' | 'not expected';
  readonly b: 'met' | 'not met' | 'not expected';
}

export interface Comparison {
  /** The same protocol digest: the same run. */
  readonly identical: boolean;
  readonly settings: readonly SettingDifference[];
  /** In order of time. */
  readonly moved: readonly MovedRow[];
  /** Rows that stand alike in both. */
  readonly alike: number;
  /** Rows behind those that were compared. */
  readonly leftOut: number;
  readonly failovers: readonly FailoverPair[];
  /** Those that differ. */
  readonly figures: readonly FigurePair[];
  readonly verdicts: readonly VerdictPair[];
}
