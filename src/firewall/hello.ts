/**
 * Hellos: the HA agent's one-way messages, every hello-interval and at once when role or monitors change (D02).
 *
 * They run over TCP, so one that is lost is sent again after 200 ms, doubling, until the peer's kernel has it or no path is
 * left. An agent that hears none for so many intervals (and one retransmission: a hello may come that late) declares the peer
 * failed although its kernel answers heartbeats: `Hello protocol failure`. How many is not published (section 14, item 1).
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Hello } from '../ha/event.ts';
import { FRAME, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import type { ControlPath } from './control-path.ts';
import type { FirewallRoutes } from './routes.ts';

const HELLO_BYTES = 400;
const ACK_BYTES = 66;
const MAX_BACKOFF = 6;

interface HelloMessage {
  /** Grows with every start of the agent, so that an old incarnation's message is recognised. */
  readonly incarnation: number;
  readonly sequence: number;
  /** The sender does not hear its peer and wants a hello in return, as at the opening of every connection. */
  readonly asks: boolean;
  readonly hello: Hello;
}

/** A hello as it goes out on one path. */
export interface HelloOnPath extends HelloMessage {
  /** The sender's latest heartbeats on this path were answered: it opens a connection, or has one. */
  readonly answered: boolean;
}

export interface HelloOwner {
  readonly agentRuns: boolean;
  /** The peer is heard. */
  readonly connected: boolean;
  currentHello(): Hello;
  paths(): readonly ControlPath[];
  helloReceived(hello: Hello, path: ControlPath): void;
  helloSilence(): void;
}

export interface HelloTimings {
  readonly intervalUs: number;
  readonly losses: number;
  readonly retransmissionUs: number;
}

export class HelloExchange {
  readonly #owner: HelloOwner;
  readonly #network: Network;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #timings: HelloTimings;
  /** Why the last hello of this firewall was lost, for the peer that misses it. */
  readonly track: number;
  #incarnation = 0;
  #sequence = 0;
  #unacknowledged: HelloMessage | null = null;
  #retries = 0;
  #heardIncarnation = -1;
  #heardSequence = -1;
  #heardUs = 0;
  #sending: Handle = NO_HANDLE;
  #retransmission: Handle = NO_HANDLE;
  #silence: Handle = NO_HANDLE;

  constructor(owner: HelloOwner, network: Network, routes: FirewallRoutes, timings: HelloTimings) {
    this.#owner = owner;
    this.#network = network;
    this.#routes = routes;
    this.#timings = timings;
    this.#number = routes.helloSend.add(this);
    routes.helloRetransmit.add(this);
    routes.helloSilence.add(this);
    this.track = network.track();
  }

  /** @param converged the peers have long heard each other */
  start(phaseUs: number, converged: boolean): void {
    this.#incarnation += 1;
    this.#sequence = 0;
    this.#sending = this.#routes.helloSend.schedule(phaseUs, this.#number);
    this.#heardUs = this.#network.simulation.nowUs;
    if (converged) this.#armSilence();
  }

  stop(): void {
    const { simulation } = this.#network;
    for (const handle of [this.#sending, this.#retransmission, this.#silence]) simulation.cancel(handle);
    this.#unacknowledged = null;
  }

  sendPeriodically(): void {
    this.#network.simulation.cause = 0;
    this.send();
    this.#sending = this.#routes.helloSend.schedule(this.#timings.intervalUs, this.#number);
  }

  /** Sends the present state on every path that is up. */
  send(): void {
    if (!this.#owner.agentRuns) return;
    this.#sequence += 1;
    const message: HelloMessage = {
      incarnation: this.#incarnation,
      sequence: this.#sequence,
      asks: !this.#owner.connected,
      hello: this.#owner.currentHello(),
    };
    this.#retries = 0;
    this.#transmit(message);
  }

  #transmit(message: HelloMessage): void {
    const { simulation } = this.#network;
    simulation.cancel(this.#retransmission);
    this.#unacknowledged = null;
    for (const path of this.#owner.paths()) {
      if (!path.up) continue;
      path.send(FRAME.hello, HELLO_BYTES, this.track, {
        ...message,
        answered: path.answered,
      } satisfies HelloOnPath);
      this.#unacknowledged = message;
    }
    if (this.#unacknowledged === null) return;
    const delayUs = this.#timings.retransmissionUs * 2 ** Math.min(this.#retries, MAX_BACKOFF);
    this.#retransmission = this.#routes.helloRetransmit.schedule(delayUs, this.#number);
  }

  retransmit(): void {
    if (this.#unacknowledged === null) return;
    this.#network.simulation.assume('control-retransmission');
    this.#retries += 1;
    this.#transmit(this.#unacknowledged);
  }

  acknowledged(sequence: number): void {
    if (this.#unacknowledged?.sequence !== sequence) return;
    this.#unacknowledged = null;
    this.#network.simulation.cancel(this.#retransmission);
  }

  /** The kernel takes the message from the wire and acknowledges it; the agent reads it if it runs. */
  receive(path: ControlPath, frame: Frame): void {
    const { incarnation, sequence, asks, hello } = frame.body as HelloMessage;
    path.send(FRAME.helloAck, ACK_BYTES, 0, sequence);
    if (!this.#owner.agentRuns) return;
    const newer =
      incarnation > this.#heardIncarnation ||
      (incarnation === this.#heardIncarnation && sequence > this.#heardSequence);
    if (!newer) return; // The same message on another path, or one that was overtaken.
    this.#heardIncarnation = incarnation;
    this.#heardSequence = sequence;
    this.#noteGap();
    this.#armSilence();
    this.#owner.helloReceived(hello, path);
    if (asks) this.send();
  }

  /** The peer was silent for longer than an interval and is not declared failed: more losses are allowed than one. */
  #noteGap(): void {
    const { simulation } = this.#network;
    const gapUs = simulation.nowUs - this.#heardUs;
    this.#heardUs = simulation.nowUs;
    const late = gapUs > this.#timings.intervalUs + this.#timings.retransmissionUs;
    if (late && this.#owner.connected) simulation.assume('hello-losses');
  }

  #armSilence(): void {
    const { simulation } = this.#network;
    const { intervalUs, losses, retransmissionUs } = this.#timings;
    const delayUs = intervalUs * losses + retransmissionUs;
    if (simulation.rearm(this.#silence, delayUs)) return;
    this.#silence = this.#routes.helloSilence.schedule(delayUs, this.#number);
  }

  silent(): void {
    if (this.#owner.connected) this.#network.simulation.assume('hello-losses');
    this.#owner.helloSilence();
  }
}
