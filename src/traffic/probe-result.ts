/** What probes of all kinds leave behind, and how it is told by direction. */

import type { Direction } from './outages.ts';
import type { PingResult, ProbeLosses } from './probe.ts';
import type { TransactionResult } from './tcp-transaction.ts';
import type { StreamResult } from './udp-stream.ts';

/** Of any probe; `type` is absent for `ping`. */
export type ProbeResult = PingResult | StreamResult | TransactionResult;

/** What a probe saw in one direction; undefined when it does not tell directions apart, or does not use this one. */
export function directionOf(
  probe: ProbeResult,
  direction: Direction,
): Omit<ProbeLosses, 'outages'> | undefined {
  return probe.type === 'udp-stream' ? probe.directions[direction] : undefined;
}
