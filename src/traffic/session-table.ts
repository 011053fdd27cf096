/**
 * The session table of one firewall: what it forwards without asking, and forgets when it is idle.
 *
 * A session is known by the number of its flow, which stands for the 5-tuple. It is a row in a few columns of numbers, 12 bytes, and
 * `Session` is a window on that row: a firewall carries a million of them, and its peer a copy of each. When the table is lost
 * at once (power, dataplane crash) the last contents are kept aside: the books need them to say why a session was lost.
 */

import { roomFor, widen } from './columns.ts';
import { FlowNumbers, slotOf } from './flow-numbers.ts';

export type SessionProtocol = 'tcp' | 'udp' | 'icmp' | 'esp';

/** A source address that NAT replaces; part of the session, so it goes where the session goes (section 7.3). */
export interface NatBinding {
  readonly originalIp: number;
  readonly translatedIp: number;
}

/**
 * How far the peer has heard of a session. `copy` = this is the peer's copy; `never` = it is of a kind that HA2 is believed not
 * to carry (section 6.1: host-bound and multicast). When the firewall stops serving, what is still queued is `in-flight` if its lag
 * had not passed, and `sync-backlog` if it waited behind others.
 */
export type SyncProgress = 'none' | 'queued' | 'sent' | 'copy' | 'never' | 'in-flight' | 'sync-backlog';

/** Of two firewalls of a pair, which. */
export type DeviceId = 0 | 1;

/** What a session has from its beginning. */
export interface SessionOrigin {
  readonly owner: DeviceId;
  readonly layer7: boolean;
  readonly nat: NatBinding | null;
}

/** A session of an active/passive pair without NAT. */
export const PLAIN: SessionOrigin = { owner: 0, layer7: true, nat: null };

/** PAN-OS's default session timeouts (Device > Setup > Session: TCP 3600 s, UDP 30 s, ICMP 6 s) and IPsec lifetime (1 h). */
export const IDLE_TIMEOUT_US: Readonly<Record<SessionProtocol, number>> = {
  tcp: 3_600_000_000,
  udp: 30_000_000,
  icmp: 6_000_000,
  esp: 3_600_000_000,
};

const PROTOCOLS = ['tcp', 'udp', 'icmp', 'esp'] as const;
const PROGRESS = ['none', 'queued', 'sent', 'copy', 'never', 'in-flight', 'sync-backlog'] as const;

/** A row's flags: is it in use, its protocol (2 bits), its sync progress (3 bits), and three facts. */
const PRESENT = 1;
const PROTOCOL_AT = 1;
const PROGRESS_AT = 3;
const PROGRESS_MASK = 7 << PROGRESS_AT;
const OWNER = 1 << 6;
const MADE_FOR = 1 << 7;
const LAYER7 = 1 << 8;

/** The columns, by slot. */
interface Rows {
  flags: Uint16Array;
  /** Index of the NAT binding. */
  nat: Uint16Array;
  lastUs: Float64Array;
}

/** Empty columns. */
function emptyRows(room: number): Rows {
  return { flags: new Uint16Array(room), nat: new Uint16Array(room), lastUs: new Float64Array(room) };
}

/** One session: reads and writes its row. Not to be kept beyond the event in which it was looked up. */
export class Session {
  readonly flow: number;
  readonly #rows: Rows;
  readonly #slot: number;
  readonly #bindings: readonly (NatBinding | null)[];

  constructor(flow: number, rows: Rows, bindings: readonly (NatBinding | null)[]) {
    this.flow = flow;
    this.#rows = rows;
    this.#slot = slotOf(flow);
    this.#bindings = bindings;
  }

