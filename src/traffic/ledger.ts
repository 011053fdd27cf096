/**
 * What becomes of the sessions when the service changes hands: who is carried over, who is not, and why.
 */

import type { PfsFate } from './decryption.ts';
import { FLOW, type Flows } from './flows.ts';
import { slotOf } from './flow-numbers.ts';
import { lossCause, type LossCause } from './loss.ts';
import type { SessionSync } from './session-sync.ts';
import type { SessionTable } from './session-table.ts';
import type { Workload } from './workload.ts';

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

/** The flows of a run and the workloads that they belong to. */
export interface LedgerTraffic {
  readonly flows: Flows;
  readonly workload: (slot: number) => Workload;
}

/**
 * Compares the tables at a takeover and marks the flows that the new active does not know, or knows and must drop: those it
 * forgets.
 *
 * @param record of the trace, that brought the takeover about
 */
export function takeOverSessions(
  { flows, workload: workloadOf }: LedgerTraffic,
  survivor: ServiceState,
  former: ServiceState,
  record: number,
  pfs: PfsFate = 'dropped',
): Takeover {
  const missing: Partial<Record<LossCause, number>> = {};
  const miss = (slot: number, cause: LossCause): void => {
    flows.setMissing(slot, flows.blames.index(cause, record));
    missing[cause] = (missing[cause] ?? 0) + 1;
  };
  let [carried, undecrypted, recreated] = [0, 0, 0];
  flows.each((slot) => {
    if (flows.state(slot) === FLOW.opening) return;
    const flow = flows.numbers.numberOf(slot);
    const workload = workloadOf(slot);
    const session = workload.synced ? survivor.table.get(flow) : undefined;
    if (session !== undefined) {
      const fate = survivor.sync.owns(session) ? 'kept' : workload.fateOf(slot, pfs);
      if (fate === 'dropped') {
        survivor.table.remove(flow);
        miss(slot, 'decrypted');
        return;
      }
      carried += 1;
      if (fate === 'kept') return;
      workload.losesDecryption(slot);
      undecrypted += 1;
    } else if (former.sync.shares && former.table.has(flow)) {
      carried += 1; // The peer has only changed its role: it goes on with its sessions.
    } else if (former.table.recall(flow) === undefined && survivor.table.recall(flow) === undefined) {
      // No firewall knew it.
    } else if (workload.needsSession) {
      miss(slot, causeOfMissing(flow, survivor, former));
    } else {
      workload.recreates();
      recreated += 1;
    }
  });
  return { carried, missing, recreated, ...(undecrypted === 0 ? {} : { undecrypted }) };
}

/**
 * A firewall has dropped a packet of this flow for want of a session.
 *
 * @param dropping the firewall's own state
 * @param record of the trace, since which it serves
 */
export function sessionMissing(
  { flows, workload }: LedgerTraffic,
  flow: number,
  dropping: ServiceState,
  former: ServiceState,
  record: number,
): void {
  if (!flows.has(flow)) return;
  const cause = causeOfDrop(flow, dropping, former);
  workload(slotOf(flow)).dropped(flow, flows.blames.index(cause, record));
}

function causeOfDrop(flow: number, dropping: ServiceState, former: ServiceState): LossCause {
  // The peer has it, and could not be asked: HA3 is down, or packet forwarding off.
  if (former.sync.shares && former.table.has(flow)) return 'asymmetric';
  return causeOfMissing(flow, dropping, former);
}

/** Why a firewall that serves does not know a session. */
function causeOfMissing(flow: number, serving: ServiceState, former: ServiceState): LossCause {
  const known = former.table.recall(flow);
  // It had the session itself and has lost its table, and the peer has at best had a copy.
  const wasItsOwn = known === undefined || known.sync === 'copy';
  if (wasItsOwn && serving.table.recall(flow) !== undefined) return 'flushed';
  return lossCause(flow, former.table, former.sync);
}
