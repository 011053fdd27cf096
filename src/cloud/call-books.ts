/**
 * What became of the attempts at calls of a cloud's API, action by action: for reports, and for tests that count.
 */

import type { TimeUs } from '../kernel/time.ts';
import type { ApiError } from './api.ts';

/** Each attempt that is over is in exactly one of `succeeded`, `throttled` and `failed`. */
export interface ActionBooks {
  readonly action: string;
  readonly attempts: number;
  /** Carried out, or found to be so already (a benign error). */
  readonly succeeded: number;
  readonly throttled: number;
  readonly failed: number;
  /** Of the longest attempt, whatever became of it. */
  readonly longestUs: TimeUs;
}

export class CallBooks {
  readonly #actions = new Map<string, ActionBooks>();

  /** @param throttled the error is that of the token bucket */
  note(action: string, latencyUs: TimeUs, error: ApiError | null, throttled: boolean): void {
    const so = this.#actions.get(action) ?? NOTHING;
    const succeeded = error === null || error.errorClass === 'benign';
    this.#actions.set(action, {
      action,
      attempts: so.attempts + 1,
      succeeded: so.succeeded + (succeeded ? 1 : 0),
      throttled: so.throttled + (throttled ? 1 : 0),
      failed: so.failed + (succeeded || throttled ? 0 : 1),
      longestUs: Math.max(so.longestUs, latencyUs),
    });
  }

  /** In the order in which actions were first noted. */
  all(): readonly ActionBooks[] {
    return [...this.#actions.values()];
  }
}

const NOTHING: Omit<ActionBooks, 'action'> = {
  attempts: 0,
  succeeded: 0,
  throttled: 0,
  failed: 0,
  longestUs: 0,
};
