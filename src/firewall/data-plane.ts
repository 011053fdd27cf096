/**
 * The data plane of one firewall: its data ports, what it does with packets, and its session table.
 *
 * Only a firewall that serves answers ARP and forwards; in any other role transit packets are discarded (D04, R-142). A
 * tentative one of an active/active pair is present: its ports are lit and its interface addresses answer, so that routing
 * adjacencies can form (D07), but its virtual addresses are with its peer (section 1.1).
 */

import type { Simulation } from '../kernel/simulation.ts';
import { forwardsTraffic, type Role } from '../ha/role.ts';
import type { HaState } from '../ha/state.ts';
import { FLAG, FRAME, type Frame } from '../network/frame.ts';
import type { RoutingEvents } from '../network/routing-events.ts';
import type { ArpRegistry } from '../network/ip-interface.ts';
import type { Port } from '../network/link.ts';
import type { SessionSync, SyncItem } from '../traffic/session-sync.ts';
import type { SessionTable } from '../traffic/session-table.ts';
import { DataPort, type DataPortOwner, type PortTimes } from './data-port.ts';
import { DhcpRelay } from './dhcp-relay.ts';
import { Ha3Link, type Ha3Counters, type Ha3Owner, type Ha3Packet } from './ha3-link.ts';
import type { Tunnels } from './ipsec.ts';
import { Layer2, type Bridge } from './layer2.ts';
import { Layer3, type Interface, type Layer3Owner } from './layer3.ts';
import { OwnServices } from './own-services.ts';
import { isAnswer, PacketPath, type PacketPathOwner } from './packet-path.ts';
import { RoutedExit, type ProbeExit } from './probe-exit.ts';
import type { FirewallRoutes } from './routes.ts';
import { inForce, type FirewallSettings, type PathGroup, type RunningConfig } from './settings.ts';

export interface DataPlaneOwner {
  readonly name: string;
  portChanged(port: DataPort): void;
  pathReply(frame: Frame): void;
  sessionMissing(flow: number): void;
  /** The first answer has been forwarded since this firewall became active. */
  firstAnswerForwarded(): void;
  /** The carrier of HA3 came or went, as the HA agent knows it. */
  ha3Changed(up: boolean): void;
}

export class DataPlane implements DataPortOwner, Layer3Owner, PacketPathOwner, Ha3Owner {
  readonly #owner: DataPlaneOwner;
  readonly #simulation: Simulation;
  readonly #registry: ArpRegistry;
  readonly #settings: FirewallSettings;
  readonly #table: SessionTable;
  readonly #sync: SessionSync;
  readonly #layer2 = new Layer2();
  readonly #layer3: Layer3;
  readonly #path: PacketPath;
  /** Null when no HA3 is configured. */
  readonly ha3: Ha3Link | null;
  readonly #dhcpRelay: DhcpRelay;
  readonly #own: OwnServices;
  readonly #tunnels: Tunnels;
  readonly ports: readonly DataPort[];
  #serving = false;
  /** Its interface addresses are in use: it serves, or is tentative. */
  #present = false;
  #working = true;
  #answering = false;

  constructor(
    owner: DataPlaneOwner,
    routes: FirewallRoutes,
    registry: ArpRegistry,
    routing: RoutingEvents,
    settings: FirewallSettings,
    sessions: { table: SessionTable; sync: SessionSync; tunnels: Tunnels },
    portNamed: (name: string) => Port,
  ) {
    this.#owner = owner;
    this.#simulation = registry.network.simulation;
    this.#registry = registry;
    this.#settings = settings;
    this.#table = sessions.table;
    this.#sync = sessions.sync;
    this.#layer3 = new Layer3(this, routes, registry, routing, settings);
    this.#dhcpRelay = new DhcpRelay(this.#layer3, registry.network);
    this.#tunnels = sessions.tunnels;
    this.#own = new OwnServices(this.#simulation, this.#table, this.#tunnels, (flow) =>
      owner.sessionMissing(flow),
    );
    this.ports = settings.dataPorts.map(
      ({ name, mac, flaps }) =>
        new DataPort(this, this.#simulation, routes, portNamed(name), mac, this.#portTimes(flaps)),
    );
    const { ha3, loadSharing } = settings;
    this.ha3 = ha3 === null ? null : new Ha3Link(this, registry.network, routes, ha3, portNamed(ha3.port));
    const pair = loadSharing === null ? null : { rules: loadSharing, ha3: this.ha3 };
    this.#path = new PacketPath(this, registry.network, sessions, pair);
    this.configure(settings.running);
  }

