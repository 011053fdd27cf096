/**
 * What becomes of the sessions when the service changes hands: who is carried over, who is not, and why.
 */

import type { PfsFate } from './decryption.ts';
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
  /** Sessions of UDP and ICMP, and tunnels, that it does not know: their next packet makes a new one. */
  readonly recreated: number;
  /** Of the carried: those that the former active decrypted, and this one cannot; absent when there are none. */
  readonly undecrypted?: number;
}

/** One side's table with the sync that fed the other side. */
export interface ServiceState {
  readonly table: SessionTable;
  readonly sync: SessionSync;
}

/**
 * Compares the tables at a takeover and marks the flows that the new active does not know, or knows and must drop: those it
 * forgets.
 */
export function takeOverSessions(
  traffic: Traffic,
  survivor: ServiceState,
  former: ServiceState,
  pfs: PfsFate = 'dropped',
): Takeover {
  const missing: Partial<Record<LossCause, number>> = {};
  const miss = (flow: Flow, cause: LossCause): void => {
    flow.workload.misses(flow, cause);
    missing[cause] = (missing[cause] ?? 0) + 1;
  };
  let [carried, undecrypted, recreated] = [0, 0, 0];
  for (const flow of traffic.conversations()) {
    if (!(flow instanceof Flow) || flow.state === 'opening') continue;
    const { workload } = flow;
    const session = workload.synced ? survivor.table.get(flow.id) : undefined;
    if (session !== undefined) {
      const fate = survivor.sync.owns(session) ? 'kept' : workload.fateOf(flow, pfs);
      if (fate === 'dropped') {
        survivor.table.remove(flow.id);
        miss(flow, 'decrypted');
        continue;
      }
      carried += 1;
      if (fate === 'kept') continue;
      workload.losesDecryption(flow);
      undecrypted += 1;
    } else if (former.sync.shares && former.table.get(flow.id) !== undefined) {
      carried += 1; // The peer has only changed its role: it goes on with its sessions.
    } else if (former.table.recall(flow.id) === undefined) {
      continue; // No firewall knew it.
    } else if (workload.needsSession) {
      miss(flow, lossCause(flow.id, former.table, former.sync));
    } else {
      workload.recreates();
      recreated += 1;
    }
  }
  return { carried, missing, recreated, ...(undecrypted === 0 ? {} : { undecrypted }) };
}

/** A firewall has dropped a packet of this flow for want of a session. */
export function sessionMissing(traffic: Traffic, id: number, former: ServiceState): void {
  const flow = traffic.conversation(id);
  if (!(flow instanceof Flow)) return;
  // The peer has it, and could not be asked: HA3 is down, or packet forwarding off.
  const elsewhere = former.sync.shares && former.table.get(id) !== undefined;
  flow.workload.dropped(flow, elsewhere ? 'asymmetric' : lossCause(id, former.table, former.sync));
}
