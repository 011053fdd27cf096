// PROVISIONAL, until the real one is merged (helper `aggregate` writes it): the interface that the engine needs, without intervals.

import type { Aggregate } from '../scenario/schema/aggregate.ts';
import type { Estimate } from '../statistics/interval.ts';
import type { RunOutcome } from './outcome.ts';
import type { Effect, SettingSummary, SweepMetric } from './result.ts';

export interface SummaryOptions {
  readonly axes: readonly { readonly values: readonly string[] }[];
  readonly settings: readonly { readonly values: readonly string[]; readonly replay: string }[];
  readonly metrics: readonly SweepMetric[];
  readonly expectations: number;
  readonly confidence: number;
}

export class SweepSummary {
  readonly #options: SummaryOptions;
  readonly #runs: RunOutcome[][];

  constructor(options: SummaryOptions) {
    this.#options = options;
    this.#runs = options.settings.map(() => []);
  }

  add(setting: number, outcome: RunOutcome): void {
    this.#runs[setting]?.push(outcome);
  }

  endRound(): void {
    return;
  }

  settings(): SettingSummary[] {
    const { settings, metrics } = this.#options;
    return settings.map(({ values, replay }, index) => {
      const runs = this.#runs[index] ?? [];
      return {
        index,
        values,
        replay,
        runs: runs.length,
        failures: runs.filter(({ failure }) => failure !== null).length,
        passed: null,
        metrics: metrics.map(({ name }, column) => {
          const list = runs.flatMap(({ metrics }) => metrics[column] ?? []).toSorted((a, b) => a - b);
          const at = (q: number): Estimate => ({
            value: list[Math.min(list.length - 1, Math.floor(q * list.length))] ?? null,
            low: null,
            high: null,
            confidence: 0.95,
            count: list.length,
          });
          return {
            metric: name,
            count: list.length,
            endless: 0,
            minimum: list[0] ?? null,
            maximum: list.at(-1) ?? null,
            mean: at(0.5),
            p5: at(0.05),
            median: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            bins: [],
          };
        }),
      };
    });
  }

  effects(): Effect[] {
    return [];
  }

  estimate(setting: number, aggregate: Aggregate): Estimate {
    const column = this.#options.metrics.findIndex(({ name }) => name === aggregate.metric);
    const summary = this.settings()[setting]?.metrics[column];
    return summary?.median ?? { value: null, low: null, high: null, confidence: 0.95, count: 0 };
  }
}
