/**
 * The session table of one firewall: what it forwards without asking, and forgets when it is idle.
 *
 * A session is known by the number of its flow, which stands for the 5-tuple. When the table is lost at once (power,
 * dataplane crash) the last contents are kept aside: the books need them to say why a session was lost.
 */

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

export interface Session {
  readonly flow: number;
  readonly protocol: SessionProtocol;
  lastUs: number;
  sync: SyncProgress;
  /** Device that owns it now, and the one that it was made for (active/active; 0 in active/passive). */
  owner: DeviceId;
  madeFor: DeviceId;
  /** Layer 7 is processed; not any more after its owner has failed (D13). */
  layer7: boolean;
  readonly nat: NatBinding | null;
}

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

export class SessionTable {
  #sessions = new Map<number, Session>();
  #lost = new Map<number, Session>();

  get size(): number {
    return this.#sessions.size;
  }

  get(flow: number): Session | undefined {
    return this.#sessions.get(flow);
  }

  /** The session as it was, also when the table has been lost since. */
  recall(flow: number): Session | undefined {
    return this.#sessions.get(flow) ?? this.#lost.get(flow);
  }

  create(flow: number, protocol: SessionProtocol, nowUs: number, origin = PLAIN): Session {
    const session = newSession(flow, protocol, nowUs, 'none', origin);
    this.#sessions.set(flow, session);
    return session;
  }

  /** Takes over the peer's copy of a session; one that is known already is left as it is. */
  addCopy(flow: number, protocol: SessionProtocol, nowUs: number, origin = PLAIN): void {
    if (this.#sessions.has(flow)) return;
    this.#sessions.set(flow, newSession(flow, protocol, nowUs, 'copy', origin));
  }

  remove(flow: number): boolean {
    return this.#sessions.delete(flow);
  }

  /** Forgets everything at once. */
  lose(): void {
    this.#lost = this.#sessions;
    this.#sessions = new Map();
  }

  /**
   * Removes the idle ones that this device owns, and returns them. Of the others it does not see the packets, and their owner says
   * when they are gone; those of which nobody tells it age here, too, or they would stay for good.
   */
  expire(nowUs: number, owner: DeviceId = 0): Session[] {
    const idle: Session[] = [];
    for (const session of this.#sessions.values()) {
      if (
        (session.owner === owner || isUntold(session)) &&
        nowUs - session.lastUs >= IDLE_TIMEOUT_US[session.protocol]
      )
        idle.push(session);
    }
    for (const session of idle) this.#sessions.delete(session.flow);
    return idle;
  }

  /** Idle times start again: a firewall that takes over has not seen the last packets. */
  touchAll(nowUs: number): void {
    for (const session of this.#sessions.values()) session.lastUs = nowUs;
  }

  *[Symbol.iterator](): IterableIterator<Session> {
    yield* this.#sessions.values();
  }
}

/** HA2 has not carried it: ICMP and multicast never, and nothing without state synchronization. */
function isUntold({ protocol, sync }: Session): boolean {
  return protocol === 'icmp' || sync === 'never' || sync === 'none';
}

function newSession(
  flow: number,
  protocol: SessionProtocol,
  lastUs: number,
  sync: SyncProgress,
  { owner, layer7, nat }: SessionOrigin,
): Session {
  return { flow, protocol, lastUs, sync, owner, madeFor: owner, layer7, nat };
}
