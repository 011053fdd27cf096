/**
 * Why a session is unknown to the firewall that took over: the causes under which a report books it as lost.
 */

import type { SessionSync } from './session-sync.ts';
import type { SessionTable } from './session-table.ts';

/**
 * - `not-synced`: session synchronization is off, or HA2 did not carry the message
 * - `in-flight`: set up so shortly before the failure that its sync message had not left (the sync lag)
 * - `sync-backlog`: its message waited behind others (the sync rate)
 * - `asymmetric`: the packet came to a firewall that the session never went through (dual-active)
 * - `not-synced-by-design`: of a kind that HA2 is believed not to carry: it ended at the firewall itself (section 6.1)
 * - `decrypted`: the new active knows it, but has not the keys with which the former one decrypted it (R-108, R-111)
 * - `timed-out`: the firewall kept it, but traffic stopped for longer than its endpoints' TCP is patient
 * - `aged-out`: it was idle for longer than the firewall keeps a session (PAN-OS's session end reason)
 * - `flushed`: the firewall that serves has itself forgotten it: its sessions were cleared, or its dataplane or power failed
 * - `address-moved`: nobody in the pair has the address any more to which NAT translated it
 */
export const LOSS_CAUSES = [
  'not-synced',
  'in-flight',
  'sync-backlog',
  'asymmetric',
  'not-synced-by-design',
  'decrypted',
  'timed-out',
  'aged-out',
  'flushed',
  'address-moved',
] as const;

export type LossCause = (typeof LOSS_CAUSES)[number];

/** The losses of one cause that one record is to blame for. */
export interface LossEntry {
  readonly cause: LossCause;
  readonly count: number;
  readonly firstUs: number;
  readonly lastUs: number;
  /** The trace record that is to blame, such as the takeover that left the survivor without them; 0 = none. */
  readonly record: number;
}

/** Cause of the loss of a flow that the survivor does not know, judged by the table of the firewall that served it. */
export function lossCause(flow: number, served: SessionTable, sync: SessionSync): LossCause {
  const session = served.recall(flow);
  if (session === undefined) return 'asymmetric';
  if (session.sync === 'never') return 'not-synced-by-design';
  if (!sync.enabled) return 'not-synced';
  if (session.sync === 'queued') return 'in-flight'; // Its firewall still serves, and may yet tell.
  return session.sync === 'in-flight' || session.sync === 'sync-backlog' ? session.sync : 'not-synced';
}
