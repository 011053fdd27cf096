/**
 * The packets of a run, link by link, and the carrier of every link: what the lanes of a report, its topology and a capture file are
 * drawn from. Packets of users' sessions, which are carried at once, are in the books and not here.
 */

import type { Hello } from '../ha/event.ts';
import { FLAG, FRAME, type Frame, type FrameKind } from '../network/frame.ts';
import type { Link, Port } from '../network/link.ts';
import type { Network } from '../network/network.ts';
import type { LinkTap, LossOfFrame } from '../network/tap.ts';

/** Bits of a packet's flags, for who reads a result. */
export { FLAG } from '../network/frame.ts';

/** What a packet is. A heartbeat is an ICMP echo between the two kernels on a control path. */
export type PacketKind =
  | 'heartbeat'
  | 'heartbeat-reply'
  | 'hello'
  | 'hello-acknowledgement'
  | 'configuration-sync'
  | 'configuration-acknowledgement'
  | 'session-sync'
  | 'bulk-request'
  | 'bulk-sync'
  | 'ha2-keep-alive'
  | 'ha2-keep-alive-reply'
  | 'ha3'
  | 'arp-request'
  | 'arp-reply'
  | 'echo-request'
  | 'echo-reply'
  | 'tcp'
  | 'udp'
  | 'esp'
  | 'dhcp'
  | 'routing';

/** What a reader wants to know of a message's content: a hello's role, how many messages of session sync a frame holds. */
export type PacketContent =
  | {
      readonly role: string;
      readonly devicePriority: number;
      readonly monitorFailed: boolean;
      readonly preempting: boolean;
    }
  | { readonly messages: number };

/** One crossing of one link by one frame. Addresses are integers, as the model has them; 0 = none. */
export interface CapturedPacket {
  /** The same for all links that a frame crosses unchanged, through switches; a router sends a new one. */
  readonly packet: number;
  /** Index in `links`. */
  readonly link: number;
  /** The end of the link from which it was sent. */
  readonly side: 0 | 1;
  readonly kind: PacketKind;
  readonly sentUs: number;
  /** Null when it was lost. */
  readonly arrivedUs: number | null;
  /** Null when it arrived. */
  readonly loss: LossOfFrame | null;
  /** Record to blame for the loss; 0 = chance, or none. */
  readonly cause: number;
  readonly sourceMac: number;
  readonly destinationMac: number;
  readonly sourceIp: number;
  readonly destinationIp: number;
  /** Which conversation; see `Frame`. */
  readonly flow: number;
  readonly sequence: number;
  /** Bits of `FLAG`. */
  readonly flags: number;
  readonly bytes: number;
  readonly port: number;
  readonly content: PacketContent | null;
}

export interface CapturedLink {
  readonly name: string;
  /** Node and port of either end; a host's only port and a switch's have names of their own. */
  readonly ends: readonly [LinkEnd, LinkEnd];
  /** It had carrier when the run began. */
  readonly carrier: boolean;
}

export interface LinkEnd {
  readonly node: string;
  readonly port: string;
}

export interface CarrierChange {
  readonly link: number;
  readonly atUs: number;
  readonly up: boolean;
  /** Record that it follows from, 0 for none. */
  readonly cause: number;
}

export interface CaptureResult {
  readonly links: readonly CapturedLink[];
  /** In the order in which they were sent. */
  readonly packets: readonly CapturedPacket[];
  readonly carriers: readonly CarrierChange[];
  /** Crossings that were not kept: long before the first thing that was done to the pair, or long after it. */
  readonly leftOut: number;
}

const KINDS: Readonly<Record<FrameKind, PacketKind>> = {
  [FRAME.arpRequest]: 'arp-request',
  [FRAME.arpReply]: 'arp-reply',
  [FRAME.echoRequest]: 'echo-request',
  [FRAME.echoReply]: 'echo-reply',
  [FRAME.tcp]: 'tcp',
  [FRAME.udp]: 'udp',
  [FRAME.hello]: 'hello',
  [FRAME.helloAck]: 'hello-acknowledgement',
  [FRAME.sessionSync]: 'session-sync',
  [FRAME.bulkRequest]: 'bulk-request',
  [FRAME.bulkSync]: 'bulk-sync',
  [FRAME.configSync]: 'configuration-sync',
  [FRAME.configAck]: 'configuration-acknowledgement',
  [FRAME.routing]: 'routing',
  [FRAME.ha3]: 'ha3',
  [FRAME.ha2KeepAlive]: 'ha2-keep-alive',
  [FRAME.ha2KeepAliveReply]: 'ha2-keep-alive-reply',
  [FRAME.esp]: 'esp',
  [FRAME.dhcp]: 'dhcp',
};

type Mutable = { -readonly [Key in keyof CapturedPacket]: CapturedPacket[Key] };

