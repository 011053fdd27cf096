/** Messages as columns of numbers, for drawing and finding hundred thousand of them without making an object of each. */

import { MESSAGE_CLASSES, type Messages } from '../report/lanes/model.ts';
import { rangeOf } from './cull.ts';
import { xOf, type View } from './scale.ts';

export interface MessageColumns {
  readonly count: number;
  readonly sentUs: Float64Array;
  /** When it arrived, or would have. */
  readonly endUs: Float64Array;
  readonly lost: Uint8Array;
  readonly from: Uint8Array;
  /** Index in MESSAGE_CLASSES. */
  readonly class: Uint8Array;
  /** The longest time that any of them took. */
  readonly longestUs: number;
}

/** How long a lost message is drawn, in microseconds, where none of its kind has arrived. */
const GUESS_US = 1_000;

/** The columns of a run's messages. */
export function columnsOf(messages: Messages): MessageColumns {
  const count = messages.sentUs.length;
  const took = new Map<number, number>();
  let longestUs = GUESS_US;
  for (let at = 0; at < count; at += 1) {
    const us = messages.arrivedUs[at]! - messages.sentUs[at]!;
    if (us < 0) continue;
    took.set(messages.kind[at]!, us);
    longestUs = Math.max(longestUs, us);
  }
  const end = (at: number): number => {
    const arrivedUs = messages.arrivedUs[at]!;
    return arrivedUs >= 0 ? arrivedUs : messages.sentUs[at]! + (took.get(messages.kind[at]!) ?? GUESS_US);
  };
  return {
    count,
    sentUs: Float64Array.from(messages.sentUs),
    endUs: Float64Array.from({ length: count }, (_, at) => end(at)),
    lost: Uint8Array.from({ length: count }, (_, at) => (messages.arrivedUs[at]! < 0 ? 1 : 0)),
    from: Uint8Array.from(messages.from),
    class: Uint8Array.from(messages.kind, (kind) => MESSAGE_CLASSES.indexOf(messages.kinds[kind]!.class)),
    longestUs,
  };
}

/** Where a message is drawn, from (x1, y1) on its sender's side to (x2, y2). */
export type DrawMessage = (index: number, x1: number, y1: number, x2: number, y2: number) => void;

/** Of a lost message, the share of its way that is drawn. */
const BROKEN_AT = 0.55;

export interface MessageField {
  readonly view: View;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
  /** Classes that are hidden, as bits. */
  readonly hidden: number;
}

/** Goes through the messages that are seen, in order. */
export function eachMessage(columns: MessageColumns, field: MessageField, draw: DrawMessage): void {
  const { view, width, top, bottom, hidden } = field;
  const [from, to] = rangeOf(
    columns.count,
    (at) => columns.sentUs[at]!,
    view.fromUs - columns.longestUs,
    view.toUs,
  );
  const scale = width / (view.toUs - view.fromUs);
  for (let at = from; at < to; at += 1) {
    if ((hidden & (1 << columns.class[at]!)) !== 0) continue;
    const x1 = (columns.sentUs[at]! - view.fromUs) * scale;
    const x2 = (columns.endUs[at]! - view.fromUs) * scale;
    if (x2 < 0) continue;
    const [y1, y2] = columns.from[at] === 0 ? [top, bottom] : [bottom, top];
    const share = columns.lost[at] === 1 ? BROKEN_AT : 1;
    draw(at, x1, y1, x1 + (x2 - x1) * share, y1 + (y2 - y1) * share);
  }
}

/** The message nearest to a place in the field, at most so many pixels away; -1 = none. */
export function messageAt(
  columns: MessageColumns,
  field: MessageField,
  x: number,
  y: number,
  reach: number,
): number {
  const { view, width, top, bottom, hidden } = field;
  const usPerPixel = (view.toUs - view.fromUs) / width;
  const atUs = view.fromUs + x * usPerPixel;
  const [from, to] = rangeOf(
    columns.count,
    (at) => columns.sentUs[at]!,
    atUs - columns.longestUs - reach * usPerPixel,
    atUs + reach * usPerPixel,
  );
  let [best, nearest] = [-1, reach];
  for (let at = from; at < to; at += 1) {
    if ((hidden & (1 << columns.class[at]!)) !== 0) continue;
    const down = (y - top) / (bottom - top);
    const share = columns.from[at] === 0 ? down : 1 - down;
    if (columns.lost[at] === 1 && share > BROKEN_AT + 0.1) continue;
    const sentUs = columns.sentUs[at]!;
    const away = Math.abs(xOf(view, sentUs + (columns.endUs[at]! - sentUs) * share, width) - x);
    if (away < nearest) [best, nearest] = [at, away];
  }
  return best;
}
