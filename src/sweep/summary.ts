/**
 * Sums up the runs of a sweep as they come: for every combination of settings the distribution of every metric, and for every axis what its
 * values change. Nothing is kept of a run but its share in these, so memory does not grow with the number of runs.
 */

import type { Aggregate, Statistic } from '../scenario/schema/aggregate.ts';
import { satisfies } from '../scenario/schema/comparison.ts';
import type { Estimate } from '../statistics/interval.ts';
import { shareOf } from '../statistics/proportion.ts';
import { Sample } from '../statistics/sample.ts';
import { Effects } from './effects.ts';
import type { RunOutcome } from './outcome.ts';
import type { Effect, MetricSummary, SettingSummary, SweepAxis, SweepMetric } from './result.ts';
import { slopesOf, type Point } from './slopes.ts';

/** Bins of a picture of a distribution. */
const BINS = 60;

export interface SummaryOptions {
  readonly axes: readonly Pick<SweepAxis, 'values' | 'numbers' | 'scale'>[];
  readonly settings: readonly {
    /** Values as text, and their places on the axes. */
    readonly values: readonly string[];
    readonly places: readonly number[];
    readonly replay: string;
  }[];
  /** The combinations are all values with all others, so that there are pairs that differ in one alone. */
  readonly grid: boolean;
  readonly metrics: readonly SweepMetric[];
  /** How many expectations each run is held against. */
  readonly expectations: number;
  /** Of every interval, 0..1. */
  readonly confidence: number;
}

/** The runs of one combination. */
interface Setting {
  runs: number;
  failures: number;
  passed: number;
  readonly samples: readonly Sample[];
}

export class SweepSummary {
  readonly #options: SummaryOptions;
  readonly #settings: readonly Setting[];
  readonly #effects: Effects | null;

  constructor(options: SummaryOptions) {
    this.#options = options;
    const { settings, metrics, axes, grid } = options;
    this.#settings = settings.map(() => ({
      runs: 0,
      failures: 0,
      passed: 0,
      samples: metrics.map(({ unit }) => sampleOf(unit)),
    }));
    this.#effects = grid
      ? new Effects(
          axes,
          settings.map(({ places }) => places),
          metrics,
        )
      : null;
  }

  /** Takes a run of a combination. Runs come in the order of the plan. */
  add(setting: number, outcome: RunOutcome): void {
    const books = this.#settings[setting]!;
    books.runs++;
    if (outcome.failure !== null) {
      books.failures++;
      return;
    }
    if (outcome.unmet.length === 0) books.passed++;
    outcome.metrics.forEach((value, column) => {
      if (value !== null) books.samples[column]?.add(value);
    });
    this.#effects?.add(setting, outcome);
  }

  /** All runs of a round have been taken. */
  endRound(): void {
    this.#effects?.endRound();
  }

  settings(): SettingSummary[] {
    const { settings, expectations, confidence } = this.#options;
    return settings.map(({ values, replay }, index) => {
      const { runs, failures, passed, samples } = this.#settings[index]!;
      return {
        index,
        values,
        runs,
        failures,
        passed: expectations === 0 ? null : shareOf(passed, runs - failures, confidence),
        metrics: samples.map((sample, column) => this.#metric(sample, column)),
        replay,
      };
    });
  }

  #metric(sample: Sample, column: number): MetricSummary {
    const { metrics, confidence } = this.#options;
    const { count, endless, minimum, maximum } = sample;
    const quantile = (share: number): Estimate => sample.quantile(share, confidence);
    return {
      metric: metrics[column]?.name ?? '',
      count,
      endless,
      minimum,
      maximum,
      mean: sample.mean(confidence),
      p5: quantile(0.05),
      median: quantile(0.5),
      p95: quantile(0.95),
      p99: quantile(0.99),
      bins: sample.bins(BINS),
    };
  }

  effects(): Effect[] {
    const { axes, metrics, confidence } = this.#options;
    return this.#effects?.estimates(confidence) ?? slopesOf(axes, metrics, this.#points(), confidence);
  }

  /** The combinations that have runs, with what these came to. */
  #points(): Point[] {
    return this.#options.settings.flatMap(({ places }, index) => {
      const { runs, failures, samples } = this.#settings[index]!;
      if (runs === failures) return [];
      const { confidence } = this.#options;
      const means = samples.map((sample) => (sample.endless > 0 ? null : sample.mean(confidence).value));
      return [{ places, means }];
    });
  }

  /** A statistic of a combination so far. @throws Error for a metric that the sweep does not have */
  estimate(setting: number, { metric, statistic, confidence }: Aggregate): Estimate {
    const column = this.#options.metrics.findIndex(({ name }) => name === metric);
    const sample = this.#settings[setting]?.samples[column];
    if (sample === undefined) throw new Error(`expected a metric of the sweep, got ${metric}`);
    return statisticOf(sample, statistic, confidence);
  }
}

/** A statistic of a sample, with its interval. */
export function statisticOf(sample: Sample, statistic: Statistic, confidence: number): Estimate {
  const bare = (value: number | null): Estimate => ({
    value,
    low: null,
    high: null,
    confidence,
    count: sample.count,
  });
  switch (statistic.kind) {
    case 'quantile':
      return sample.quantile(statistic.quantile, confidence);
    case 'mean':
      return sample.endless > 0 ? bare(Number.POSITIVE_INFINITY) : sample.mean(confidence);
    case 'minimum':
      return bare(sample.minimum);
    case 'maximum':
      return bare(sample.endless > 0 ? Number.POSITIVE_INFINITY : sample.maximum);
    case 'rate':
      throw new Error('expected a statistic of single runs, got a rate');
    case 'share': {
      const endless = satisfies(statistic.range, Number.POSITIVE_INFINITY) ? sample.endless : 0;
      const hits = sample.countWithin((value) => satisfies(statistic.range, value)) + endless;
      return shareOf(hits, sample.count, confidence);
    }
  }
}

/** A percentage has digits behind the point, of which six are kept. */
export function sampleOf(unit: SweepMetric['unit']): Sample {
  return new Sample(unit === 'percent' ? 1e6 : 1);
}
