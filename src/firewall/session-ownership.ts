/**
 * Whose the sessions of an active/active pair are, as its members fail and return (reference section 7.1: D13; ).
 *
 * A session belongs to the device that it was made for while that one serves, and to the other one meanwhile. Layer 7 ends with
 * its owner's failure and does not resume. Both firewalls decide alike, each for its own table: one that leaves the service
 * knows, too, that its peer goes on with its sessions.
 */

import type { DeviceId } from '../ha/config.ts';
import type { Session, SessionTable } from '../traffic/session-table.ts';
import { otherDevice } from './load-sharing.ts';

/** Who takes part in the pair. */
export interface Taking {
  readonly self: boolean;
  readonly peer: boolean;
  /** HA2 has failed with action split-datapath: each owns what is in its table. */
  readonly split: boolean;
}

export class SessionOwnership {
  readonly #table: SessionTable;
  readonly #self: DeviceId;
  readonly #onReturn: 'revert' | 'stay';
  #taking: Taking = { self: false, peer: false, split: false };

  constructor(table: SessionTable, self: DeviceId, onReturn: 'revert' | 'stay') {
    this.#table = table;
    this.#self = self;
    this.#onReturn = onReturn;
  }

  /** The peer owns its sessions, sets up its share, and can be asked. */
  get peerTakesPart(): boolean {
    return this.#taking.peer && !this.#taking.split;
  }

  /** Whether this firewall works on the packets of a session; also on those of a copy that came after its owner had failed. */
  owns({ owner }: Session): boolean {
    return owner === this.#self || !this.peerTakesPart;
  }

  /**
   * Brings every session in line with who takes part now.
   *
   * @returns true when it mattered to a session whether it goes back to its owner
   */
  follow(taking: Taking, nowUs: number): boolean {
    const before = this.#taking;
    const tookPart = this.peerTakesPart;
    this.#taking = taking;
    if (before.self === taking.self && before.peer === taking.peer && before.split === taking.split)
      return false;
    const returns = this.peerTakesPart && !tookPart;
    let mattered = false;
    for (const session of this.#table) {
      const stays = this.#settle(session, nowUs);
      mattered ||= stays || (returns && session.madeFor !== this.#self);
    }
    return mattered;
  }

  /** Returns true when the session has become, for good, that of the device that has taken it over. */
  #settle(session: Session, nowUs: number): boolean {
    const { self, peer } = this.#taking;
    let stays = false;
    const own = session.madeFor === this.#self;
    if (!(own ? self : peer)) {
      session.layer7 = false;
      stays = this.#onReturn === 'stay' && (own ? peer : self);
      if (stays) session.madeFor = otherDevice(session.madeFor);
    }
    const owner = this.#ownerOf(session);
    // Who takes a session over has not seen its last packets.
    if (owner === this.#self && session.owner !== owner) session.lastUs = nowUs;
    session.owner = owner;
    return stays;
  }

  #ownerOf({ madeFor }: Session): DeviceId {
    if (!this.peerTakesPart) return this.#self;
    return this.#taking.self ? madeFor : otherDevice(this.#self);
  }
}
