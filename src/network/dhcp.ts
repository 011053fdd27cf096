/**
 * DHCP as far as a relay is concerned: a client's DISCOVER is a broadcast, the relay sends it on to the server as unicast from the
 * address of its interface (giaddr), the server answers to that, and the relay hands the OFFER to the client.
 */

import { FLAG, FRAME, makeFrame, type Frame } from './frame.ts';

const BYTES = 342;
const LIMITED_BROADCAST = 0xffff_ffff;

/** What a message carries for the relay: whom it is for. */
interface Client {
  readonly ip: number;
  readonly mac: number;
}

/** A client looks for a server; its own interface fills in the MAC addresses. */
export function discover(client: Client, flow: number, sequence: number): Frame {
  const options = { flow, sequence, flags: FLAG.toServer, bytes: BYTES, body: client };
  return makeFrame(FRAME.dhcp, 0, 0, client.ip, LIMITED_BROADCAST, options);
}

/** The DISCOVER as a relay sends it on. */
export function relayToServer(frame: Frame, relayIp: number, serverIp: number): Frame {
  return { ...frame, sourceIp: relayIp, destinationIp: serverIp };
}

/** The OFFER as a relay hands it to the client, from this MAC address. */
export function relayToClient(frame: Frame, relayMac: number): Frame {
  const { ip, mac } = frame.body as Client;
  return { ...frame, destinationIp: ip, sourceMac: relayMac, destinationMac: mac };
}
