/**
 * `pcapng`: the packets of a run as a capture file, one interface per link, that Wireshark and tshark open. Each crossing of a link is a
 * packet of its interface, at the time when it was sent: 1970-01-01 00:00:00 UTC is when the run began. What the link lost is there too,
 * as a capture at the sender would have it, with a comment that says why.
 */

import type { CapturedLink, CapturedPacket } from '../../../run/capture.ts';
import type { RunResult } from '../../../run/result.ts';
import { describeRecord } from '../../records.ts';
import type { ExportContext, Exporter } from '../exporter.ts';
import {
  byteOption,
  interfaceBlock,
  longOption,
  numberOption,
  OPTION,
  packetBlock,
  sectionBlock,
  textOption,
  type Option,
} from './block.ts';
import { PacketBytes } from './packet.ts';
import { concat } from './payload.ts';

/** Blocks are handed out together. */
const BLOCKS_AT_ONCE = 512;
const MICROSECONDS = 6;
/** Directions of `epb_flags`, as seen from the first end of a link. */
const OUTBOUND = 2;
const INBOUND = 1;

export const pcapng: Exporter = {
  extension: 'pcapng',
  binary: true,
  packets: true,
  *render(result, context) {
    let blocks: Uint8Array[] = [];
    for (const block of blocksOf(result, context)) {
      blocks.push(block);
      if (blocks.length < BLOCKS_AT_ONCE) continue;
      yield concat(...blocks);
      blocks = [];
    }
    yield concat(...blocks);
  },
};

function* blocksOf(result: RunResult, context: ExportContext): Generator<Uint8Array> {
  yield sectionBlock([
    textOption(OPTION.comment, aboutRun(result, context)),
    textOption(OPTION.userApplication, `hasim ${result.version}`),
  ]);
  const { capture } = result;
  if (capture === null) return;
  for (const link of capture.links) yield interfaceBlock(aboutLink(link, result));
  const bytes = new PacketBytes(result);
  const losses = new LossComments(result);
  for (const packet of capture.packets) {
    const { captured, length } = bytes.of(packet);
    const comment = losses.of(packet);
    yield packetBlock({ link: packet.link, time: packet.sentUs, captured, length }, [
      numberOption(OPTION.packetFlags, packet.side === 0 ? OUTBOUND : INBOUND),
      longOption(OPTION.packetId, packet.packet),
      ...(comment === null ? [] : [textOption(OPTION.comment, comment)]),
    ]);
  }
}

function aboutRun(result: RunResult, { replay }: ExportContext): string {
  const { version, scenario, seed, digests, capture } = result;
  const leftOut = capture?.leftOut ?? 0;
  const lines = [
    `simulated by hasim ${version}: no packet of this file was ever on a wire`,
    `scenario: ${scenario.name} (${scenario.file})`,
    `seed: ${seed}`,
    `digest: ${digests.protocol}`,
    `replay: ${replay}`,
    'time 0 of the run is 1970-01-01 00:00:00 UTC',
    ...(leftOut === 0 ? [] : [`left out: ${leftOut} crossings long before or after the first fault`]),
  ];
  return lines.join('\n');
}

/** The second end is the far one; see `OUTBOUND`. */
function aboutLink({ name, ends }: CapturedLink, { topology }: RunResult): Option[] {
  const link = topology.links.find((item) => item.name === name);
  const [a, b] = link?.between ?? [`${ends[0].node}:${ends[0].port}`, `${ends[1].node}:${ends[1].port}`];
  const duties = link === undefined || link.duties.length === 0 ? '' : ` (${link.duties.join(', ')})`;
  return [
    textOption(OPTION.interfaceName, name),
    textOption(OPTION.interfaceDescription, `${a} to ${b}${duties}, simulated`),
    byteOption(OPTION.timeResolution, MICROSECONDS),
    byteOption(OPTION.checksumLength, 0),
  ];
}

/** Why a packet did not arrive, in words. */
class LossComments {
  readonly #result: RunResult;
  readonly #indices: ReadonlyMap<number, number>;

  constructor(result: RunResult) {
    this.#result = result;
    this.#indices = new Map(result.records.map(({ id }, index) => [id, index]));
  }

  of({ loss, cause }: CapturedPacket): string | null {
    if (loss === null) return null;
    const record = this.#result.records[this.#indices.get(cause) ?? -1];
    if (record === undefined) return cause === 0 ? `lost: ${loss}` : `lost: ${loss} by record ${cause}`;
    const sentence = describeRecord(record, this.#result.devices);
    return `lost: ${loss} by record ${cause}, ${record.subject}: ${sentence}`;
  }
}
