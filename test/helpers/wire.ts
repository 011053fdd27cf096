/** The small parts of a network as a test arranges them: a simulation with nothing in it, and nodes that only take notes. */

import { Simulation } from '../../src/kernel/simulation.ts';
import { FRAME, makeFrame, type Frame, type FrameOptions } from '../../src/network/frame.ts';
import { DEFAULT_IMPAIRMENT, type Impairment } from '../../src/network/impairment.ts';
import { ArpRegistry } from '../../src/network/ip-interface.ts';
import type { Link, NetworkNode, Port } from '../../src/network/link.ts';
import { Network, NETWORK_EVENTS } from '../../src/network/network.ts';

/** A network of its own; `run(1000)` moves the clock to 1000 us. */
export class Wire {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly registry: ArpRegistry;

  /** @param kinds event kinds beyond the network's own */
  constructor(kinds: readonly string[] = []) {
    this.simulation = new Simulation({
      seed: '1',
      kinds: [...NETWORK_EVENTS, ...kinds],
      traceLevel: 'protocol',
    });
    this.network = new Network(this.simulation);
    this.registry = new ArpRegistry(this.network);
  }

  run(untilUs: number): void {
    this.simulation.run(untilUs);
  }

  /** Cables two ports. */
  cable(a: Port, b: Port, impairment: Partial<Impairment> = {}): Link {
    const name = `${a.node.name}-${b.node.name}`;
    return this.network.connect(name, a, b, { ...DEFAULT_IMPAIRMENT, ...impairment });
  }

  listener(name: string): Listener {
    return new Listener(this.network, name);
  }
}

/** A node with one port that writes down what comes. */
export class Listener implements NetworkNode {
  readonly name: string;
  readonly port: Port;
  readonly heard: { readonly atUs: number; readonly frame: Frame }[] = [];
  readonly carrier: { readonly atUs: number; readonly up: boolean }[] = [];
  readonly #network: Network;

  constructor(network: Network, name: string) {
    this.#network = network;
    this.name = name;
    this.port = network.addPort(this, 'port');
  }

  receive(_port: Port, frame: Frame): void {
    this.heard.push({ atUs: this.#network.simulation.nowUs, frame });
  }

  carrierChanged(_port: Port, up: boolean): void {
    this.carrier.push({ atUs: this.#network.simulation.nowUs, up });
  }

  /** When something came. */
  get times(): number[] {
    return this.heard.map(({ atUs }) => atUs);
  }

  /** The sequence numbers of what came, in order. */
  get sequences(): number[] {
    return this.heard.map(({ frame }) => frame.sequence);
  }
}

/** A frame between two MAC addresses. */
export function frameTo(destinationMac: number, sourceMac: number, options: FrameOptions = {}): Frame {
  return makeFrame(FRAME.udp, sourceMac, destinationMac, 0, 0, options);
}
