/**
 * HA2 session synchronization of one firewall: while it serves, it tells the peer of every session that is set up or torn
 * down, after a lag, in frames of many messages, and no faster than a rate and the bandwidth of the link; what waits is the
 * backlog. What time is left tells the peer of idle times. A joining peer gets all sessions in one bulk sync.
 *
 * Data flows one way, from the active to the passive (D12, R-103). PAN-OS publishes neither cadence nor rate: lag, rate, batches
 * and the length of a bulk sync are parameters (section 14.A).
 */

import type { Handle } from '../kernel/queue.ts';
import { NO_HANDLE } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { BulkCopy } from './bulk-copy.ts';
import { BulkSync } from './bulk-sync.ts';
import type { Session, SessionTable } from './session-table.ts';
import { SyncBookkeeper, type SyncBooks } from './sync-books.ts';
import type { SyncChannel, SyncItem } from './sync-message.ts';
import { OP, SyncQueue, type Op } from './sync-queue.ts';
import type { SessionSyncSettings, SyncRoutes } from './sync-routes.ts';

export type { SyncChannel, SyncItem } from './sync-message.ts';
export { SYNC_EVENTS, SyncRoutes, type SessionSyncSettings } from './sync-routes.ts';

/** What keeps the next frame from leaving at once. */
type Pace = 'rate' | 'link' | 'spacing';

const AGING_SWEEP_US = 5_000_000;

export class SessionSync {
  /** The sync of everything at once, to a peer that joins or from one that serves. */
  readonly bulk: BulkSync;
  readonly #simulation: Simulation;
  readonly #routes: SyncRoutes;
  readonly #number: number;
  readonly #settings: SessionSyncSettings;
  readonly #table: SessionTable;
  readonly #channel: SyncChannel;
  readonly #bookkeeper: SyncBookkeeper;
  /** Changes, and behind them what is sent when no change waits. */
  readonly #changes: SyncQueue;
  readonly #updates: SyncQueue;
  /** The entries of other tables among the changes, in their order. */
  #others: SyncItem[] = [];
  #serving = false;
  #nextSlotUs = 0;
  #pace: Pace = 'rate';
  #sweeps = 0;
  #flushing: Handle = NO_HANDLE;
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
    routes.age.add(this);
    this.#settings = settings;
    this.#table = table;
    this.#channel = channel;
    this.#bookkeeper = new SyncBookkeeper(simulation, settings.device);
    const carried = { table, others: otherEntries };
    this.bulk = new BulkSync(simulation, routes, settings, carried, channel, this.#bookkeeper);
    this.#changes = new SyncQueue(settings.queueLimit);
    this.#updates = new SyncQueue(settings.queueLimit);
  }

  /** Messages of changes that have not been sent, those whose lag has not passed among them. */
  get waiting(): number {
    return this.#changes.length;
  }

  /** Of these, what waits although its lag has passed. */
  get backlog(): number {
    return this.#changes.due(this.#simulation.nowUs);
  }

  books(): SyncBooks {
    return this.#bookkeeper.books(this.backlog);
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
    this.bulk.giveUp();
    this.#aging = this.#routes.age.schedule(AGING_SWEEP_US, this.#number);
  }

