/**
 * The layer 2 side of a data plane: virtual wires and VLANs, which pass frames on and leave their addresses as they are.
 *
 * A virtual wire joins exactly two ports (D21); a VLAN joins two or more and learns which addresses are behind which. The
 * link-state pass-through of a virtual wire is not modelled.
 */

import { BROADCAST_MAC } from '../network/address.ts';
import type { Frame } from '../network/frame.ts';
import { BridgeProbe } from './bridge-probe.ts';
import type { DataPort } from './data-port.ts';
import type { BridgeSettings, ConfigInForce } from './settings.ts';

/** One virtual wire or VLAN. */
export class Bridge {
  readonly settings: BridgeSettings;
  readonly ports: readonly DataPort[];
  /** Sends the path pings of this wire or VLAN. */
  readonly probe: BridgeProbe;
  /** Behind which port an address was seen last. */
  readonly #seen = new Map<number, DataPort>();

  constructor(settings: BridgeSettings, ports: readonly DataPort[]) {
    this.settings = settings;
    this.ports = ports;
    this.probe = new BridgeProbe(ports);
  }

  /** Passes a frame on: to where its destination was seen, or to every other port. */
  pass(from: DataPort, frame: Frame): void {
    this.#seen.set(frame.sourceMac, from);
    const known = frame.destinationMac === BROADCAST_MAC ? undefined : this.#seen.get(frame.destinationMac);
    if (known === from) return;
    for (const port of known === undefined ? this.ports : [known]) {
      if (port !== from && port.ready) port.port.send(frame);
    }
  }

  /** Forgets what is behind which port: the firewall does not serve any more, and will not see who moves. */
  forget(): void {
    this.#seen.clear();
  }
}

export class Layer2 {
  #bridges: readonly Bridge[] = [];
  readonly #byPort = new Map<DataPort, Bridge>();

  /** Has these wires and VLANs from now on. */
  configure({ bridges }: ConfigInForce, ports: readonly DataPort[]): void {
    const cabled = (name: string): DataPort | undefined => ports.find((port) => port.name === name);
    this.#bridges = bridges.map((settings) => {
      const members = settings.ports.map(cabled).filter((port) => port !== undefined);
      return new Bridge(settings, members);
    });
    this.#byPort.clear();
    for (const bridge of this.#bridges) {
      for (const port of bridge.ports) this.#byPort.set(port, bridge);
    }
  }

  /** The wire or VLAN that a port belongs to, if any. */
  at(port: DataPort): Bridge | undefined {
    return this.#byPort.size === 0 ? undefined : this.#byPort.get(port);
  }

  /** The wire or VLAN of this name. */
  named(kind: BridgeSettings['kind'], name: string): Bridge | undefined {
    return this.#bridges.find(({ settings }) => settings.kind === kind && settings.name === name);
  }

  forget(): void {
    for (const bridge of this.#bridges) bridge.forget();
  }
}
