/**
 * Ethernet, ARP, IPv4, ICMP, UDP, TCP and ESP as their RFCs have them. What is absent of a payload counts as zeros in checksums, so that they
 * are right for the packet that the lengths tell of.
 */

import { checksum, concat, header, lengthOf, type Payload } from './payload.ts';

export const ETHER_TYPE = {
  ipv4: 0x0800,
  arp: 0x0806,
  /** HA2 with transport ethernet (PAN-OS documents it, D05). */
  ha2: 0x7261,
  /** Local Experimental EtherType 1 of IEEE 802: PAN-OS does not publish the one of HA3. */
  experimental: 0x88b5,
} as const;

export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, esp: 50, ha2: 99, experimental: 253 } as const;

/** What is captured of one packet at the most; its length is told all the same. */
export const LONGEST = 65_535;
export const ETHERNET_BYTES = 14;
export const IPV4_BYTES = 20;
export const ICMP_BYTES = 8;
export const UDP_BYTES = 8;
export const TCP_BYTES = 20;
/** Of TCP with the timestamps option and what aligns it. */
export const TCP_TIMESTAMPS_BYTES = 32;

export const TCP_FLAG = { fin: 1, syn: 2, push: 8, acknowledgement: 16 } as const;

/** Who sends to whom, as integers (see `CapturedPacket`). */
export interface Addresses {
  readonly source: number;
  readonly destination: number;
}

function setMac(view: DataView, at: number, mac: number): void {
  view.setUint16(at, Math.floor(mac / 0x1_0000_0000));
  view.setUint32(at + 2, mac % 0x1_0000_0000);
}

/** Without its checksum at the end, as captures are. */
export function ethernet({ source, destination }: Addresses, type: number, payload: Payload): Payload {
  const front = header(ETHERNET_BYTES, (view) => {
    setMac(view, 0, destination);
    setMac(view, 6, source);
    view.setUint16(12, type);
  });
  return { bytes: concat(front, payload.bytes), absent: payload.absent };
}

/** RFC 826, for IPv4 on Ethernet. The target's MAC address is zeros in a request. */
export function arp(operation: 1 | 2, mac: Addresses, ip: Addresses): Uint8Array {
  return header(28, (view) => {
    view.setUint16(0, 1);
    view.setUint16(2, ETHER_TYPE.ipv4);
    view.setUint8(4, 6);
    view.setUint8(5, 4);
    view.setUint16(6, operation);
    setMac(view, 8, mac.source);
    view.setUint32(14, ip.source);
    setMac(view, 18, operation === 1 ? 0 : mac.destination);
    view.setUint32(24, ip.destination);
  });
}

/** RFC 791; nobody may fragment it, as nobody does in the model. @param identification of which 16 bits are used */
export function ipv4(ip: Addresses, protocol: number, identification: number, payload: Payload): Payload {
  const front = header(IPV4_BYTES, (view) => {
    view.setUint8(0, 0x45);
    view.setUint16(2, IPV4_BYTES + lengthOf(payload));
    view.setUint16(4, identification & 0xffff);
    view.setUint16(6, 0x4000);
    view.setUint8(8, 64);
    view.setUint8(9, protocol);
    view.setUint32(12, ip.source);
    view.setUint32(16, ip.destination);
    view.setUint16(10, checksum(new Uint8Array(view.buffer)));
  });
  return { bytes: concat(front, payload.bytes), absent: payload.absent };
}

/** An echo of RFC 792. */
export function echo(
  type: 'request' | 'reply',
  identifier: number,
  sequence: number,
  data: Uint8Array,
): Uint8Array {
  const front = header(ICMP_BYTES, (view) => {
    view.setUint8(0, type === 'request' ? 8 : 0);
    view.setUint16(4, identifier & 0xffff);
    view.setUint16(6, sequence & 0xffff);
    view.setUint16(2, checksum(new Uint8Array(view.buffer), data));
  });
  return concat(front, data);
}

export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** RFC 768. A checksum of zero would mean that there is none, so it is written as all ones. */
export function udp(ip: Addresses, { from, to }: Ports, data: Payload): Payload {
  const length = UDP_BYTES + lengthOf(data);
  const front = header(UDP_BYTES, (view) => {
    view.setUint16(0, from);
    view.setUint16(2, to);
    view.setUint16(4, length);
    const sum = checksum(pseudo(ip, PROTOCOL.udp, length), new Uint8Array(view.buffer), data.bytes);
    view.setUint16(6, sum === 0 ? 0xffff : sum);
  });
  return { bytes: concat(front, data.bytes), absent: data.absent };
}

export interface Segment {
  readonly ports: Ports;
  readonly sequence: number;
  readonly acknowledgement: number;
  /** Bits of `TCP_FLAG`. */
  readonly flags: number;
  /** Milliseconds of RFC 7323: the sender's own, and the latest that it has seen of the other; null = without the option. */
  readonly timestamps: { readonly own: number; readonly other: number } | null;
}

/** RFC 9293. */
export function tcp(ip: Addresses, segment: Segment, data: Payload): Payload {
  const { ports, sequence, acknowledgement, flags, timestamps } = segment;
  const size = timestamps === null ? TCP_BYTES : TCP_TIMESTAMPS_BYTES;
  const front = header(size, (view) => {
    view.setUint16(0, ports.from);
    view.setUint16(2, ports.to);
    view.setUint32(4, sequence);
    view.setUint32(8, acknowledgement);
    view.setUint8(12, (size / 4) << 4);
    view.setUint8(13, flags);
    view.setUint16(14, 0xffff);
    if (timestamps !== null) {
      // No-operation twice, then the option: kind 8, 10 bytes.
      view.setUint32(20, 0x0101_080a);
      view.setUint32(24, timestamps.own);
      view.setUint32(28, timestamps.other);
    }
    const length = size + lengthOf(data);
    view.setUint16(16, checksum(pseudo(ip, PROTOCOL.tcp, length), new Uint8Array(view.buffer), data.bytes));
  });
  return { bytes: concat(front, data.bytes), absent: data.absent };
}

/** RFC 4303: what is behind these two is encrypted. */
export function esp(spi: number, sequence: number): Uint8Array {
  return header(8, (view) => {
    view.setUint32(0, spi);
    view.setUint32(4, sequence);
  });
}

/** What checksums of UDP and TCP cover of IP. */
function pseudo({ source, destination }: Addresses, protocol: number, length: number): Uint8Array {
  return header(12, (view) => {
    view.setUint32(0, source);
    view.setUint32(4, destination);
    view.setUint8(9, protocol);
    view.setUint16(10, length);
  });
}
