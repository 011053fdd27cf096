/**
 * DHCP messages (RFC 2131) of relayed clients. The model has who asks whom; the rest follows from it, and the server's name says where
 * the message comes from.
 */

import { FLAG, type CapturedPacket } from '../../../run/capture.ts';
import { concat, header, text } from './payload.ts';

const FIXED_BYTES = 240;
/** BOOTP's, below which nobody goes. */
const LEAST_BYTES = 300;
const CLIENT_PORT = 68;
const SERVER_PORT = 67;
const LEASE_SECONDS = 86_400;

interface Client {
  readonly ip: number;
  readonly mac: number;
}

/** Remembers the clients, of whom the messages of relays and servers do not tell. */
export class Dhcp {
  readonly #clients = new Map<number, Client>();

  /** A message, with its UDP ports. @param room bytes that it has in its frame */
  message(packet: CapturedPacket, room: number): { ports: { from: number; to: number }; bytes: Uint8Array } {
    const { flow, sequence, flags, sourceIp, destinationIp } = packet;
    const asks = (flags & FLAG.toServer) !== 0;
    // The first that is seen of a conversation is the client's own.
    const client = this.#clients.get(flow) ?? { ip: sourceIp, mac: packet.sourceMac };
    this.#clients.set(flow, client);
    const clients = asks ? sourceIp === client.ip : destinationIp === client.ip;
    const relay = clients ? 0 : asks ? sourceIp : destinationIp;
    const fixed = header(FIXED_BYTES, (view) => {
      view.setUint8(0, asks ? 1 : 2);
      view.setUint8(1, 1);
      view.setUint8(2, 6);
      view.setUint8(3, relay === 0 ? 0 : 1);
      view.setUint32(4, (flow & 0xffff) * 0x10000 + (sequence & 0xffff));
      view.setUint32(16, asks ? 0 : client.ip);
      view.setUint32(24, relay);
      view.setUint16(28, Math.floor(client.mac / 0x1_0000_0000));
      view.setUint32(30, client.mac % 0x1_0000_0000);
      view.setUint32(236, 0x6382_5363);
    });
    fixed.set(text('hasim simulated', 64), 44);
    const all = concat(fixed, asks ? DISCOVER : offer(sourceIp));
    const filling = new Uint8Array(Math.max(0, Math.max(LEAST_BYTES, room) - all.length));
    const from = asks && clients ? CLIENT_PORT : SERVER_PORT;
    const to = !asks && clients ? CLIENT_PORT : SERVER_PORT;
    return { ports: { from, to }, bytes: concat(all, filling) };
  }
}

const MESSAGE_TYPE = 53;
const END = 255;
const DISCOVER = Uint8Array.of(MESSAGE_TYPE, 1, 1, END);

function offer(server: number): Uint8Array {
  return header(16, (view) => {
    view.setUint8(0, MESSAGE_TYPE);
    view.setUint8(1, 1);
    view.setUint8(2, 2);
    view.setUint16(3, 0x3604);
    view.setUint32(5, server);
    view.setUint16(9, 0x3304);
    view.setUint32(11, LEASE_SECONDS);
    view.setUint8(15, END);
  });
}
