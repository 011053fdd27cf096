/**
 * One control path to the peer (HA1, HA1-backup, or heartbeat-backup on MGT): heartbeats, and the verdict up or down.
 *
 * A heartbeat is an ICMP echo to the peer's kernel. Three in a row without a reply bring the path down (D02: a single reply
 * starts the count again); so does a loss of carrier that outlasts the HA1 monitor hold time (D05). A path comes up with the
 * first reply, and only then is the control connection opened (C22, R-020).
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import { REASON, type ConnectionDownReason } from '../ha/reason.ts';
import { FRAME, makeFrame, type Frame, type FrameKind } from '../network/frame.ts';
import type { Port } from '../network/link.ts';
import type { Network } from '../network/network.ts';
import type { FirewallRoutes } from './routes.ts';
import type { ControlPathSettings } from './settings.ts';

/** Consecutive unanswered heartbeats that end a path, by D02; a scenario may assume another number. */
const HEARTBEATS_LOST = 3;

/** What a path needs of the firewall around it. */
export interface ControlPathOwner {
  readonly name: string;
  /** The kernel answers and sends: powered and not stalled. Otherwise the record that stopped it is to blame. */
  readonly kernelAnswers: boolean;
  readonly stoppedBy: number;
  pathChanged(path: ControlPath, up: boolean, reason: ConnectionDownReason | null): void;
  receiveControl(path: ControlPath, frame: Frame): void;
}

export class ControlPath {
  readonly settings: ControlPathSettings;
  readonly port: Port;
  readonly #owner: ControlPathOwner;
  readonly #network: Network;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #track: number;
  readonly #intervalUs: number;
  readonly #replyTimeoutUs: number;
  readonly #losses: number;
  #up = false;
  #usable = true;
  #misses = 0;
  #sequence = 0;
  #outstanding = -1;
  #sending: Handle = NO_HANDLE;
  #timeout: Handle = NO_HANDLE;
  #hold: Handle = NO_HANDLE;
  #missedBy = 0;

  constructor(
    owner: ControlPathOwner,
    network: Network,
    routes: FirewallRoutes,
    port: Port,
    settings: ControlPathSettings,
    heartbeat: { intervalUs: number; replyTimeoutUs: number; losses: number },
  ) {
    this.#owner = owner;
    this.#network = network;
    this.#routes = routes;
    this.port = port;
    this.settings = settings;
    this.#intervalUs = heartbeat.intervalUs;
    this.#replyTimeoutUs = heartbeat.replyTimeoutUs;
    this.#losses = heartbeat.losses;
    this.#number = routes.heartbeatSend.add(this);
    routes.heartbeatTimeout.add(this);
    routes.monitorHold.add(this);
    this.#track = network.track();
  }

  get up(): boolean {
    return this.#up;
  }

  /** No heartbeat has gone unanswered since the last answer. */
  get answered(): boolean {
    return this.#misses === 0;
  }

  /** The peer's address on this path is known. */
  get usable(): boolean {
    return this.#usable;
  }

  /**
   * Starts the heartbeats.
   *
   * @param phaseUs time of the first one from now
   * @param up the path has long been up (a converged start)
   */
  start(phaseUs: number, up: boolean): void {
    this.#up = up;
    this.#misses = 0;
    this.#outstanding = -1;
    this.#sending = this.#routes.heartbeatSend.schedule(phaseUs, this.#number);
    if (up && !this.port.carrier) this.#startHold();
  }

  stop(): void {
    this.pause();
    this.#up = false;
  }

