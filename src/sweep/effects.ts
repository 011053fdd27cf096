/**
 * What another value of an axis changes, everything else and the luck being equal: the mean of paired differences. All combinations
 * have the same seeds, so a pair differs by the axis alone; with several axes the differences of one seed are averaged over the values of the
 * others first, for they rest on the same luck and are no samples of their own.
 *
 * Pairs stand in one round, so only one round is kept.
 */

import { Mean } from '../statistics/mean.ts';
import type { RunOutcome } from './outcome.ts';
import type { Effect, SweepMetric } from './result.ts';

/** A value of an axis against its first. */
interface Contrast {
  readonly axis: number;
  readonly place: number;
  /** Every combination with this value, beside the one that differs from it by the first value of the axis. */
  readonly pairs: readonly { readonly setting: number; readonly first: number }[];
  /** By metric. */
  readonly differences: readonly Difference[];
}

/** Of one metric. */
interface Difference {
  readonly mean: Mean;
  leftOut: number;
}

/** Metrics of the runs of one seed, by combination. */
type RunsOfSeed = Map<number, readonly (number | null)[]>;

export class Effects {
  readonly #axes: readonly { readonly values: readonly string[] }[];
  readonly #metrics: readonly SweepMetric[];
  readonly #contrasts: readonly Contrast[];
  /** The seeds of the round. */
  readonly #round = new Map<string, RunsOfSeed>();

  /** @param places of every combination on every axis: all with all, the last axis the fastest */
  constructor(
    axes: readonly { readonly values: readonly string[] }[],
    places: readonly (readonly number[])[],
    metrics: readonly SweepMetric[],
  ) {
    this.#axes = axes;
    this.#metrics = metrics;
    this.#contrasts = axes.flatMap(({ values }, axis) => {
      // How far apart two combinations stand that differ by one place on the axis.
      const stride = axes.slice(axis + 1).reduce((product, other) => product * other.values.length, 1);
      return values.slice(1).map((_, before): Contrast => {
        const place = before + 1;
        const settings = [...places.keys()].filter((setting) => places[setting]?.[axis] === place);
        const pairs = settings.map((setting) => ({ setting, first: setting - place * stride }));
        return { axis, place, pairs, differences: metrics.map(() => ({ mean: new Mean(), leftOut: 0 })) };
      });
    });
  }

  /** Takes a run that was carried out. */
  add(setting: number, { seed, metrics }: RunOutcome): void {
    if (this.#contrasts.length === 0) return;
    const runs: RunsOfSeed = this.#round.get(seed) ?? new Map();
    runs.set(setting, metrics);
    this.#round.set(seed, runs);
  }

  /** The seeds that were taken have all their runs. */
  endRound(): void {
    for (const runs of this.#round.values()) {
      for (const contrast of this.#contrasts) this.#compare(runs, contrast);
    }
    this.#round.clear();
  }

  /** Values without an end have no difference: pairs with one are left out, and counted, for they may be what matters most. */
  #compare(runs: RunsOfSeed, { pairs, differences }: Contrast): void {
    const both = pairs.flatMap(({ setting, first }) => {
      const [to, from] = [runs.get(setting), runs.get(first)];
      return to === undefined || from === undefined ? [] : [{ to, from }];
    });
    differences.forEach((difference, column) => {
      const found = both.flatMap(({ to, from }) => {
        const [value, other] = [to[column] ?? null, from[column] ?? null];
        if (value !== null && other !== null && Number.isFinite(value - other)) return [value - other];
        if (value !== null || other !== null) difference.leftOut += 1;
        return [];
      });
      if (found.length === 0) return;
      difference.mean.add(found.reduce((sum, one) => sum + one, 0) / found.length);
    });
  }

  estimates(confidence: number): Effect[] {
    return this.#contrasts.flatMap(({ axis, place, differences }) => {
      const { values } = this.#axes[axis]!;
      return differences.flatMap(({ mean, leftOut }, column) => {
        if (mean.count === 0 && leftOut === 0) return [];
        const difference = mean.estimate(confidence);
        const metric = this.#metrics[column]?.name ?? '';
        return [
          {
            axis,
            metric,
            from: values[0] ?? '',
            to: values[place] ?? '',
            basis: 'pairs',
            difference,
            leftOut,
            explained: null,
          },
        ];
      });
    });
  }
}
