/**
 * Statements about many runs, as text: `p99 failover < 4.2s with 95 % confidence`, `median outage of ping <= 3s`,
 * `share with dual-active > 0s < 1 %`. One grammar for `over-seeds:` of an expectation, for `sweep --stop-at` and for the objective and the
 * constraints of `hasim tune`.
 *
 *     STATISTIC METRIC [COMPARISON] [with N % confidence]
 *     share with METRIC COMPARISON [COMPARISON] [with N % confidence]
 */

import type { Comparison } from './comparison.ts';

/** Of the values of a metric over runs. `quantile` is 0..1, of `quantile` only. */
export type Statistic =
  | { readonly kind: 'mean' | 'minimum' | 'maximum' }
  | { readonly kind: 'quantile'; readonly quantile: number }
  /** The share of runs whose value lies in a range, 0..1. */
  | { readonly kind: 'share'; readonly range: Comparison };

export interface Aggregate {
  /** As written. */
  readonly text: string;
  readonly statistic: Statistic;
  /** Name of a metric: see src/run/metrics.ts. */
  readonly metric: string;
  /** What is expected of the statistic; absent in an objective. Of a share, percent. */
  readonly comparison?: Comparison;
  /** 0..1; 0.95 unless told. */
  readonly confidence: number;
}

// PROVISIONAL, until the real one is merged (helper `aggregate` writes it).
export function parseAggregate(
  text: string,
  metrics: readonly string[],
): Aggregate | { readonly message: string; readonly hint: string } {
  const [, statistic = '', metric = ''] = /^(p\d+|median)\s+(.+)$/.exec(text.trim()) ?? [];
  if (!metrics.includes(metric))
    return { message: `expected a statistic of a metric, got ${text}`, hint: '' };
  const quantile = statistic === 'median' ? 0.5 : Number(statistic.slice(1)) / 100;
  return { text, statistic: { kind: 'quantile', quantile }, metric, confidence: 0.95 };
}
