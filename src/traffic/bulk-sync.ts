/**
 * The sync of everything at once: a joining firewall asks, again and again (K07: `initial` waits for it); the one that serves answers
 * with its whole table, after a time that PAN-OS does not publish.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { BulkCopy } from './bulk-copy.ts';
import type { SessionTable } from './session-table.ts';
import type { SyncBookkeeper } from './sync-books.ts';
import type { SyncChannel, SyncItem } from './sync-message.ts';
import type { SessionSyncSettings, SyncRoutes } from './sync-routes.ts';

/** What a bulk sync carries: the sessions, and the entries of the ARP table and the forwarding table. */
export interface Carried {
  readonly table: SessionTable;
  readonly others: () => readonly SyncItem[];
}

export class BulkSync {
  readonly #simulation: Simulation;
  readonly #routes: SyncRoutes;
  readonly #number: number;
  readonly #settings: SessionSyncSettings;
  readonly #carried: Carried;
  readonly #channel: SyncChannel;
  readonly #bookkeeper: SyncBookkeeper;
  #beganUs = 0;
  /** Time of the link that messages have taken since the answer began. */
  #takenUs = 0;
  #answer: Handle = NO_HANDLE;
  #request: Handle = NO_HANDLE;

  constructor(
    simulation: Simulation,
    routes: SyncRoutes,
    settings: SessionSyncSettings,
    carried: Carried,
    channel: SyncChannel,
    bookkeeper: SyncBookkeeper,
  ) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.bulkDone.add(this);
    routes.bulkRetry.add(this);
    this.#settings = settings;
    this.#carried = carried;
    this.#channel = channel;
    this.#bookkeeper = bookkeeper;
  }

  // --- the firewall that joins ---------------------------------------------------------------------------------------

  /** It has asked, and nothing has come yet. */
  get asked(): boolean {
    return this.#request !== NO_HANDLE;
  }

  /** Asks the peer for everything, again and again until it arrives. */
  request(): void {
    this.#simulation.cancel(this.#request);
    this.#channel.send('bulk-request');
    this.#request = this.#routes.bulkRetry.schedule(this.#settings.bulkRetryUs, this.#number);
  }

  /** Nothing has come: the request or the answer was lost, or nobody serves. */
  retry(): void {
    this.#simulation.assume('bulk-session-sync-retry');
    this.request();
  }

  /** Asks no more: it has arrived, or is not needed. */
  giveUp(): void {
    this.#simulation.cancel(this.#request);
    this.#request = NO_HANDLE;
  }

  // --- the firewall that serves --------------------------------------------------------------------------------------

  /** The peer asks. A request that comes while one is being answered is the same request. */
  begin(): void {
    if (this.#simulation.isPending(this.#answer)) return;
    this.#beganUs = this.#simulation.nowUs;
    this.#takenUs = 0;
    this.#answer = this.#routes.bulkDone.schedule(this.#settings.bulkUs, this.#number);
  }

  /** Messages have had the link for so long. */
  linkTaken(us: number): void {
    this.#takenUs += us;
  }

  stopAnswering(): void {
    this.#simulation.cancel(this.#answer);
    this.#answer = NO_HANDLE;
  }

  /**
   * The time of a bulk sync has passed. Messages go first on the link meanwhile; if that left too little of it for all sessions, the
   * bulk sync takes as much longer. What arrives is the table as it is at the end.
   */
  done(): void {
    const { table, others } = this.#carried;
    const { nowUs } = this.#simulation;
    const missingUs = this.#takenUs + this.#channel.wireUs(table.size) - (nowUs - this.#beganUs);
    if (missingUs > 0) {
      this.#simulation.assume('session-sync-message');
      this.#answer = this.#routes.bulkDone.schedule(missingUs, this.#number);
      return;
    }
    this.#simulation.assume('bulk-session-sync');
    const copy = new BulkCopy(others(), table.size);
    for (const session of table) {
      if (session.sync !== 'never') copy.add(session);
    }
    const last = Math.min(copy.size + copy.others.length, this.#settings.batch, this.#channel.room);
    if (this.#channel.send('bulk', copy, last)) this.#bookkeeper.bulk();
  }
}
