/**
 * One PAN-OS firewall: the place where the pure protocol, the packets and the clock meet.
 *
 * Edges go into `transition`, its effects come out as timers, hellos and port changes. The kernel, the HA agent, the
 * management plane and the dataplane fail apart from each other: a kernel answers heartbeats for a hung agent, a stalled
 * management plane answers nothing while packets still flow (C04, K08).
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { HaEffect } from '../ha/effect.ts';
import type { HaEvent, Hello } from '../ha/event.ts';
import { REASON } from '../ha/reason.ts';
import type { Role } from '../ha/role.ts';
import { established, helloOf, unstarted, type HaState } from '../ha/state.ts';
import { TIMER_NAMES, type TimerName } from '../ha/timers.ts';
import { transition } from '../ha/transition.ts';
import { FRAME, makeFrame, type Frame, type FrameKind } from '../network/frame.ts';
import type { ArpRegistry } from '../network/ip-interface.ts';
import type { NetworkNode, Port } from '../network/link.ts';
import type { Network } from '../network/network.ts';
import { SessionSync, type SyncChannel, type SyncItem, type SyncRoutes } from '../traffic/session-sync.ts';
import { SessionTable } from '../traffic/session-table.ts';
import { ConfigSync, type ConfigSyncOwner } from './config-sync.ts';
import { ControlPlane, type ControlPlaneOwner } from './control-plane.ts';
import type { ControlPath } from './control-path.ts';
import { DataPlane, type DataPlaneOwner } from './data-plane.ts';
import type { DataPort } from './data-port.ts';
import { LinkMonitor } from './link-monitor.ts';
import { PathMonitor, type PathMonitorOwner, type ProbeExit } from './path-monitor.ts';
import type { FirewallRoutes } from './routes.ts';
import type { DataLinkSettings, FirewallSettings, RunningConfig } from './settings.ts';

/** What a firewall tells the rest of the run; the pair's sessions are judged outside. */
export interface FirewallListener {
  becameActive(firewall: Firewall, record: number): void;
  sessionMissing(firewall: Firewall, flow: number): void;
}

/** What all firewalls of a run share. */
export interface FirewallContext {
  readonly network: Network;
  readonly registry: ArpRegistry;
  readonly routes: FirewallRoutes;
  readonly syncRoutes: SyncRoutes;
  readonly listener: FirewallListener;
}

interface PortUser {
  receive(frame: Frame): void;
  carrierChanged(up: boolean): void;
}

const SYNC_FRAMES = { items: FRAME.sessionSync, 'bulk-request': FRAME.bulkRequest, bulk: FRAME.bulkSync } as const;

