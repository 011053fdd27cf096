/**
 * One end of a routing adjacency: what a router or firewall knows of one neighbour, and whether the routes through it are
 * usable. It stands for OSPF and BGP alike: keepalives, a hold time, optionally BFD, and graceful restart (section 9: K17, K23;
 *
 *
 * Each end says in every keepalive which process it is and which process of the other it hears; an adjacency is up when both
 * hear each other. The firewall that takes over is another process: its neighbours see a restart.
 *
 *   down ──hears the neighbour, and is heard──▶ up ──silence, not heard any more, no carrier, another process──▶ down
 *
 * Routes follow with a delay, the convergence time. With graceful restart on both ends they stay, stale, for the restart time.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { NeighborSettings, RoutingMessage } from './neighbor.ts';
import type { Network } from './network.ts';
import type { RoutingEvents } from './routing-events.ts';

/** The process around the adjacencies of a node. */
export interface AdjacencyOwner {
  readonly name: string;
  readonly instance: string;
  transmit(neighbor: NeighborSettings, message: RoutingMessage): void;
  /** Routes through this neighbour have become usable, or are not any more. */
  routesChanged(adjacency: Adjacency): void;
}

/** `stale`: used, though the neighbour is away, until it is back or the restart time has passed. */
type RouteState = 'withdrawn' | 'usable' | 'stale';

type DownReason = 'silence' | 'the neighbor does not hear us' | 'no carrier' | 'another process';

/** How often a neighbour is called that does not answer; as TCP repeats its first SYN (RFC 6298). */
const RETRY_US = 1_000_000;

export class Adjacency {
  readonly settings: NeighborSettings;
  readonly #owner: AdjacencyOwner;
  readonly #network: Network;
  readonly #simulation: Simulation;
  readonly #events: RoutingEvents;
  readonly #number: number;
  readonly #track: number;
  #running = false;
  #up = false;
  #routes: RouteState = 'withdrawn';
  #heard: RoutingMessage | null = null;
  /** Why the neighbour's messages were last lost, as it stood when one last came. */
  #lossBefore = 0;
  #sequence = 0;
  #keepalive: Handle = NO_HANDLE;
  #silence: Handle = NO_HANDLE;
  #change: Handle = NO_HANDLE;

  constructor(owner: AdjacencyOwner, events: RoutingEvents, settings: NeighborSettings) {
    this.#owner = owner;
    this.#events = events;
    this.#network = events.network;
    this.#simulation = events.network.simulation;
    this.#number = events.add(this);
    this.#track = events.network.track();
    this.settings = settings;
  }

  get up(): boolean {
    return this.#up;
  }

  /** Packets may be sent through this neighbour. */
  get usable(): boolean {
    return this.#routes !== 'withdrawn';
  }

  // --- the process starts and stops ----------------------------------------------------------------------------------

  /** Begins as one of two neighbours that have long known each other; whoever is heard first is the one. */
  begin(phaseUs: number): void {
    this.#running = true;
    this.#up = true;
    this.#routes = 'usable';
    this.#send();
    this.#keepalive = this.#events.keepalive.schedule(phaseUs, this.#number);
    this.#watch();
  }

  /** @param forwarding the forwarding table holds routes through this neighbour already: HA2 has carried them (D12) */
  start(forwarding: boolean): void {
    const { restartUs } = this.settings;
    this.#running = true;
    if (forwarding && restartUs !== null) this.#keepStale(restartUs);
    this.call();
  }

  stop(): void {
    for (const handle of [this.#keepalive, this.#silence, this.#change]) this.#simulation.cancel(handle);
    this.#network.blame(this.#track, this.#simulation.cause);
    this.#running = false;
    this.#up = false;
    this.#heard = null;
    this.#routes = 'withdrawn';
  }

  /** Calls the neighbour at once, and then again and again. */
  call(): void {
    if (!this.#running) return;
    this.#simulation.cancel(this.#keepalive);
    this.#send();
    const { keepaliveUs, bfd } = this.settings;
    const regularUs = bfd === null ? keepaliveUs : Math.min(keepaliveUs, bfd.intervalUs);
    const intervalUs = this.#up ? regularUs : Math.min(regularUs, RETRY_US);
    this.#keepalive = this.#events.keepalive.schedule(intervalUs, this.#number);
  }

  #send(): void {
    this.#sequence += 1;
    this.#owner.transmit(this.settings, {
      instance: this.#owner.instance,
      heard: this.#heard?.instance ?? null,
      gracefulRestart: this.settings.restartUs !== null,
      bfdIntervalUs: this.settings.bfd?.intervalUs ?? 0,
      sequence: this.#sequence,
      track: this.#track,
    });
  }