  #portTimes(flaps: boolean): PortTimes {
    const { assumptions } = this.#settings;
    return {
      bringUpUs: assumptions.portBringUpShutdownUs,
      enableUs: assumptions.portBringUpAutoUs,
      flapUs: flaps ? assumptions.portFlapUs : 0,
      negotiationUs: assumptions.lacpNegotiationUs,
    };
  }

  get name(): string {
    return this.#owner.name;
  }

  /** Serves with these interfaces and routes from now on. */
  configure(written: RunningConfig): void {
    const running = inForce(written, this.#settings.leases);
    this.#registry.network.changing();
    for (const port of this.ports) {
      port.bundle(running.interfaces.find(({ name }) => name === port.name)?.lacp ?? null);
    }
    this.#layer2.configure(running, this.ports);
    this.#layer3.configure(running, this.ports);
    this.#path.configure(running.nat);
    this.#dhcpRelay.configure(running);
    if (this.#serving) this.#layer3.announce(1);
  }

  /** The virtual MAC addresses are those of another group from now on (K13). */
  setGroup(groupId: number): void {
    this.#registry.network.changing();
    this.#layer3.setGroup(groupId, this.ports);
    if (this.#serving) this.#layer3.announce(1);
  }

  learned(item: SyncItem): void {
    this.#sync.tell(item);
  }

  /** Begins in a role that the firewall has long had. */
  begin(role: Role): void {
    const lit = this.#keepsLit(role);
    this.#dhcpRelay.follow(role);
    this.#serving = forwardsTraffic(role);
    this.#present = this.#serving;
    for (const port of this.ports) port.begin(lit, this.#serving);
    if (this.#present) this.#layer3.dynamic.begin(this.#settings.assumptions.randomPhase);
    else if (this.#sync.enabled) this.#layer3.dynamic.beginHolding();
    if (!this.#serving) return;
    this.#sync.startServing();
    this.#layer3.keepAddresses();
  }

  /** Follows a change of role. */
  follow(role: Role): void {
    this.#registry.network.changing();
    const serving = forwardsTraffic(role) && this.#working;
    const present = serving || (role === 'tentative' && this.#working);
    // Who asks changes with the role: a passive must not go on asking in the name of the virtual MAC address.
    const wasPresent = this.#present;
    // Nor may a tentative firewall send on what waits for an address since it served.
    if (present !== wasPresent || (this.#serving && !serving)) this.#layer3.giveUp();
    this.#present = present;
    this.#dhcpRelay.follow(role);
    if (serving !== this.#serving) {
      this.#serving = serving;
      this.#layer2.forget();
      this.#tunnels.forget();
      if (serving) this.#sync.startServing();
      else this.#sync.stopServing();
      this.#layer3.releaseAddresses();
      this.#answering = serving && !this.#layer3.hasVirtualAddresses;
    }
    if (wasPresent && !present) this.#layer3.dynamic.stop(this.#working);
    for (const port of this.ports) port.follow(this.#keepsLit(role), present);
    // The interface addresses of an active/active pair never move: nobody has to learn them anew.
    if (serving && !this.#activeActive) this.#layer3.takeAddresses();
    if (!wasPresent && present) this.#layer3.dynamic.start(!this.#activeActive);
  }

  /** Begins with the virtual addresses that it has long held. */
  beginAddresses(state: HaState, cause: number): void {
    this.#path.follow(state);
    this.#layer3.keepVirtualAddresses(state, cause);
  }

  /** Takes and gives up virtual addresses as the protocol's state has it. */
  followAddresses(state: HaState): void {
    this.#registry.network.changing();
    this.#path.follow(state);
    this.#layer3.followVirtualAddresses(this.#working ? state : null);
  }

  get virtualAddresses(): readonly string[] {
    return this.#layer3.virtualAddresses;
  }

  get #activeActive(): boolean {
    return this.#settings.ha.mode === 'active-active';
  }

  #keepsLit(role: Role): boolean {
    if (!this.#working) return false;
    // A tentative firewall receives, for its peer (section 1.1), and has to see its links to leave.
    if (forwardsTraffic(role) || role === 'tentative') return true;
    if (this.#activeActive) return false; // passive-link-state is a setting of active/passive pairs.
    if (this.#settings.ha.passiveLinkState !== 'auto') return false;
    return role === 'passive' || role === 'non-functional' || role === 'suspended';
  }

  /** Power, or the dataplane itself, fails or comes back; what was learned and every session is gone. */
  setWorking(working: boolean, role: Role): void {
    this.#registry.network.changing();
    this.#working = working;
    if (!working) {
      this.#table.lose();
      this.#layer3.clear();
      this.#layer3.followVirtualAddresses(null);
    }
    this.follow(role);
  }

  // --- packets -------------------------------------------------------------------------------------------------------

  receiveData(port: DataPort, frame: Frame): void {
    const bridge = this.#layer2.at(port);
    if (bridge !== undefined) return this.#receiveBridged(bridge, port, frame);
    const at = this.#layer3.at(port);
    if (at === undefined) return;
    const arp = frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply;
    if (frame.destinationMac === port.mac && at.ip.mac !== port.mac) return this.#receiveOwn(at, frame);
    if (!this.#present) return; // Not active: transit packets are discarded.
    if (arp) return at.ip.receiveArp(frame);
    if (this.#serving && frame.kind === FRAME.dhcp && port.ready && this.#dhcpRelay.receive(at, frame))
      return;
    if (!at.ip.accepts(frame.destinationMac)) return; // Flooded; not ours.
    const local = at.ip.has(frame.destinationIp) && !this.#path.translates(frame, at.ip.subnet.ip);
    if (local) this.#receiveLocal(at, frame);
    else if (port.ready) this.#path.receive(frame, port);
  }

  /** A virtual wire or VLAN of a firewall that serves passes on ARP, and every packet of a session. */
  #receiveBridged(bridge: Bridge, port: DataPort, frame: Frame): void {
    if (bridge.probe.receive(port, frame)) {
      if (frame.kind === FRAME.echoReply) this.#owner.pathReply(frame);
    } else if (this.#present && port.ready) {
      if (frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply) bridge.pass(port, frame);
      else this.#path.receive(frame, port);
    }
  }

  /** Answers to what this firewall asked with its port's own MAC address while it was not active. */
  #receiveOwn(at: Interface, frame: Frame): void {
    if (frame.kind === FRAME.arpReply) at.ip.learn(frame.sourceIp, frame.sourceMac);
    else if (frame.kind === FRAME.echoReply) this.#owner.pathReply(frame);
  }

  #receiveLocal(at: Interface, frame: Frame): void {
    this.#registry.network.way?.isUncertain(); // Services and tunnels have a state of their own.
    if (frame.kind === FRAME.echoReply) return this.#owner.pathReply(frame);
    if (frame.kind === FRAME.routing) return this.#layer3.dynamic.receive(frame);
    if (!this.#own.answer(frame, at.port.ready)) return this.drop(frame);
    const { sourceIp, destinationIp } = frame;
    const reply: Frame = {
      ...frame,
      kind: frame.kind === FRAME.echoRequest ? FRAME.echoReply : frame.kind,
      flags: frame.flags & ~FLAG.toServer,
      sourceIp: destinationIp,
      destinationIp: sourceIp,
    };
    const hop = this.#layer3.lookup(sourceIp);
    if (hop !== null && hop.via === at.ip) at.ip.sendVia(hop.nextHop, reply);
  }

  // --- for the packet path -------------------------------------------------------------------------------------------

  egress(frame: Frame, ingress: DataPort): void {
    const bridge = this.#layer2.at(ingress);
    if (bridge !== undefined) {
      bridge.pass(ingress, frame);
      return this.#forwarded(frame, true);
    }
    const hop = this.#layer3.lookup(frame.destinationIp);
    if (hop === null) return this.drop(frame);
    hop.via.sendVia(hop.nextHop, frame);
    this.#forwarded(frame, hop.via.port.carrier);
  }

  /** The first answer that leaves shows that traffic is back; with virtual addresses, what came in by one that was taken. */
  #forwarded(frame: Frame, carrier: boolean): void {
    if (carrier) this.#layer3.passed(frame.destinationMac);
    if (!this.#answering || !isAnswer(frame) || !carrier) return;
    this.#answering = false;
    this.#owner.firstAnswerForwarded();
  }

  handedOver(frame: Frame): void {
    this.#layer3.passed(frame.destinationMac);
  }

  isBridged(ingress: DataPort): boolean {
    return this.#layer2.at(ingress) !== undefined;
  }

  portNamed(name: string): DataPort | undefined {
    return this.ports.find((port) => port.name === name);
  }

  /** Whether what is sent to this address comes to this firewall, as long as it is present. */
  answersTo(address: number): boolean {
    return this.#present && this.#layer3.answersTo(address);
  }

  answerFor(addresses: readonly number[]): void {
    this.#layer3.answerFor(addresses);
  }

  sessionMissing(flow: number): void {
    this.#owner.sessionMissing(flow);
  }

  drop(frame: Frame): void {
    this.#registry.network.drop(frame, 0);
  }

  // --- HA3 -----------------------------------------------------------------------------------------------------------

  fromPeer(packet: Ha3Packet): void {
    if (this.#serving || packet.purpose === 'egress') this.#path.fromPeer(packet);
    else this.drop(packet.frame);
  }

  ha3Changed(up: boolean): void {
    this.#owner.ha3Changed(up);
  }

  /** HA2 keep-alive has failed with action split-datapath, or has recovered. */
  splitDatapath(split: boolean): void {
    this.#registry.network.changing();
    this.#path.splitDatapath(split);
  }

  /** What crossed HA3; null when none is configured. */
  get ha3Counters(): Ha3Counters | null {
    return this.ha3?.counters ?? null;
  }

  /** Packets that left, by the number of their HA3 crossings. */
  get crossings(): readonly number[] {
    return this.#path.crossings;
  }

  // --- for others ----------------------------------------------------------------------------------------------------

  /**
   * How a path-monitor ping to this address leaves: with the MAC address of the interface where its address is in use. Not from a passive to a destination behind a router: the reply would be
   * addressed to the virtual MAC and go to the active, so a passive can test its neighbours only.
   */
  probeExit(group: PathGroup, destination: number): ProbeExit | 'flapping' | null {
    if (group.kind !== 'virtual-router') {
      return this.#layer2.named(group.kind, group.name)?.probe.exit(group.sourceIp ?? 0) ?? null;
    }
    const hop = this.#layer3.lookup(destination);
    if (hop === null) return null;
    const at = this.#layer3.of(hop.via);
    if (at?.port.flapping === true) return 'flapping';
    if (at === undefined || !at.port.lit) return null;
    if (!at.port.negotiated) {
      // Who does not serve has no bundle, so this tests nothing; who does will have it, unless its link is dead.
      if (!this.#present) return null;
      if (at.port.port.carrier) return 'flapping';
    }
    if (!this.#present && hop.nextHop !== destination) return null;
    return new RoutedExit(hop.via, hop.nextHop, this.#present ? null : at.port.mac);
  }

  /** The ARP table and the forwarding table, as HA2 carries them. */
  tableItems(): readonly SyncItem[] {
    return this.#layer3.tableItems();
  }

  /** Takes over the peer's entries. */
  learnTables(items: readonly SyncItem[]): void {
    if (!this.#serving) this.#layer3.learnTables(items);
  }

  portChanged(port: DataPort): void {
    this.#registry.network.changing();
    this.#layer3.dynamic.linkChanged(port);
    this.#owner.portChanged(port);
  }

  portNegotiated(port: DataPort): void {
    this.#simulation.note('lacp', this.#owner.name, { interface: port.name, negotiated: true });
  }

  portReady(port: DataPort): void {
    this.#registry.network.changing();
    this.#simulation.note('port', this.#owner.name, { interface: port.name, forwarding: true });
    this.#layer3.dynamic.linkChanged(port);
  }
}