  /** The firewall leaves the service: what has not been sent is not sent any more. */
  stopServing(): void {
    if (!this.#serving) return;
    this.#serving = false;
    this.#abandon();
    this.bulk.stopAnswering();
    for (const handle of [this.#flushing, this.#aging]) this.#simulation.cancel(handle);
    this.#flushing = NO_HANDLE;
    this.#aging = NO_HANDLE;
  }

  /** Nobody will hear of what waits: its sessions are marked with the reason, for the books. */
  #abandon(): void {
    const backlog = this.#takeStock();
    for (let index = 0; index < this.#changes.length; index += 1) {
      if (this.#changes.op(index) !== OP.add) continue;
      const session = this.#table.recall(this.#changes.flow(index));
      if (session?.sync === 'queued') session.sync = index < backlog ? 'sync-backlog' : 'in-flight';
    }
    this.#bookkeeper.stopped(this.#changes.length + this.#updates.length);
    this.#changes.clear();
    this.#updates.clear();
    this.#others = [];
  }

  /** The firewall goes dark: nothing of its own goes on. */
  reset(): void {
    this.stopServing();
    this.bulk.giveUp();
  }

  added(session: Session): void {
    if (!this.#tells) return;
    session.sync = this.#enqueue(OP.add, session.flow) ? 'queued' : 'sync-backlog';
  }

  /** Tells the peer of every session again: HA2 was down, and the peer may lack what was set up meanwhile. */
  resend(): void {
    for (const session of this.#table) {
      if (session.sync !== 'never' && session.protocol !== 'icmp') this.added(session);
    }
  }

  removed(flow: number): void {
    if (this.#tells) this.#enqueue(OP.remove, flow);
  }

  /** The operator has cleared every session of this firewall (`clear session all`). */
  flushed(): void {
    // Of a passive one only copies go: to their flows nothing happens before it takes over.
    this.#table.flush(this.#serving ? 'flushed' : 'closed', (flow) => this.removed(flow));
  }

  /** Anything else that HA2 carries. */
  tell(item: SyncItem): void {
    if (!this.#tells) return;
    this.#others.push(item);
    if (!this.#enqueue(OP.other, 0)) this.#others.pop();
  }

  get #tells(): boolean {
    return this.#settings.enabled && this.#serving;
  }

  /** @returns false when too much waits already: the message is lost */
  #enqueue(op: Op, flow: number): boolean {
    const [queue, lagUs] = op === OP.update ? [this.#updates, 0] : [this.#changes, this.#settings.lagUs];
    const taken = queue.push(op, flow, this.#simulation.nowUs + lagUs);
    if (!taken) {
      this.#simulation.assume('session-sync-queue');
      this.#bookkeeper.queueFull();
    } else if (queue.length === 1) this.#scheduleFlush();
    return taken;
  }

  // --- sending -------------------------------------------------------------------------------------------------------

  #scheduleFlush(): void {
    this.#simulation.cancel(this.#flushing);
    const [changeUs, updateUs] = [this.#changes.readyUs(0), this.#updates.readyUs(0)];
    const readyUs = Math.min(changeUs, updateUs);
    if (readyUs === Number.POSITIVE_INFINITY) return;
    const { nowUs } = this.#simulation;
    const atUs = Math.max(readyUs, this.#nextSlotUs, nowUs);
    const isArp = changeUs < updateUs && this.#changes.op(0) === OP.other && this.#others[0]?.op === 'arp';
    if (atUs > readyUs) this.#assumePace();
    else if (changeUs === readyUs && !isArp) this.#simulation.assume('session-sync-lag');
    this.#flushing = this.#routes.flush.schedule(atUs - nowUs, this.#number);
  }

  #assumePace(): void {
    if (this.#pace === 'rate') this.#simulation.assume('session-sync-rate');
    else if (this.#pace === 'link') this.#simulation.assume('session-sync-message');
    else this.#simulation.assume('session-sync-spacing');
  }

  /** Sends what is due in one frame, changes before updates, then waits for the rate and the link to allow the next. */
  flush(): void {
    const { nowUs } = this.#simulation;
    const { lagUs, batch } = this.#settings;
    const most = Math.min(batch, this.#channel.room);
    const changes = Math.min(most, this.#changes.due(nowUs));
    const updates = Math.min(most - changes, this.#updates.due(nowUs));
    const changedUs = changes === 0 ? nowUs : this.#changes.readyUs(0) - lagUs;
    const items: SyncItem[] = [];
    this.#take(this.#changes, changes, items);
    this.#take(this.#updates, updates, items);
    const messages = changes + updates;
    this.#bookkeeper.frame(this.#channel.send('items', items, messages), nowUs - changedUs);
    if (messages === most) this.#simulation.assume('session-sync-batch');
    this.#takePace(messages, changes > 0 && messages < most);
    this.#takeStock();
    this.#scheduleFlush();
  }

  /** Moves the first so many messages into a frame, as the sessions are now. One whose session is over by now says nothing. */
  #take(queue: SyncQueue, count: number, into: SyncItem[]): void {
    for (let index = 0; index < count; index += 1) {
      const op = queue.op(index);
      const item = this.#itemOf(op, queue.flow(index));
      if (item !== undefined) into.push(item);
      this.#bookkeeper.taken(op);
    }
    queue.drop(count);
  }

  #itemOf(op: Op, flow: number): SyncItem | undefined {
    if (op === OP.other) return this.#others.shift();
    if (op === OP.remove) return { op: 'remove', flow };
    const session = this.#table.get(flow);
    if (session === undefined) return undefined;
    if (op === OP.update) return { op: 'update', flow, idleUs: this.#simulation.nowUs - session.lastUs };
    if (session.sync === 'queued') session.sync = 'sent';
    const { protocol, madeFor, layer7, nat } = session;
    return { op: 'add', flow, protocol, owner: madeFor, layer7, nat };
  }

  /** When the next frame may leave: the rate and the link carry one after the other, and changes that do not fill one wait for more. */
  #takePace(messages: number, waits: boolean): void {
    const rateUs = Math.ceil((messages * 1_000_000) / this.#settings.rate);
    const wireUs = this.#channel.wireUs(messages);
    const spacingUs = waits ? this.#settings.spacingUs : 0;
    const gapUs = Math.max(rateUs, wireUs, spacingUs);
    if (gapUs === rateUs) this.#pace = 'rate';
    else this.#pace = gapUs === wireUs ? 'link' : 'spacing';
    this.#nextSlotUs = this.#simulation.nowUs + gapUs;
    this.bulk.linkTaken(wireUs);
  }

  /** @returns messages that wait although their lag has passed */
  #takeStock(): number {
    const { backlog } = this;
    const behindUs = backlog === 0 ? 0 : this.#simulation.nowUs - this.#changes.readyUs(0);
    this.#bookkeeper.stands(backlog, behindUs);
    return backlog;
  }

  // --- receiving -----------------------------------------------------------------------------------------------------

  /** What the peer sent. Where only one serves, the one that does takes nothing from the other side. */
  receive(items: Iterable<SyncItem>): void {
    if (this.#serving && this.#settings.self === null) return;
    for (const item of items) {
      if (item.op === 'add') this.#table.addCopy(item.flow, item.protocol, this.#simulation.nowUs, item);
      else if (item.op === 'remove') this.#table.remove(item.flow);
      else if (item.op === 'update') this.#refresh(item.flow, this.#simulation.nowUs - item.idleUs);
    }
  }

  #refresh(flow: number, lastUs: number): void {
    const session = this.#table.get(flow);
    if (session !== undefined && lastUs > session.lastUs) session.lastUs = lastUs;
  }

  /** The peer asks for everything. */
  bulkRequested(): void {
    if (this.#tells) this.bulk.begin();
  }

  /**
   * A bulk sync has arrived: the table becomes a copy of the peer's.
   *
   * @returns true when this firewall had asked for it
   */
  bulkReceived(copy: BulkCopy): boolean {
    if (this.#serving || !this.bulk.asked) return false;
    this.bulk.giveUp();
    this.#table.lose();
    this.receive(copy.sessions());
    return true;
  }

  // --- idle sessions -------------------------------------------------------------------------------------------------

  age(): void {
    const { self } = this.#settings;
    this.#table.expire(this.#simulation.nowUs, self ?? 0, (session) => {
      // To its owner, a session of the peer goes on.
      if (self === null || this.owns(session)) this.removed(session.flow);
    });
    // Looking for idle sessions has brought the idle times of all up to date.
    if (this.#tells && this.#settings.updateUs > 0) this.#update(this.#settings.updateUs);
    this.#aging = this.#routes.age.schedule(AGING_SWEEP_US, this.#number);
  }

  /**
   * Tells of the sessions that packets have passed since it was last their turn. Each has its turn once in the cadence, which is a
   * whole number of sweeps; their numbers spread them over these.
   */
  #update(cadenceUs: number): void {
    const turns = Math.ceil(cadenceUs / AGING_SWEEP_US);
    const turn = this.#sweeps % turns;
    const sinceUs = this.#simulation.nowUs - turns * AGING_SWEEP_US;
    this.#sweeps += 1;
    for (const session of this.#table) {
      if (session.flow % turns !== turn || session.lastUs <= sinceUs || !this.#hasCopy(session)) continue;
      this.#simulation.assume('session-sync-update');
      this.#enqueue(OP.update, session.flow);
    }
  }

  /** The peer may be expected to have a copy of it, and to hear of it from this firewall. */
  #hasCopy(session: Session): boolean {
    if (session.sync !== 'sent' && session.sync !== 'copy') return false;
    return this.#settings.self === null || this.owns(session);
  }
}
