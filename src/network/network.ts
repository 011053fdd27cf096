/**
 * The network: all ports and links, the one event by which frames arrive, and the ledger of lost frames.
 *
 * Frames of users' sessions are carried at once: to their end within one event, for at the size of a real firewall an event for
 * each hop is out of reach. What they cannot show is a failure in the milliseconds that they would have been under way; probes,
 * HA messages and everything that is measured travel in time.
 *
 * The ledger answers "why did my request get no answer?": a sender that cares takes an entry, puts its number into its
 * frames, and finds there the record (a fault, a role change) that made the last one disappear. That is how three lost
 * heartbeats know their fault.
 */

import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { FLAG, type Frame } from './frame.ts';
import type { Impairment } from './impairment.ts';
import { Link, Port, type NetworkNode } from './link.ts';
import type { LinkTap } from './tap.ts';
import type { WayListener } from './way.ts';

/** Kinds of kernel events that the network schedules. */
export const NETWORK_EVENTS = ['frame.arrive', 'arp.retry'] as const;

/** Why a link with carrier does not take a frame: it is larger than the MTU, or would wait too long for its turn. */
export type Refusal = 'mtu' | 'queue';

type RefusalListener = (frame: Frame, why: Refusal, link: Link) => void;

/** A frame that is being carried at once. */
interface Carried {
  readonly to: Port;
  readonly frame: Frame;
  /** How long its way has been so far. */
  readonly wayUs: number;
}

export class Network {
  readonly simulation: Simulation;
  readonly #links: Link[] = [];
  readonly #lossCauses: number[] = [0];
  readonly #arrivals: Route<Port>;
  readonly #refusals: RefusalListener[] = [];
  /** Addresses that do not answer, with the record of the fault. */
  readonly #silent = new Map<number, number>();
  readonly #carried: Carried[] = [];
  #carrying = false;
  #wayUs = 0;
  /** Follows the frame that is being carried at once; null when nobody asks. */
  way: WayListener | null = null;
  /** Sees what every link carries; null when nobody looks. */
  tap: LinkTap | null = null;
  /** Called before anything changes that decides where packets go. */
  beforeChange: (() => void) | null = null;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.#arrivals = new Route(simulation, 'frame.arrive', (port, epoch, _, frame) => {
      this.#arrive(port, epoch, frame as Frame);
    });
  }

  addPort(node: NetworkNode, name: string): Port {
    const port = new Port(this, node, name);
    port.index = this.#arrivals.add(port);
    return port;
  }

  connect(name: string, a: Port, b: Port, impairment: Impairment, mtu?: number): Link {
    const link = new Link(this, name, [a, b], impairment, mtu);
    this.#links.push(link);
    return link;
  }

  /** In the order in which they were connected. */
  get links(): readonly Link[] {
    return this.#links;
  }

  link(name: string): Link {
    const link = this.#links.find((candidate) => candidate.name === name);
    if (link === undefined) throw new Error(`no link ${name}`);
    return link;
  }

  deliverLater(delayUs: number, to: Port, epoch: number, frame: Frame): void {
    if ((frame.flags & FLAG.atOnce) !== 0) this.#carry(delayUs, to, frame);
    else this.#arrivals.schedule(delayUs, to.index, epoch, 0, frame);
  }

  /** How long the frame that is being carried at once would have been under way by now, in microseconds. */
  get wayUs(): number {
    return this.#wayUs;
  }

  /** Hop by hop and not in depth, so that of two copies the one that was sent first arrives first. */
  #carry(delayUs: number, to: Port, frame: Frame): void {
    this.#carried.push({ to, frame, wayUs: this.#wayUs + delayUs });
    if (this.#carrying) return;
    this.#carrying = true;
    for (let next = this.#carried.shift(); next !== undefined; next = this.#carried.shift()) {
      this.#wayUs = next.wayUs;
      next.to.receive(next.frame);
    }
    this.#wayUs = 0;
    this.#carrying = false;
  }

  /** Something is about to change that decides where packets go. */
  changing(): void {
    this.beforeChange?.();
  }

  /** The record of the fault that keeps an address from answering, if one does. */
  silenced(ip: number): number | undefined {
    return this.#silent.get(ip);
  }

  /** A fault silences an address. */
  silence(ip: number, cause: number): void {
    this.changing();
    this.#silent.set(ip, cause);
  }

  unsilence(ip: number): void {
    this.changing();
    this.#silent.delete(ip);
  }

  #arrive(port: Port, epoch: number, frame: Frame): void {
    const link = port.link as Link;
    if (link.stillCarries(epoch)) return port.receive(frame);
    this.drop(frame, link.downCause);
    this.tap?.lostOnTheWay(port, frame, 'carrier-lost', link.downCause);
  }

  /** Tells both ends, each after the other, within the instant in which carrier changed. */
  carrierChanged(link: Link, up: boolean, cause: number): void {
    this.tap?.carrierChanged(link, up, cause);
    const { simulation } = this;
    const before = simulation.cause;
    simulation.cause = cause;
    for (const port of link.ends) port.node.carrierChanged(port, up);
    simulation.cause = before;
  }

  /** Opens an entry of the ledger of losses. */
  track(): number {
    return this.#lossCauses.push(0) - 1;
  }

  /** The frame is gone; `cause` is the record that is to blame (0 = chance, as configured). */
  drop(frame: Frame, cause: number): void {
    if (frame.track !== 0) this.#lossCauses[frame.track] = cause;
  }

  /** The sender of this entry's frames sends no more, and this record is why. */
  blame(track: number, cause: number): void {
    this.#lossCauses[track] = cause;
  }

  /** A link on the way does not take the frame. */
  refuse(frame: Frame, why: Refusal, link: Link, cause: number): void {
    this.drop(frame, cause);
    for (const tell of this.#refusals) tell(frame, why, link);
  }

  /** Tells of every frame that a link refuses, wherever it is. */
  onRefusal(tell: RefusalListener): void {
    this.#refusals.push(tell);
  }

  /** Why the last frame of this entry was lost. */
  lossCause(track: number): number {
    return this.#lossCauses[track] ?? 0;
  }
}
