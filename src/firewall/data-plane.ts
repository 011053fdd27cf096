/**
 * The data plane of one firewall: its data ports, what it does with packets, and its session table.
 *
 * Only a firewall that serves answers ARP and forwards; in any other role transit packets are discarded (D04, R-142).
 */

import type { Simulation } from '../kernel/simulation.ts';
import { forwardsTraffic, type Role } from '../ha/role.ts';
import { FLAG, FRAME, type Frame } from '../network/frame.ts';
import type { ArpRegistry } from '../network/ip-interface.ts';
import type { Port } from '../network/link.ts';
import type { SessionSync, SyncItem } from '../traffic/session-sync.ts';
import type { SessionProtocol, SessionTable } from '../traffic/session-table.ts';
import { DataPort, type DataPortOwner } from './data-port.ts';
import { Layer2, type Bridge } from './layer2.ts';
import { Layer3, type Interface, type Layer3Owner } from './layer3.ts';
import type { ProbeExit } from './path-monitor.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FirewallSettings, PathGroup, RunningConfig } from './settings.ts';

export interface DataPlaneOwner {
  readonly name: string;
  portChanged(port: DataPort): void;
  pathReply(frame: Frame): void;
  sessionMissing(flow: number): void;
  /** The first answer has been forwarded since this firewall became active. */
  firstAnswerForwarded(): void;
}

export class DataPlane implements DataPortOwner, Layer3Owner {
  readonly #owner: DataPlaneOwner;
  readonly #simulation: Simulation;
  readonly #registry: ArpRegistry;
  readonly #settings: FirewallSettings;
  readonly #table: SessionTable;
  readonly #sync: SessionSync;
  readonly #layer2 = new Layer2();
  readonly #layer3: Layer3;
  readonly ports: readonly DataPort[];
  #serving = false;
  #working = true;
  #answering = false;

