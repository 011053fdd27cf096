/**
 * A captured packet as bytes: the formats that are public as their RFCs have them, and what is PAN-OS' own as its outer headers, which
 * are documented (D05, D11, D12, D24), around a text that says what it is, so that nobody takes it for PAN-OS' content.
 *
 * Of users' TCP, UDP and ESP the model has no content at all: they are cut behind their header, as a capture with a snap length is.
 */

import { FLAG, type CapturedPacket } from '../../../run/capture.ts';
import type { RunResult } from '../../../run/result.ts';
import { PathEnds, type Path } from './addresses.ts';
import { ControlConnections, portsOf, transactionSegment } from './connections.ts';
import { Dhcp } from './dhcp.ts';
import * as net from './internet.ts';
import { ETHER_TYPE, PROTOCOL, type Addresses } from './internet.ts';
import { text, whole, type Payload } from './payload.ts';

/** PAN-OS' ports: of hellos, by path, and of what keeps configurations the same; of HA2 with transport udp. */
const HELLO_PORTS: Readonly<Partial<Record<Path, number>>> = {
  ha1: 28_769,
  'ha1-backup': 28_770,
  'heartbeat-backup': 28_771,
};
const CONFIGURATION_PORT = 28_260;
/** Of all that HA1 and HA1-backup carry over TCP, where it is encrypted (D24). Heartbeats are ICMP either way. */
const ENCRYPTED_PORT = 28;
const HA2_PORT = 29_281;
/** Of ESP's SPIs the high half; the low one is the flow. */
const SPI = 0x6861_0000;

/** A packet as an enhanced packet block wants it. */
export interface CapturedBytes {
  readonly captured: Uint8Array;
  readonly length: number;
}

/** Makes bytes of the packets of one run, in their order: some follow from those before. */
export class PacketBytes {
  readonly #ends: PathEnds;
  readonly #connections = new ControlConnections();
  readonly #dhcp = new Dhcp();
  readonly #result: RunResult;
  readonly #firewalls: ReadonlySet<string>;

  constructor(result: RunResult) {
    this.#result = result;
    this.#ends = new PathEnds(result);
    this.#firewalls = new Set(result.devices.map(({ name }) => name));
  }

  of(packet: CapturedPacket): CapturedBytes {
    const mac = { source: packet.sourceMac, destination: packet.destinationMac };
    const { type, payload } = this.#layers(packet);
    const { bytes, absent } = net.ethernet(mac, type, payload);
    return {
      captured: bytes.subarray(0, net.LONGEST),
      length: Math.max(packet.bytes, bytes.length + absent),
    };
  }

  #layers(packet: CapturedPacket): { readonly type: number; readonly payload: Payload } {
    const { kind, packet: number } = packet;
    const mac = { source: packet.sourceMac, destination: packet.destinationMac };
    const users: Addresses = { source: packet.sourceIp, destination: packet.destinationIp };
    const ip = (protocol: number, payload: Payload, addresses = users) => ({
      type: ETHER_TYPE.ipv4,
      payload: net.ipv4(addresses, protocol, number, payload),
    });
    const content = (headers: number, more = '') =>
      text(`hasim simulated ${kind}${more}`, room(packet, headers));
    switch (kind) {
      case 'arp-request':
      case 'arp-reply': {
        const message = net.arp(kind === 'arp-request' ? 1 : 2, mac, users);
        return {
          type: ETHER_TYPE.arp,
          payload: whole(message, new Uint8Array(room(packet, message.length))),
        };
      }
      case 'echo-request':
      case 'echo-reply': {
        const type = kind === 'echo-request' ? 'request' : 'reply';
        const data = echoed(packet, 'echo');
        return ip(PROTOCOL.icmp, whole(net.echo(type, packet.flow, packet.sequence, data)));
      }
      case 'heartbeat':
      case 'heartbeat-reply': {
        const type = kind === 'heartbeat' ? 'request' : 'reply';
        // Both kernels ask, each under an identifier of its own.
        const asks = kind === 'heartbeat' ? packet.sourceMac : packet.destinationMac;
        const data = echoed(packet, 'heartbeat');
        const message = net.echo(type, asks % 0x10000, packet.sequence, data);
        return ip(PROTOCOL.icmp, whole(message), this.#ends.addressesOf(packet));
      }
      case 'hello':
        return this.#control(packet, content(CONTROL_HEADERS, helloText(packet)));
      case 'configuration-sync':
        return this.#control(packet, content(CONTROL_HEADERS));
      case 'hello-acknowledgement':
      case 'configuration-acknowledgement':
        return this.#control(packet, new Uint8Array(0));
      case 'session-sync':
        return this.#data(packet, messagesText(packet));
      case 'bulk-request':
      case 'bulk-sync':
      case 'ha2-keep-alive':
      case 'ha2-keep-alive-reply':
        return this.#data(packet, '');
      case 'ha3':
        return { type: ETHER_TYPE.experimental, payload: whole(content(0)) };
      case 'routing':
        return ip(PROTOCOL.experimental, whole(content(net.IPV4_BYTES)));
      case 'tcp': {
        const { segment, dataLength } = transactionSegment(packet);
        return ip(PROTOCOL.tcp, net.tcp(users, segment, absent(dataLength)));
      }
      case 'udp': {
        const data = absent(room(packet, net.IPV4_BYTES + net.UDP_BYTES));
        return ip(PROTOCOL.udp, net.udp(users, portsOf(packet), data));
      }
      case 'esp': {
        const way = (packet.flags & FLAG.toServer) === 0 ? 0x8000 : 0;
        const front = net.esp(SPI + ((packet.flow & 0x7fff) | way), packet.sequence);
        return ip(PROTOCOL.esp, {
          bytes: front,
          absent: Math.max(0, room(packet, net.IPV4_BYTES) - front.length),
        });
      }
      case 'dhcp': {
        const { ports, bytes } = this.#dhcp.message(packet, room(packet, net.IPV4_BYTES + net.UDP_BYTES));
        return ip(PROTOCOL.udp, net.udp(users, ports, whole(bytes)));
      }
    }
  }

