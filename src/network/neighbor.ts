/**
 * A routing neighbour as it is configured, and what the two ends of an adjacency tell each other.
 */

import type { Subnet } from './address.ts';

/** `routing-neighbor:` of a router or firewall; durations in microseconds. */
export interface NeighborSettings {
  readonly name: string;
  readonly address: number;
  /** What is reached through this neighbour. */
  readonly destinations: readonly Subnet[];
  readonly keepaliveUs: number;
  readonly holdUs: number;
  /** From losing or regaining the adjacency to the routes following. */
  readonly convergenceUs: number;
  /** How long stale routes are kept; null = no graceful restart. */
  readonly restartUs: number | null;
  readonly bfd: { readonly intervalUs: number; readonly multiplier: number } | null;
}

/** What one end tells the other. */
export interface RoutingMessage {
  /** The sender's process: which node, and which start of it. */
  readonly instance: string;
  /** The process that the sender hears from the receiver, if any. */
  readonly heard: string | null;
  readonly gracefulRestart: boolean;
  /** 0 = no BFD. */
  readonly bfdIntervalUs: number;
  readonly sequence: number;
  /** Ledger entry of the sender's messages: why they are lost, when they are. */
  readonly track: number;
}
