/**
 * An IPv4 interface on a port: its addresses, its ARP cache, and sending to a next hop.
 *
 * Hosts, routers and firewalls share it. Packets wait for an address that is being resolved, as real stacks let them; a
 * gratuitous ARP (sender = target) updates caches that already know the address.
 *
 * An interface may serve further addresses, each with a MAC address of its own (the virtual addresses of an active/active
 * pair). It answers ARP for them and takes what is sent to them; what it sends itself, it sends from its own.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { BROADCAST_MAC, formatIp, formatMac, type Subnet } from './address.ts';
import { FRAME, makeFrame, MOST_HOPS, readdress, type Frame } from './frame.ts';
import type { Port } from './link.ts';
import type { Network } from './network.ts';

const RETRY_US = 1_000_000;
const MAX_RETRIES = 3;
const MAX_WAITING = 64;

interface ArpEntry {
  mac: number;
  learnedUs: number;
}

interface Resolution {
  readonly waiting: Frame[];
  readonly viaMac: number;
  readonly senderIp: number;
  tries: number;
  retry: Handle;
}

/** An address that an interface serves beside its own. */
export interface ServedAddress {
  readonly ip: number;
  readonly mac: number;
  /** Whether this requester gets an answer; of a shared address another node may answer it. */
  answers(requesterIp: number): boolean;
}

export class IpInterface {
  readonly port: Port;
  readonly subnet: Subnet;
  readonly #network: Network;
  readonly #simulation: Simulation;
  readonly #arpTimeoutUs: number;
  readonly #cache = new Map<number, ArpEntry>();
  readonly #resolving = new Map<number, Resolution>();
  readonly #index: number;
  readonly #registry: ArpRegistry;
  #served: readonly ServedAddress[] = [];
  #proxied: readonly number[] = [];
  /** The MAC address in use; a firewall's changes with its role. */
  mac: number;
  /** Told of every address learned from others. */
  onLearn: ((ip: number, mac: number) => void) | null = null;

  constructor(registry: ArpRegistry, port: Port, subnet: Subnet, mac: number, arpTimeoutUs: number) {
    this.#registry = registry;
    this.#network = registry.network;
    this.#simulation = registry.network.simulation;
    this.#index = registry.retries.add(this);
    this.port = port;
    this.subnet = subnet;
    this.mac = mac;
    this.#arpTimeoutUs = arpTimeoutUs;
  }

  /** Serves these addresses beside its own from now on. */
  serve(addresses: readonly ServedAddress[]): void {
    this.#network.changing();
    this.#served = addresses;
  }

  /** Answers ARP for these addresses of others, too, with its own MAC address: what is sent to them goes on from here (NAT). */
  proxy(addresses: readonly number[]): void {
    this.#network.changing();
    this.#proxied = addresses;
  }

  /** Whether a frame to this MAC address is for this interface. */
  accepts(mac: number): boolean {
    return mac === this.mac || this.#served.some((item) => item.mac === mac);
  }

  /** Whether this address is the interface's own or one that it serves. */
  has(ip: number): boolean {
    return ip === this.subnet.ip || this.#served.some((item) => item.ip === ip);
  }

  /** Whether this interface answers ARP for an address: its own, one that it serves, or one of NAT. */
  answersFor(ip: number): boolean {
    return this.has(ip) || this.#proxied.includes(ip);
  }

  /** Sends to a next hop on this subnet; resolves its MAC address first where it has to. */
  sendVia(nextHopIp: number, frame: Frame): void {
    if (frame.hops >= MOST_HOPS) return this.#network.drop(frame, 0);
    const entry = this.#cache.get(nextHopIp);
    if (entry !== undefined && this.#simulation.nowUs - entry.learnedUs <= this.#arpTimeoutUs) {
      this.#network.way?.holdsUntil(entry.learnedUs + this.#arpTimeoutUs + 1);
      this.port.send(readdress(frame, this.mac, entry.mac));
    } else {
      this.#resolve(nextHopIp, frame, this.mac, this.subnet.ip);
    }
  }

  /**
   * Sends like `sendVia`, but with another source MAC and without claiming the interface's address in ARP (an ARP probe,
   * sender 0.0.0.0): how a passive firewall can test its paths without drawing the active's traffic to itself.
   */
  probeVia(nextHopIp: number, frame: Frame, ownMac: number): void {
    const entry = this.#cache.get(nextHopIp);
    if (entry !== undefined) this.port.send(readdress(frame, ownMac, entry.mac));
    else this.#resolve(nextHopIp, frame, ownMac, 0);
  }

