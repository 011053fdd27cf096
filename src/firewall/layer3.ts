/**
 * The layer 3 side of a data plane: its interfaces with their addresses, ARP, gratuitous ARP, routes and routing neighbours.
 *
 * On becoming active a firewall announces every address with gratuitous ARP: two at once and eight more at 1 s spacing (K12,
 * R-138), whether or not the ports are up yet.
 *
 * In active/passive both firewalls share addresses and virtual MAC addresses. In active/active each has interface addresses of
 * its own, which never move (D07) and carry the ports' own MAC addresses: with a virtual one, an address that stays would
 * share its MAC with one that has moved (PAN-OS does not say; ours). What moves is in held-addresses.ts.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { contains, virtualMac, type Subnet } from '../network/address.ts';
import { IpInterface, type ArpRegistry } from '../network/ip-interface.ts';
import type { RoutingEvents } from '../network/routing-events.ts';
import { RoutingTable, type Hop } from '../network/routing.ts';
import type { SyncItem } from '../traffic/session-sync.ts';
import type { HaState } from '../ha/state.ts';
import type { DataPort } from './data-port.ts';
import { DynamicRoutes, type DynamicRoutesOwner } from './dynamic-routes.ts';
import { GARP_AT_ONCE, GARP_LATER, GARP_SPACING_US, type Announcer } from './garp.ts';
import { HeldAddresses } from './held-addresses.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FirewallSettings, ConfigInForce } from './settings.ts';

/** PAN-OS's default ARP cache timeout (1800 s). */
const ARP_TIMEOUT_US = 1_800_000_000;

/** A layer 3 interface on a data port. */
export interface Interface {
  readonly port: DataPort;
  readonly ip: IpInterface;
}

/** What the interfaces tell the firewall around them. */
export interface Layer3Owner {
  readonly name: string;
  /** An address was learned from a neighbour, or routes through one have come or gone. */
  learned(item: SyncItem): void;
}

export class Layer3 implements Announcer, DynamicRoutesOwner {
  readonly #owner: Layer3Owner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #registry: ArpRegistry;
  readonly #number: number;
  #groupId: number;
  readonly #activeActive: boolean;
  readonly #hypervisorMacs: boolean;
  /** The virtual addresses; null when there are none. */
  readonly #held: HeldAddresses | null;
  /** Addresses that move by rules of their own. */
  readonly #virtual: readonly number[];
  /** Addresses that NAT translates to, for which this firewall answers. */
  #proxied: readonly number[] = [];
  #running: ConfigInForce | null = null;
  #interfaces: readonly Interface[] = [];
  #byPort = new Map<DataPort, Interface>();
  #table = new RoutingTable([], []);
  /** What is learned from routing neighbours. */
  readonly dynamic: DynamicRoutes;
  #garp: Handle = NO_HANDLE;

  constructor(
    owner: Layer3Owner,
    routes: FirewallRoutes,
    registry: ArpRegistry,
    routing: RoutingEvents,
    settings: FirewallSettings,
  ) {
    this.#owner = owner;
    this.#simulation = registry.network.simulation;
    this.#routes = routes;
    this.#registry = registry;
    this.#number = routes.garp.add(this);
    this.#groupId = settings.ha.compatibility.groupId;
    this.#activeActive = settings.ha.mode === 'active-active';
    this.#hypervisorMacs = settings.hypervisorMacs;
    const virtual = settings.virtualAddresses.length > 0;
    this.#virtual = settings.virtualAddresses.map(({ ip }) => ip);
    this.#held = virtual ? new HeldAddresses(this.#simulation, routes, settings) : null;
    this.dynamic = new DynamicRoutes(this, routing);
  }

  get name(): string {
    return this.#owner.name;
  }

