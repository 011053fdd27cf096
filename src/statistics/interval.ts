/**
 * An estimate with its interval: what every statistic of several runs is told as. No figure of ours stands without one.
 */

/** All three in the unit of what is estimated; an end is null where the sample cannot bound it. */
export interface Estimate {
  /** Null of an empty sample. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Confidence of the interval: 0.95. */
  readonly confidence: number;
  /** How many runs it rests on. */
  readonly count: number;
}
