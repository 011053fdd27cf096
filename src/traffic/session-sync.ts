/**
 * HA2 session synchronization of one firewall: while it serves, it tells the peer of every session that is set up or torn
 * down, after a lag and no faster than a rate; what waits is the backlog. A joining peer gets all sessions in one bulk sync.
 *
 * Data flows one way, from the active to the passive (D12, R-103). PAN-OS publishes neither cadence nor rate: lag, rate and
 * the length of a bulk sync are parameters (section 14.A).
 */

import type { Handle } from '../kernel/queue.ts';
import { NO_HANDLE } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { DeviceId, Session, SessionOrigin, SessionProtocol, SessionTable } from './session-table.ts';

export const SYNC_EVENTS = ['sync.flush', 'sync.bulk-done', 'sync.bulk-retry', 'session.age'] as const;

/** One line of a sync message. */
export type SyncItem =
  | ({ readonly op: 'add'; readonly flow: number; readonly protocol: SessionProtocol } & SessionOrigin)
  | { readonly op: 'remove'; readonly flow: number }
  | { readonly op: 'arp'; readonly interface: string; readonly ip: number; readonly mac: number }
  | { readonly op: 'route'; readonly neighbor: string; readonly usable: boolean };

export interface SessionSyncSettings {
  readonly enabled: boolean;
  readonly lagUs: number;
  /** Messages per second. */
  readonly rate: number;
  readonly bulkUs: number;
  /** How long a joining firewall waits for its bulk sync before it asks again. */
  readonly bulkRetryUs: number;
  /** This firewall, if each of the pair tells the other of the sessions that it owns (active/active); else null. */
  readonly self: DeviceId | null;
}

/** The way to the peer, over HA2. */
export interface SyncChannel {
  send(kind: 'items' | 'bulk-request' | 'bulk', items: readonly SyncItem[]): void;
}

interface Queued {
  readonly item: SyncItem;
  readonly readyUs: number;
}

const LARGEST_BATCH = 64;
const AGING_SWEEP_US = 5_000_000;

/** The events that all session syncs of a run share. */
export class SyncRoutes {
  readonly flush: Route<SessionSync>;
  readonly bulkDone: Route<SessionSync>;
  readonly bulkRetry: Route<SessionSync>;
  readonly age: Route<SessionSync>;

  constructor(simulation: Simulation) {
    this.flush = new Route(simulation, 'sync.flush', (sync) => sync.flush());
    this.bulkDone = new Route(simulation, 'sync.bulk-done', (sync) => sync.bulkDone());
    this.bulkRetry = new Route(simulation, 'sync.bulk-retry', (sync) => sync.retryBulk());
    this.age = new Route(simulation, 'session.age', (sync) => sync.age());
  }
}

export class SessionSync {
  readonly #simulation: Simulation;
  readonly #routes: SyncRoutes;
  readonly #number: number;
  readonly #settings: SessionSyncSettings;
  readonly #table: SessionTable;
  readonly #channel: SyncChannel;
  readonly #otherEntries: () => readonly SyncItem[];
  #queue: Queued[] = [];
  #head = 0;
  #serving = false;
  #stoppedUs = 0;
  #nextSlotUs = 0;
  #flushing: Handle = NO_HANDLE;
  #bulk: Handle = NO_HANDLE;
  #request: Handle = NO_HANDLE;
  #aging: Handle = NO_HANDLE;

