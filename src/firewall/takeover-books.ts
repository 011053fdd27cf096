/**
 * When a firewall takes over what its peer served, the trace gets one record of what became of the sessions: with the role, or in
 * active/active when the peer of an active-primary stops serving, which changes no role here.
 */

import { forwardsTraffic } from '../ha/role.ts';
import type { HaState } from '../ha/state.ts';
import type { Simulation } from '../kernel/simulation.ts';

/** What becomes of the sessions, as the tables stand. */
export type Books = Readonly<Record<string, unknown>>;

export class TakeoverBooks {
  readonly #name: string;
  readonly #simulation: Simulation;
  #peerServed = false;
  #notedUs = -1;

  /** @param name of the firewall */
  constructor(name: string, simulation: Simulation) {
    this.#name = name;
    this.#simulation = simulation;
  }

  /** Notes the books; `record` brought the takeover about. */
  note(books: Books, record: number): void {
    this.#notedUs = this.#simulation.nowUs;
    this.#simulation.note('sessions', this.#name, books, record);
  }

  /**
   * Looks at every state of the protocol.
   *
   * @returns true when the peer of this active-primary has just stopped serving, and nothing was noted of it yet
   */
  leftAlone({ role, peer }: HaState): boolean {
    const served = this.#peerServed;
    this.#peerServed = peer.connection === 'up' && forwardsTraffic(peer.hello?.role ?? null);
    if (role !== 'active-primary' || !served || this.#peerServed) return false;
    return this.#notedUs !== this.#simulation.nowUs;
  }
}
