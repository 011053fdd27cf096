/** What all session syncs of a run share: their settings' shape and their events. */

import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { BulkSync } from './bulk-sync.ts';
import type { SessionSync } from './session-sync.ts';
import type { DeviceId } from './session-table.ts';

export const SYNC_EVENTS = ['sync.flush', 'sync.bulk-done', 'sync.bulk-retry', 'session.age'] as const;

export interface SessionSyncSettings {
  readonly device: string;
  readonly enabled: boolean;
  readonly lagUs: number;
  /** Messages per second. */
  readonly rate: number;
  /** Most messages in a frame. */
  readonly batch: number;
  /** From a frame that was not full to the next, at least. */
  readonly spacingUs: number;
  /** Size of a message in bytes. */
  readonly messageBytes: number;
  /** Most messages that wait. */
  readonly queueLimit: number;
  /** How often the peer hears of the idle time of a session that is in use; 0 = never. */
  readonly updateUs: number;
  readonly bulkUs: number;
  /** How long a joining firewall waits for its bulk sync before it asks again. */
  readonly bulkRetryUs: number;
  /** This firewall, if each of the pair tells the other of the sessions that it owns (active/active); else null. */
  readonly self: DeviceId | null;
}

/** The events that all session syncs of a run share. */
export class SyncRoutes {
  readonly flush: Route<SessionSync>;
  readonly bulkDone: Route<BulkSync>;
  readonly bulkRetry: Route<BulkSync>;
  readonly age: Route<SessionSync>;

  constructor(simulation: Simulation) {
    this.flush = new Route(simulation, 'sync.flush', (sync) => sync.flush());
    this.bulkDone = new Route(simulation, 'sync.bulk-done', (bulk) => bulk.done());
    this.bulkRetry = new Route(simulation, 'sync.bulk-retry', (bulk) => bulk.retry());
    this.age = new Route(simulation, 'session.age', (sync) => sync.age());
  }
}
