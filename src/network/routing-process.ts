/**
 * The routing process of a node: its adjacencies, and the routes that they give it. A router runs one all the time; a firewall
 * runs one while it serves or is about to.
 */

import type { RoutingEvents } from './routing-events.ts';
import type { NeighborSettings, RoutingMessage } from './neighbor.ts';
import { Adjacency, type AdjacencyOwner } from './adjacency.ts';
import { contains } from './address.ts';
import { FRAME, makeFrame, type Frame } from './frame.ts';
import type { IpInterface } from './ip-interface.ts';
import type { Port } from './link.ts';
import type { StaticRoute } from './routing.ts';

/** Wire size of a keepalive. */
const BYTES = 85;

/** What the process needs of its node. */
export interface RoutingNode {
  readonly name: string;
  interfaces(): readonly IpInterface[];
  /** Other routes from now on; `neighbor` is the one whose routes have become usable or are not any more. */
  routesChanged(neighbor: string, usable: boolean): void;
}

export class RoutingProcess implements AdjacencyOwner {
  readonly #node: RoutingNode;
  readonly #events: RoutingEvents;
  #adjacencies: readonly Adjacency[] = [];
  #starts = 0;
  #running = false;

  constructor(node: RoutingNode, events: RoutingEvents) {
    this.#node = node;
    this.#events = events;
  }

  get name(): string {
    return this.#node.name;
  }

  get instance(): string {
    return `${this.#node.name}/${this.#starts}`;
  }

  /** Has these neighbours from now on; one that a new configuration leaves as it was keeps its adjacency. */
  configure(neighbors: readonly NeighborSettings[]): void {
    const known = new Map(this.#adjacencies.map((item) => [JSON.stringify(item.settings), item]));
    this.#adjacencies = neighbors.map((settings) => {
      const key = JSON.stringify(settings);
      const kept = known.get(key);
      known.delete(key);
      return kept ?? this.#add(settings);
    });
    for (const gone of known.values()) gone.stop();
  }

  #add(settings: NeighborSettings): Adjacency {
    const adjacency = new Adjacency(this, this.#events, settings);
    if (this.#running) adjacency.start(false);
    return adjacency;
  }

  /** Routes that are usable now, in the order of the configuration. */
  routes(): StaticRoute[] {
    return this.#adjacencies
      .filter(({ usable }) => usable)
      .flatMap(({ settings: { destinations, address } }) =>
        destinations.map((destination) => ({ destination, nextHop: address })),
      );
  }

  /** Names of the neighbours whose routes are usable now. */
  usable(): string[] {
    return this.#adjacencies.filter(({ usable }) => usable).map(({ settings }) => settings.name);
  }

  neighbors(): string[] {
    return this.#adjacencies.map(({ settings }) => settings.name);
  }

  // --- starting and stopping -----------------------------------------------------------------------------------------

  /**
   * Begins with adjacencies that have long been up.
   *
   * @param randomPhase the first regular keepalive is due at a random moment of its interval, not at its end
   */
  begin(randomPhase: boolean): void {
    this.#starts += 1;
    this.#running = true;
    for (const item of this.#adjacencies) {
      const { name, keepaliveUs, bfd } = item.settings;
      const intervalUs = bfd === null ? keepaliveUs : Math.min(keepaliveUs, bfd.intervalUs);
      item.begin(randomPhase ? this.#phaseUs(name, intervalUs) : intervalUs);
    }
  }

  #phaseUs(neighbor: string, intervalUs: number): number {
    const { random } = this.#events.network.simulation;
    return Math.floor(random.stream(`${this.name}/phase/routing/${neighbor}`).next() * intervalUs);
  }

  /** @param forwarding neighbours whose routes the forwarding table holds already */
  start(forwarding: ReadonlySet<string> = new Set()): void {
    this.#starts += 1;
    this.#running = true;
    for (const item of this.#adjacencies) item.start(forwarding.has(item.settings.name));
  }

  stop(): void {
    this.#running = false;
    for (const item of this.#adjacencies) item.stop();
  }

  // --- packets -------------------------------------------------------------------------------------------------------

  transmit({ address }: NeighborSettings, message: RoutingMessage): void {
    const via = this.#interfaceTo(address);
    if (via === undefined) return;
    const options = { bytes: BYTES, track: message.track, body: message };
    via.sendVia(address, makeFrame(FRAME.routing, 0, 0, via.subnet.ip, address, options));
  }

  receive(frame: Frame): void {
    const adjacency = this.#adjacencies.find(({ settings }) => settings.address === frame.sourceIp);
    adjacency?.receive(frame.body as RoutingMessage);
  }

  /** Carrier has come or gone at a port, or the port has begun to pass frames. */
  linkChanged(port: Port, up: boolean): void {
    if (!this.#running) return;
    for (const item of this.#adjacencies) {
      if (this.#interfaceTo(item.settings.address)?.port === port) item.linkChanged(up);
    }
  }

  routesChanged({ settings, usable }: Adjacency): void {
    this.#node.routesChanged(settings.name, usable);
  }

  #interfaceTo(address: number): IpInterface | undefined {
    return this.#node.interfaces().find(({ subnet }) => contains(subnet, address));
  }
}