  /** Has these interfaces and routes from now on. */
  configure(running: ConfigInForce, ports: readonly DataPort[]): void {
    this.#running = running;
    const interfaces: Interface[] = [];
    for (const { name, subnet } of running.interfaces) {
      const port = ports.find((candidate) => candidate.name === name);
      if (port === undefined) continue; // Configured, but not cabled.
      const ownMac = this.#activeActive || this.#hypervisorMacs;
      const mac = ownMac ? port.mac : virtualMac(this.#groupId, name);
      const ip =
        this.#sameInterface(port, subnet) ??
        new IpInterface(this.#registry, port.port, subnet, mac, ARP_TIMEOUT_US);
      const learned = (address: number, of: number): void =>
        this.#owner.learned({ op: 'arp', interface: name, ip: address, mac: of });
      ip.onLearn = learned;
      interfaces.push({ port, ip });
    }
    for (const { ip } of this.#interfaces) ip.clear();
    this.#interfaces = interfaces;
    this.#byPort = new Map(interfaces.map((item) => [item.port, item]));
    this.#table = new RoutingTable(this.interfaces(), running.routes);
    this.dynamic.configure(running.neighbors, this.#table);
    this.#held?.attach(interfaces);
    this.#proxy();
  }

  /** Has other virtual MAC addresses, so every interface begins anew. */
  setGroup(groupId: number, ports: readonly DataPort[]): void {
    this.#groupId = groupId;
    this.#byPort.clear();
    if (this.#running !== null) this.configure(this.#running, ports);
  }

  /** An interface that a new configuration leaves as it was keeps its ARP cache. */
  #sameInterface(port: DataPort, subnet: Subnet): IpInterface | undefined {
    const known = this.#byPort.get(port)?.ip;
    return known?.subnet.ip === subnet.ip && known.subnet.prefix === subnet.prefix ? known : undefined;
  }

  /**
   * Answers ARP for these addresses where they lie on a subnet of its own; for a floating one whoever holds it answers. In
   * active/active the neighbours are told once when it begins to (ours).
   */
  answerFor(addresses: readonly number[]): void {
    const begun = addresses.filter((ip) => !this.#proxied.includes(ip));
    this.#proxied = addresses.filter((ip) => !this.#virtual.includes(ip));
    this.#proxy();
    if (!this.#activeActive) return;
    for (const { ip } of this.#interfaces) {
      for (const address of begun) if (this.#isProxied(ip, address)) ip.announce(address);
    }
  }

  /** Whether what is sent to this address comes here. */
  answersTo(address: number): boolean {
    return this.#interfaces.some(({ ip }) => ip.answersFor(address));
  }

  #proxy(): void {
    for (const { ip } of this.#interfaces)
      ip.proxy(this.#proxied.filter((item) => this.#isProxied(ip, item)));
  }

  #isProxied({ subnet }: IpInterface, address: number): boolean {
    return this.#proxied.includes(address) && contains(subnet, address) && address !== subnet.ip;
  }

  /** The interface on this port, if it has one. */
  at(port: DataPort): Interface | undefined {
    return this.#byPort.get(port);
  }

  /** The interface that a hop leaves by. */
  of(ip: IpInterface): Interface | undefined {
    return this.#interfaces.find((item) => item.ip === ip);
  }

  lookup(destination: number): Hop | null {
    return this.#table.lookup(destination);
  }

  /** Forgets every neighbour: the device was switched off, or its dataplane has failed. */
  clear(): void {
    this.dynamic.forget();
    for (const { ip } of this.#interfaces) ip.clear();
  }

  /** Asks for no address any more. */
  giveUp(): void {
    for (const { ip } of this.#interfaces) ip.giveUp();
  }

  // --- gratuitous ARP ------------------------------------------------------------------------------------------------

  /** The addresses are this firewall's now: says so, and says so again (K12). */
  takeAddresses(): void {
    if (this.#hypervisorMacs) return;
    this.announce(GARP_AT_ONCE);
    this.#garp = this.#routes.garp.schedule(GARP_SPACING_US, this.#number, GARP_LATER);
  }

  /** The addresses are not this firewall's any more. */
  releaseAddresses(): void {
    this.#simulation.cancel(this.#garp);
  }

  /** The addresses have long been this firewall's; the switches know. */
  keepAddresses(): void {
    for (const { ip } of this.#interfaces) ip.announce();
  }

  get hasVirtualAddresses(): boolean {
    return this.#held !== null;
  }

  /** A packet that came in by this MAC address has been forwarded. */
  passed(mac: number): void {
    this.#held?.passed(mac, this.#registry.network.wayUs);
  }

  /** The virtual addresses that are held, each with its MAC address. */
  get virtualAddresses(): readonly string[] {
    return this.#held?.held ?? [];
  }

  /** As {@link keepAddresses}, for the virtual addresses that are this firewall's in this state. */
  keepVirtualAddresses(state: HaState, cause: number): void {
    this.#held?.begin(state, cause);
  }

  /** Takes the virtual addresses that this state asks for and gives up the others; null = holds none. */
  followVirtualAddresses(state: HaState | null): void {
    this.#held?.follow(state);
  }

  announceAgain(left: number): void {
    this.announce(1);
    if (left > 1) this.#garp = this.#routes.garp.schedule(GARP_SPACING_US, this.#number, left - 1);
  }

  /** Announces every address so many times; what leaves on a port without carrier is lost, and the record says so. */
  announce(times: number): void {
    const sent: string[] = [];
    const lost: string[] = [];
    for (const { port } of this.#interfaces) (port.port.passes ? sent : lost).push(port.name);
    if (this.#interfaces.length === 0) return;
    const before = this.#simulation.cause;
    this.#simulation.cause = this.#simulation.note('garp', this.#owner.name, { times, sent, lost });
    for (const { ip } of this.#interfaces) for (let i = 0; i < times; i += 1) ip.announce();
    this.#simulation.cause = before;
  }

  interfaces(): readonly IpInterface[] {
    return this.#interfaces.map(({ ip }) => ip);
  }

  learned(item: SyncItem): void {
    this.#registry.network.changing();
    this.#owner.learned(item);
  }

  // --- the ARP table and the forwarding table, as HA2 carries them ---------------------------------------------------

  tableItems(): readonly SyncItem[] {
    const addresses = this.#interfaces.flatMap(({ port, ip }) =>
      ip.entries().map(([address, mac]) => ({ op: 'arp', interface: port.name, ip: address, mac }) as const),
    );
    return [...this.dynamic.items(), ...addresses];
  }

  /** Takes over the peer's entries. */
  learnTables(items: readonly SyncItem[]): void {
    this.dynamic.learn(items);
    for (const item of items) {
      if (item.op !== 'arp') continue;
      this.#interfaces.find(({ port }) => port.name === item.interface)?.ip.learn(item.ip, item.mac);
    }
  }
}
