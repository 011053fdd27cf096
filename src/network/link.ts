/**
 * A cable between two ports. Carrier and reachability are two things: carrier is lost at both ends when the cable is cut
 * or either port goes dark; a blackhole swallows packets in one direction and leaves carrier alone.
 *
 * A pair cabled back to back therefore sees its peer's power loss at once, and a pair on a switch does not.
 */

import type { Frame } from './frame.ts';
import { Impairer, NO_ROOM, type Impairment } from './impairment.ts';
import type { Network, Refusal } from './network.ts';
import type { LossOfFrame } from './tap.ts';

/** Something that ports belong to: a firewall, a switch, a host, a router. */
export interface NetworkNode {
  readonly name: string;
  receive(port: Port, frame: Frame): void;
  /** Carrier at this port has come or gone. */
  carrierChanged(port: Port, up: boolean): void;
}

export class Port {
  /** The number under which frames reach this port. */
  index = -1;
  readonly node: NetworkNode;
  readonly name: string;
  readonly #network: Network;
  link: Link | null = null;
  side: 0 | 1 = 0;
  #lit = true;
  #failedBy = -1;
  #darkCause = 0;
  #closedUntilUs = 0;
  #closedBy = 0;

  constructor(network: Network, node: NetworkNode, name: string) {
    this.#network = network;
    this.node = node;
    this.name = name;
  }

  /** Light is on: the owner has the port enabled and no fault holds it down. */
  get lit(): boolean {
    return this.#lit && this.#failedBy < 0;
  }

  get carrier(): boolean {
    return this.link !== null && this.link.carrier;
  }

  /** Record that made this port dark; 0 when it is lit. */
  get darkCause(): number {
    return this.#failedBy >= 0 ? this.#failedBy : this.#darkCause;
  }

  /** Bits per second that its link carries from here, as it is now; Infinity = not limited. */
  get bandwidth(): number {
    return this.link?.bandwidthFrom(this.side) ?? Number.POSITIVE_INFINITY;
  }

  /** Largest frame that its link carries, in bytes; Infinity = any. */
  get mtu(): number {
    return this.link?.mtu ?? Number.POSITIVE_INFINITY;
  }

  /** The owner enables or disables the port. */
  setLit(lit: boolean): void {
    if (this.#lit === lit) return;
    this.#lit = lit;
    this.#darkCause = lit ? 0 : this.#network.simulation.cause;
    this.link?.update(this.#network.simulation.cause);
  }

  /** A fault holds the port down, whatever its owner wants. */
  fail(cause: number): void {
    this.#failedBy = cause;
    this.link?.update(cause);
  }

  repair(cause: number): void {
    this.#failedBy = -1;
    this.link?.update(cause);
  }

  /**
   * Carrier is not enough: no frame passes in or out before this time. A switch's spanning tree listens and learns first,
   * and a link of a bundle is negotiated first.
   */
  close(untilUs: number, cause: number): void {
    this.#network.changing();
    this.#closedUntilUs = untilUs;
    this.#closedBy = cause;
  }

  open(): void {
    this.#network.changing();
    this.#closedUntilUs = 0;
  }

  /** There is carrier, and the port is not closed. */
  get passes(): boolean {
    return this.carrier && !this.closed;
  }

  get closed(): boolean {
    return this.#closedUntilUs !== 0 && this.#closedUntilUs > this.#network.simulation.nowUs;
  }

  send(frame: Frame): void {
    if (this.link === null) this.#network.drop(frame, 0);
    else if (this.closed) {
      this.#dropClosed(frame);
      this.#network.tap?.lost(this.link, this.side, frame, 'closed', this.#closedBy);
    } else this.link.transmit(this.side, frame);
  }

  receive(frame: Frame): void {
    if (this.closed) {
      this.#dropClosed(frame);
      this.#network.tap?.lostOnTheWay(this, frame, 'closed', this.#closedBy);
    } else this.node.receive(this, frame);
  }

  #dropClosed(frame: Frame): void {
    this.#network.way?.holdsUntil(this.#closedUntilUs);
    this.#network.drop(frame, this.#closedBy);
  }
}

/** One direction of a link: from the port of that side to the other. */
interface Direction {
  readonly impairer: Impairer;
  readonly configured: Impairment;
  /** Record of the blackhole, or -1. */
  blackhole: number;
  /** Record of the impairment fault in force, or 0. */
  impairedBy: number;
}

export class Link {
  readonly name: string;
  readonly ends: readonly [Port, Port];
  /** Largest frame that it carries, in bytes; Infinity = any. */
  readonly mtu: number;
  readonly #network: Network;
  readonly #directions: readonly [Direction, Direction];
  #cutBy = -1;
  #carrier: boolean;
  #downCause = 0;
  /** Counts losses of carrier: a frame that was on the wire then does not arrive. */
  #epoch = 0;

