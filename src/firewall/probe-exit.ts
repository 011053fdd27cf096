/**
 * How a path-monitor ping leaves the firewall. Made anew for every ping, so these are small objects without closures: the path monitors
 * of a healthy pair send more packets than everybody else together.
 */

import type { Frame } from '../network/frame.ts';
import type { IpInterface } from '../network/ip-interface.ts';

export interface ProbeExit {
  readonly sourceIp: number;
  send(frame: Frame): void;
}

/** Through a virtual router: by the egress interface, from its address. */
export class RoutedExit implements ProbeExit {
  readonly sourceIp: number;
  readonly #via: IpInterface;
  readonly #nextHop: number;
  readonly #ownMac: number | null;

  /** @param ownMac the port's own MAC address, where the interface's is in use at the peer; else null */
  constructor(via: IpInterface, nextHop: number, ownMac: number | null) {
    this.sourceIp = via.subnet.ip;
    this.#via = via;
    this.#nextHop = nextHop;
    this.#ownMac = ownMac;
  }

  send(frame: Frame): void {
    if (this.#ownMac === null) this.#via.sendVia(this.#nextHop, frame);
    else this.#via.probeVia(this.#nextHop, frame, this.#ownMac);
  }
}
