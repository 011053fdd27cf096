/**
 * What is kept of one run of a sweep: its luck, its digest, its verdicts and its row of metrics. Plain data, small enough to cross from
 * a worker and to stand on a line of a file.
 */

import type { Metric } from '../run/metrics.ts';
import type { RunResult } from '../run/result.ts';

/** A run that could not be carried out to its end. */
export interface RunFailure {
  /** `mistake`: these settings cannot stand together; `limit`: the scenario runs away; `invariant`: a law of the simulator is broken; `killed`: its worker died of it, twice. */
  readonly kind: 'mistake' | 'limit' | 'invariant' | 'internal' | 'killed';
  readonly message: string;
}

export interface RunOutcome {
  readonly seed: string;
  /** Protocol digest; empty of a run that failed. */
  readonly digest: string;
  readonly events: number;
  /** Indices of the expectations that were not met. */
  readonly unmet: readonly number[];
  /** In the order of `metricsOf`; null = the run has no such value, Infinity = without end. Empty of a run that failed. */
  readonly metrics: readonly (number | null)[];
  readonly failure: RunFailure | null;
}

/** What is kept of a finished run. */
export function outcomeOf(result: RunResult, metrics: readonly Metric[]): RunOutcome {
  return {
    seed: result.seed,
    digest: result.digests.protocol,
    events: result.events,
    unmet: result.verdicts.flatMap(({ passed, index }) => (passed ? [] : [index])),
    metrics: metrics.map(({ of }) => of(result)),
    failure: null,
  };
}
