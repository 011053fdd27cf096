/**
 * How a session spaces its packets: one interval for its whole life, drawn when it begins.
 *
 * Users of one application differ more from each other than one user's packets do, and a constant interval lets a packet that
 * changes nothing be skipped without being drawn.
 */

import { sampler, type Distribution } from '../kernel/distribution.ts';
import type { RandomStream } from '../kernel/random.ts';
import type { TimeUs } from '../kernel/time.ts';

/** No session sends more often: some 1000 packets a second; a drawn zero would stop the clock. */
export const SHORTEST_PACKET_INTERVAL_US = 1_000;

/** Prepares a source of packet intervals, one for each session. A constant one draws nothing from its stream. */
export function packetIntervals(distribution: Distribution, stream: RandomStream): () => TimeUs {
  const draw = sampler(distribution, stream);
  return () => Math.max(SHORTEST_PACKET_INTERVAL_US, draw());
}
