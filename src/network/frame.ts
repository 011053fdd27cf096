/**
 * What travels on a cable: one immutable record for every kind of packet that the model knows, so that the hot path sees
 * one shape. A router makes a new frame; it never writes into one that somebody else may still hold.
 */

export const FRAME = {
  arpRequest: 0,
  arpReply: 1,
  echoRequest: 2,
  echoReply: 3,
  tcp: 4,
  udp: 5,
  hello: 6,
  helloAck: 7,
  sessionSync: 8,
  bulkRequest: 9,
  bulkSync: 10,
  configSync: 11,
  configAck: 12,
  routing: 13,
  ha3: 20,
  ha2KeepAlive: 21,
  ha2KeepAliveReply: 22,
  esp: 23,
  dhcp: 24,
} as const;

export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

/**
 * Bits of `flags`. Of TCP and UDP: `syn`, `fin`, `toServer`. A frame that is `atOnce` is carried to its end within the event in which
 * it was sent: every node and link on its way decides about it as they stand at that moment (see `Network`).
 */
export const FLAG = { syn: 1, fin: 2, toServer: 4, atOnce: 8 } as const;

export interface Frame {
  readonly kind: FrameKind;
  readonly sourceMac: number;
  readonly destinationMac: number;
  readonly sourceIp: number;
  readonly destinationIp: number;
  /** Which conversation: a flow's id, or the id of the process that sent an echo request. */
  readonly flow: number;
  readonly sequence: number;
  readonly flags: number;
  readonly bytes: number;
  /** Of TCP and UDP: the server's port, in both directions; 0 = none, or nobody asks. */
  readonly port: number;
  /** Ledger entry that learns why this frame was lost (0 = nobody asks). See `Network.lossCause`. */
  readonly track: number;
  /** How often it has been sent on, by whoever does: see `MOST_HOPS`. */
  readonly hops: number;
  /** How often the packet has crossed HA3. */
  readonly crossings: number;
  /** Content of HA messages; plain data. */
  readonly body: unknown;
}

export interface FrameOptions {
  readonly flow?: number;
  readonly sequence?: number;
  readonly flags?: number;
  readonly bytes?: number;
  readonly port?: number;
  readonly track?: number;
  readonly body?: unknown;
}

/** IP's default TTL: a packet that is sent on so often goes round in circles. */
export const MOST_HOPS = 64;

/** Wire size of the small packets: echo, ARP, acknowledgements. */
const SMALL_BYTES = 98;

export function makeFrame(
  kind: FrameKind,
  sourceMac: number,
  destinationMac: number,
  sourceIp: number,
  destinationIp: number,
  options: FrameOptions,
): Frame {
  return {
    kind,
    sourceMac,
    destinationMac,
    sourceIp,
    destinationIp,
    flow: options.flow ?? 0,
    sequence: options.sequence ?? 0,
    flags: options.flags ?? 0,
    bytes: options.bytes ?? SMALL_BYTES,
    port: options.port ?? 0,
    track: options.track ?? 0,
    hops: 0,
    crossings: 0,
    body: options.body ?? null,
  };
}

/** The same packet on its next link: only the MAC addresses change. */
export function readdress(frame: Frame, sourceMac: number, destinationMac: number): Frame {
  return {
    kind: frame.kind,
    sourceMac,
    destinationMac,
    sourceIp: frame.sourceIp,
    destinationIp: frame.destinationIp,
    flow: frame.flow,
    sequence: frame.sequence,
    flags: frame.flags,
    bytes: frame.bytes,
    port: frame.port,
    track: frame.track,
    hops: frame.hops + 1,
    crossings: frame.crossings,
    body: frame.body,
  };
}
