/**
 * The data plane of one firewall: its data ports, the addresses it serves, the session table, and forwarding.
 *
 * Only the active answers ARP and forwards; a firewall in any other role discards transit packets (D04, R-142). On becoming
 * active it announces every address with gratuitous ARP: two at once and eight more at 1 s spacing (K12, R-138), whether or
 * not the ports are up yet.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Role } from '../ha/role.ts';
import { virtualMac, type Subnet } from '../network/address.ts';
import { FLAG, FRAME, type Frame } from '../network/frame.ts';
import { IpInterface, type ArpRegistry } from '../network/ip-interface.ts';
import type { Port } from '../network/link.ts';
import { RoutingTable, type Hop } from '../network/routing.ts';
import type { SessionSync, SyncItem } from '../traffic/session-sync.ts';
import type { SessionProtocol, SessionTable } from '../traffic/session-table.ts';
import { DataPort, type DataPortOwner } from './data-port.ts';
import type { ProbeExit } from './path-monitor.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FirewallSettings, RunningConfig } from './settings.ts';

const GARP_AT_ONCE = 2;
const GARP_LATER = 8;
const GARP_SPACING_US = 1_000_000;
/** PAN-OS's default ARP cache timeout (1800 s). */
const ARP_TIMEOUT_US = 1_800_000_000;

export interface DataPlaneOwner {
  readonly name: string;
  portChanged(port: DataPort): void;
  pathReply(frame: Frame): void;
  sessionMissing(flow: number): void;
  /** The first answer has been forwarded since this firewall became active. */
  firstAnswerForwarded(): void;
}

interface Interface {
  readonly port: DataPort;
  readonly ip: IpInterface;
  readonly virtualMac: number;
}

export class DataPlane implements DataPortOwner {
  readonly #owner: DataPlaneOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #registry: ArpRegistry;
  readonly #number: number;
  readonly #settings: FirewallSettings;
  readonly #table: SessionTable;
  readonly #sync: SessionSync;
  readonly ports: readonly DataPort[];
  #interfaces: readonly Interface[] = [];
  #byPort = new Map<DataPort, Interface>();
  #routing = new RoutingTable([], []);
  #serving = false;
  #working = true;
  #answering = false;
  #garp: Handle = NO_HANDLE;

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
    this.#routes = routes;
    this.#registry = registry;
    this.#number = routes.garp.add(this);
    this.#settings = settings;
    this.#table = sessions.table;
    this.#sync = sessions.sync;
    const { portBringUpShutdownUs, portBringUpAutoUs, portFlapUs } = settings.assumptions;
    const times = { bringUpUs: portBringUpShutdownUs, enableUs: portBringUpAutoUs, flapUs: portFlapUs };
    this.ports = settings.dataPorts.map(
      ({ name, mac }) => new DataPort(this, this.#simulation, routes, portNamed(name), mac, times),
    );
    this.configure(settings.running);
  }