export class Firewall
  implements NetworkNode, ControlPlaneOwner, ConfigSyncOwner, DataPlaneOwner, PathMonitorOwner, SyncChannel
{
  readonly name: string;
  readonly settings: FirewallSettings;
  readonly table = new SessionTable();
  readonly sync: SessionSync;
  readonly #network: Network;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #listener: FirewallListener;
  readonly #number: number;
  readonly #ports: readonly Port[];
  readonly #users = new Map<Port, PortUser[]>();
  readonly #control: ControlPlane;
  readonly #data: DataPlane;
  readonly #links: LinkMonitor;
  readonly #paths: PathMonitor;
  readonly #config: ConfigSync;
  readonly #timers = new Map<TimerName, Handle>();
  #peer: Firewall | null = null;
  #state: HaState = unstarted();
  #running: RunningConfig;
  #powered = false;
  /** The HA agent: absent before HA starts, and hung by a fault. */
  #agent: 'absent' | 'running' | 'hung' = 'absent';
  #dataplaneWorks = true;
  /** Record of what stopped power, management plane or agent; 0 while nothing has. */
  #poweredOffBy = 0;
  #stalledBy = 0;
  #agentStoppedBy = 0;
  #roleRecord = 0;
  #notedReason = '';
  #deferred: { readonly event: HaEvent; readonly cause: number }[] = [];
  #pending: Handle = NO_HANDLE;
  #dataplaneStart: Handle = NO_HANDLE;

  constructor(context: FirewallContext, settings: FirewallSettings, cabledPorts: readonly string[]) {
    const { network, registry, routes, syncRoutes } = context;
    this.name = settings.name;
    this.settings = settings;
    this.#network = network;
    this.#simulation = network.simulation;
    this.#routes = routes;
    this.#listener = context.listener;
    this.#number = routes.timer.add(this);
    routes.boot.add(this);
    routes.agentStart.add(this);
    routes.dataplaneStart.add(this);
    this.#running = settings.running;
    this.#ports = cabledPorts.map((name) => network.addPort(this, name));
    const portNamed = (name: string): Port => this.port(name);
    this.sync = new SessionSync(this.#simulation, syncRoutes, settings.sessionSync, this.table, this, () =>
      this.#data.arpItems(),
    );
    this.#data = new DataPlane(this, routes, registry, settings, { table: this.table, sync: this.sync }, portNamed);
    this.#control = new ControlPlane(this, network, routes, settings, portNamed);
    const { linkDownDetectionUs, configurationSyncUs } = settings.assumptions;
    const { linkMonitoring, pathMonitoring } = settings;
    this.#links = new LinkMonitor(
      this,
      this.#simulation,
      routes,
      linkMonitoring,
      this.#data.ports,
      linkDownDetectionUs,
    );
    this.#paths = new PathMonitor(this, network, routes, pathMonitoring);
    this.#config = new ConfigSync(this, this.#simulation, routes, configurationSyncUs);
    this.#assignPorts();
    this.#lightHaPorts();
  }

  #assignPorts(): void {
    const add = (port: Port, user: PortUser): void => {
      this.#users.set(port, [...(this.#users.get(port) ?? []), user]);
    };
    for (const path of this.#control.paths()) add(path.port, path);
    for (const link of this.settings.dataLinks) {
      const port = this.port(link.port);
      add(port, { receive: (frame) => this.#receiveSync(link, frame), carrierChanged: () => undefined });
    }
    for (const port of this.#data.ports) add(port.port, port);
  }

  /** A cabled port of this firewall. */
  port(name: string): Port {
    const port = this.#ports.find((candidate) => candidate.name === name);
    if (port === undefined) throw new Error(`${this.name} has no cabled port ${name}`);
    return port;
  }

  connectPeer(peer: Firewall): void {
    this.#peer = peer;
  }

  get state(): HaState {
    return this.#state;
  }

  /** Role as the firewall shows it; null while it is off or booting. */
  get role(): Role | null {
    return this.#powered && this.#agent !== 'absent' ? this.#state.role : null;
  }

  get agentRuns(): boolean {
    return this.#agent === 'running' && this.#stalledBy === 0;
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
    return helloOf(this.settings.ha, this.#state);
  }

  runningConfig(): RunningConfig {
    return this.#running;
  }

  paths(): readonly ControlPath[] {
    return this.#control.paths();
  }

  // --- starting and stopping -----------------------------------------------------------------------------------------

  /** Begins as half of a pair that has long been up. */
  begin(role: 'active' | 'passive', peer: Hello): void {
    this.#powered = true;
    this.#agent = 'running';
    this.#state = established(role, peer);
    this.#lightHaPorts();
    this.#noteRole(null, role, this.#state.reason, 'converged');
    this.#data.begin(role);
  }

  /** Starts the clocks of a converged start, when both firewalls have begun. */
  beginClocks(peer: Hello): void {
    this.#control.start(peer);
    this.#startPaths();
  }

  #lightHaPorts(): void {
    for (const port of this.#ports) {
      if (!this.#data.ports.some((data) => data.port === port)) port.setLit(this.#portPowered(port));
    }
  }

  /** HA ports that are dataplane ports go with the dataplane (D05, R-018). */
  #portPowered(port: Port): boolean {
    return this.#powered && (this.#dataplaneWorks || !port.name.startsWith('ethernet'));
  }

  powerOn(): void {
    if (this.#powered || this.#simulation.isPending(this.#pending)) return;
    this.#pending = this.#routes.boot.schedule(this.settings.assumptions.bootUs, this.#number);
    this.#simulation.note('power', this.name, { state: 'booting' });
  }

  booted(): void {
    this.#powered = true;
    this.#poweredOffBy = 0;
    this.#dataplaneWorks = true;
    this.#lightHaPorts();
    this.#startAgent('HA started');
  }

  powerOff(): void {
    this.#simulation.cancel(this.#pending);
    if (!this.#powered) return;
    this.#poweredOffBy = this.#simulation.cause;
    this.#simulation.cause = this.#simulation.note('power', this.name, { state: 'off' });
    this.#roleRecord = this.#simulation.cause;
    this.#powered = false;
    this.#stalledBy = 0;
    this.#stopAgent();
    this.#links.reset();
    this.#simulation.cancel(this.#dataplaneStart);
    this.#data.setWorking(false, 'initial');
    this.#lightHaPorts();
  }

  reboot(): void {
    this.powerOff();
    this.powerOn();
  }

  #startAgent(reason: string): void {
    const from = this.#agent === 'absent' ? null : this.#state.role;
    this.#stopAgent();
    this.#agent = 'running';
    this.#agentStoppedBy = 0;
    this.#state = { ...unstarted(), reason };
    this.#simulation.cause = this.#noteRole(from, 'initial', reason, 'T1');
    this.#data.setWorking(this.#dataplaneWorks, 'initial');
    this.#control.start(null);
    this.#startPaths();
    this.handle({ type: 'start' });
    if (!this.#dataplaneWorks) this.handle({ type: 'dataplane', failure: REASON.dataplaneExit });
    this.#links.restate();
    this.#paths.restate();
  }

  #stopAgent(): void {
    this.#agent = 'absent';
    this.#deferred = [];
    this.#control.stop();
    this.#config.stop();
    this.#paths.stop();
    this.sync.reset();
    for (const handle of this.#timers.values()) this.#simulation.cancel(handle);
    this.#timers.clear();
  }

  #startPaths(): void {
    const random = this.settings.assumptions.randomPhase;
    const stream = this.#simulation.random.stream(`${this.name}/phase/path-monitoring`);
    this.#paths.start((intervalUs) => (random ? Math.floor(stream.next() * intervalUs) : 0));
  }

  hangAgent(): void {
    if (this.#agent !== 'running') return;
    this.#agent = 'hung';
    this.#agentStoppedBy = this.#simulation.cause;
    this.#control.stop();
    this.#config.stop();
    for (const handle of this.#timers.values()) this.#simulation.cancel(handle);
    this.#timers.clear();
  }

  restartAgent(): void {
    if (!this.#powered || this.#simulation.isPending(this.#pending)) return;
    this.hangAgent();
    this.#pending = this.#routes.agentStart.schedule(this.settings.assumptions.agentRestartUs, this.#number);
  }

  agentStarted(): void {
    this.#startAgent('HA agent restarted');
  }

  stallManagement(): void {
    if (!this.#powered || this.#stalledBy !== 0) return;
    this.#stalledBy = this.#simulation.cause;
    this.#control.pause();
  }

  resumeManagement(): void {
    if (this.#stalledBy === 0) return;
    this.#stalledBy = 0;
    if (this.#agent !== 'running') return;
    this.#control.resume();
    const deferred = this.#deferred;
    this.#deferred = [];
    for (const { event, cause } of deferred) this.handle(event, cause);
  }

  crashDataplane(): void {
    if (!this.#powered || !this.#dataplaneWorks) return;
    this.#dataplaneWorks = false;
    this.#simulation.cause = this.#simulation.note('dataplane', this.name, { state: 'failed' });
    this.#roleRecord = this.#simulation.cause;
    this.#data.setWorking(false, this.#state.role);
    this.#lightHaPorts();
    this.#dataplaneStart = this.#routes.dataplaneStart.schedule(
      this.settings.assumptions.dataplaneRestartUs,
      this.#number,
    );
    this.handle({ type: 'dataplane', failure: REASON.dataplaneExit });
  }

  dataplaneStarted(): void {
    this.#dataplaneWorks = true;
    this.#simulation.cause = this.#simulation.note('dataplane', this.name, { state: 'restarted' });
    this.#data.setWorking(true, this.#state.role);
    this.#lightHaPorts();
    this.handle({ type: 'dataplane', failure: null });
  }

  // --- the protocol --------------------------------------------------------------------------------------------------

  /** Hands an edge to the protocol and carries out what it answers. */
  handle(event: HaEvent, cause: number = this.#simulation.cause): void {
    if (this.#agent !== 'running') return;
    if (this.#stalledBy !== 0) {
      this.#deferred.push({ event, cause });
      return;
    }
    const before = this.#simulation.cause;
    this.#simulation.cause = cause;
    const { state, effects } = transition(this.settings.ha, this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    if (state.reason !== this.#notedReason) this.#noteReason(state.reason);
    this.#simulation.cause = before;
  }

  #perform(effect: HaEffect): void {
    switch (effect.type) {
      case 'set-timer':
        return this.#setTimer(effect.timer, effect.durationUs);
      case 'cancel-timer':
        this.#simulation.cancel(this.#timers.get(effect.timer) ?? NO_HANDLE);
        this.#simulation.note('timer', this.name, { timer: effect.timer, step: 'cancelled' });
        return;
      case 'announce':
        return this.#control.announce();
      case 'synchronize-sessions':
        this.#simulation.note('session-sync', this.name, { step: 'requested' });
        return this.sync.requestBulk();
      case 'enter-role':
        return this.#enterRole(effect);
      case 'log':
        this.#simulation.note('log', this.name, { severity: effect.severity, text: effect.text });
    }
  }

  #enterRole({ from, to, reason, transition: rule }: Extract<HaEffect, { type: 'enter-role' }>): void {
    this.#simulation.cause = this.#noteRole(from, to, reason, rule);
    // The books first: the tables are compared as they stand at the change.
    if (to === 'active') this.#listener.becameActive(this, this.#simulation.cause);
    this.#data.follow(to);
  }

  #noteReason(reason: string): void {
    this.#notedReason = reason;
    this.#simulation.note('reason', this.name, { reason });
  }

  #noteRole(from: Role | null, to: Role, reason: string, rule: string): number {
    this.#notedReason = reason;
    this.#roleRecord = this.#simulation.note('role', this.name, { from, to, reason, rule });
    return this.#roleRecord;
  }

  #setTimer(timer: TimerName, durationUs: number): void {
    this.#simulation.cancel(this.#timers.get(timer) ?? NO_HANDLE);
    const before = this.#simulation.cause;
    this.#simulation.cause = this.#simulation.note('timer', this.name, { timer, step: 'set', durationUs });
    this.#timers.set(timer, this.#routes.timer.schedule(durationUs, this.#number, TIMER_NAMES.indexOf(timer)));
    this.#simulation.cause = before;
  }

  timerFired(timer: TimerName): void {
    this.#simulation.cause = this.#simulation.note('timer', this.name, { timer, step: 'expired' });
    this.handle({ type: 'timer', timer });
  }

  monitorVerdict(monitor: 'link' | 'path', failed: boolean, cause: number): void {
    this.handle({ type: 'monitor', monitor, failed }, cause);
  }

  // --- operator ------------------------------------------------------------------------------------------------------

  suspend(): void {
    this.handle({ type: 'suspend' });
  }

  makeFunctional(): void {
    this.handle({ type: 'functional' });
  }

  /** Commits a change (or none), and pushes it to the peer if configuration sync is enabled. */
  commit(change: Partial<Pick<RunningConfig, 'interfaces' | 'routes'>>): void {
    if (!this.agentRuns) return;
    this.#running = { ...this.#running, ...change, version: this.#running.version + 1 };
    this.#data.configure(this.#running);
    this.#noteConfiguration();
    if (this.settings.configurationSync) this.#config.push();
  }

  /** `request high-availability sync-to-remote running-config`. */
  syncToRemote(): void {
    if (this.agentRuns) this.#config.push();
  }

  install(running: RunningConfig): void {
    this.#running = running;
    this.#data.configure(running);
    this.#noteConfiguration();
  }

  /** This firewall and its peer run the same configuration. */
  get configurationSynchronized(): boolean {
    const content = ({ interfaces, routes }: RunningConfig): string => JSON.stringify([interfaces, routes]);
    return this.#peer !== null && content(this.#running) === content(this.#peer.#running);
  }

  #noteConfiguration(): void {
    this.#simulation.note('configuration', this.name, { synchronized: this.configurationSynchronized });
  }

  receiveConfiguration(path: ControlPath, frame: Frame): void {
    this.#config.receive(path, frame);
  }

  // --- packets -------------------------------------------------------------------------------------------------------

  receive(port: Port, frame: Frame): void {
    if (!this.#powered) return this.#network.drop(frame, this.#poweredOffBy);
    const users = this.#users.get(port) as PortUser[];
    for (let i = 0; i < users.length; i += 1) (users[i] as PortUser).receive(frame);
  }

  carrierChanged(port: Port, up: boolean): void {
    if (!this.#powered) return;
    for (const user of this.#users.get(port) ?? []) user.carrierChanged(up);
  }

  portChanged(port: DataPort): void {
    this.#links.portChanged(port);
  }

  pathReply(frame: Frame): void {
    this.#paths.receive(frame);
  }

  probeExit(destination: number): ProbeExit | null {
    return this.#agent === 'running' && this.#state.role !== 'initial' ? this.#data.probeExit(destination) : null;
  }

  sessionMissing(flow: number): void {
    this.#listener.sessionMissing(this, flow);
  }

  firstAnswerForwarded(): void {
    this.#simulation.note('restored', this.name, {}, this.#roleRecord);
  }

  // --- HA2 -----------------------------------------------------------------------------------------------------------

  /** Sends over HA2, or over its backup while HA2 has no carrier. */
  send(kind: 'items' | 'bulk-request' | 'bulk', items: readonly SyncItem[]): void {
    const link = this.settings.dataLinks.find((candidate) => this.port(candidate.port).carrier);
    if (link === undefined) return;
    const frameKind: FrameKind = SYNC_FRAMES[kind];
    const bytes = 64 + 40 * items.length;
    this.port(link.port).send(makeFrame(frameKind, link.mac, link.peerMac, 0, 0, { bytes, body: items }));
  }

  #receiveSync(link: DataLinkSettings, frame: Frame): void {
    if (frame.destinationMac !== link.mac || !this.#dataplaneWorks) return;
    const items = frame.body as readonly SyncItem[];
    if (frame.kind === FRAME.bulkRequest) return this.sync.bulkRequested();
    if (frame.kind === FRAME.sessionSync) {
      this.sync.receive(items);
    } else if (frame.kind === FRAME.bulkSync && this.sync.bulkReceived(items)) {
      const sessions = this.table.size;
      this.#simulation.cause = this.#simulation.note('session-sync', this.name, { step: 'complete', sessions });
      this.handle({ type: 'sessions-synchronized' });
    }
    this.#data.learnArp(items);
  }
}
