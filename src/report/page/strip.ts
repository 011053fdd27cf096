/**
 * Strips of probes: what users would have seen over some time, a cell for every probe, or for every so many. What was lost is cut to the
 * microsecond at which it was sent, so a cell that is half lost is half filled.
 */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { RunResult } from '../../run/result.ts';
import { AXIS_LENGTH, type Bar, type Piece } from '../html/bars.ts';
import { counted, grouped } from '../table.ts';

type Probe = RunResult['probes'][number];

/** Pixels below which a cell cannot be told from the next. */
const NARROWEST_CELL = 7;
const ROUND = [1, 2, 5];

/** A span in the run's time, and what is the zero of the axis. */
export interface Span {
  readonly zeroUs: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** A probe over a span; one that goes both ways and can tell which has a strip for each. */
export function strips(probe: Probe, span: Span): readonly Bar[] {
  const { name, outages, type } = probe;
  const ways = type === 'udp-stream' ? Object.keys(probe.directions) : [];
  if (ways.length < 2) return [strip(probe, name, outages, span)];
  return ways.map((way) => {
    const own = outages.filter(({ direction }) => direction === way);
    return strip(probe, `${name} (${way})`, own, span);
  });
}

function strip(
  { intervalUs }: Probe,
  label: string,
  outages: Probe['outages'],
  { zeroUs, fromUs, toUs }: Span,
): Bar {
  const seen = outages.filter((outage) => outage.toUs - zeroUs > fromUs && outage.fromUs - zeroUs < toUs);
  const lost = seen.map((outage): Piece => ({
    fromUs: outage.fromUs - zeroUs,
    toUs: outage.toUs - zeroUs,
    text: `${grouped(outage.lost)} lost`,
    short: grouped(outage.lost),
    title: `${grouped(outage.lost)} lost from ${formatClock(outage.fromUs, 0)} to ${formatClock(outage.toUs, 0)} s`,
    fill: 'lost',
  }));
  const many = perCell(intervalUs, toUs - fromUs);
  const title = `${label}: answered; a cell is ${cellInWords(many, intervalUs)}`;
  const well: Piece = { fromUs, toUs, text: '', title, fill: 'well' };
  const atUs = (seen[0]?.fromUs ?? zeroUs) - zeroUs;
  return { label, pieces: [well, ...lost], height: 20, cells: { atUs, everyUs: many * intervalUs } };
}

/** The least round number of probes that makes a cell wide enough. */
export function perCell(intervalUs: number, lengthUs: number): number {
  const least = (NARROWEST_CELL * lengthUs) / (AXIS_LENGTH * intervalUs);
  for (let tens = 1; ; tens *= 10) {
    const found = ROUND.find((step) => step * tens >= least);
    if (found !== undefined) return found * tens;
  }
}

/** What the cells of some strips are, in a sentence. */
export function cellsInWords(probes: readonly Probe[], lengthUs: number): string {
  const words = probes.map(({ intervalUs }) => cellInWords(perCell(intervalUs, lengthUs), intervalUs));
  if (new Set(words).size === 1) return `Each cell is ${words[0]}.`;
  return `Each cell is ${words.map((word, index) => `${word} of ${probes[index]?.name}`).join(', ')}.`;
}

function cellInWords(many: number, intervalUs: number): string {
  return `${many === 1 ? 'one probe' : counted(many, 'probe')} (${formatDuration(many * intervalUs)})`;
}
