/**
 * What a transit packet does to the session table of a firewall: it makes its session, keeps it from being idle, or closes it. Each
 * step is an object, so that it can be done again for the packets of other sessions that go the same way (see `network/way.ts`).
 */

import type { Mark, SessionStep } from '../network/way.ts';
import type { SessionSync } from '../traffic/session-sync.ts';
import type { Session, SessionOrigin, SessionProtocol, SessionTable } from '../traffic/session-table.ts';

/** The tables of one firewall and how its peer hears of them. */
export interface Sessions {
  readonly table: SessionTable;
  readonly sync: SessionSync;
}

/**
 * What a session begins as. `tell`: the peer is to have a copy; `copy`: it is the peer's own, who tells when it is gone; `never`: of a
 * kind that HA2 is believed not to carry, which ends here or is multicast; `untold`: ICMP, of which nobody is told (section 6.1).
 */
export interface Birth {
  readonly protocol: SessionProtocol;
  readonly origin: SessionOrigin;
  readonly sync: 'tell' | 'copy' | 'never' | 'untold';
}

/** Makes a session. */
export function bear({ table, sync }: Sessions, flow: number, birth: Birth, nowUs: number): Session {
  const session = table.create(flow, birth.protocol, nowUs, birth.origin);
  if (birth.sync === 'tell') sync.added(session);
  else if (birth.sync === 'never') session.sync = 'never';
  else if (birth.sync === 'copy' && sync.enabled) session.sync = 'copy';
  return session;
}

/** The answer to a FIN has passed: the session is over. */
export function close({ table, sync }: Sessions, flow: number): void {
  if (table.remove(flow)) sync.removed(flow);
}

/** As `bear`, for others. */
export class BirthStep implements SessionStep {
  readonly keepsAlive = false;
  readonly #sessions: Sessions;
  readonly #birth: Birth;

  constructor(sessions: Sessions, birth: Birth) {
    this.#sessions = sessions;
    this.#birth = birth;
  }

  repeat(flow: number, atUs: number): void {
    bear(this.#sessions, flow, this.#birth, atUs);
  }
}

/** A packet has passed. */
export class TouchStep implements SessionStep {
  readonly keepsAlive = true;
  readonly #table: SessionTable;

  constructor(table: SessionTable) {
    this.#table = table;
  }

  repeat(flow: number, atUs: number): void {
    this.#table.touch(flow, atUs);
  }
}

/** As `close`, for others. */
export class CloseStep implements SessionStep {
  readonly keepsAlive = false;
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  repeat(flow: number): void {
    close(this.#sessions, flow);
  }
}

/** Packets that left, by the number of their HA3 crossings. */
export class CrossingCount implements Mark {
  readonly #counts: number[];
  readonly #crossings: number;

  constructor(counts: number[], crossings: number) {
    this.#counts = counts;
    this.#crossings = crossings;
  }

  repeat(times: number): void {
    this.#counts[this.#crossings] = (this.#counts[this.#crossings] ?? 0) + times;
  }
}
