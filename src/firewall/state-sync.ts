/**
 * State synchronization of one firewall: its HA2 links with its session sync behind them, and what arrives for its tables.
 *
 * It lives with the dataplane: a dataplane that has crashed neither takes nor answers anything (D05).
 */

import type { HaEvent } from '../ha/event.ts';
import type { Role } from '../ha/role.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Port } from '../network/link.ts';
import type { BulkCopy } from '../traffic/bulk-copy.ts';
import { SessionSync, type SyncItem } from '../traffic/session-sync.ts';
import type { SessionTable } from '../traffic/session-table.ts';
import { DataLink, type DataLinkOwner } from './data-link.ts';
import type { FirewallContext } from './context.ts';
import type { FirewallSettings } from './settings.ts';

/** The data plane, as HA2 sees it. */
export interface SyncedTables {
  tableItems(): readonly SyncItem[];
  learnTables(items: readonly SyncItem[]): void;
  splitDatapath(split: boolean): void;
}

/** The firewall around it. */
export interface StateSyncOwner {
  readonly name: string;
  readonly role: Role | null;
  readonly table: SessionTable;
  handle(event: HaEvent): void;
}

export class StateSync implements DataLinkOwner {
  readonly sync: SessionSync;
  readonly link: DataLink;
  readonly #owner: StateSyncOwner;
  readonly #simulation: Simulation;
  readonly #settings: FirewallSettings;
  readonly #tables: () => SyncedTables;
  #running = false;

  /** @param tables asked for when something has arrived; the data plane is built after this */
  constructor(
    owner: StateSyncOwner,
    { network, syncRoutes, keepAliveRoutes }: FirewallContext,
    settings: FirewallSettings,
    tables: () => SyncedTables,
    portNamed: (name: string) => Port,
  ) {
    this.#owner = owner;
    this.#simulation = network.simulation;
    this.#settings = settings;
    this.#tables = tables;
    this.link = new DataLink(this, network, keepAliveRoutes, settings, portNamed);
    const { sessionSync } = settings;
    const carried = (): readonly SyncItem[] => tables().tableItems();
    this.sync = new SessionSync(this.#simulation, syncRoutes, sessionSync, owner.table, this.link, carried);
  }

  /** The dataplane works from now on. */
  start(): void {
    this.#running = true;
    this.link.start();
  }

  stop(): void {
    this.#running = false;
    this.link.stop();
  }

  /** Asks the peer for everything. */
  request(): void {
    this.#simulation.note('session-sync', this.#owner.name, { step: 'requested' });
    this.sync.bulk.request();
  }

  bulkRequested(): void {
    this.sync.bulkRequested();
  }

  itemsReceived(items: readonly SyncItem[]): void {
    if (!this.#running) return;
    this.sync.receive(items);
    this.#tables().learnTables(items);
  }

  bulkReceived(copy: BulkCopy): void {
    if (!this.#running || !this.sync.bulkReceived(copy)) return;
    this.#tables().learnTables(copy.others);
    const { name, table } = this.#owner;
    const data = { step: 'complete', sessions: table.size };
    this.#simulation.cause = this.#simulation.note('session-sync', name, data);
    this.#owner.handle({ type: 'sessions-synchronized' });
  }

  /** Sessions of the meantime: the sources do not say whether they are sent (`unpublished.ha2-recovery-sync`). */
  dataLinkRecovered(): void {
    this.#simulation.assume('ha2-recovery-sync');
    if (this.#settings.assumptions.ha2RecoverySync === 'none') return;
    if (this.#owner.role === 'passive') this.request();
    else this.sync.resend();
  }

  splitDatapath(split: boolean): void {
    this.#tables().splitDatapath(split);
  }
}