  /** The clocks stand still; what is known of the path stays. */
  pause(): void {
    const { simulation } = this.#network;
    simulation.cancel(this.#sending);
    simulation.cancel(this.#timeout);
    simulation.cancel(this.#hold);
    this.#outstanding = -1;
  }

  /** Heartbeat-backup has no address of its peer until HA1 has brought it, and forgets it at a restart (K09). */
  setUsable(usable: boolean): void {
    this.#usable = usable;
  }

  sendHeartbeat(): void {
    // Periodic and nobody's consequence: what follows from it is blamed on whatever swallows it.
    this.#network.simulation.cause = 0;
    if (this.#usable) {
      this.#sequence += 1;
      this.#outstanding = this.#sequence;
      this.#timeout = this.#routes.heartbeatTimeout.schedule(this.#replyTimeoutUs, this.#number);
      const { mac, peerMac } = this.settings;
      this.port.send({
        kind: FRAME.echoRequest,
        sourceMac: mac,
        destinationMac: peerMac,
        sourceIp: 0,
        destinationIp: 0,
        flow: 0,
        sequence: this.#sequence,
        flags: 0,
        bytes: 98,
        port: 0,
        track: this.#track,
        hops: 0,
        crossings: 0,
        body: null,
      });
    }
    this.#sending = this.#routes.heartbeatSend.schedule(this.#intervalUs, this.#number);
  }

  heartbeatTimedOut(): void {
    this.#outstanding = -1;
    this.#misses += 1;
    if (this.#up) this.#network.simulation.assume('heartbeat-reply-timeout');
    const lostTo = this.#network.lossCause(this.#track);
    if (lostTo !== 0) this.#missedBy = lostTo;
    if (this.#misses < this.#losses || !this.#up) return;
    if (this.#losses !== HEARTBEATS_LOST) this.#network.simulation.assume('heartbeat-losses');
    this.#goDown(this.port.carrier ? REASON.heartbeatFailure : REASON.ha1LinkDown, this.#missedBy);
  }

  /** Sends a message of the HA agent on this path. */
  send(kind: FrameKind, bytes: number, track: number, body: unknown): void {
    const { mac, peerMac } = this.settings;
    this.port.send(makeFrame(kind, mac, peerMac, 0, 0, { bytes, track, body }));
  }

  receive(frame: Frame): void {
    if (frame.destinationMac !== this.settings.mac) return;
    if (!this.#owner.kernelAnswers) return this.#network.drop(frame, this.#owner.stoppedBy);
    if (frame.kind === FRAME.echoRequest) this.#answer(frame);
    else if (frame.kind === FRAME.echoReply) this.#heartbeatAnswered(frame.sequence);
    else this.#owner.receiveControl(this, frame);
  }

  #answer(frame: Frame): void {
    this.port.send({
      kind: FRAME.echoReply,
      sourceMac: this.settings.mac,
      destinationMac: frame.sourceMac,
      sourceIp: 0,
      destinationIp: 0,
      flow: 0,
      sequence: frame.sequence,
      flags: 0,
      bytes: frame.bytes,
      port: 0,
      track: frame.track,
      hops: 0,
      crossings: 0,
      body: null,
    });
  }

  #heartbeatAnswered(sequence: number): void {
    if (sequence !== this.#outstanding) return;
    this.#outstanding = -1;
    this.#misses = 0;
    this.#missedBy = 0;
    this.#network.simulation.cancel(this.#timeout);
    if (!this.#up) this.goUp();
  }

  /** The peer was reached: a heartbeat came back, or its agent, which had one come back, has opened a connection. */
  goUp(): void {
    if (this.#up) return;
    this.#up = true;
    this.#misses = 0;
    this.#owner.pathChanged(this, true, null);
  }

  carrierChanged(up: boolean): void {
    if (up) this.#network.simulation.cancel(this.#hold);
    else if (this.#up) this.#startHold();
  }

  #startHold(): void {
    this.#hold = this.#routes.monitorHold.schedule(this.settings.monitorHoldUs, this.#number);
  }

  monitorHoldExpired(): void {
    if (this.#up && !this.port.carrier) this.#goDown(REASON.ha1LinkDown, this.port.link?.downCause ?? 0);
  }

  #goDown(reason: ConnectionDownReason, cause: number): void {
    const { simulation } = this.#network;
    this.#up = false;
    simulation.cancel(this.#hold);
    simulation.cause = cause;
    this.#owner.pathChanged(this, false, reason);
  }
}
