/**
 * How long a client waits before it tries a call again: exponential backoff with full jitter, as the AWS SDKs do it (AWS Architecture
 * Blog, "Exponential Backoff And Jitter"). What the VM-Series plugin does is not published (reference aws-ha.md, section 7.4).
 */

import type { RandomStream } from '../kernel/random.ts';
import type { TimeUs } from '../kernel/time.ts';
import type { RetrySettings } from './api.ts';

/**
 * Draws the wait after a failed attempt: uniform over the integers from 0 up to min(limit, base * 2^retry).
 *
 * @param retry 0 before the second attempt, 1 before the third
 * @returns microseconds
 */
export function drawBackoff(
  { backoffUs, backoffLimitUs }: Pick<RetrySettings, 'backoffUs' | 'backoffLimitUs'>,
  retry: number,
  stream: RandomStream,
): TimeUs {
  return stream.int(Math.min(backoffLimitUs, backoffUs * 2 ** retry) + 1);
}
