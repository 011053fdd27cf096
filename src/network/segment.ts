/**
 * A layer 2 switch: learns source addresses, ages them, floods what it does not know.
 *
 * After a failover the clients keep sending to the same virtual MAC; only this table decides to which firewall the frames
 * go. It changes when the new active sends (its gratuitous ARP), and it forgets a port that loses carrier, as switches do.
 *
 * With spanning tree and without portfast, a port that gains carrier listens and learns first, each for the forward delay, and
 * passes nothing (IEEE 802.1D; C16 recommends portfast towards firewalls). What is up when the run begins has long been up.
 */

import { FRAME, type Frame } from './frame.ts';
import { BROADCAST_MAC, formatMac } from './address.ts';
import type { NetworkNode, Port } from './link.ts';
import type { Network } from './network.ts';
import type { Mark } from './way.ts';

export interface SpanningTree {
  /** Ports forward as soon as they have carrier. */
  readonly portfast: boolean;
  /** Length of listening, and of learning after it. */
  readonly forwardDelayUs: number;
}

const PORTFAST: SpanningTree = { portfast: true, forwardDelayUs: 0 };

interface Learned {
  readonly port: Port;
  /** First and last seen at this port. */
  readonly sinceUs: number;
  seenUs: number;
}

/** An address was seen where it is known to be, which keeps the entry from aging. */
class Sighting implements Mark {
  readonly #table: ReadonlyMap<number, Learned>;
  readonly #mac: number;
  readonly #learned: Learned;

  constructor(table: ReadonlyMap<number, Learned>, mac: number, learned: Learned) {
    this.#table = table;
    this.#mac = mac;
    this.#learned = learned;
  }

  repeat(_times: number, lastUs: number): void {
    if (this.#table.get(this.#mac) !== this.#learned) return; // It has moved since.
    this.#learned.seenUs = Math.max(this.#learned.seenUs, lastUs);
  }
}

/** An address that was at its place for so long has settled there. */
const SETTLED_US = 60_000_000;

export class Switch implements NetworkNode {
  readonly name: string;
  readonly #network: Network;
  readonly #agingUs: number;
  readonly #spanningTree: SpanningTree;
  readonly #ports: Port[] = [];
  readonly #table = new Map<number, Learned>();

  constructor(network: Network, name: string, agingUs: number, spanningTree: SpanningTree = PORTFAST) {
    this.#network = network;
    this.name = name;
    this.#agingUs = agingUs;
    this.#spanningTree = spanningTree;
  }

  addPort(): Port {
    const port = this.#network.addPort(this, `port${this.#ports.length + 1}`);
    this.#ports.push(port);
    return port;
  }

  /** The port at which this address was last seen, or null when it is unknown or aged. */
  portOf(mac: number): Port | null {
    const learned = this.#table.get(mac);
    if (learned === undefined) return null;
    if (this.#network.simulation.nowUs - learned.seenUs > this.#agingUs) {
      this.#network.changing();
      this.#table.delete(mac);
      return null;
    }
    this.#network.way?.holdsUntil(learned.seenUs + this.#agingUs + 1);
    return learned.port;
  }

  receive(port: Port, frame: Frame): void {
    this.#learn(frame, port);
    const known = frame.destinationMac === BROADCAST_MAC ? null : this.portOf(frame.destinationMac);
    if (known === null) this.#flood(port, frame);
    else if (known !== port) known.send(frame);
  }

  carrierChanged(port: Port, up: boolean): void {
    if (up) return this.#listen(port);
    for (const [mac, learned] of this.#table) {
      if (learned.port === port) this.#table.delete(mac);
    }
  }

  #listen(port: Port): void {
    const { nowUs, cause } = this.#network.simulation;
    const { portfast, forwardDelayUs } = this.#spanningTree;
    if (portfast || nowUs === 0) return;
    port.close(nowUs + 2 * forwardDelayUs, cause);
    const data = { towards: farEnd(port), forwardDelayUs };
    this.#network.simulation.note('spanning-tree', this.name, data);
  }

  #learn(frame: Frame, port: Port): void {
    const { sourceMac: mac } = frame;
    const learned = this.#table.get(mac);
    const seenUs = this.#network.simulation.nowUs;
    if (learned?.port === port) {
      learned.seenUs = seenUs;
      if (this.#network.way !== null) this.#network.way.leavesMark(new Sighting(this.#table, mac, learned));
    } else {
      this.#network.changing();
      if (learned !== undefined) this.#noteMove(frame, learned, port);
      this.#table.set(mac, { port, sinceUs: seenUs, seenUs });
    }
  }

  /**
   * Notes a move that puts a belief right. Of two firewalls that both are active each draws the address to itself with every frame;
   * of those moves only the announced ones are noted, so that a long split brain fills no trace.
   */
  #noteMove(frame: Frame, learned: Learned, port: Port): void {
    const { simulation } = this.#network;
    const { nowUs } = simulation;
    const aged = nowUs - learned.seenUs > this.#agingUs;
    const announced = frame.kind === FRAME.arpRequest && frame.sourceIp === frame.destinationIp;
    if (!aged && (announced || nowUs - learned.sinceUs >= SETTLED_US)) {
      const data = { mac: formatMac(frame.sourceMac), towards: farEnd(port), instead: farEnd(learned.port) };
      simulation.note('learned', this.name, data);
    }
  }

  #flood(from: Port, frame: Frame): void {
    for (const port of this.#ports) {
      if (port === from) continue;
      // A dark port may well be the way to a destination that nobody knows any more: it is to blame if nobody answers.
      if (port.carrier) port.send(frame);
      else if (port.link !== null) this.#network.drop(frame, port.link.downCause);
    }
  }
}

/** The other end of a port's link, as a scenario writes it: `palo-1:ethernet1/1`, or only the node's name. */
function farEnd({ link, side }: Port): string {
  const far = link?.ends[side === 0 ? 1 : 0];
  if (far === undefined) return '';
  return far.name === '' ? far.node.name : `${far.node.name}:${far.name}`;
}
