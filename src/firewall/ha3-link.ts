/**
 * HA3 of one firewall: takes packets to the peer, for session set-up or to the session's owner (section 7: D11, D14).
 *
 * Each travels whole behind a proprietary header, so the link needs an MTU above the largest packet; what the link drops for
 * its size, the link reports. There is no HA3 backup: without carrier a packet that would have to cross is lost.
 */

import { FLAG, FRAME, makeFrame, type Frame } from '../network/frame.ts';
import type { Link, Port } from '../network/link.ts';
import type { Network, Refusal } from '../network/network.ts';
import type { NatBinding } from '../traffic/session-table.ts';
import type { FirewallRoutes } from './routes.ts';
import type { Ha3Settings } from './settings.ts';

/**
 * What the peer is asked to do with a packet:
 * - `set-up`: make its session and send it back
 * - `set-up-done`: it is back, its session made
 * - `owner`: process it as its session's owner, or in the name of a tentative sender
 * - `egress`: it has been processed; send it out where it was going (virtual wire)
 */
export const HA3_PURPOSES = ['set-up', 'set-up-done', 'owner', 'egress'] as const;

export type Ha3Purpose = (typeof HA3_PURPOSES)[number];

/** What crosses HA3. */
export interface Ha3Packet {
  readonly purpose: Ha3Purpose;
  readonly frame: Frame;
  /** Port at which the pair received it. */
  readonly ingress: string;
  /** That port belongs to a virtual wire or a VLAN: the packet leaves where it came in (D21). */
  readonly bridged: boolean;
  readonly nat: NatBinding | null;
}

/**
 * Why a packet that had to cross did not:
 * - `carrier`: HA3 is down
 * - `forwarding`: packet forwarding is off
 * - `mtu`: with its header it was larger than a link on the way takes
 * - `queue`: it would have waited too long for its turn
 */
export const HA3_DROPS = ['carrier', 'forwarding', 'mtu', 'queue'] as const;

export type Ha3Drop = (typeof HA3_DROPS)[number];

/** What one firewall has sent over HA3, as handed to the link, and what of it was dropped for certain. */
export interface Ha3Counters {
  readonly packets: Readonly<Record<Ha3Purpose, number>>;
  readonly bytes: number;
  readonly dropped: Readonly<Record<Ha3Drop, number>>;
}

export interface Ha3Owner {
  readonly name: string;
  fromPeer(packet: Ha3Packet): void;
  ha3Changed(up: boolean): void;
}

const NOTE_SPACING_US = 60_000_000;

export class Ha3Link {
  readonly port: Port;
  readonly #owner: Ha3Owner;
  readonly #network: Network;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #settings: Ha3Settings;
  readonly #packets: Record<Ha3Purpose, number> = { 'set-up': 0, 'set-up-done': 0, owner: 0, egress: 0 };
  #bytes = 0;
  readonly #dropped: Record<Ha3Drop, number> = { carrier: 0, forwarding: 0, mtu: 0, queue: 0 };
  /** When the trace last told of packets that were too large. */
  #notedUs = -NOTE_SPACING_US;
  /** What the agent was last told. */
  #known = true;

  constructor(owner: Ha3Owner, network: Network, routes: FirewallRoutes, settings: Ha3Settings, port: Port) {
    this.#owner = owner;
    this.#network = network;
    this.#routes = routes;
    this.#number = routes.ha3Detect.add(this);
    this.#settings = settings;
    this.port = port;
    network.onRefusal((frame, why, link) => this.#refused(frame, why, link));
  }

  get up(): boolean {
    return this.port.carrier;
  }

  get counters(): Ha3Counters {
    return { packets: { ...this.#packets }, bytes: this.#bytes, dropped: { ...this.#dropped } };
  }

  send(packet: Ha3Packet): void {
    if (!this.up) return this.drop(packet.frame, 'carrier');
    const { mac, peerMac, headerBytes } = this.#settings;
    const { track, bytes: inner, crossings } = packet.frame;
    const bytes = inner + headerBytes;
    this.#network.simulation.assume('ha3-header');
    const body: Ha3Packet = { ...packet, frame: { ...packet.frame, crossings: crossings + 1 } };
    this.#count(packet.purpose, bytes, 1);
    this.#network.way?.leavesMark({ repeat: (times) => this.#count(packet.purpose, bytes, times) });
    const flags = packet.frame.flags & FLAG.atOnce;
    this.port.send(makeFrame(FRAME.ha3, mac, peerMac, 0, 0, { bytes, track, body, flags }));
  }

  #count(purpose: Ha3Purpose, bytes: number, times: number): void {
    this.#packets[purpose] += times;
    this.#bytes += bytes * times;
  }

  /** A packet that would have to cross and cannot. */
  drop(frame: Frame, why: Ha3Drop): void {
    this.#dropped[why] += 1;
    this.#network.way?.isUncertain();
    this.#network.drop(frame, this.port.link?.downCause ?? 0);
  }

  /** A link on the way, here or behind a switch, has not taken a packet of ours. The trace grows with minutes, not packets. */
  #refused({ kind, sourceMac, bytes }: Frame, why: Refusal, { name, mtu }: Link): void {
    if (kind !== FRAME.ha3 || sourceMac !== this.#settings.mac) return;
    this.#dropped[why] += 1;
    this.#network.way?.isUncertain();
    const { simulation } = this.#network;
    if (why !== 'mtu' || simulation.nowUs - this.#notedUs < NOTE_SPACING_US) return;
    this.#notedUs = simulation.nowUs;
    simulation.note('ha3', this.#owner.name, { dropped: 'mtu', bytes, mtu, link: name });
  }

  receive(frame: Frame): void {
    if (frame.destinationMac === this.#settings.mac) this.#owner.fromPeer(frame.body as Ha3Packet);
  }

  carrierChanged(): void {
    this.#routes.ha3Detect.schedule(this.#settings.detectionUs, this.#number);
  }

  /** The agent looks at the link, after the time that it takes to notice. */
  detect(): void {
    if (this.up !== this.#known) this.restate();
  }

  /** Tells the agent, which may have just started, how the link is. */
  restate(): void {
    const { simulation } = this.#network;
    const before = simulation.cause;
    if (this.up !== this.#known) simulation.cause = simulation.note('ha3', this.#owner.name, { up: this.up });
    this.#known = this.up;
    this.#owner.ha3Changed(this.up);
    simulation.cause = before;
  }
}
