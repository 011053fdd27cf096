/**
 * What ends at a firewall itself: ping, services such as SSH, HTTPS or GlobalProtect at an address of its own, and tunnels.
 *
 * Sessions of services are in its table like any other, but HA2 is believed not to carry them (section 6.1).
 */

import type { Simulation } from '../kernel/simulation.ts';
import { FLAG, FRAME, type Frame } from '../network/frame.ts';
import type { SessionTable } from '../traffic/session-table.ts';
import type { Tunnels } from './ipsec.ts';

export class OwnServices {
  readonly #simulation: Simulation;
  readonly #table: SessionTable;
  readonly #tunnels: Tunnels;
  readonly #sessionMissing: (flow: number) => void;

  constructor(
    simulation: Simulation,
    table: SessionTable,
    tunnels: Tunnels,
    sessionMissing: (flow: number) => void,
  ) {
    this.#simulation = simulation;
    this.#table = table;
    this.#tunnels = tunnels;
    this.#sessionMissing = sessionMissing;
  }

  /** Whether a packet to this firewall's own address gets an answer; ping does before the port forwards. */
  answer(frame: Frame, portReady: boolean): boolean {
    if (frame.kind === FRAME.echoRequest) return true;
    if (!portReady || (frame.flags & FLAG.toServer) === 0 || this.#table.isOver(frame.flow)) return false;
    if (frame.kind === FRAME.esp) return this.#tunnels.receive(frame);
    const known = this.#table.get(frame.flow);
    if (known === undefined) return this.#begin(frame);
    known.lastUs = this.#simulation.nowUs;
    if ((frame.flags & FLAG.fin) !== 0) this.#table.remove(frame.flow);
    return true;
  }

  #begin(frame: Frame): boolean {
    const tcp = frame.kind === FRAME.tcp;
    if (tcp && (frame.flags & FLAG.syn) === 0) {
      this.#sessionMissing(frame.flow);
      return false;
    }
    const session = this.#table.create(frame.flow, tcp ? 'tcp' : 'udp', this.#simulation.nowUs);
    session.sync = 'never';
    return true;
  }
}