  // --- what is heard -------------------------------------------------------------------------------------------------

  receive(message: RoutingMessage): void {
    if (!this.#running) return;
    const before = this.#heard;
    const same = before?.instance === message.instance;
    if (same && message.sequence <= before.sequence) return; // A duplicate, or overtaken.
    this.#heard = message;
    this.#lossBefore = this.#network.lossCause(message.track);
    this.#watch();
    const mutual = message.heard === this.#owner.instance;
    if (this.#up && before !== null && !same) this.#goDown('another process');
    else if (this.#up && same && !mutual) this.#goDown('the neighbor does not hear us');
    if (this.#routes === 'stale' && !message.gracefulRestart) this.#withdraw();
    if (!this.#up && mutual) this.#goUp();
    if (!same) this.#send();
  }

  /** Restarts the wait for the neighbour's next sign of life: the hold time or BFD's, whichever is shorter. */
  #watch(): void {
    const { holdUs, bfd } = this.settings;
    const theirsUs = this.#heard?.bfdIntervalUs ?? 0;
    const bfdUs =
      bfd === null || theirsUs === 0 ? holdUs : Math.max(bfd.intervalUs, theirsUs) * bfd.multiplier;
    this.#simulation.cancel(this.#silence);
    this.#silence = this.#events.silence.schedule(Math.min(holdUs, bfdUs), this.#number);
  }

  /** Nothing was heard for too long. */
  silent(): void {
    const lostTo = this.#heard === null ? 0 : this.#network.lossCause(this.#heard.track);
    this.#simulation.cause = lostTo === this.#lossBefore ? 0 : lostTo;
    this.#forget('silence');
  }

  /** Carrier has come or gone at the interface towards the neighbour. */
  linkChanged(up: boolean): void {
    if (!this.#running) return;
    if (up) this.call();
    else this.#forget('no carrier');
  }

  #forget(reason: DownReason): void {
    this.#simulation.cancel(this.#silence);
    if (this.#up) this.#goDown(reason);
    this.#heard = null;
    this.call(); // If only one direction has failed, the neighbour learns of it.
  }

  // --- up and down ---------------------------------------------------------------------------------------------------

  #goUp(): void {
    this.#up = true;
    this.#note('adjacency', { state: 'up' });
    this.#later(this.settings.convergenceUs, true);
  }

  #goDown(reason: DownReason): void {
    const { restartUs, convergenceUs } = this.settings;
    this.#up = false;
    const before = this.#simulation.cause;
    this.#simulation.cause = this.#note('adjacency', { state: 'down', reason });
    this.#simulation.cancel(this.#change);
    if (this.#routes !== 'withdrawn') {
      // Without carrier there is no next hop to keep a route to, graceful restart or not.
      const graceful = reason !== 'no carrier' && this.#bothGraceful();
      if (graceful && restartUs !== null) this.#keepStale(restartUs);
      else if (reason === 'another process') this.#withdraw();
      else this.#later(convergenceUs, false);
    }
    this.#simulation.cause = before;
  }

  #bothGraceful(): boolean {
    return this.settings.restartUs !== null && this.#heard?.gracefulRestart === true;
  }

  #keepStale(restartUs: number): void {
    this.#become('stale');
    this.#later(restartUs, false);
  }

  #later(delayUs: number, usable: boolean): void {
    this.#simulation.cancel(this.#change);
    this.#change = this.#events.converged.schedule(delayUs, this.#number, usable ? 1 : 0);
  }

  /** The routes follow the adjacency now. */
  converged(usable: boolean): void {
    if (usable) this.#become('usable');
    else this.#withdraw();
  }

  #withdraw(): void {
    this.#simulation.cancel(this.#change);
    this.#become('withdrawn');
  }

  #become(state: RouteState): void {
    if (this.#routes === state) return;
    this.#routes = state;
    this.#note('routes', { state });
    this.#owner.routesChanged(this);
  }

  #note(kind: 'adjacency' | 'routes', data: object): number {
    return this.#simulation.note(kind, this.#owner.name, { neighbor: this.settings.name, ...data });
  }
}
