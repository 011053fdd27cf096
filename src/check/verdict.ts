/**
 * The answer to one expectation: data with everything a reader of a failure needs.
 */

export interface Verdict {
  /** Index of the expectation in the scenario file. */
  readonly index: number;
  /** The expectation's own name, or a sentence made from it. */
  readonly name: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly measured: string;
  /** When it was decided or broken, in microseconds; null where it has no single moment. */
  readonly atUs: number | null;
  /** Ids of the records that led there, the effect first and the fault last; empty where there are none. */
  readonly causes: readonly number[];
}

/** An expectation that one run cannot answer, for it is about many. */
export interface Unjudged {
  /** Index of the expectation in the scenario file. */
  readonly index: number;
  /** Its own name, or what it says. */
  readonly name: string;
}
