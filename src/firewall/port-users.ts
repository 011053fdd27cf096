/**
 * The cabled ports of a firewall, and who uses each: several may share one, as HA1 and heartbeat-backup share management.
 */

import type { Frame } from '../network/frame.ts';
import type { NetworkNode, Port } from '../network/link.ts';
import type { Network } from '../network/network.ts';

/** A part of the firewall that sends and receives on a port. */
export interface PortUser {
  readonly port: Port;
  receive(frame: Frame): void;
  carrierChanged(up: boolean): void;
}

export class PortUsers {
  /** All cabled ports, in the order of the scenario's links. */
  readonly ports: readonly Port[];
  readonly #node: NetworkNode;
  readonly #users = new Map<Port, readonly PortUser[]>();

  constructor(network: Network, node: NetworkNode, names: readonly string[]) {
    this.#node = node;
    this.ports = names.map((name) => network.addPort(node, name));
  }

  /**
   * A cabled port.
   *
   * @throws Error when no link of the scenario ends there: the loader has checked that one does
   */
  named(name: string): Port {
    const port = this.ports.find((candidate) => candidate.name === name);
    if (port === undefined) throw new Error(`${this.#node.name} has no cabled port ${name}`);
    return port;
  }

  add(user: PortUser): void {
    this.#users.set(user.port, [...this.#of(user.port), user]);
  }

  receive(port: Port, frame: Frame): void {
    const users = this.#of(port);
    for (let i = 0; i < users.length; i += 1) (users[i] as PortUser).receive(frame);
  }

  carrierChanged(port: Port, up: boolean): void {
    for (const user of this.#of(port)) user.carrierChanged(up);
  }

  #of(port: Port): readonly PortUser[] {
    return this.#users.get(port) ?? [];
  }
}