  constructor(
    network: Network,
    name: string,
    ends: readonly [Port, Port],
    impairment: Impairment,
    mtu = Number.POSITIVE_INFINITY,
  ) {
    this.#network = network;
    this.name = name;
    this.ends = ends;
    this.mtu = mtu;
    ends[0].link = this;
    ends[1].link = this;
    ends[1].side = 1;
    this.#directions = [this.#direction(0, impairment), this.#direction(1, impairment)];
    this.#carrier = ends[0].lit && ends[1].lit;
  }

  #direction(side: 0 | 1, configured: Impairment): Direction {
    const from = this.ends[side];
    const stream = `link/${this.name}/from ${from.node.name}:${from.name}`;
    const impairer = new Impairer(stream, configured, this.#network.simulation.random);
    return { impairer, configured, blackhole: -1, impairedBy: 0 };
  }

  get carrier(): boolean {
    return this.#carrier;
  }

  /** Record that took the carrier away; 0 while there is carrier. */
  get downCause(): number {
    return this.#downCause;
  }

  bandwidthFrom(side: 0 | 1): number {
    return this.#directions[side].impairer.impairment.bandwidth;
  }

  cut(cause: number): void {
    this.#cutBy = cause;
    this.update(cause);
  }

  mend(cause: number): void {
    this.#cutBy = -1;
    this.update(cause);
  }

  blackhole(side: 0 | 1, cause: number): void {
    this.#network.changing();
    this.#directions[side].blackhole = cause;
  }

  clearBlackhole(side: 0 | 1): void {
    this.#network.changing();
    this.#directions[side].blackhole = -1;
  }

  /** Lays a fault's settings over the configured ones. */
  impair(side: 0 | 1, over: Partial<Impairment>, cause: number): void {
    this.#network.changing();
    const direction = this.#directions[side];
    direction.impairedBy = cause;
    direction.impairer.set({ ...direction.configured, ...over });
  }

  clearImpairment(side: 0 | 1): void {
    this.#network.changing();
    const direction = this.#directions[side];
    direction.impairedBy = 0;
    direction.impairer.set(direction.configured);
  }

  /** Works out carrier anew and tells both ends when it changed. */
  update(cause: number): void {
    const carrier = this.#cutBy < 0 && this.ends[0].lit && this.ends[1].lit;
    if (carrier === this.#carrier) return;
    this.#network.changing();
    this.#carrier = carrier;
    this.#downCause = carrier ? 0 : cause;
    if (!carrier) this.#epoch += 1;
    this.#network.carrierChanged(this, carrier, cause);
  }

  transmit(side: 0 | 1, frame: Frame): void {
    const network = this.#network;
    const direction = this.#directions[side];
    if (!this.#carrier) return this.#lose(side, frame, 'no-carrier', this.#downCause);
    if (frame.bytes > this.mtu) return this.#refuse(side, frame, 'mtu', 0);
    if (direction.blackhole >= 0) return this.#lose(side, frame, 'blackhole', direction.blackhole);
    const delayUs = direction.impairer.delayUs(network.simulation.nowUs, frame.bytes);
    if (network.way !== null && !direction.impairer.delaysAlways(delayUs)) network.way.isUncertain();
    if (delayUs === NO_ROOM) return this.#refuse(side, frame, 'queue', direction.impairedBy);
    if (delayUs < 0) return this.#lose(side, frame, 'loss', direction.impairedBy);
    this.#deliver(side, frame, delayUs);
    if (direction.impairer.duplicates()) this.#deliver(side, frame, delayUs);
  }

  #deliver(side: 0 | 1, frame: Frame, delayUs: number): void {
    const network = this.#network;
    network.tap?.sent(this, side, frame, network.simulation.nowUs + delayUs);
    network.deliverLater(delayUs, this.ends[side === 0 ? 1 : 0], this.#epoch, frame);
  }

  #lose(side: 0 | 1, frame: Frame, why: LossOfFrame, cause: number): void {
    this.#network.drop(frame, cause);
    this.#network.tap?.lost(this, side, frame, why, cause);
  }

  #refuse(side: 0 | 1, frame: Frame, why: Refusal, cause: number): void {
    this.#network.refuse(frame, why, this, cause);
    this.#network.tap?.lost(this, side, frame, why, cause);
  }

  /** True when carrier was never lost since the frame was sent. */
  stillCarries(epoch: number): boolean {
    return epoch === this.#epoch;
  }
}