  /** On a control path, in a connection that is open. */
  #control(packet: CapturedPacket, data: Uint8Array): { type: number; payload: Payload } {
    const addresses = this.#ends.addressesOf(packet);
    const port = this.#controlPort(packet);
    const sender = this.#result.capture?.links[packet.link]?.ends[packet.side].node ?? '';
    const segment = this.#connections.segment(packet, port, data.length, !this.#firewalls.has(sender));
    const payload = net.tcp(addresses, segment, whole(data));
    return {
      type: ETHER_TYPE.ipv4,
      payload: net.ipv4(addresses, PROTOCOL.tcp, packet.packet, payload),
    };
  }

  #controlPort(packet: CapturedPacket): number {
    const path = this.#ends.pathOf(packet);
    // Heartbeat-backup has a connection of its own on the management interface, which no setting encrypts.
    const encrypted = this.#result.devices.every(({ ha1Encryption }) => ha1Encryption === true);
    if (encrypted && path !== 'heartbeat-backup') return ENCRYPTED_PORT;
    const ofHello = packet.kind === 'hello' || packet.kind === 'hello-acknowledgement';
    return ofHello ? (HELLO_PORTS[path] ?? 0) : CONFIGURATION_PORT;
  }

  /** On HA2, in the transport that is configured. */
  #data(packet: CapturedPacket, more: string): { type: number; payload: Payload } {
    const words = `hasim simulated ${packet.kind}${more}`;
    const transport = this.#result.devices[0]?.ha2Transport;
    if (transport === undefined)
      return { type: ETHER_TYPE.ha2, payload: whole(text(words, room(packet, 0))) };
    const addresses = this.#ends.addressesOf(packet);
    const inIp = (protocol: number, payload: Payload) => ({
      type: ETHER_TYPE.ipv4,
      payload: net.ipv4(addresses, protocol, packet.packet, payload),
    });
    if (transport === 'ip') return inIp(PROTOCOL.ha2, whole(text(words, room(packet, net.IPV4_BYTES))));
    const data = whole(text(words, room(packet, net.IPV4_BYTES + net.UDP_BYTES)));
    return inIp(PROTOCOL.udp, net.udp(addresses, { from: HA2_PORT, to: HA2_PORT }, data));
  }
}

const CONTROL_HEADERS = net.IPV4_BYTES + net.TCP_TIMESTAMPS_BYTES;

/** Bytes that are left in a frame behind Ethernet's header and those of that many bytes. */
function room({ bytes }: CapturedPacket, headers: number): number {
  return Math.max(0, Math.min(bytes, net.LONGEST) - net.ETHERNET_BYTES - headers);
}

/** A reply brings back what it was sent; by that readers of captures find the two together. */
function echoed(packet: CapturedPacket, what: string): Uint8Array {
  return text(`hasim simulated ${what}`, room(packet, net.IPV4_BYTES + net.ICMP_BYTES));
}

function absent(length: number): Payload {
  return { bytes: new Uint8Array(0), absent: length };
}

function helloText({ content }: CapturedPacket): string {
  if (content === null || !('role' in content)) return '';
  const { role, devicePriority, monitorFailed, preempting } = content;
  return `: ${role}, priority ${devicePriority}${monitorFailed ? ', monitor failed' : ''}${preempting ? ', preempting' : ''}`;
}

function messagesText({ content }: CapturedPacket): string {
  if (content === null || !('messages' in content)) return '';
  return `: ${content.messages} ${content.messages === 1 ? 'message' : 'messages'}`;
}
