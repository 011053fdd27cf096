/**
 * The control plane of one firewall: its control paths and hellos, and from them the one verdict that the protocol gets
 * to hear, peer heard or peer lost.
 *
 * The peer is lost when no control path is left (section 5.1: a working backup keeps the pair together) or when its agent
 * has been silent for too long.
 */

import type { Simulation } from '../kernel/simulation.ts';
import { findMismatch } from '../ha/compatibility.ts';
import type { HaEvent, Hello } from '../ha/event.ts';
import { REASON, type ConnectionDownReason } from '../ha/reason.ts';
import { FRAME, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import type { Port } from '../network/link.ts';
import { ControlPath, type ControlPathOwner } from './control-path.ts';
import { HelloExchange, type HelloOnPath, type HelloOwner } from './hello.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FirewallSettings } from './settings.ts';

/** What the control plane needs of its firewall. */
export interface ControlPlaneOwner {
  readonly name: string;
  readonly kernelAnswers: boolean;
  readonly agentRuns: boolean;
  readonly stoppedBy: number;
  /** Record that explains why the peer's agent is silent, if there is one. */
  readonly peerSilencedBy: number;
  currentHello(): Hello;
  handle(event: HaEvent, cause: number): void;
  receiveConfiguration(path: ControlPath, frame: Frame): void;
}

export class ControlPlane implements ControlPathOwner, HelloOwner {
  readonly #owner: ControlPlaneOwner;
  readonly #simulation: Simulation;
  readonly #settings: FirewallSettings;
  readonly #paths: ControlPath[] = [];
  readonly #hello: HelloExchange;
  #connected = false;
  #lastHello: Hello | null = null;
  /** The peer's attempt to connect was refused, and the agent knows why. */
  #refused = false;
  /** Record of the agent's start until it has heard its peer: that is why its paths come up. */
  #startedBy = 0;

  constructor(
    owner: ControlPlaneOwner,
    network: Network,
    routes: FirewallRoutes,
    settings: FirewallSettings,
    portNamed: (name: string) => Port,
  ) {
    this.#owner = owner;
    this.#simulation = network.simulation;
    this.#settings = settings;
    const { timers } = settings.ha;
    const { heartbeatReplyTimeout, heartbeatLosses, helloLosses, controlRetransmissionUs } =
      settings.assumptions;
    const intervalUs = timers.heartbeatIntervalUs;
    const replyTimeoutUs = Math.round(intervalUs * heartbeatReplyTimeout);
    const heartbeat = { intervalUs, replyTimeoutUs, losses: heartbeatLosses };
    for (const path of settings.controlPaths) {
      this.#paths.push(new ControlPath(this, network, routes, portNamed(path.port), path, heartbeat));
    }
    this.#hello = new HelloExchange(this, network, routes, {
      intervalUs: timers.helloIntervalUs,
      losses: helloLosses,
      retransmissionUs: controlRetransmissionUs,
    });
  }

  get name(): string {
    return this.#owner.name;
  }

  get kernelAnswers(): boolean {
    return this.#owner.kernelAnswers;
  }

  get agentRuns(): boolean {
    return this.#owner.agentRuns;
  }

  get stoppedBy(): number {
    return this.#owner.stoppedBy;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Ledger entry of this firewall's hellos. */
  get helloTrack(): number {
    return this.#hello.track;
  }

  paths(): readonly ControlPath[] {
    return this.#paths;
  }

  currentHello(): Hello {
    return this.#owner.currentHello();
  }

  /** Starts the agent's clocks; `peer` is what a converged pair already knows of its peer. */
  start(peer: Hello | null): void {
    const converged = peer !== null;
    this.#connected = converged;
    // Two that do not match, converged by `deliberate:` only, find out with the first hello.
    const matches =
      peer !== null && findMismatch(this.#settings.ha.compatibility, peer.compatibility) === null;
    this.#lastHello = matches ? peer : null;
    this.#refused = false;
    this.#startedBy = converged ? 0 : this.#simulation.cause;
    const { heartbeatIntervalUs, helloIntervalUs } = this.#settings.ha.timers;
    for (const path of this.#paths) {
      path.setUsable(converged || path.settings.name !== 'heartbeat-backup');
      path.start(this.#phaseUs(path.settings.name, heartbeatIntervalUs), converged && path.port.carrier);
    }
    this.#hello.start(this.#phaseUs('hello', helloIntervalUs), converged);
  }

  /** The management plane stalls: no clock runs, nothing is sent, and what was known stays known. */
  pause(): void {
    for (const path of this.#paths) path.pause();
    this.#hello.stop();
  }

  /** Goes on after a stall with what was known before; hellos start their count anew. */
  resume(): void {
    const { heartbeatIntervalUs, helloIntervalUs } = this.#settings.ha.timers;
    for (const path of this.#paths) {
      path.start(this.#phaseUs(path.settings.name, heartbeatIntervalUs), path.up);
    }
    this.#hello.start(this.#phaseUs('hello', helloIntervalUs), this.#connected);
    this.#hello.send();
  }

  /** The agent, or the whole firewall, stops. */
  stop(): void {
    for (const path of this.#paths) path.stop();
    this.#hello.stop();
    this.#connected = false;
    this.#lastHello = null;
  }

  #phaseUs(clock: string, intervalUs: number): number {
    this.#simulation.assume('heartbeat-phase');
    if (!this.#settings.assumptions.randomPhase) return 0;
    const stream = this.#simulation.random.stream(`${this.name}/phase/${clock}`);
    return Math.floor(stream.next() * intervalUs);
  }

  announce(): void {
    this.#hello.send();
  }

  // --- from the paths ------------------------------------------------------------------------------------------------

  pathChanged(path: ControlPath, up: boolean, reason: ConnectionDownReason | null): void {
    if (up && this.#simulation.cause === 0) this.#simulation.cause = this.#startedBy;
    const data = { path: path.settings.name, up, ...(reason === null ? {} : { reason }) };
    const record = this.#simulation.note('control-path', this.name, data);
    this.#simulation.cause = record;
    if (up) this.#hello.send();
    else if (!this.#paths.some((other) => other.up)) this.#lost(reason ?? REASON.heartbeatFailure, record);
  }

  receiveControl(path: ControlPath, frame: Frame): void {
    if (!path.settings.encryptionMatches) return this.#refuse();
    if (!path.usable) return; // Without the peer's address no connection is accepted from it either (K09, R-016).
    if (frame.kind === FRAME.hello) {
      if (this.#owner.agentRuns && !path.up) {
        // What a peer sends that has yet to find out belongs to a connection that is closed (K4 of aws-ha.md: a reply comes first).
        if (!(frame.body as HelloOnPath).answered) return;
        path.goUp();
      }
      this.#hello.receive(path, frame);
    } else if (frame.kind === FRAME.helloAck) this.#hello.acknowledged(frame.body as number);
    else this.#owner.receiveConfiguration(path, frame);
  }

  /** One end speaks in clear and the other through SSH: no connection opens, however well heartbeats pass (K21, R-149). */
  #refuse(): void {
    if (this.#refused || this.#connected || !this.#owner.agentRuns) return;
    this.#refused = true;
    this.#disconnected(REASON.encryptionMismatch, this.#startedBy);
  }

  // --- from the hellos -----------------------------------------------------------------------------------------------

  helloReceived(hello: Hello, path: ControlPath): void {
    if (path.settings.name !== 'heartbeat-backup') {
      for (const other of this.#paths) other.setUsable(true); // The peer's MGT address came along (D04).
    }
    const connecting = !this.#connected;
    if (!connecting && this.#lastHello !== null && sameHello(hello, this.#lastHello)) return;
    this.#connected = true;
    this.#startedBy = 0;
    this.#lastHello = hello;
    const cause = this.#simulation.note('peer', this.name, {
      connection: 'up',
      ...(connecting ? { connecting } : {}),
      role: hello.role,
      monitorFailed: hello.monitorFailed,
      ...(hello.preempting ? { preempting: true } : {}),
      ...(hello.interfacesDown.length > 0 ? { interfacesDown: hello.interfacesDown } : {}),
      path: path.settings.name,
    });
    this.#owner.handle({ type: 'peer-heard', hello }, cause);
  }

  helloSilence(): void {
    this.#lost(REASON.helloFailure, this.#owner.peerSilencedBy);
  }

  #lost(reason: ConnectionDownReason, cause: number): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#disconnected(reason, cause);
  }

  #disconnected(reason: ConnectionDownReason, cause: number): void {
    const record = this.#simulation.note('peer', this.name, { connection: 'down', reason }, cause);
    this.#owner.handle({ type: 'peer-lost', reason }, record);
  }
}

function sameHello(a: Hello, b: Hello): boolean {
  return (
    a.role === b.role &&
    a.monitorFailed === b.monitorFailed &&
    a.preemptive === b.preemptive &&
    a.preempting === b.preempting &&
    a.interfacesDown.join() === b.interfacesDown.join() &&
    a.ha3 === b.ha3 &&
    a.compatibility === b.compatibility // One object for as long as the sender's settings stay as they are.
  );
}
