/**
 * Blocks of a pcapng file, little endian (draft-ietf-opsawg-pcapng): a type, the length at both ends, and everything in between padded to
 * 32 bits, as each option is.
 */

import { concat } from './payload.ts';

const ENCODER = new TextEncoder();

/** Types of blocks. */
const BLOCK = { section: 0x0a0d_0d0a, interface: 1, packet: 6 } as const;

export interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

/** Codes of options; 1 is the same in all blocks. */
export const OPTION = {
  comment: 1,
  userApplication: 4,
  interfaceName: 2,
  interfaceDescription: 3,
  timeResolution: 9,
  checksumLength: 13,
  packetFlags: 2,
  packetId: 5,
} as const;

/** The longest value that an option can tell the length of. */
const LONGEST = 0xffff;

/** An option that holds text; more than 65535 bytes are cut. */
export function textOption(code: number, words: string): Option {
  return { code, value: ENCODER.encode(words).subarray(0, LONGEST) };
}

export function byteOption(code: number, value: number): Option {
  return { code, value: Uint8Array.of(value) };
}

export function numberOption(code: number, value: number): Option {
  return { code, value: little(4, (view) => view.setUint32(0, value, true)) };
}

/** 64 bits. @param value up to 2^53 */
export function longOption(code: number, value: number): Option {
  return { code, value: little(8, (view) => view.setBigUint64(0, BigInt(value), true)) };
}

/** Begins the file: who wrote it. Its length is not told, for that nobody has to count ahead. */
export function sectionBlock(options: readonly Option[]): Uint8Array {
  const fixed = little(16, (view) => {
    view.setUint32(0, 0x1a2b_3c4d, true);
    view.setUint16(4, 1, true);
    view.setBigInt64(8, -1n, true);
  });
  return block(BLOCK.section, fixed, options);
}

/** An Ethernet interface, of whose packets any length is captured. */
export function interfaceBlock(options: readonly Option[]): Uint8Array {
  return block(
    BLOCK.interface,
    little(8, (view) => view.setUint16(0, 1, true)),
    options,
  );
}

export interface PacketBlock {
  /** Index of its interface in the file. */
  readonly link: number;
  /** Since the epoch, in the interface's unit. */
  readonly time: number;
  readonly captured: Uint8Array;
  /** How long the packet was. */
  readonly length: number;
}

/** An enhanced packet block. */
export function packetBlock(
  { link, time, captured, length }: PacketBlock,
  options: readonly Option[],
): Uint8Array {
  const fixed = little(20, (view) => {
    view.setUint32(0, link, true);
    view.setUint32(4, Math.floor(time / 0x1_0000_0000), true);
    view.setUint32(8, time % 0x1_0000_0000, true);
    view.setUint32(12, captured.length, true);
    view.setUint32(16, length, true);
  });
  return block(BLOCK.packet, concat(fixed, padded(captured)), options);
}

function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
  // A last option of code 0 ends them; without options there is no end either.
  const ends = options.length === 0 ? [] : [{ code: 0, value: new Uint8Array(0) }];
  const written = [...options, ...ends].map(({ code, value }) =>
    concat(
      little(4, (view) => {
        view.setUint16(0, code, true);
        view.setUint16(2, value.length, true);
      }),
      padded(value),
    ),
  );
  const inside = concat(body, ...written);
  const length = little(4, (view) => view.setUint32(0, inside.length + 12, true));
  return concat(
    little(4, (view) => view.setUint32(0, type, true)),
    length,
    inside,
    length,
  );
}

function padded(bytes: Uint8Array): Uint8Array {
  const over = bytes.length % 4;
  return over === 0 ? bytes : concat(bytes, new Uint8Array(4 - over));
}

function little(length: number, fill: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  fill(view);
  return new Uint8Array(view.buffer);
}
