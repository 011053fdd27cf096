/**
 * The distribution of one metric over any number of runs, in little memory: exact up to some hundred values, from there in a histogram
 * that keeps three digits of every value (HDR). Minimum, maximum and mean are exact at any size.
 *
 * A value may be without end (Infinity): it counts as longer than any other.
 */

import { build, type Histogram } from 'hdr-histogram-js';
import type { Estimate } from './interval.ts';
import { Mean } from './mean.ts';
import { quantileOf } from './quantile.ts';

/** So many values are kept as they are. */
const EXACT = 128;

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export class Sample {
  /** What a value is multiplied by to be kept as a whole number. */
  readonly #scale: number;
  readonly #mean = new Mean();
  #exact: number[] | null = [];
  #histogram: Histogram | null = null;
  #endless = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;

  /** @param scale for values that are no whole numbers: 1e6 keeps six digits behind the point */
  constructor(scale = 1) {
    this.#scale = scale;
  }

  /** Takes a value of 0 or more, or Infinity. */
  add(value: number): void {
    if (value === Number.POSITIVE_INFINITY) {
      this.#endless++;
      return;
    }
    this.#mean.add(value);
    this.#minimum = Math.min(this.#minimum, value);
    this.#maximum = Math.max(this.#maximum, value);
    if (this.#exact !== null) this.#exact.push(value);
    else this.#histogram?.recordValue(Math.round(value * this.#scale));
    if (this.#exact !== null && this.#exact.length > EXACT) this.#condense(this.#exact);
  }

  #condense(values: readonly number[]): void {
    const histogram = build({ bitBucketSize: 'packed', numberOfSignificantValueDigits: 3, autoResize: true });
    for (const value of values) histogram.recordValue(Math.round(value * this.#scale));
    this.#histogram = histogram;
    this.#exact = null;
  }

  /** Values, the endless ones with them. */
  get count(): number {
    return this.#mean.count + this.#endless;
  }

  get endless(): number {
    return this.#endless;
  }

  /** Of those with an end; null where there is none. */
  get minimum(): number | null {
    return this.#mean.count === 0 ? null : this.#minimum;
  }

  get maximum(): number | null {
    return this.#mean.count === 0 ? null : this.#maximum;
  }

  /** Of those with an end. */
  mean(confidence: number): Estimate {
    return this.#mean.estimate(confidence);
  }

  quantile(quantile: number, confidence: number): Estimate {
    this.#exact?.sort((a, b) => a - b);
    return quantileOf(this.count, (rank) => this.#valueAt(rank), quantile, confidence);
  }

  /** @param rank from 1 */
  #valueAt(rank: number): number {
    const finite = this.#mean.count;
    if (rank > finite) return Number.POSITIVE_INFINITY;
    if (this.#exact !== null) return this.#exact[rank - 1] ?? Number.NaN;
    if (rank === 1) return this.#minimum;
    if (rank === finite) return this.#maximum;
    // Half a rank below, which the histogram rounds up: no error of floating point can then lead to the next one.
    const kept = this.#histogram?.getValueAtPercentile((100 * (rank - 0.5)) / finite) ?? Number.NaN;
    return Math.min(this.#maximum, Math.max(this.#minimum, kept / this.#scale));
  }

  /** How many values with an end lie in a range; of more values than are kept as they are, to three digits of its ends. */
  countWithin(holds: (value: number) => boolean): number {
    return this.#each().reduce((sum, { value, count }) => sum + (holds(value) ? count : 0), 0);
  }

  /** Counts in so many bins of one width from minimum to maximum; one bin where all are equal. */
  bins(most: number): Bin[] {
    if (this.#mean.count === 0) return [];
    const [from, to] = [this.#minimum, this.#maximum];
    if (from === to) return [{ from, to, count: this.#mean.count }];
    const width = (to - from) / most;
    const counts = Array.from({ length: most }, () => 0);
    for (const { value, count } of this.#each()) {
      const bin = Math.min(most - 1, Math.max(0, Math.floor((value - from) / width)));
      counts[bin] = (counts[bin] ?? 0) + count;
    }
    return counts.map((count, bin) => ({ from: from + bin * width, to: from + (bin + 1) * width, count }));
  }

  /** Every value that is kept, with how often. */
  #each(): { readonly value: number; readonly count: number }[] {
    if (this.#exact !== null) return this.#exact.map((value) => ({ value, count: 1 }));
    const { recordedValuesIterator: steps } = this.#histogram as unknown as Recorded;
    const values: { value: number; count: number }[] = [];
    steps.reset();
    while (steps.hasNext()) {
      const { valueIteratedTo, countAddedInThisIterationStep } = steps.next();
      values.push({ value: valueIteratedTo / this.#scale, count: countAddedInThisIterationStep });
    }
    return values;
  }
}

/** What the histogram has besides its declared interface. */
interface Recorded {
  readonly recordedValuesIterator: {
    reset(): void;
    hasNext(): boolean;
    next(): { readonly valueIteratedTo: number; readonly countAddedInThisIterationStep: number };
  };
}
