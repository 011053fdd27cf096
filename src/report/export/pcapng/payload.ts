/**
 * Bytes of a packet, layer by layer: what a layer holds, and how much follows of which the model knows only the length. A capture with
 * a snap length has the same gap, so readers of captures know it.
 */

export interface Payload {
  /** What is captured. */
  readonly bytes: Uint8Array;
  /** Bytes behind those that the packet has and the capture has not. */
  readonly absent: number;
}

const ENCODER = new TextEncoder();

/** A header of that many bytes, filled in big endian. */
export function header(length: number, fill: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  fill(view);
  return new Uint8Array(view.buffer);
}

/** Text in that many bytes: filled up with zeros, or cut. @param room may be negative, which is none */
export function text(words: string, room: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, room));
  ENCODER.encodeInto(words, bytes);
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** All of it is captured. */
export function whole(...parts: readonly Uint8Array[]): Payload {
  return { bytes: concat(...parts), absent: 0 };
}

export function lengthOf({ bytes, absent }: Payload): number {
  return bytes.length + absent;
}

/** The Internet checksum (RFC 1071) of these bytes one behind the other; all parts but the last are of even length. */
export function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += part[at]! * 256 + (part[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
