/**
 * One PAN-OS firewall: its parts, and how they start, fail and come back.
 *
 * The kernel, the HA agent, the management plane and the dataplane fail apart from each other: a kernel answers heartbeats for
 * a hung agent, a stalled management plane answers nothing while packets still flow (C04, K08).
 */

import { findSyncObstacle } from '../ha/compatibility.ts';
import type { Compatibility } from '../ha/config.ts';
import type { HaEvent, Hello } from '../ha/event.ts';
import { isPrimary, type Role } from '../ha/role.ts';
import type { EstablishedRole, HaState } from '../ha/state.ts';
import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Frame } from '../network/frame.ts';
import type { NetworkNode, Port } from '../network/link.ts';
import type { Network } from '../network/network.ts';
import type { SessionSync } from '../traffic/session-sync.ts';
import { SessionTable } from '../traffic/session-table.ts';
import { configSyncOf, ConfigSync, type ConfigSyncOwner } from './config-sync.ts';
import type { FirewallContext, FirewallListener } from './context.ts';
import { ControlPlane, type ControlPlaneOwner } from './control-plane.ts';
import type { ControlPath } from './control-path.ts';
import { DataplaneLife, type DataplaneOwner } from './dataplane-life.ts';
import { DataPlane, type DataPlaneOwner } from './data-plane.ts';
import type { DataPort } from './data-port.ts';
import type { Ha3Counters } from './ha3-link.ts';
import { HaAgent, type HaAgentOwner } from './ha-agent.ts';
import { Tunnels } from './ipsec.ts';
import { LinkMonitor, type LinkMonitorOwner } from './link-monitor.ts';
import { PathMonitor, type PathMonitorOwner } from './path-monitor.ts';
import { PortUsers } from './port-users.ts';
import type { ProbeExit } from './probe-exit.ts';
import { VmSeriesPlugin } from './vm-series-plugin.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FirewallSettings, PathGroup, RunningConfig } from './settings.ts';
import { StateSync, type StateSyncOwner } from './state-sync.ts';
import { TakeoverBooks } from './takeover-books.ts';

type Owner = HaAgentOwner &
  ControlPlaneOwner &
  ConfigSyncOwner &
  DataPlaneOwner &
  LinkMonitorOwner &
  StateSyncOwner &
  DataplaneOwner &
  PathMonitorOwner;

export class Firewall implements NetworkNode, Owner {
  readonly name: string;
  readonly settings: FirewallSettings;
  readonly table: SessionTable;
  readonly sync: SessionSync;
  readonly configuration: ConfigSync;
  readonly #network: Network;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #listener: FirewallListener;
  readonly #number: number;
  readonly #ports: PortUsers;
  readonly #agent: HaAgent;
  readonly #control: ControlPlane;
  readonly #data: DataPlane;
  readonly #stateSync: StateSync;
  readonly #links: LinkMonitor;
  readonly #paths: PathMonitor;
  readonly #dataplane: DataplaneLife;
  readonly #books: TakeoverBooks;
  readonly #plugin: VmSeriesPlugin;
  #peer: Firewall | null = null;
  #powered = false;
  /** Records of what stopped power, management plane or agent; 0 while nothing has. */
  #poweredOffBy = 0;
  #stalledBy = 0;
  #agentStoppedBy = 0;
  #roleRecord = 0;
  #starting: Handle = NO_HANDLE;