  constructor(
    owner: DataPlaneOwner,
    routes: FirewallRoutes,
    registry: ArpRegistry,
    settings: FirewallSettings,
    sessions: { table: SessionTable; sync: SessionSync },
    portNamed: (name: string) => Port,
  ) {
    this.#owner = owner;
    this.#simulation = registry.network.simulation;
    this.#registry = registry;
    this.#settings = settings;
    this.#table = sessions.table;
    this.#sync = sessions.sync;
    this.#layer3 = new Layer3(this, routes, registry, settings.ha.compatibility.groupId);
    const { portBringUpShutdownUs, portBringUpAutoUs, portFlapUs } = settings.assumptions;
    const times = { bringUpUs: portBringUpShutdownUs, enableUs: portBringUpAutoUs, flapUs: portFlapUs };
    this.ports = settings.dataPorts.map(
      ({ name, mac }) => new DataPort(this, this.#simulation, routes, portNamed(name), mac, times),
    );
    this.configure(settings.running);
  }

  get name(): string {
    return this.#owner.name;
  }

  /** Serves with these interfaces and routes from now on. */
  configure(running: RunningConfig): void {
    this.#layer2.configure(running, this.ports);
    this.#layer3.configure(running, this.ports);
    if (this.#serving) this.#layer3.announce(1);
  }

  /** The virtual MAC addresses are those of another group from now on (K13). */
  setGroup(groupId: number): void {
    this.#layer3.setGroup(groupId, this.ports);
    if (this.#serving) this.#layer3.announce(1);
  }

  arpLearned(item: SyncItem): void {
    this.#sync.tell(item);
  }

  /** Begins in a role that the firewall has long had. */
  begin(role: Role): void {
    const lit = this.#keepsLit(role);
    this.#serving = forwardsTraffic(role);
    for (const port of this.ports) port.begin(lit, this.#serving);
    if (!this.#serving) return;
    this.#sync.startServing();
    this.#layer3.keepAddresses();
  }

  /** Follows a change of role. */
  follow(role: Role): void {
    const serving = forwardsTraffic(role) && this.#working;
    if (serving !== this.#serving) {
      this.#serving = serving;
      // Who asks changes with the role: a passive must not go on asking in the name of the virtual MAC address.
      this.#layer3.giveUp();
      this.#layer2.forget();
      if (serving) this.#sync.startServing();
      else this.#sync.stopServing();
      this.#layer3.releaseAddresses();
      this.#answering = serving;
    }
    for (const port of this.ports) port.follow(this.#keepsLit(role), serving);
    if (serving) this.#layer3.takeAddresses();
  }

  #keepsLit(role: Role): boolean {
    if (!this.#working) return false;
    if (forwardsTraffic(role)) return true;
    if (this.#settings.ha.passiveLinkState !== 'auto') return false;
    return role === 'passive' || role === 'non-functional' || role === 'suspended';
  }

  /** Power, or the dataplane itself, fails or comes back; what was learned and every session is gone. */
  setWorking(working: boolean, role: Role): void {
    this.#working = working;
    if (!working) {
      this.#table.lose();
      this.#layer3.clear();
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
    if (frame.destinationMac === port.mac) return this.#receiveOwn(at, frame);
    if (!this.#serving) return; // Not active: transit packets are discarded.
    if (arp) return at.ip.receiveArp(frame);
    if (frame.destinationMac !== at.virtualMac) return; // Flooded; not ours.
    if (frame.destinationIp === at.ip.subnet.ip) this.#receiveLocal(at, frame);
    else if (port.ready) this.#forward(frame);
  }

  /** A virtual wire or VLAN of a firewall that serves passes on ARP, and every packet of a session. */
  #receiveBridged(bridge: Bridge, port: DataPort, frame: Frame): void {
    if (bridge.probe.receive(port, frame)) {
      if (frame.kind === FRAME.echoReply) this.#owner.pathReply(frame);
    } else if (this.#serving && port.ready) {
      const arp = frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply;
      if (!arp && !this.#admit(frame)) return this.#registry.network.drop(frame, 0);
      bridge.pass(port, frame);
      if (!arp) this.#forwarded(frame, true);
    }
  }

  /** Answers to what this firewall asked with its port's own MAC address while it was not active. */
  #receiveOwn(at: Interface, frame: Frame): void {
    if (frame.kind === FRAME.arpReply) at.ip.learn(frame.sourceIp, frame.sourceMac);
    else if (frame.kind === FRAME.echoReply) this.#owner.pathReply(frame);
  }

  #receiveLocal(at: Interface, frame: Frame): void {
    if (frame.kind === FRAME.echoReply) return this.#owner.pathReply(frame);
    if (frame.kind !== FRAME.echoRequest) return;
    const { sourceIp, destinationIp } = frame;
    const reply: Frame = {
      ...frame,
      kind: FRAME.echoReply,
      sourceIp: destinationIp,
      destinationIp: sourceIp,
    };
    const hop = this.#layer3.lookup(sourceIp);
    if (hop !== null && hop.via === at.ip) at.ip.sendVia(hop.nextHop, reply);
  }

  #forward(frame: Frame): void {
    const hop = this.#layer3.lookup(frame.destinationIp);
    if (hop === null || !this.#admit(frame)) return this.#registry.network.drop(frame, 0);
    hop.via.sendVia(hop.nextHop, frame);
    this.#forwarded(frame, hop.via.port.carrier);
  }

  /** The first answer that leaves shows that traffic is back. */
  #forwarded(frame: Frame, carrier: boolean): void {
    if (!this.#answering || !isAnswer(frame) || !carrier) return;
    this.#answering = false;
    this.#owner.firstAnswerForwarded();
  }

  /** Finds or makes the session. TCP that is no SYN and belongs to no session is dropped (PAN-OS `tcp-reject-non-syn`). */
  #admit(frame: Frame): boolean {
    const nowUs = this.#simulation.nowUs;
    const known = this.#table.get(frame.flow);
    if (known !== undefined) {
      known.lastUs = nowUs;
      const closed = (frame.flags & FLAG.fin) !== 0 && (frame.flags & FLAG.toServer) === 0;
      if (closed && this.#table.remove(frame.flow)) this.#sync.removed(known);
      return true;
    }
    if (frame.kind === FRAME.tcp && ((frame.flags & FLAG.syn) === 0 || isAnswer(frame))) {
      this.#owner.sessionMissing(frame.flow);
      return false;
    }
    if (isAnswer(frame)) return false; // No session for it, and an answer makes none.
    const session = this.#table.create(frame.flow, protocolOf(frame), nowUs);
    // ICMP sessions are believed not to be synchronized (section 6.1).
    if (session.protocol !== 'icmp') this.#sync.added(session);
    return true;
  }

  // --- for others ----------------------------------------------------------------------------------------------------

  /**
   * How a path-monitor ping to this address leaves. Not from a passive to a destination behind a router: the reply would be
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
    if (!this.#serving && hop.nextHop !== destination) return null;
    const { via, nextHop } = hop;
    const sourceIp = via.subnet.ip;
    if (this.#serving) return { sourceIp, send: (frame) => via.sendVia(nextHop, frame) };
    return { sourceIp, send: (frame) => via.probeVia(nextHop, frame, at.port.mac) };
  }

  /** The ARP table, as HA2 carries it. */
  arpItems(): readonly SyncItem[] {
    return this.#layer3.arpItems();
  }

  /** Takes over the peer's ARP entries. */
  learnArp(items: readonly SyncItem[]): void {
    if (!this.#serving) this.#layer3.learnArp(items);
  }

  portChanged(port: DataPort): void {
    this.#owner.portChanged(port);
  }

  portReady(port: DataPort): void {
    this.#simulation.note('port', this.#owner.name, { interface: port.name, forwarding: true });
  }
}

function isAnswer(frame: Frame): boolean {
  if (frame.kind === FRAME.echoRequest) return false;
  return frame.kind === FRAME.echoReply || (frame.flags & FLAG.toServer) === 0;
}

function protocolOf(frame: Frame): SessionProtocol {
  if (frame.kind === FRAME.tcp) return 'tcp';
  return frame.kind === FRAME.udp ? 'udp' : 'icmp';
}
