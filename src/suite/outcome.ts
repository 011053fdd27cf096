/**
 * What `hasim test` finds: a case is a scenario file, or one cell of its matrix; it is run with one or more seeds and held against its
 * expectations. Plain JSON, so that it crosses from workers, and every reporter is a pure function of it.
 */

import type { AggregateVerdict } from '../check/over-seeds.ts';
import type { RunResult } from '../run/result.ts';
import type { RunFailure } from '../sweep/outcome.ts';

/** One case of a suite. */
export interface SuiteCase {
  /** Stable: `FILE` or `FILE › timers=aggressive, loss=2%`; what `--failed` remembers and filters look at. */
  readonly id: string;
  readonly file: string;
  /** The scenario's name, and the cell's. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly seeds: readonly string[];
}

export type { AggregateVerdict } from '../check/over-seeds.ts';

/** A run that is not as expected, in full, and the line that replays it. */
export interface FailedRun {
  readonly seed: string;
  /** Null when the run broke off. */
  readonly result: RunResult | null;
  readonly failure: RunFailure | null;
  readonly replay: string;
  /** For each verdict that is not met, the excerpt of the scenario in which the expectation stands, rendered with its line numbers. */
  readonly excerpts: Readonly<Record<number, string>>;
}

/**
 * - `passed`, `failed`: every expectation is met with every seed and over them, or one is not (an undecided one is not met)
 * - `broken`: the file has mistakes, or a run could not be carried out
 * - `skipped`: `skip:` says why, or another case has `only:`
 */
export type CaseStatus = 'passed' | 'failed' | 'broken' | 'skipped';

export interface CaseOutcome {
  readonly case: SuiteCase;
  readonly status: CaseStatus;
  /** Why it was skipped; empty otherwise. */
  readonly why: string;
  /** The file's mistakes, rendered; empty otherwise. */
  readonly diagnostics: string;
  /** Runs carried out, and of them not as expected. */
  readonly runs: number;
  readonly unmet: number;
  /** How many expectations the scenario has, and for each that is not met with some seed: with how many. */
  readonly expectations: number;
  readonly unmetBy: Readonly<Record<number, number>>;
  /** The first runs that are not as expected, at most 3; once a hundred cases have failed, a result has one of each further. */
  readonly failed: readonly FailedRun[];
  readonly aggregates: readonly AggregateVerdict[];
  /** For each of those that is not met, the excerpt of the scenario in which it stands. */
  readonly excerpts: Readonly<Record<number, string>>;
  /** Wall time in milliseconds that its runs took, of reporters only. */
  readonly milliseconds: number;
}

export interface SuiteResult {
  readonly version: string;
  /** In the order of files and cells, whatever finished first. */
  readonly cases: readonly CaseOutcome[];
  readonly milliseconds: number;
  /** `bail`: it stopped at the first failure that was asked for. */
  readonly end: 'complete' | 'bail' | 'interrupted';
}