  constructor(context: FirewallContext, settings: FirewallSettings, cabledPorts: readonly string[]) {
    const { network, registry, routes, routing, listener } = context;
    const { simulation } = network;
    this.name = settings.name;
    this.settings = settings;
    this.table = new SessionTable(context.flowNumbers);
    this.#network = network;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#listener = listener;
    this.#books = new TakeoverBooks(settings.name, simulation);
    this.#plugin = new VmSeriesPlugin(settings, simulation, context.plugin);
    this.#number = routes.boot.add(this);
    routes.agentStart.add(this);
    this.#ports = new PortUsers(network, this, cabledPorts);
    const portNamed = (name: string): Port => this.port(name);
    this.#stateSync = new StateSync(this, context, settings, () => this.#data, portNamed);
    this.sync = this.#stateSync.sync;
    this.#agent = new HaAgent(this, simulation, routes, settings.ha);
    const tunnels = new Tunnels(settings, simulation, context.ipsecRoutes, this);
    const sessions = { table: this.table, sync: this.sync, tunnels };
    this.#data = new DataPlane(this, routes, registry, routing, settings, sessions, portNamed);
    this.#control = new ControlPlane(this, network, routes, settings, portNamed);
    this.#links = new LinkMonitor(this, simulation, routes, settings, this.#data.ports);
    this.#paths = new PathMonitor(this, network, routes, context.flowNumbers, settings.pathMonitoring);
    this.configuration = new ConfigSync(this, simulation, routes, settings.running, configSyncOf(settings));
    const { ports: dataPorts, ha3 } = this.#data;
    const carryHa = this.#ports.ports.filter((port) => !dataPorts.some((data) => data.port === port));
    this.#dataplane = new DataplaneLife(this, simulation, routes, settings, carryHa);
    const users = [...this.#control.paths(), ...this.#stateSync.link.ends, ...dataPorts];
    for (const user of ha3 === null ? users : [...users, ha3]) this.#ports.add(user);
  }

  /** A cabled port of this firewall. */
  port(name: string): Port {
    return this.#ports.named(name);
  }

  connectPeer(peer: Firewall): void {
    this.#peer = peer;
    this.configuration.connectPeer(peer.configuration);
  }

  get state(): HaState {
    return this.#agent.state;
  }

  /** Role as the firewall shows it; null while it is off or booting. */
  get role(): Role | null {
    return this.#powered && this.#agent.present ? this.state.role : null;
  }

  /** The virtual addresses that this firewall holds, each with its MAC address. */
  get virtualAddresses(): readonly string[] {
    return this.#data.virtualAddresses;
  }

  /** What crossed HA3; null when none is configured. */
  get ha3Counters(): Ha3Counters | null {
    return this.#data.ha3Counters;
  }

  get crossings(): readonly number[] {
    return this.#data.crossings;
  }

  get agentRuns(): boolean {
    return this.#agent.running && this.#stalledBy === 0;
  }

  get kernelAnswers(): boolean {
    return this.#powered && this.#stalledBy === 0;
  }

  get stoppedBy(): number {
    return this.#poweredOffBy || this.#stalledBy || this.#agentStoppedBy;
  }

  get peerSilencedBy(): number {
    const peer = this.#peer;
    if (peer === null) return 0;
    return peer.stoppedBy || this.#network.lossCause(peer.#control.helloTrack);
  }

  currentHello(): Hello {
    return this.#agent.hello();
  }

  paths(): readonly ControlPath[] {
    return this.#control.paths();
  }

  // --- starting and stopping -----------------------------------------------------------------------------------------

  /** Begins as half of a pair that has long been up. */
  begin(role: EstablishedRole, peer: Hello): void {
    this.#powered = true;
    this.#dataplane.powerOn();
    this.#roleRecord = this.#agent.begin(role, peer);
    this.#data.begin(role);
    this.#data.beginAddresses(this.state, this.#roleRecord);
    this.#books.leftAlone(this.state);
    this.#plugin.begin(this.state);
  }

  /** Starts the clocks of a converged start, when both firewalls have begun. */
  beginClocks(peer: Hello): void {
    this.#control.start(peer);
    this.#startPaths();
    this.#stateSync.start();
  }

  powerOn(): void {
    if (this.#powered || this.#simulation.isPending(this.#starting)) return;
    this.#starting = this.#routes.boot.schedule(this.settings.assumptions.bootUs, this.#number);
    this.#simulation.note('power', this.name, { state: 'booting' });
  }

  booted(): void {
    this.#simulation.assume('boot-time');
    this.#powered = true;
    this.#poweredOffBy = 0;
    this.#dataplane.powerOn();
    this.#dataplane.policy.start();
    this.#stateSync.start();
    this.#startAgent('HA started');
  }

  powerOff(): void {
    this.#simulation.cancel(this.#starting);
    if (!this.#powered) return;
    this.#poweredOffBy = this.#simulation.cause;
    this.#simulation.cause = this.#simulation.note('power', this.name, { state: 'off' });
    this.#roleRecord = this.#simulation.cause;
    this.#powered = false;
    this.#stalledBy = 0;
    this.#agent.stop();
    this.#plugin.follow(null);
    this.#stopClocks();
    this.#links.reset();
    this.#data.setWorking(false, 'initial');
    this.#stateSync.stop();
    this.#dataplane.powerOff();
  }

  reboot(): void {
    this.powerOff();
    this.powerOn();
  }

  /** Reboots into another PAN-OS version. */
  upgrade(swVersion: string): void {
    if (!this.agentRuns) return;
    this.powerOff();
    this.#agent.reconfigure({ swVersion });
    this.powerOn();
  }

  #startAgent(reason: string): void {
    this.#stopClocks();
    this.#agentStoppedBy = 0;
    this.#roleRecord = this.#agent.start(reason);
    this.#simulation.cause = this.#roleRecord;
    if (this.#stalledBy !== 0) this.#agent.pause();
    this.#data.setWorking(this.#dataplane.works, 'initial');
    this.stateChanged(this.state);
    this.#control.start(null);
    if (this.#stalledBy !== 0) this.#control.pause();
    this.#startPaths();
    this.handle({ type: 'start' });
    if (this.#dataplane.failure !== null) this.dataplaneJudged();
    if (this.#data.ha3?.up === false) this.#data.ha3.restate();
    this.#links.restate();
    this.#paths.restate();
  }

  #stopClocks(): void {
    this.#control.stop();
    this.configuration.stop();
    this.#paths.stop();
    this.sync.reset();
  }

  #startPaths(): void {
    const random = this.settings.assumptions.randomPhase;
    const stream = this.#simulation.random.stream(`${this.name}/phase/path-monitoring`);
    this.#paths.start((intervalUs) => (random ? Math.floor(stream.next() * intervalUs) : 0));
  }

  hangAgent(): void {
    if (!this.#agent.running) return;
    this.#agent.hang();
    this.#agentStoppedBy = this.#simulation.cause;
    this.#control.stop();
    this.configuration.stop();
  }

  restartAgent(): void {
    if (!this.#powered || this.#simulation.isPending(this.#starting)) return;
    this.hangAgent();
    this.#starting = this.#routes.agentStart.schedule(this.settings.assumptions.agentRestartUs, this.#number);
  }

  agentStarted(): void {
    this.#simulation.assume('ha-agent-restart-time');
    this.#startAgent('HA agent restarted');
  }

  stallManagement(): void {
    if (!this.#powered || this.#stalledBy !== 0) return;
    this.#stalledBy = this.#simulation.cause;
    this.#agent.pause();
    this.#control.pause();
  }

  resumeManagement(): void {
    if (this.#stalledBy === 0) return;
    this.#stalledBy = 0;
    if (this.#agent.running) this.#control.resume();
    this.#agent.resume();
  }

  crashDataplane(): void {
    this.#dataplane.crash();
  }

  /** The policy cannot be pushed to the dataplane, or can again. */
  setPolicyPushFailed(failed: boolean): void {
    this.#dataplane.policy.setFailed(failed);
  }

  dataplaneChanged(works: boolean): void {
    if (!works) this.#roleRecord = this.#simulation.cause;
    this.#data.setWorking(works, this.state.role);
    if (!works) return this.#stateSync.stop();
    this.stateChanged(this.state);
    this.#stateSync.start();
  }

  dataplaneJudged(): void {
    this.handle({ type: 'dataplane', failure: this.#dataplane.failure });
  }

  // --- the protocol --------------------------------------------------------------------------------------------------

  handle(event: HaEvent, cause: number = this.#simulation.cause): void {
    this.#agent.handle(event, cause);
  }

  announce(): void {
    this.#control.announce();
  }

  roleChanged(role: Role, record: number): void {
    this.#roleRecord = record;
    // The books first: the tables are compared as they stand at the change.
    if (isPrimary(role)) this.#books.note(this.#listener.takesOver(this, record), record);
    this.#data.follow(role);
  }

  stateChanged(state: HaState): void {
    const alone = this.#books.leftAlone(state);
    const books = alone ? this.#listener.takesOver(this, this.#simulation.cause) : null;
    this.#data.followAddresses(state);
    this.#plugin.follow(state);
    if (books !== null) this.#books.note(books, this.#simulation.cause);
  }

  monitorVerdict(monitor: 'link' | 'path', failed: boolean, cause: number): void {
    this.handle({ type: 'monitor', monitor, failed }, cause);
  }

  interfacesDown(down: readonly string[], cause: number): void {
    this.handle({ type: 'interfaces', down }, cause);
  }

  // --- operator and configuration ------------------------------------------------------------------------------------

  suspend(): void {
    this.handle({ type: 'suspend' });
  }

  makeFunctional(): void {
    this.handle({ type: 'functional' });
  }

  /** This firewall runs another configuration from now on. */
  configure(running: RunningConfig): void {
    this.#data.configure(running);
    this.stateChanged(this.state);
  }

  /** Other settings of those that peers compare are committed on this firewall; they are not synchronized (D22). */
  commitHa(change: Partial<Compatibility>): void {
    if (!this.agentRuns) return;
    this.#agent.reconfigure(change);
    if (change.groupId !== undefined) this.#data.setGroup(change.groupId);
  }

  syncObstacle(): string | null {
    const { peer } = this.state;
    return peer.hello === null
      ? null
      : findSyncObstacle(this.currentHello().compatibility, peer.hello.compatibility);
  }

  receiveConfiguration(path: ControlPath, frame: Frame): void {
    this.configuration.receive(path, frame);
  }

  // --- packets -------------------------------------------------------------------------------------------------------

  receive(port: Port, frame: Frame): void {
    if (!this.#powered) return this.#network.drop(frame, this.#poweredOffBy);
    this.#ports.receive(port, frame);
  }

  carrierChanged(port: Port, up: boolean): void {
    if (!this.#powered) return;
    this.#ports.carrierChanged(port, up);
  }

  portChanged(port: DataPort): void {
    this.#links.portChanged(port);
  }

  pathReply(frame: Frame): void {
    this.#paths.receive(frame);
  }

  probeExit(group: PathGroup, destination: number): ProbeExit | 'flapping' | null {
    const able = this.#agent.running && this.state.role !== 'initial';
    return able ? this.#data.probeExit(group, destination) : null;
  }

  /** Whether what is sent to this address comes to this firewall. */
  answersTo(address: number): boolean {
    return this.#powered && this.#data.answersTo(address);
  }

  sessionMissing(flow: number): void {
    this.#listener.sessionMissing(this, flow, this.#roleRecord);
  }

  ha3Changed(up: boolean): void {
    this.handle({ type: 'ha3', up });
  }

  firstAnswerForwarded(): void {
    this.#routes.noteRestored(this.#network.wayUs, { subject: this.name, data: {} }, this.#roleRecord);
  }

  // --- HA2 -----------------------------------------------------------------------------------------------------------

  synchronizeSessions(): void {
    this.#stateSync.request();
  }
}
