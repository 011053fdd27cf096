/**
 * A node that speaks IP on its own behalf: a host with one interface, or a router with several that also forwards.
 *
 * It answers echo requests to its addresses unless a fault has silenced them, and hands everything else that is addressed
 * to it to its application (the workloads and probes). A router may have routing neighbours.
 */

import { FLAG, FRAME, makeFrame, readdress, type Frame } from './frame.ts';
import { IpInterface, type ArpRegistry } from './ip-interface.ts';
import type { NetworkNode, Port } from './link.ts';
import { BROADCAST_MAC, type Subnet } from './address.ts';
import type { Network } from './network.ts';
import { RoutingProcess, type RoutingNode } from './routing-process.ts';
import type { RoutingEvents } from './routing-events.ts';
import { RoutingTable, type StaticRoute } from './routing.ts';

export class Endpoint implements NetworkNode, RoutingNode {
  readonly name: string;
  readonly #network: Network;
  readonly #registry: ArpRegistry;
  readonly #arpTimeoutUs: number;
  readonly #interfaces: IpInterface[] = [];
  readonly #routes: readonly StaticRoute[];
  readonly #forwards: boolean;
  readonly #groups: readonly number[];
  #table: RoutingTable;
  /** Null on a node without neighbours. */
  routing: RoutingProcess | null = null;
  /** Receives what is addressed to this node. */
  application: ((frame: Frame) => void) | null = null;

  constructor(
    registry: ArpRegistry,
    name: string,
    options: {
      arpTimeoutUs: number;
      routes: readonly StaticRoute[];
      forwards: boolean;
      /** Multicast groups that the node has joined. */
      groups?: readonly number[];
    },
  ) {
    this.name = name;
    this.#registry = registry;
    this.#network = registry.network;
    this.#arpTimeoutUs = options.arpTimeoutUs;
    this.#routes = options.routes;
    this.#forwards = options.forwards;
    this.#groups = options.groups ?? [];
    this.#table = new RoutingTable([], this.#routes);
  }

  addInterface(name: string, subnet: Subnet, mac: number): Port {
    const port = this.#network.addPort(this, name);
    this.#interfaces.push(new IpInterface(this.#registry, port, subnet, mac, this.#arpTimeoutUs));
    this.#table = new RoutingTable(this.#interfaces, this.#routes);
    return port;
  }

  interfaces(): readonly IpInterface[] {
    return this.#interfaces;
  }

  /** Gets a routing process; its neighbours are configured and it is started by the caller. */
  addRouting(events: RoutingEvents): RoutingProcess {
    this.routing = new RoutingProcess(this, events);
    return this.routing;
  }

  /** Begins with adjacencies that have long been up. */
  beginRouting(randomPhase: boolean): void {
    this.routing?.begin(randomPhase);
    this.routesChanged();
  }

  routesChanged(): void {
    this.#network.changing();
    this.#table.setLearned(this.routing?.routes() ?? []);
  }

  /** The port of an interface; a host's only one has the empty name. */
  port(name: string): Port | undefined {
    return this.#interfaces.find((item) => item.port.name === name)?.port;
  }

  /** The node's first address; a host has only one. */
  get ip(): number {
    return this.#interfaces[0]?.subnet.ip ?? 0;
  }

  /** Sends a packet of this node's own. */
  send(frame: Frame): void {
    const hop = this.#table.lookup(frame.destinationIp);
    if (hop === null) this.#network.drop(frame, 0);
    else hop.via.sendVia(hop.nextHop, frame);
  }

  /** The MAC address of the node's first interface. */
  get mac(): number {
    return this.#interfaces[0]?.mac ?? 0;
  }

  /** Sends to everybody on the node's first link. */
  broadcast(frame: Frame): void {
    this.#interfaces[0]?.port.send(readdress(frame, this.mac, BROADCAST_MAC));
  }

  receive(port: Port, frame: Frame): void {
    const at = this.#interfaces.find((item) => item.port === port) as IpInterface;
    if (frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply) {
      return at.receiveArp(frame);
    }
    if (frame.destinationMac !== at.mac) return; // Flooded; not ours.
    if (this.#isOwn(frame.destinationIp)) this.#accept(at, frame);
    else if (this.#forwards) this.send(frame);
  }

  /** A host notices nothing: its packets are lost until carrier is back. */
  carrierChanged(port: Port, up: boolean): void {
    this.routing?.linkChanged(port, up);
  }

  #isOwn(ip: number): boolean {
    return this.#interfaces.some((item) => item.subnet.ip === ip) || this.#groups.includes(ip);
  }

  #accept(at: IpInterface, frame: Frame): void {
    const silence = this.#network.silenced(frame.destinationIp);
    if (silence !== undefined) return this.#network.drop(frame, silence);
    if (frame.kind === FRAME.routing) return this.routing?.receive(frame);
    if (frame.kind !== FRAME.echoRequest) return this.application?.(frame);
    const { flow, sequence, track, bytes } = frame;
    const reply = { flow, sequence, track, bytes, flags: frame.flags & FLAG.atOnce };
    const answer = makeFrame(
      FRAME.echoReply,
      at.mac,
      frame.sourceMac,
      frame.destinationIp,
      frame.sourceIp,
      reply,
    );
    // To a neighbour on the same subnet the answer goes back to the MAC address that asked: two firewalls of a pair ask
    // with one IP address, and each must get its own answer.
    if (this.#table.lookup(frame.sourceIp)?.nextHop === frame.sourceIp) at.port.send(answer);
    else this.send(answer);
  }
}