  /** Answers a request for an address of this interface; learns from replies and gratuitous ARP. */
  receiveArp(frame: Frame): void {
    const { sourceIp, destinationIp } = frame;
    if (this.has(sourceIp)) return; // Its own, or another node's with the same address.
    if (sourceIp === destinationIp) this.#hearAnnouncement(frame);
    const mac = this.#macFor(destinationIp, sourceIp);
    if (sourceIp !== 0 && (mac !== null || this.#cache.has(sourceIp))) this.learn(sourceIp, frame.sourceMac);
    if (frame.kind !== FRAME.arpRequest || mac === null) return;
    this.port.send(makeFrame(FRAME.arpReply, mac, frame.sourceMac, destinationIp, sourceIp, { bytes: 64 }));
  }

  /** Notes that another MAC address was believed, before it is put right. */
  #hearAnnouncement({ sourceIp, sourceMac }: Frame): void {
    const known = this.#cache.get(sourceIp);
    if (known === undefined || known.mac === sourceMac) return;
    if (this.#simulation.nowUs - known.learnedUs > this.#arpTimeoutUs) return;
    const data = { address: formatIp(sourceIp), mac: formatMac(sourceMac), instead: formatMac(known.mac) };
    this.#simulation.note('learned', this.port.node.name, data);
  }

  /** The MAC address that a requester is told for an address, or null when it is not this interface that tells it. */
  #macFor(ip: number, requesterIp: number): number | null {
    if (ip === this.subnet.ip || this.#proxied.includes(ip)) return this.mac;
    return this.#served.find((item) => item.ip === ip && item.answers(requesterIp))?.mac ?? null;
  }

  /** Announces an address of this interface, its own unless told: one gratuitous ARP. */
  announce(ip: number = this.subnet.ip, mac: number = this.mac): void {
    this.port.send(makeFrame(FRAME.arpRequest, mac, BROADCAST_MAC, ip, ip, { bytes: 64 }));
  }

  learn(ip: number, mac: number): void {
    const known = this.#cache.get(ip);
    if (known?.mac !== mac || this.#resolving.has(ip)) this.#network.changing();
    if (known === undefined) this.#cache.set(ip, { mac, learnedUs: this.#simulation.nowUs });
    else {
      known.mac = mac;
      known.learnedUs = this.#simulation.nowUs;
    }
    if (known?.mac !== mac || known === undefined) this.onLearn?.(ip, mac);
    const resolution = this.#resolving.get(ip);
    if (resolution === undefined) return;
    this.#endResolving(ip, resolution);
    for (const frame of resolution.waiting) this.port.send(readdress(frame, resolution.viaMac, mac));
  }

  /** Addresses that are known now, for the ARP table that HA2 carries. */
  entries(): readonly (readonly [ip: number, mac: number])[] {
    return [...this.#cache].map(([ip, entry]) => [ip, entry.mac] as const);
  }

  /** Forgets everything: the device was switched off. */
  clear(): void {
    this.#network.changing();
    this.#cache.clear();
    this.giveUp();
  }

  /** Asks no more, and drops the packets that wait for an answer. */
  giveUp(): void {
    for (const [ip, resolution] of this.#resolving) {
      this.#endResolving(ip, resolution);
      for (const frame of resolution.waiting) this.#network.drop(frame, 0);
    }
  }

  #endResolving(ip: number, resolution: Resolution): void {
    this.#simulation.cancel(resolution.retry);
    this.#resolving.delete(ip);
  }

  #resolve(ip: number, frame: Frame, viaMac: number, senderIp: number): void {
    this.#network.way?.isUncertain();
    const resolution = this.#resolving.get(ip);
    if (resolution !== undefined) {
      if (resolution.waiting.length < MAX_WAITING) resolution.waiting.push(frame);
      else this.#network.drop(frame, 0);
      return;
    }
    const started: Resolution = { waiting: [frame], viaMac, senderIp, tries: 1, retry: NO_HANDLE };
    this.#resolving.set(ip, started);
    this.#request(ip, started);
  }

  #request(ip: number, resolution: Resolution): void {
    const { viaMac, senderIp } = resolution;
    this.port.send(makeFrame(FRAME.arpRequest, viaMac, BROADCAST_MAC, senderIp, ip, { bytes: 64 }));
    resolution.retry = this.#registry.retries.schedule(RETRY_US, this.#index, ip);
  }

  retry(ip: number): void {
    const resolution = this.#resolving.get(ip);
    if (resolution === undefined) return;
    if (resolution.tries >= MAX_RETRIES) {
      this.#resolving.delete(ip);
      for (const frame of resolution.waiting) this.#network.drop(frame, this.port.link?.downCause ?? 0);
      return;
    }
    resolution.tries += 1;
    this.#request(ip, resolution);
  }
}

/** What all interfaces of a run share: the network, and the event that repeats an unanswered request. */
export class ArpRegistry {
  readonly network: Network;
  readonly retries: Route<IpInterface>;

  constructor(network: Network) {
    this.network = network;
    this.retries = new Route(network.simulation, 'arp.retry', (item, ip) => item.retry(ip));
  }
}
