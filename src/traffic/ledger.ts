/**
 * What becomes of the sessions when the service changes hands: who is carried over, who is not, and why.
 */

import { lossCause, type LossCause } from './loss.ts';
import type { SessionSync } from './session-sync.ts';
import type { SessionTable } from './session-table.ts';
import type { Traffic } from './traffic.ts';
import { Flow } from './workload.ts';

/** Sessions at the moment of a takeover. */
export interface Takeover {
  /** Known to the firewall that takes over. */
  readonly carried: number;
  /** TCP sessions that it does not know, by cause: their next packet will be dropped. */
  readonly missing: Readonly<Partial<Record<LossCause, number>>>;
  /** UDP sessions that it does not know: their next packet makes a new session. */
  readonly recreated: number;
}

/** One side's table with the sync that fed the other side. */
export interface ServiceState {
  readonly table: SessionTable;
  readonly sync: SessionSync;
}

/** Compares the tables at a takeover and marks the flows that the new active does not know. */
export function takeOverSessions(traffic: Traffic, survivor: ServiceState, former: ServiceState): Takeover {
  const missing: Partial<Record<LossCause, number>> = {};
  let carried = 0;
  let recreated = 0;
  for (const flow of traffic.conversations()) {
    if (!(flow instanceof Flow) || flow.state === 'opening') continue;
    if (survivor.table.get(flow.id) !== undefined) carried += 1;
    else if (former.table.recall(flow.id) === undefined)
      continue; // No firewall knew it.
    else if (flow.workload.protocol === 'udp') recreated += 1;
    else {
      const cause = lossCause(flow.id, former.table, former.sync);
      flow.missing = cause;
      missing[cause] = (missing[cause] ?? 0) + 1;
    }
  }
  return { carried, missing, recreated };
}

/** A firewall has dropped a packet of this flow for want of a session. */
export function sessionMissing(traffic: Traffic, id: number, former: ServiceState): void {
  const flow = traffic.conversation(id);
  if (flow instanceof Flow) flow.workload.dropped(flow, lossCause(id, former.table, former.sync));
}