  /** @param otherEntries what a bulk sync carries beside sessions: the ARP table and the forwarding table */
  constructor(
    simulation: Simulation,
    routes: SyncRoutes,
    settings: SessionSyncSettings,
    table: SessionTable,
    channel: SyncChannel,
    otherEntries: () => readonly SyncItem[],
  ) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.flush.add(this);
    routes.bulkDone.add(this);
    routes.bulkRetry.add(this);
    routes.age.add(this);
    this.#settings = settings;
    this.#table = table;
    this.#channel = channel;
    this.#otherEntries = otherEntries;
  }

  /** Sync messages that wait to be sent. */
  get backlog(): number {
    return this.#queue.length - this.#head;
  }

  /** When this firewall last stopped serving; what was queued then was never sent. */
  get stoppedUs(): number {
    return this.#stoppedUs;
  }

  get serving(): boolean {
    return this.#serving;
  }

  /** In active/active: this firewall owned the session all along. In active/passive nobody keeps what the other had. */
  owns({ owner }: Session): boolean {
    return owner === this.#settings.self;
  }

  /** In active/active, and in service: a session that it knows is not lost, though another may not know it. */
  get shares(): boolean {
    return this.#serving && this.#settings.self !== null;
  }

  get enabled(): boolean {
    return this.#settings.enabled;
  }

  /** The firewall takes the service: from now on its table is the source. */
  startServing(): void {
    this.#serving = true;
    this.#table.touchAll(this.#simulation.nowUs);
    this.#cancelRequest();
    this.#aging = this.#routes.age.schedule(AGING_SWEEP_US, this.#number);
  }

  /** The firewall leaves the service: what has not been sent is not sent any more. */
  stopServing(): void {
    if (!this.#serving) return;
    this.#serving = false;
    this.#stoppedUs = this.#simulation.nowUs;
    for (const { item, readyUs } of this.#queue.slice(this.#head)) {
      const session = item.op === 'add' ? this.#table.get(item.flow) : undefined;
      if (session !== undefined) session.sync = readyUs > this.#stoppedUs ? 'in-flight' : 'sync-backlog';
    }
    this.#queue = [];
    this.#head = 0;
    for (const handle of [this.#flushing, this.#bulk, this.#aging]) this.#simulation.cancel(handle);
    this.#flushing = NO_HANDLE;
    this.#bulk = NO_HANDLE;
    this.#aging = NO_HANDLE;
  }

  /** The firewall goes dark: nothing of its own goes on. */
  reset(): void {
    this.stopServing();
    this.#cancelRequest();
  }

  added(session: Session): void {
    if (!this.#settings.enabled || !this.#serving) return;
    session.sync = 'queued';
    this.#enqueue(itemOf(session));
  }

  /** Tells the peer of every session again: HA2 was down, and the peer may lack what was set up meanwhile. */
  resend(): void {
    for (const session of this.#table) {
      if (session.sync !== 'never' && session.protocol !== 'icmp') this.added(session);
    }
  }

  removed(flow: number): void {
    this.tell({ op: 'remove', flow });
  }

  /** Anything else that HA2 carries. */
  tell(item: SyncItem): void {
    if (this.#settings.enabled && this.#serving) this.#enqueue(item);
  }

  #enqueue(item: SyncItem): void {
    const readyUs = this.#simulation.nowUs + this.#settings.lagUs;
    this.#queue.push({ item, readyUs });
    if (this.backlog === 1) this.#scheduleFlush();
  }

  #scheduleFlush(): void {
    const head = this.#queue[this.#head];
    if (head === undefined) return;
    const nowUs = this.#simulation.nowUs;
    const atUs = Math.max(head.readyUs, this.#nextSlotUs, nowUs);
    if (head.item.op !== 'arp') {
      this.#simulation.assume(atUs > head.readyUs ? 'session-sync-rate' : 'session-sync-lag');
    }
    this.#flushing = this.#routes.flush.schedule(atUs - nowUs, this.#number);
  }

  /** Sends what is due, one message of at most 64 items, then waits for the rate to allow the next. */
  flush(): void {
    const nowUs = this.#simulation.nowUs;
    const items: SyncItem[] = [];
    for (let next = this.#queue[this.#head]; next !== undefined; next = this.#queue[this.#head]) {
      if (next.readyUs > nowUs || items.length === LARGEST_BATCH) break;
      const session = next.item.op === 'add' ? this.#table.get(next.item.flow) : undefined;
      if (session !== undefined) session.sync = 'sent';
      items.push(next.item);
      this.#head += 1;
    }
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    this.#nextSlotUs = nowUs + Math.ceil((items.length * 1_000_000) / this.#settings.rate);
    this.#channel.send('items', items);
    this.#scheduleFlush();
  }

  /** What the peer sent. Where only one serves, the one that does takes nothing from the other side. */
  receive(items: readonly SyncItem[]): void {
    if (this.#serving && this.#settings.self === null) return;
    for (const item of items) {
      if (item.op === 'add') this.#table.addCopy(item.flow, item.protocol, this.#simulation.nowUs, item);
      else if (item.op === 'remove') this.#table.remove(item.flow);
    }
  }

  // --- bulk sync -----------------------------------------------------------------------------------------------------

  /** Asks the peer for everything, again and again until it arrives (K07: `initial` waits for it). */
  requestBulk(): void {
    this.#simulation.cancel(this.#request);
    this.#channel.send('bulk-request', []);
    this.#request = this.#routes.bulkRetry.schedule(this.#settings.bulkRetryUs, this.#number);
  }

  /** Nothing has come: the request or the answer was lost, or nobody serves. */
  retryBulk(): void {
    this.#simulation.assume('bulk-session-sync-retry');
    this.requestBulk();
  }

  #cancelRequest(): void {
    this.#simulation.cancel(this.#request);
    this.#request = NO_HANDLE;
  }

  /** The peer asks. A request that comes while one is being answered is the same request. */
  bulkRequested(): void {
    if (!this.#serving || !this.#settings.enabled || this.#simulation.isPending(this.#bulk)) return;
    this.#bulk = this.#routes.bulkDone.schedule(this.#settings.bulkUs, this.#number);
  }

  bulkDone(): void {
    this.#simulation.assume('bulk-session-sync');
    const items: SyncItem[] = [...this.#otherEntries()];
    for (const session of this.#table) {
      if (session.sync !== 'never') items.push(itemOf(session));
    }
    this.#channel.send('bulk', items);
  }

  /**
   * The bulk sync has arrived: the table becomes a copy of the peer's.
   *
   * @returns true when this firewall had asked for it
   */
  bulkReceived(items: readonly SyncItem[]): boolean {
    if (this.#serving || this.#request === NO_HANDLE) return false;
    this.#cancelRequest();
    this.#table.lose();
    this.receive(items);
    return true;
  }

  // --- idle sessions -------------------------------------------------------------------------------------------------

  age(): void {
    const { self } = this.#settings;
    this.#table.expire(this.#simulation.nowUs, self ?? 0, (session) => {
      // To its owner, a session of the peer goes on.
      if (self === null || this.owns(session)) this.removed(session.flow);
    });
    this.#aging = this.#routes.age.schedule(AGING_SWEEP_US, this.#number);
  }
}

function itemOf({ flow, protocol, madeFor, layer7, nat }: Session): SyncItem {
  return { op: 'add', flow, protocol, owner: madeFor, layer7, nat };
}