  /** Serves with these interfaces and routes from now on. */
  configure(running: RunningConfig): void {
    const { groupId } = this.#settings.ha.compatibility;
    const interfaces: Interface[] = [];
    for (const { name, subnet } of running.interfaces) {
      const port = this.ports.find((candidate) => candidate.name === name);
      if (port === undefined) continue; // Configured, but not cabled.
      const vmac = virtualMac(groupId, name);
      const ip =
        this.#sameInterface(port, subnet) ??
        new IpInterface(this.#registry, port.port, subnet, vmac, ARP_TIMEOUT_US);
      ip.onLearn = (address, mac) => this.#sync.tell({ op: 'arp', interface: name, ip: address, mac });
      interfaces.push({ port, ip, virtualMac: vmac });
    }
    for (const { ip } of this.#interfaces) ip.clear();
    this.#interfaces = interfaces;
    this.#byPort = new Map(interfaces.map((item) => [item.port, item]));
    this.#routing = new RoutingTable(
      interfaces.map((item) => item.ip),
      running.routes,
    );
    if (this.#serving) this.#announce(1);
  }

  /** An interface that a new configuration leaves as it was keeps its ARP cache. */
  #sameInterface(port: DataPort, subnet: Subnet): IpInterface | undefined {
    const known = this.#byPort.get(port)?.ip;
    return known?.subnet.ip === subnet.ip && known.subnet.prefix === subnet.prefix ? known : undefined;
  }

  /** Begins in a role that the firewall has long had. */
  begin(role: Role): void {
    const lit = this.#keepsLit(role);
    this.#serving = role === 'active';
    for (const port of this.ports) port.begin(lit, this.#serving);
    if (this.#serving) {
      this.#sync.startServing();
      for (const { ip } of this.#interfaces) ip.announce();
    }
  }

  /** Follows a change of role. */
  follow(role: Role): void {
    const serving = role === 'active' && this.#working;
    if (serving !== this.#serving) {
      this.#serving = serving;
      // Who asks changes with the role: a passive must not go on asking in the name of the virtual MAC address.
      for (const { ip } of this.#interfaces) ip.giveUp();
      if (serving) this.#sync.startServing();
      else this.#sync.stopServing();
      this.#simulation.cancel(this.#garp);
      this.#answering = serving;
    }
    for (const port of this.ports) port.follow(this.#keepsLit(role), serving);
    if (serving) {
      this.#announce(GARP_AT_ONCE);
      this.#garp = this.#routes.garp.schedule(GARP_SPACING_US, this.#number, GARP_LATER);
    }
  }

  #keepsLit(role: Role): boolean {
    if (!this.#working) return false;
    if (role === 'active') return true;
    if (this.#settings.ha.passiveLinkState !== 'auto') return false;
    return role === 'passive' || role === 'non-functional' || role === 'suspended';
  }

  /** Power, or the dataplane itself, fails or comes back; what was learned and every session is gone. */
  setWorking(working: boolean, role: Role): void {
    this.#working = working;
    if (!working) {
      this.#table.lose();
      for (const { ip } of this.#interfaces) ip.clear();
    }
    this.follow(role);
  }

  // --- gratuitous ARP ------------------------------------------------------------------------------------------------

  announceAgain(left: number): void {
    this.#announce(1);
    if (left > 1) this.#garp = this.#routes.garp.schedule(GARP_SPACING_US, this.#number, left - 1);
  }

  /** Announces every address so many times; what leaves on a port without carrier is lost, and the record says so. */
  #announce(times: number): void {
    const sent: string[] = [];
    const lost: string[] = [];
    for (const { port, ip } of this.#interfaces) {
      (port.port.carrier ? sent : lost).push(port.name);
      for (let i = 0; i < times; i += 1) ip.announce();
    }
    if (this.#interfaces.length > 0) this.#simulation.note('garp', this.#owner.name, { times, sent, lost });
  }

  // --- packets -------------------------------------------------------------------------------------------------------

  receiveData(port: DataPort, frame: Frame): void {
    const at = this.#byPort.get(port);
    if (at === undefined) return;
    const arp = frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply;
    if (frame.destinationMac === port.mac) return this.#receiveOwn(at, frame);
    if (!this.#serving) return; // Not active: transit packets are discarded.
    if (arp) return at.ip.receiveArp(frame);
    if (frame.destinationMac !== at.virtualMac) return; // Flooded; not ours.
    if (frame.destinationIp === at.ip.subnet.ip) this.#receiveLocal(at, frame);
    else if (port.ready) this.#forward(frame);
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
    const hop = this.#routing.lookup(sourceIp);
    if (hop !== null && hop.via === at.ip) at.ip.sendVia(hop.nextHop, reply);
  }

  #forward(frame: Frame): void {
    const hop = this.#routing.lookup(frame.destinationIp);
    if (hop === null || !this.#admit(frame)) return this.#registry.network.drop(frame, 0);
    hop.via.sendVia(hop.nextHop, frame);
    if (this.#answering && isAnswer(frame) && this.#egressReady(hop)) {
      this.#answering = false;
      this.#owner.firstAnswerForwarded();
    }
  }

  #egressReady(hop: Hop): boolean {
    return hop.via.port.carrier;
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
  probeExit(destination: number): ProbeExit | 'flapping' | null {
    const hop = this.#routing.lookup(destination);
    if (hop === null) return null;
    const at = this.#interfaces.find((item) => item.ip === hop.via);
    if (at?.port.flapping === true) return 'flapping';
    if (at === undefined || !at.port.lit) return null;
    if (!this.#serving && hop.nextHop !== destination) return null;
    return { via: hop.via, nextHop: hop.nextHop, mac: this.#serving ? at.virtualMac : at.port.mac };
  }

  /** The ARP table, as HA2 carries it. */
  arpItems(): readonly SyncItem[] {
    return this.#interfaces.flatMap(({ port, ip }) =>
      ip.entries().map(([address, mac]) => ({ op: 'arp', interface: port.name, ip: address, mac }) as const),
    );
  }

  /** Takes over the peer's ARP entries. */
  learnArp(items: readonly SyncItem[]): void {
    if (this.#serving) return;
    for (const item of items) {
      if (item.op !== 'arp') continue;
      this.#interfaces.find(({ port }) => port.name === item.interface)?.ip.learn(item.ip, item.mac);
    }
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
