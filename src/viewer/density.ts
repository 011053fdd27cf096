/**
 * Classes of which more messages are seen than there is room for arrows: each becomes a strip of the field, with bars that count them, those
 * of the upper firewall above its middle and those of the lower beneath. Pure.
 */

import { MESSAGE_CLASSES } from '../report/lanes/model.ts';
import { firstWhere, rangeOf } from './cull.ts';
import type { MessageColumns, MessageField } from './messages.ts';
import { roundStep, usAt } from './scale.ts';

/** With less than so many pixels for each, arrows become bars. */
const LEAST_SPACE = 7;
/** A bar is as long as the next round time: what is sent every second fills bars of a second evenly. */
const LEAST_BAR = 4;
/** No strip is higher. */
const MOST_HEIGHT = 60;

/** A class as a strip. */
export interface Strip {
  /** Index in MESSAGE_CLASSES. */
  readonly class: number;
  readonly top: number;
  readonly bottom: number;
  /** Length of a bar in time; bars begin at its multiples, so that they do not flicker when the picture moves. */
  readonly barUs: number;
  /** Number of the first bar. */
  readonly first: number;
  /** By bar, in pairs: of the upper firewall, of the lower. */
  readonly sent: Uint32Array;
  readonly lost: Uint32Array;
  readonly total: number;
  readonly totalLost: number;
  /** Messages that the highest bar could tell. */
  readonly scale: number;
}

/** The strips that take the place of arrows; none where there is room for all. */
export function stripsOf(columns: MessageColumns, field: MessageField): readonly Strip[] {
  const { view, width, top, bottom, hidden } = field;
  const [from, to] = rangeOf(columns.count, (at) => columns.sentUs[at]!, view.fromUs, view.toUs);
  const seen = new Uint32Array(MESSAGE_CLASSES.length);
  if (to - from < width / LEAST_SPACE) return [];
  for (let at = from; at < to; at += 1) seen[columns.class[at]!]! += 1;
  const dense = [...seen.keys()].filter(
    (name) => seen[name]! > width / LEAST_SPACE && (hidden & (1 << name)) === 0,
  );
  if (dense.length === 0) return [];
  const barUs = roundStep(((view.toUs - view.fromUs) / width) * LEAST_BAR);
  const first = Math.floor(view.fromUs / barUs);
  const bars = Math.floor(view.toUs / barUs) - first + 1;
  const height = Math.min(MOST_HEIGHT, (bottom - top) / dense.length);
  const over = (top + bottom - height * dense.length) / 2;
  const counts = dense.map(() => ({ sent: new Uint32Array(bars * 2), lost: new Uint32Array(bars * 2) }));
  const placeOf = new Int8Array(MESSAGE_CLASSES.length).fill(-1);
  for (const [place, name] of dense.entries()) placeOf[name] = place;
  for (let at = from; at < to; at += 1) {
    const count = counts[placeOf[columns.class[at]!]!];
    if (count === undefined) continue;
    const bar = (Math.floor(columns.sentUs[at]! / barUs) - first) * 2 + columns.from[at]!;
    count.sent[bar]! += 1;
    count.lost[bar]! += columns.lost[at]!;
  }
  return counts.map(({ sent, lost }, place) => ({
    class: dense[place]!,
    top: over + place * height,
    bottom: over + (place + 1) * height,
    barUs,
    first,
    sent,
    lost,
    total: seen[dense[place]!]!,
    totalLost: lost.reduce((sum, count) => sum + count, 0),
    // A power of two, so that the bars keep their height when a higher one comes into view, mostly.
    scale: 2 ** Math.ceil(Math.log2(Math.max(4, ...sent))),
  }));
}

/** The classes that strips stand for, as bits. */
export function classesOf(strips: readonly Strip[]): number {
  return strips.reduce((bits, { class: name }) => bits | (1 << name), 0);
}

/** The message of the bar at a place that is nearest to it, a lost one before one that arrived; -1 = none. */
export function messageInStrips(
  columns: MessageColumns,
  { view, width }: MessageField,
  strips: readonly Strip[],
  x: number,
  y: number,
): number {
  const strip = strips.find(({ top, bottom }) => y >= top && y < bottom);
  if (strip === undefined) return -1;
  const from = y < (strip.top + strip.bottom) / 2 ? 0 : 1;
  const atUs = usAt(view, x, width);
  const fromUs = Math.floor(atUs / strip.barUs) * strip.barUs;
  const start = firstWhere(columns.count, (at) => columns.sentUs[at]! >= fromUs);
  let [best, nearest] = [-1, Number.POSITIVE_INFINITY];
  for (let at = start; at < columns.count && columns.sentUs[at]! < fromUs + strip.barUs; at += 1) {
    if (columns.class[at] !== strip.class || columns.from[at] !== from) continue;
    const awayUs = Math.abs(columns.sentUs[at]! - atUs) + (columns.lost[at] === 1 ? 0 : strip.barUs);
    if (awayUs < nearest) [best, nearest] = [at, awayUs];
  }
  return best;
}
