/**
 * A mean with Student's interval, summed up as values come (Welford), so that nothing is kept. Values have to come in the same order
 * every time, for sums of floating point depend on it.
 */

import type { Estimate } from './interval.ts';
import { tQuantile } from './special.ts';

export class Mean {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
  }

  get count(): number {
    return this.#count;
  }

  /** 0 of no value. */
  get value(): number {
    return this.#mean;
  }

  /** Null of fewer than two values. */
  get deviation(): number | null {
    return this.#count < 2 ? null : Math.sqrt(this.#squares / (this.#count - 1));
  }

  estimate(confidence: number): Estimate {
    const [count, deviation] = [this.#count, this.deviation];
    if (count === 0) return { value: null, low: null, high: null, confidence, count };
    if (deviation === null) return { value: this.#mean, low: null, high: null, confidence, count };
    const reach = (tQuantile((1 + confidence) / 2, count - 1) * deviation) / Math.sqrt(count);
    return { value: this.#mean, low: this.#mean - reach, high: this.#mean + reach, confidence, count };
  }
}
