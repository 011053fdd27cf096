/**
 * Failovers as bars of their parts: a failover of a run, or what failovers came to under each of several settings. Every page draws them
 * alike, so that a part has the same colour and texture wherever it is met.
 */

import { formatDuration } from '../../kernel/time.ts';
import { PARTS, type PartName } from '../../measure/part.ts';
import { bars, type Bar, type Piece } from './bars.ts';
import { keyOf, type Fill } from './fills.ts';
import { html, type Markup } from './markup.ts';

/** A part as it is drawn; one that took no time, or never ended, is not. */
export interface DrawnPart {
  readonly part: PartName;
  /** Microseconds, of a mean with a fraction. */
  readonly us: number | null;
  /** What is told of it beside its length, such as the setting behind it. */
  readonly about?: string;
}

/** What a part of a failover is filled with. */
export function partFill(part: PartName): Fill {
  return `f${PARTS.indexOf(part) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7}`;
}

/** The key of the parts that took any time, in their order. */
export function partKey(parts: readonly DrawnPart[]): (readonly [Fill, string])[] {
  const present = new Set(parts.filter(({ us }) => us !== null && us > 0).map(({ part }) => part));
  return PARTS.filter((part) => present.has(part)).map((part) => [partFill(part), part] as const);
}

/** The parts one after the other, from the fault on. */
export function partsBar(parts: readonly DrawnPart[], label = 'failover'): Bar {
  let passedUs = 0;
  const pieces = parts.flatMap(({ part, us, about = '' }): Piece[] => {
    if (us === null || us === 0) return [];
    const fromUs = passedUs;
    passedUs += us;
    const text = `${part} ${lengthOf(us)}`;
    const title = about === '' ? text : `${text} (${about})`;
    return [{ fromUs, toUs: passedUs, text, short: part, title, fill: partFill(part) }];
  });
  return { label, pieces };
}

/** What a bar says, for who does not see it. */
export function partsInWords(parts: readonly DrawnPart[]): string {
  const told = parts.filter(({ us }) => us !== 0);
  return told.map(({ part, us }) => `${part} ${us === null ? 'never' : lengthOf(us)}`).join(', ');
}

/** One of several failovers, or the mean of many. */
export interface PartedBar {
  /** Beside the bar. */
  readonly label: string;
  /** In full. */
  readonly title: string;
  readonly parts: readonly DrawnPart[];
}

const LOWER = 22;

/** Bars one below the other over one axis, with their key; null where nothing took any time. */
export function partsPicture(list: readonly PartedBar[]): Markup | null {
  const drawn = list.map(({ label, parts }) => ({ ...partsBar(parts, label), height: LOWER }));
  const longestUs = Math.max(0, ...drawn.map(({ pieces }) => pieces.at(-1)?.toUs ?? 0));
  if (longestUs === 0) return null;
  const words = list.map(({ title, parts }) => `${title}: ${partsInWords(parts)}`).join('; ');
  return html`${keyOf(partKey(list.flatMap(({ parts }) => parts)))}${bars(drawn, 0, longestUs, words)}`;
}

function lengthOf(us: number): string {
  return formatDuration(Math.round(us));
}
