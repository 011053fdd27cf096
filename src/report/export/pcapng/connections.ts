/**
 * TCP's numbers for packets of which the model knows only that they are TCP: whoever reads the capture can follow the streams, and sees
 * a repetition where there is one.
 */

import { FLAG, type CapturedPacket } from '../../../run/capture.ts';
import { ETHERNET_BYTES, IPV4_BYTES, LONGEST, TCP_BYTES, TCP_FLAG, type Segment } from './internet.ts';

/** The client's port of a connection between the firewalls. */
const CLIENT_PORT = 49_152;
const EPHEMERAL_PORTS = 65_536 - CLIENT_PORT;
/** Of ports that nobody asked for: discard. */
const NO_PORT = 9;

/** One direction of a connection between the firewalls. */
interface Direction {
  next: number;
  /** When it last sent, in milliseconds. */
  sentMs: number;
  latest: Segment | null;
}

/** The connections of HA1, open since before the capture: both ends only send. */
export class ControlConnections {
  readonly #directions = new Map<string, Direction>();
  /** Segments by packet: one that crosses several links is the same on each. */
  readonly #segments = new Map<number, Segment>();

  /**
   * The segment that a packet is.
   *
   * @param port the server's; the server is the firewall with the lower MAC address
   * @param dataLength bytes of data; 0 = it acknowledges and says no more
   * @param sentOn by a cloud, as a packet of its own: it is the one before
   */
  segment(packet: CapturedPacket, port: number, dataLength: number, sentOn: boolean): Segment {
    const { sourceMac, destinationMac, sentUs } = packet;
    const known = this.#segments.get(packet.packet);
    if (known !== undefined) return known;
    const own = this.#direction(`${sourceMac} ${destinationMac} ${port}`);
    const other = this.#direction(`${destinationMac} ${sourceMac} ${port}`);
    if (sentOn && own.latest !== null) return own.latest;
    own.sentMs = Math.floor(sentUs / 1000);
    const byServer = sourceMac < destinationMac;
    const segment: Segment = {
      ports: byServer ? { from: port, to: CLIENT_PORT } : { from: CLIENT_PORT, to: port },
      sequence: own.next,
      acknowledgement: other.next,
      flags: TCP_FLAG.acknowledgement | (dataLength === 0 ? 0 : TCP_FLAG.push),
      timestamps: { own: own.sentMs, other: other.sentMs },
    };
    own.next = (own.next + dataLength) % 0x1_0000_0000;
    own.latest = segment;
    this.#segments.set(packet.packet, segment);
    return segment;
  }

  #direction(key: string): Direction {
    const known = this.#directions.get(key);
    if (known !== undefined) return known;
    const direction: Direction = { next: 1, sentMs: 0, latest: null };
    this.#directions.set(key, direction);
    return direction;
  }
}

/** The ports of a user's packet: the client's follows from its flow. */
export function portsOf({ flow, flags, port }: CapturedPacket): Segment['ports'] {
  const client = CLIENT_PORT + (flow % EPHEMERAL_PORTS);
  const server = port === 0 ? NO_PORT : port;
  return (flags & FLAG.toServer) === 0 ? { from: server, to: client } : { from: client, to: server };
}

/**
 * The segment of a transaction, and how much data it has. Its sequence tells it all: 1 opens the connection, from 2 on each is a request
 * and its response, as long as the frame is; the last closes it.
 */
export function transactionSegment(packet: CapturedPacket): {
  readonly segment: Segment;
  readonly dataLength: number;
} {
  const { sequence, flags, bytes } = packet;
  const [opens, closes] = [(flags & FLAG.syn) !== 0, (flags & FLAG.fin) !== 0];
  const toServer = (flags & FLAG.toServer) !== 0;
  const each = Math.max(0, Math.min(bytes, LONGEST) - ETHERNET_BYTES - IPV4_BYTES - TCP_BYTES);
  const before = opens ? 0 : 1 + Math.max(0, sequence - 2) * each;
  const dataLength = opens || closes ? 0 : each;
  // A response has seen its request; a request has seen the response to the one before.
  const seen = opens || closes ? 1 : each;
  const acknowledgement = toServer ? (opens ? 0 : before) : before + seen;
  const first = opens && toServer;
  const more = opens ? TCP_FLAG.syn : closes ? TCP_FLAG.fin : TCP_FLAG.push;
  return {
    dataLength,
    segment: {
      ports: portsOf(packet),
      sequence: before % 0x1_0000_0000,
      acknowledgement: acknowledgement % 0x1_0000_0000,
      flags: first ? more : more | TCP_FLAG.acknowledgement,
      timestamps: null,
    },
  };
}
