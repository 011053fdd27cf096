/**
 * A token bucket, as EC2 throttles its API: per account, region and action (reference aws-ha.md, section 1.8; AWS, "Request throttling
 * for the Amazon EC2 API"). A call takes a token or is refused; the bucket refills at a fixed rate up to its capacity.
 *
 * It counts in fractions of a token that are integers, so that no rounding decides whether a call passes, and it works out what has
 * happened only when it is asked: neither the refill nor the calls of others in the account cost an event.
 */

import type { TimeUs } from '../kernel/time.ts';

export interface BucketSettings {
  /** Tokens that it holds when full. */
  readonly capacity: number;
  /** Tokens per second. */
  readonly refill: number;
}

/** By action. Without a bucket an action is not throttled. */
export interface ThrottleSettings {
  readonly buckets: Readonly<Partial<Record<string, BucketSettings>>>;
  /** Microseconds between two calls of others in the account. */
  readonly backgroundUs: Readonly<Partial<Record<string, number>>>;
}

/** One token. A refill is exact to a ten-thousandth of a token per second, and 100 000 tokens are a safe integer. */
const TOKEN = 10_000_000_000;
const SECOND_US = 1_000_000;

export class TokenBucket {
  readonly #full: number;
  readonly #gainPerUs: number;
  /** Between two calls of others; Infinity = there are none. */
  readonly #spacingUs: TimeUs;
  /** What the bucket gains between two calls of others, when it has room. */
  readonly #gain: number;
  #level: number;
  #asOfUs: TimeUs = 0;
  #othersNextUs: TimeUs;

  /**
   * At time 0 it is full; or empty, when others call faster than it refills, for they have done so before.
   *
   * @param backgroundUs between two calls of others; they take the token when there is one and do not try again
   */
  constructor({ capacity, refill }: BucketSettings, backgroundUs: number = Number.POSITIVE_INFINITY) {
    this.#full = capacity * TOKEN;
    this.#gainPerUs = Math.max(1, Math.round((refill * TOKEN) / SECOND_US));
    this.#spacingUs = Math.max(1, Math.round(backgroundUs));
    this.#gain = Math.min(this.#full, this.#spacingUs * this.#gainPerUs);
    this.#level = this.#gain < TOKEN ? 0 : this.#full;
    this.#othersNextUs = this.#spacingUs;
  }

  /**
   * Takes a token. Calls of others at the same microsecond come first.
   *
   * @param nowUs not before the last time it was asked
   * @returns false when there is none
   */
  take(nowUs: TimeUs): boolean {
    if (this.#othersNextUs <= nowUs) this.#othersCall(nowUs);
    return this.#takeAt(nowUs);
  }

  #takeAt(timeUs: TimeUs): boolean {
    // A product that is no safe integer any more is more than any bucket holds.
    this.#level = Math.min(this.#full, this.#level + (timeUs - this.#asOfUs) * this.#gainPerUs);
    this.#asOfUs = timeUs;
    if (this.#level < TOKEN) return false;
    this.#level -= TOKEN;
    return true;
  }

  /** The calls of others up to a time: the first one from where the bucket stands, all after it at once. */
  #othersCall(nowUs: TimeUs): void {
    this.#takeAt(this.#othersNextUs);
    const more = Math.floor((nowUs - this.#othersNextUs) / this.#spacingUs);
    if (this.#gain >= TOKEN) {
      this.#level = Math.min(this.#full - TOKEN, this.#level + more * (this.#gain - TOKEN));
    } else {
      // Each gain is taken as soon as it makes a token, so less than one ever stays.
      this.#level = Number((BigInt(this.#level) + BigInt(more) * BigInt(this.#gain)) % BigInt(TOKEN));
    }
    this.#asOfUs = this.#othersNextUs + more * this.#spacingUs;
    this.#othersNextUs = this.#asOfUs + this.#spacingUs;
  }
}
