/**
 * The API of a cloud as those who call it see it: a call takes its time, may be throttled, may fail, and is tried again.
 *
 * Errors have classes, for what a client does depends on no more than that (reference aws-ha.md, section 1.5):
 * `permanent` errors are never retried, `transient` ones are, with backoff, and an `ordering` error says that something else has to
 * happen first, so the caller waits for that and calls again. `benign`: what was asked for is so already.
 */

import type { LatencyDistribution } from './latency.ts';

export type ErrorClass = 'permanent' | 'transient' | 'ordering' | 'benign';

export interface ApiError {
  /** In the provider's words: `RequestLimitExceeded`. */
  readonly code: string;
  readonly errorClass: ErrorClass;
  /** In words, where there is more to say than the code. */
  readonly why?: string;
}

/** One call, with all its attempts. */
export interface ApiCall {
  /** The firewall that calls. */
  readonly node: string;
  readonly action: string;
  /** What it is about, in the scenario's words. */
  readonly target: string;
  readonly latency: LatencyDistribution;
  /** Multiplies the latency: how fast the region answers during this takeover. */
  readonly factor: number;
  /**
   * Carries the call out at the provider, at the moment at which it returns. What is to be noted of it, and what goes on after it,
   * belongs into `performed`: the record of the attempt is not written yet.
   *
   * @returns what is wrong with it, or null
   */
  perform(): ApiError | null;
  /** It has been carried out, even for one that is abandoned; the record in force is that of the attempt. */
  performed?(): void;
  /**
   * The last attempt is over: it succeeded (null, or a benign error), or the caller has to do without; the record in force is its. Not
   * called when abandoned.
   */
  returned(error: ApiError | null): void;
}

export interface RetrySettings {
  readonly attempts: number;
  /** Longest wait before the second attempt; it doubles, and the wait is uniform from 0 up to it (full jitter). */
  readonly backoffUs: number;
  readonly backoffLimitUs: number;
  /** After this an attempt that does not reach the API is given up. */
  readonly connectTimeoutUs: number;
}

/** Whether a call gets anywhere, before the API even looks at it. */
export interface Gate {
  /** The API answers nobody, or not this node: the record of why, or 0 when it always was so; null = it answers. */
  unreachable(node: string): number | null;
  /** In words, why it does not: `palo-mgmt-secondary-eni has no elastic IP`. */
  whyUnreachable?(node: string): string | null;
  /** The node may not do this; null = it may. */
  refused(node: string, action: string, target: string): ApiError | null;
}

export interface CloudApi {
  /** Sends a call; its latency draws from the stream `NAME/TARGET/ACTION` of this API. */
  send(call: ApiCall): void;
  /** A node makes no further attempts; calls that are under way are carried out, and nobody hears of it. */
  abandon(node: string): void;
}