/** Collects the packets of one run. */
export class Capture implements LinkTap {
  readonly #network: Network;
  readonly #most: number;
  readonly #links: ReadonlyMap<Link, number>;
  readonly #described: readonly CapturedLink[];
  readonly #packets: Mutable[] = [];
  readonly #carriers: CarrierChange[] = [];
  /** Numbers of frames, which are the same object on every link that they cross unchanged. */
  readonly #numbers = new WeakMap<Frame, number>();
  /** The crossings that have not arrived yet, by the port to which they are on their way. */
  readonly #underWay = new Map<Port, Mutable[]>();
  #frames = 0;
  #leftOut = 0;
  /** Something has been done to the pair: a fault, or an operator's command. */
  #acted = false;

  /**
   * @param most crossings that are kept. Of a longer run those around the first thing that is done to the pair: up to half of them before
   * it, and from it on until there is no room; the others are counted
   */
  constructor(network: Network, most: number) {
    this.#network = network;
    this.#most = most;
    this.#links = new Map(network.links.map((link, index) => [link, index]));
    this.#described = network.links.map(({ name, ends: [a, b], carrier }) => ({
      name,
      ends: [endOf(a), endOf(b)],
      carrier,
    }));
  }

  sent(link: Link, side: 0 | 1, frame: Frame, arrivesUs: number): void {
    const packet = this.#take(link, side, frame);
    if (packet === null) return;
    packet.arrivedUs = arrivesUs;
    const to = link.ends[side === 0 ? 1 : 0];
    const others = (this.#underWay.get(to) ?? []).filter(
      ({ arrivedUs }) => arrivedUs !== null && arrivedUs >= packet.sentUs,
    );
    this.#underWay.set(to, [...others, packet]);
  }

  lost(link: Link, side: 0 | 1, frame: Frame, why: LossOfFrame, cause: number): void {
    const packet = this.#take(link, side, frame);
    if (packet === null) return;
    packet.loss = why;
    packet.cause = cause;
  }

  lostOnTheWay(to: Port, frame: Frame, why: LossOfFrame, cause: number): void {
    const number = this.#numbers.get(frame);
    const now = this.#network.simulation.nowUs;
    const packet = this.#underWay
      .get(to)
      ?.find((item) => item.packet === number && item.arrivedUs === now && item.loss === null);
    if (packet === undefined) return;
    packet.arrivedUs = null;
    packet.loss = why;
    packet.cause = cause;
  }

  carrierChanged(link: Link, up: boolean, cause: number): void {
    this.#carriers.push({
      link: this.#links.get(link) ?? -1,
      atUs: this.#network.simulation.nowUs,
      up,
      cause,
    });
  }

  /** Something is done to the pair: what comes now is what a reader wants to see. */
  markAct(): void {
    this.#acted = true;
  }

  result(): CaptureResult {
    return {
      links: this.#described,
      packets: this.#packets,
      carriers: this.#carriers,
      leftOut: this.#leftOut,
    };
  }

  /** Null for what is not kept. */
  #take(link: Link, side: 0 | 1, frame: Frame): Mutable | null {
    if ((frame.flags & FLAG.atOnce) !== 0) return null;
    if (!this.#makeRoom()) {
      this.#leftOut += 1;
      return null;
    }
    const { sourceMac, destinationMac, sourceIp, destinationIp, flow, sequence, flags, bytes, port } = frame;
    const packet: Mutable = {
      packet: this.#numberOf(frame),
      link: this.#links.get(link) ?? -1,
      side,
      kind: kindOf(frame),
      sentUs: this.#network.simulation.nowUs,
      arrivedUs: null,
      loss: null,
      cause: 0,
      sourceMac,
      destinationMac,
      sourceIp,
      destinationIp,
      flow,
      sequence,
      flags,
      bytes,
      port,
      content: contentOf(frame),
    };
    this.#packets.push(packet);
    return packet;
  }

  /** Room for one more; before anything was done to the pair, the oldest make way. */
  #makeRoom(): boolean {
    const before = Math.floor(this.#most / 2);
    if (!this.#acted && this.#packets.length >= before && before > 0) {
      const oldest = Math.ceil(before / 2);
      this.#packets.splice(0, oldest);
      this.#leftOut += oldest;
    }
    return this.#packets.length < this.#most;
  }

  #numberOf(frame: Frame): number {
    const known = this.#numbers.get(frame);
    if (known !== undefined) return known;
    this.#frames += 1;
    this.#numbers.set(frame, this.#frames);
    return this.#frames;
  }
}

function endOf({ node, name }: Port): LinkEnd {
  return { node: node.name, port: name };
}

/** The control paths have no IP addresses in the model: an echo without is a heartbeat. */
function kindOf({ kind, sourceIp, destinationIp }: Frame): PacketKind {
  if (sourceIp !== 0 || destinationIp !== 0) return KINDS[kind];
  if (kind === FRAME.echoRequest) return 'heartbeat';
  return kind === FRAME.echoReply ? 'heartbeat-reply' : KINDS[kind];
}

function contentOf({ kind, body }: Frame): PacketContent | null {
  if (kind === FRAME.sessionSync) return { messages: (body as readonly unknown[]).length };
  if (kind !== FRAME.hello) return null;
  const { role, devicePriority, monitorFailed, preempting } = (body as { readonly hello: Hello }).hello;
  return { role, devicePriority, monitorFailed, preempting };
}
