/**
 * HA2 keep-alive on one link: this side sends, the peer answers, and silence for the threshold means that the link has failed,
 * whatever its carrier says (D05, R-099). Only the side that has it enabled sends and judges (D24).
 *
 * PAN-OS does not publish how often it sends; the interval is `unpublished.ha2-keep-alive-interval`.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { FRAME, makeFrame, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import type { Port } from '../network/link.ts';
import type { DataLinkSettings, KeepAliveSettings } from './settings.ts';

export const KEEP_ALIVE_EVENTS = ['ha2.keep-alive', 'ha2.silence'] as const;

const BYTES = 64;

/** The events that all keep-alives of a run share. */
export class KeepAliveRoutes {
  readonly send: Route<KeepAlive>;
  readonly silence: Route<KeepAlive>;

  constructor(simulation: Simulation) {
    this.send = new Route(simulation, 'ha2.keep-alive', (item) => item.send());
    this.silence = new Route(simulation, 'ha2.silence', (item) => item.silent());
  }
}

/** Takes the verdicts. */
export interface KeepAliveOwner {
  /** Answers have been missing for the threshold, because of the record `cause`; or one has come again. */
  keepAliveChanged(failed: boolean, cause: number): void;
}

/** Answers a keep-alive of the peer. */
export function answerKeepAlive(port: Port, { mac, peerMac }: DataLinkSettings, { track }: Frame): void {
  port.send(makeFrame(FRAME.ha2KeepAliveReply, mac, peerMac, 0, 0, { bytes: BYTES, track }));
}

export class KeepAlive {
  readonly #owner: KeepAliveOwner;
  readonly #network: Network;
  readonly #routes: KeepAliveRoutes;
  readonly #number: number;
  readonly #port: Port;
  readonly #link: DataLinkSettings;
  readonly #settings: KeepAliveSettings;
  readonly #track: number;
  #heardUs = 0;
  #failed = false;
  #sending: Handle = NO_HANDLE;
  #silence: Handle = NO_HANDLE;

  constructor(
    owner: KeepAliveOwner,
    network: Network,
    routes: KeepAliveRoutes,
    port: Port,
    link: DataLinkSettings,
    settings: KeepAliveSettings,
  ) {
    this.#owner = owner;
    this.#network = network;
    this.#routes = routes;
    this.#number = routes.send.add(this);
    routes.silence.add(this);
    this.#port = port;
    this.#link = link;
    this.#settings = settings;
    this.#track = network.track();
  }

  /** Silence has lasted for the threshold and has not ended since. */
  get failed(): boolean {
    return this.#failed;
  }

  /**
   * Begins to send and to listen; silence counts from now.
   *
   * @param phaseUs time of the first keep-alive from now
   */
  start(phaseUs: number): void {
    this.stop();
    this.#failed = false;
    this.#heardUs = this.#network.simulation.nowUs;
    this.#sending = this.#routes.send.schedule(phaseUs, this.#number);
    this.#awaitSilence();
  }

  stop(): void {
    this.#network.simulation.cancel(this.#sending);
    this.#network.simulation.cancel(this.#silence);
  }

  send(): void {
    // Periodic and nobody's consequence, as a heartbeat is.
    this.#network.simulation.cause = 0;
    const { mac, peerMac } = this.#link;
    const options = { bytes: BYTES, track: this.#track };
    this.#port.send(makeFrame(FRAME.ha2KeepAlive, mac, peerMac, 0, 0, options));
    this.#sending = this.#routes.send.schedule(this.#settings.intervalUs, this.#number);
  }

  answered(): void {
    this.#heardUs = this.#network.simulation.nowUs;
    if (!this.#failed) return;
    this.#failed = false;
    this.#awaitSilence();
    this.#owner.keepAliveChanged(false, this.#network.simulation.cause);
  }

  /** One event for each threshold, not one for each answer: it looks how long the silence has really lasted. */
  silent(): void {
    const silentUs = this.#network.simulation.nowUs - this.#heardUs;
    if (silentUs < this.#settings.thresholdUs) return this.#awaitSilence();
    this.#failed = true;
    this.#owner.keepAliveChanged(true, this.#network.lossCause(this.#track));
  }

  #awaitSilence(): void {
    const dueUs = this.#heardUs + this.#settings.thresholdUs;
    this.#silence = this.#routes.silence.schedule(dueUs - this.#network.simulation.nowUs, this.#number);
  }
}