  get #flags(): number {
    return this.#rows.flags[this.#slot]!;
  }

  #set(flag: number, on: boolean): void {
    const { flags } = this.#rows;
    if (on) flags[this.#slot]! |= flag;
    else flags[this.#slot]! &= ~flag;
  }

  get protocol(): SessionProtocol {
    return PROTOCOLS[(this.#flags >> PROTOCOL_AT) & 3] as SessionProtocol;
  }

  /** When its last packet passed. */
  get lastUs(): number {
    return this.#rows.lastUs[this.#slot]!;
  }

  set lastUs(us: number) {
    this.#rows.lastUs[this.#slot] = us;
  }

  get sync(): SyncProgress {
    return PROGRESS[(this.#flags & PROGRESS_MASK) >> PROGRESS_AT] as SyncProgress;
  }

  set sync(progress: SyncProgress) {
    const { flags } = this.#rows;
    flags[this.#slot] = (this.#flags & ~PROGRESS_MASK) | (PROGRESS.indexOf(progress) << PROGRESS_AT);
  }

  /** Device that owns it now (active/active; 0 in active/passive). */
  get owner(): DeviceId {
    return (this.#flags & OWNER) === 0 ? 0 : 1;
  }

  set owner(device: DeviceId) {
    this.#set(OWNER, device === 1);
  }

  /** Device that it was made for. */
  get madeFor(): DeviceId {
    return (this.#flags & MADE_FOR) === 0 ? 0 : 1;
  }

  set madeFor(device: DeviceId) {
    this.#set(MADE_FOR, device === 1);
  }

  /** Layer 7 is processed; not any more after its owner has failed (D13). */
  get layer7(): boolean {
    return (this.#flags & LAYER7) !== 0;
  }

  set layer7(processed: boolean) {
    this.#set(LAYER7, processed);
  }

  get nat(): NatBinding | null {
    return this.#bindings[this.#rows.nat[this.#slot]!] ?? null;
  }
}

/** Why a session leaves the table: it is over or taken away for the books, or idle, or an operator has cleared the table. */
export type Removal = 'closed' | 'aged-out' | 'flushed';

/** Hears of sessions that leave the table. */
export type RemovalListener = (slot: number, why: Removal) => void;

export class SessionTable {
  readonly #numbers: FlowNumbers;
  readonly #holder: number;
  readonly #bindings: (NatBinding | null)[] = [null];
  #rows = emptyRows(64);
  #size = 0;
  /** What was lost at once, with the generations of that moment. */
  #lost: { readonly rows: Rows; readonly generations: Uint32Array } | null = null;
  /** Told of every session that leaves. */
  onRemoval: RemovalListener | null = null;
  /** Called before idle times are looked at: packets that are not simulated one by one have passed, too. */
  beforeAging: (() => void) | null = null;

  /** @param numbers of the flows, shared by all tables of a run */
  constructor(numbers: FlowNumbers = new FlowNumbers()) {
    this.#numbers = numbers;
    this.#holder = numbers.addTable();
  }

  get size(): number {
    return this.#size;
  }

  /** Memory of its columns. */
  get bytes(): number {
    const { flags, nat, lastUs } = this.#rows;
    return flags.byteLength + nat.byteLength + lastUs.byteLength;
  }

  get(flow: number): Session | undefined {
    return this.has(flow) ? this.#at(flow) : undefined;
  }

  has(flow: number): boolean {
    return (this.#rows.flags[slotOf(flow)]! & PRESENT) !== 0 && this.#numbers.isCurrent(flow);
  }

  #at(flow: number): Session {
    return new Session(flow, this.#rows, this.#bindings);
  }

  /** The session as it was, also when the table has been lost since. */
  recall(flow: number): Session | undefined {
    if (this.has(flow)) return this.#at(flow);
    if (this.#lost === null) return undefined;
    const { rows, generations } = this.#lost;
    const known = (rows.flags[slotOf(flow)]! & PRESENT) !== 0 && this.#numbers.wasCurrent(flow, generations);
    return known ? new Session(flow, rows, this.#bindings) : undefined;
  }

  /** What of a session decides where its packets go: a number, 0 when there is no session. */
  signature(flow: number): number {
    if (!this.has(flow)) return 0;
    const { flags, nat } = this.#rows;
    const slot = slotOf(flow);
    return (flags[slot]! & (PRESENT | OWNER | LAYER7)) + nat[slot]! * 512;
  }

  /** The conversation is over, and its slot may be another's: a packet of it that had to wait comes too late to make a session. */
  isOver(flow: number): boolean {
    return !this.#numbers.isCurrent(flow);
  }

  /** @throws RangeError for a conversation that is over: its row would be somebody else's */
  create(flow: number, protocol: SessionProtocol, nowUs: number, origin = PLAIN): Session {
    if (this.isOver(flow)) throw new RangeError(`expected a flow that goes on, got ${flow}, which is over`);
    this.#put(flow, protocol, nowUs, 'none', origin);
    return this.#at(flow);
  }

  /** Takes over the peer's copy of a session; one that is known already is left as it is. */
  addCopy(flow: number, protocol: SessionProtocol, nowUs: number, origin = PLAIN): void {
    if (this.has(flow) || !this.#numbers.isCurrent(flow)) return; // Else its number is another flow's by now.
    this.#put(flow, protocol, nowUs, 'copy', origin);
  }

  #put(
    flow: number,
    protocol: SessionProtocol,
    nowUs: number,
    sync: SyncProgress,
    { owner, layer7, nat }: SessionOrigin,
  ): void {
    const slot = slotOf(flow);
    this.#reach(slot);
    const rows = this.#rows;
    if ((rows.flags[slot]! & PRESENT) === 0) this.#size += 1;
    rows.flags[slot] =
      PRESENT |
      (PROTOCOLS.indexOf(protocol) << PROTOCOL_AT) |
      (PROGRESS.indexOf(sync) << PROGRESS_AT) |
      (owner === 0 ? 0 : OWNER | MADE_FOR) |
      (layer7 ? LAYER7 : 0);
    rows.nat[slot] = nat === null ? 0 : this.#bindingIndex(nat);
    rows.lastUs[slot] = nowUs;
    this.#numbers.hold(slot, this.#holder);
  }

  /** Few bindings, shared by many sessions. */
  #bindingIndex(nat: NatBinding): number {
    const { originalIp, translatedIp } = nat;
    const known = this.#bindings.findIndex(
      (item) => item?.originalIp === originalIp && item.translatedIp === translatedIp,
    );
    return known >= 0 ? known : this.#bindings.push(nat) - 1;
  }

  #reach(slot: number): void {
    const rows = this.#rows;
    if (slot < rows.flags.length) return;
    const room = roomFor(slot + 1, rows.flags.length);
    rows.flags = widen(rows.flags, room);
    rows.nat = widen(rows.nat, room);
    rows.lastUs = widen(rows.lastUs, room);
  }

  /** A packet of the session has passed. */
  touch(flow: number, atUs: number): void {
    if (this.has(flow)) this.#rows.lastUs[slotOf(flow)] = atUs;
  }

  remove(flow: number): boolean {
    if (!this.has(flow)) return false;
    this.#clear(slotOf(flow), 'closed');
    return true;
  }

  #clear(slot: number, why: Removal): void {
    this.#rows.flags[slot] = 0;
    this.#size -= 1;
    this.onRemoval?.(slot, why);
    this.#numbers.release(slot, this.#holder);
  }

  /**
   * Removes every session on purpose.
   *
   * @param gone called for each
   */
  flush(why: Removal, gone: (flow: number) => void): void {
    const { flags } = this.#rows;
    for (let slot = 0; slot < flags.length; slot += 1) {
      if ((flags[slot]! & PRESENT) === 0) continue;
      gone(this.#numbers.numberOf(slot));
      this.#clear(slot, why);
    }
  }

  /** Forgets everything at once. */
  lose(): void {
    const rows = this.#rows;
    this.#lost = { rows, generations: this.#numbers.snapshot() };
    this.#rows = emptyRows(64); // One that is gone for good needs no room.
    this.#size = 0;
    for (let slot = 0; slot < rows.flags.length; slot += 1) {
      if ((rows.flags[slot]! & PRESENT) !== 0) this.#numbers.release(slot, this.#holder);
    }
  }

  /**
   * Removes the idle ones that this device owns, and returns them. Of the others it does not see the packets, and their owner says
   * when they are gone; those of which nobody tells it age here, too, or they would stay for good.
   *
   * @param gone called for each, while it is still there
   */
  expire(nowUs: number, owner: DeviceId, gone: (session: Session) => void): void {
    this.beforeAging?.();
    const { flags } = this.#rows;
    for (let slot = 0; slot < flags.length; slot += 1) {
      if ((flags[slot]! & PRESENT) === 0 || !this.#isIdle(slot, nowUs)) continue;
      const session = this.#at(this.#numbers.numberOf(slot));
      if (session.owner !== owner && !isUntold(session)) continue;
      gone(session);
      this.#clear(slot, 'aged-out');
    }
  }

  #isIdle(slot: number, nowUs: number): boolean {
    const { flags, lastUs } = this.#rows;
    const protocol = PROTOCOLS[(flags[slot]! >> PROTOCOL_AT) & 3] as SessionProtocol;
    return nowUs - lastUs[slot]! >= IDLE_TIMEOUT_US[protocol];
  }

  /** Idle times start again: a firewall that takes over has not seen the last packets. */
  touchAll(nowUs: number): void {
    const { flags, lastUs } = this.#rows;
    for (let slot = 0; slot < flags.length; slot += 1) {
      if ((flags[slot]! & PRESENT) !== 0) lastUs[slot] = nowUs;
    }
  }

  /** All sessions, by slot. */
  *[Symbol.iterator](): IterableIterator<Session> {
    for (let slot = 0; slot < this.#rows.flags.length; slot += 1) {
      if ((this.#rows.flags[slot]! & PRESENT) !== 0) yield this.#at(this.#numbers.numberOf(slot));
    }
  }
}

/** HA2 has not carried it: ICMP and multicast never, and nothing without state synchronization. */
function isUntold({ protocol, sync }: Session): boolean {
  return protocol === 'icmp' || sync === 'never' || sync === 'none';
}
