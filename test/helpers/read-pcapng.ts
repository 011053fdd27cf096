/**
 * Reads a pcapng file as its draft says, and complains about whatever is not: an oracle for what the exporter writes, which shares none of
 * its code.
 */

export interface ReadOption {
  readonly code: number;
  readonly value: Uint8Array;
}

export interface ReadPacket {
  readonly interface: number;
  readonly time: number;
  readonly length: number;
  readonly captured: Uint8Array;
  readonly options: readonly ReadOption[];
}

export interface ReadFile {
  readonly section: readonly ReadOption[];
  readonly interfaces: readonly { readonly linkType: number; readonly options: readonly ReadOption[] }[];
  readonly packets: readonly ReadPacket[];
}

/** @throws Error when the file is not well-formed */
export function readPcapng(file: Uint8Array): ReadFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const section: ReadOption[] = [];
  const interfaces: { linkType: number; options: ReadOption[] }[] = [];
  const packets: ReadPacket[] = [];
  let at = 0;
  while (at < file.length) {
    const type = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    if (length % 4 !== 0 || length < 12) throw new Error(`block of ${length} bytes at ${at}`);
    if (view.getUint32(at + length - 4, true) !== length) throw new Error(`lengths differ at ${at}`);
    const end = at + length - 4;
    if (type === 0x0a0d0d0a) {
      if (at !== 0 || view.getUint32(8, true) !== 0x1a2b3c4d) throw new Error('no little-endian section');
      if (view.getUint16(12, true) !== 1 || view.getUint16(14, true) !== 0)
        throw new Error('not version 1.0');
      if (view.getBigInt64(16, true) !== -1n) throw new Error('a section length is told');
      section.push(...readOptions(view, 24, end));
    } else if (type === 1) {
      interfaces.push({
        linkType: view.getUint16(at + 8, true),
        options: readOptions(view, at + 16, end),
      });
    } else if (type === 6) {
      const captured = view.getUint32(at + 20, true);
      const behind = at + 28 + captured + ((4 - (captured % 4)) % 4);
      packets.push({
        interface: view.getUint32(at + 8, true),
        time: view.getUint32(at + 12, true) * 2 ** 32 + view.getUint32(at + 16, true),
        length: view.getUint32(at + 24, true),
        captured: file.subarray(at + 28, at + 28 + captured),
        options: readOptions(view, behind, end),
      });
      if (packets.at(-1)!.interface >= interfaces.length) throw new Error(`no such interface at ${at}`);
      if (packets.at(-1)!.length < captured) throw new Error(`more captured than there was at ${at}`);
    } else throw new Error(`block of type ${type} at ${at}`);
    at += length;
  }
  return { section, interfaces, packets };
}

function readOptions(view: DataView, from: number, end: number): ReadOption[] {
  const options: ReadOption[] = [];
  let at = from;
  while (at < end) {
    const [code, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const next = at + 4 + length + ((4 - (length % 4)) % 4);
    if (next > end) throw new Error(`option ${code} at ${at} ends behind its block`);
    if (code === 0) {
      if (length !== 0 || next !== end) throw new Error(`the end of options at ${at} is not the end`);
      return options;
    }
    options.push({ code, value: new Uint8Array(view.buffer, view.byteOffset + at + 4, length) });
    at = next;
  }
  if (options.length > 0) throw new Error(`options without their end at ${at}`);
  return options;
}

/** The texts of the options of one code. */
export function textsOf(options: readonly ReadOption[], code: number): string[] {
  return options.filter((item) => item.code === code).map(({ value }) => new TextDecoder().decode(value));
}

/** The number that the option of one code holds, little endian; NaN if there is none. */
export function numberOf(options: readonly ReadOption[], code: number): number {
  const value = options.find((item) => item.code === code)?.value;
  return value === undefined ? NaN : value.reduceRight((sum, byte) => sum * 256 + byte, 0);
}
