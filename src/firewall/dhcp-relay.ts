/**
 * DHCP relay: a firewall sends the broadcasts that clients on an interface make on to a server, and the answers back.
 *
 * Only the active and the active-primary do. The active-secondary drops what it hears, and so does a tentative, or both firewalls of
 * an active/active pair would relay the same broadcast (R-127; D01, C25).
 */

import { isPrimary, type Role } from '../ha/role.ts';
import { BROADCAST_MAC } from '../network/address.ts';
import { relayToClient, relayToServer } from '../network/dhcp.ts';
import { FLAG, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import type { Interface, Layer3 } from './layer3.ts';
import type { ConfigInForce } from './settings.ts';

export class DhcpRelay {
  readonly #layer3: Layer3;
  readonly #network: Network;
  #servers = new Map<string, number>();
  #relaying = false;

  constructor(layer3: Layer3, network: Network) {
    this.#layer3 = layer3;
    this.#network = network;
  }

  configure({ interfaces }: ConfigInForce): void {
    this.#servers = new Map(
      interfaces.flatMap(({ name, dhcpRelay }) => (dhcpRelay === undefined ? [] : [[name, dhcpRelay]])),
    );
  }

  follow(role: Role): void {
    this.#relaying = isPrimary(role);
  }

  /**
   * Looks at a DHCP message that has come in on an interface of a firewall that serves.
   *
   * @returns true when it was for the relay and goes no further
   */
  receive(at: Interface, frame: Frame): boolean {
    if (frame.destinationMac === BROADCAST_MAC) this.#toServer(at, frame);
    else if (!at.ip.accepts(frame.destinationMac) || (frame.flags & FLAG.toServer) !== 0) return false;
    else return this.#toClient(frame);
    return true;
  }

  #toServer(at: Interface, frame: Frame): void {
    const server = this.#servers.get(at.port.name);
    const hop = server === undefined ? null : this.#layer3.lookup(server);
    if (!this.#relaying || server === undefined || hop === null) return this.#network.drop(frame, 0);
    hop.via.sendVia(hop.nextHop, relayToServer(frame, at.ip.subnet.ip, server));
  }

  /** The server answers to the address of the interface on which the client had asked. */
  #toClient(frame: Frame): boolean {
    const via = this.#layer3.lookup(frame.destinationIp)?.via;
    if (via?.subnet.ip !== frame.destinationIp) return false;
    via.port.send(relayToClient(frame, via.mac));
    return true;
  }
}
