/** Draws what lasts: bands and bars, told apart by texture and word and not by colour alone. */

import type { LaneKind, Span, Tone } from '../report/lanes/model.ts';
import { firstWhere, rangeOf } from './cull.ts';
import type { Row } from './layout.ts';
import type { Frame } from './frame.ts';
import { xOf } from './scale.ts';
import { barText, isCancelled } from './words.ts';

/** Room that a mark takes to either side. */
const MARK_SIZE = 11;
/** Behind more marks than these a word is not looked for a place. */
const MOST_MARKS = 8;
/** Narrower than that and a bar has no room for a word. */
const LEAST_FOR_TEXT = 14;
const LEAST_LETTERS = 3;
/** Between a word and the ends of its bar. */
const WORD_GAP = 5;
/** Bars nearer to each other than this are drawn as one. */
const LEAST_WIDTH = 1;

/** How a tone fills its bar: full, thin, striped. */
const FILLS: Readonly<Record<Tone, 'full' | 'light' | 'stripes' | 'crossed' | 'empty'>> = {
  good: 'full',
  idle: 'light',
  busy: 'light',
  warn: 'stripes',
  bad: 'crossed',
  off: 'empty',
};

const ALPHAS = { full: 1, light: 0.3, stripes: 0.22, crossed: 0.22, empty: 0 } as const;
/** A narrower bar has no room for texture and outline. */
const LEAST_FOR_LOOK = 4;

/** Kinds whose bars are lines: what is well needs no attention. */
const THIN: ReadonlySet<LaneKind> = new Set(['port', 'link', 'control-path', 'monitor', 'probe']);

/** Draws the spans of a row; of those nearer than a pixel, the first, unless a worse one follows. */
export function paintSpans(frame: Frame, row: Row): void {
  const { view, width } = frame;
  const { spans, kind } = row.lane;
  const first = kind === 'calls' ? 0 : firstWhere(spans.length, (at) => spans[at]!.toUs >= view.fromUs);
  // Of a timer that is over, the deadline may still be seen.
  const from = kind === 'timer' ? Math.max(0, first - 1) : first;
  let lastEnd = Number.NEGATIVE_INFINITY;
  let last: Tone = 'good';
  for (let at = from; at < spans.length && spans[at]!.fromUs <= view.toUs; at += 1) {
    const span = spans[at]!;
    const x1 = Math.max(-2, xOf(view, span.fromUs, width));
    const x2 = Math.min(width + 2, xOf(view, span.toUs, width));
    const worse = span.tone === 'bad' && last !== 'bad';
    if (x2 - lastEnd < LEAST_WIDTH && x2 - x1 < LEAST_WIDTH && !worse) continue;
    lastEnd = x2;
    last = span.tone;
    if (span.deadlineUs !== undefined) paintDeadline(frame, row, span, spans[at + 1]?.fromUs);
    if (x2 >= 0) paintSpan(frame, row, span, x1, Math.max(x2, x1 + LEAST_WIDTH));
  }
}

function paintSpan(frame: Frame, row: Row, span: Span, x1: number, x2: number): void {
  const { context, theme } = frame;
  const { tone } = span;
  const { kind } = row.lane;
  const quiet = THIN.has(kind) && (tone === 'good' || tone === 'off');
  const height = quiet ? 4 : row.height - 2;
  const bar = { x: x1, y: row.y + (row.height - height) / 2, width: x2 - x1, height };
  const colour = theme.tones[tone];
  const fill = FILLS[tone];
  context.globalAlpha = bar.width < LEAST_FOR_LOOK ? 0.8 : ALPHAS[fill];
  context.fillStyle = colour;
  context.fillRect(bar.x, bar.y, bar.width, bar.height);
  context.globalAlpha = 1;
  if (bar.width < LEAST_FOR_LOOK) return;
  if (fill === 'stripes' || fill === 'crossed') hatch(frame, bar, colour, fill === 'crossed');
  if (fill !== 'full') outline(frame, bar, tone === 'idle' ? theme.soft : colour, tone === 'off');
  const wordy = !quiet || tone === 'off';
  if (wordy) word(frame, barText(row.lane, span), x1, x2, row, fill === 'full');
}

/** Where a word of this width may begin: behind the marks that would lie on it, as far as there is room. */
function behindMarks(
  { view, width }: Frame,
  { lane: { marks } }: Row,
  left: number,
  right: number,
  wide: number,
): number {
  const usOf = (x: number): number => view.fromUs + (x / width) * (view.toUs - view.fromUs);
  const [from, to] = rangeOf(marks.length, (at) => marks[at]!.atUs, usOf(left - MARK_SIZE), usOf(right));
  let start = left;
  for (let at = from; at < Math.min(to, from + MOST_MARKS); at += 1) {
    const x = xOf(view, marks[at]!.atUs, width);
    if (x - MARK_SIZE > start + wide) break;
    start = Math.max(start, x + MARK_SIZE);
  }
  return start + wide <= right ? start : left;
}

/** Where a timer would run out: a tick, and up to there stripes, where it was cancelled before. @param nextUs it is set again */
function paintDeadline(frame: Frame, row: Row, span: Span, nextUs = Number.POSITIVE_INFINITY): void {
  const { context, theme, view, width } = frame;
  const { deadlineUs = 0, toUs } = span;
  const x1 = Math.max(-STRIPE, xOf(view, toUs, width));
  const x2 = Math.min(width + STRIPE, xOf(view, Math.min(deadlineUs, nextUs), width));
  if (isCancelled(span) && x2 - x1 > LEAST_FOR_LOOK) {
    const rest = { x: x1, y: row.y + 5, width: x2 - x1, height: row.height - 10 };
    context.globalAlpha = 0.6;
    hatch(frame, rest, theme.soft, false);
    context.globalAlpha = 1;
  }
  const x = xOf(view, deadlineUs, width);
  const shown = x - xOf(view, span.fromUs, width) > LEAST_FOR_LOOK && deadlineUs <= nextUs;
  if (!shown || x < 0 || x > width) return;
  context.strokeStyle = theme.ink;
  context.lineWidth = 2;
  line(context, x, row.y, x, row.y + row.height);
  context.lineWidth = 1;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function outline({ context }: Frame, { x, y, width, height }: Box, colour: string, dashed: boolean): void {
  context.strokeStyle = colour;
  if (dashed) context.setLineDash([4, 3]);
  context.strokeRect(x + 0.5, y + 0.5, Math.max(0, width - 1), height - 1);
  context.setLineDash([]);
}

const STRIPE = 7;

/** Slanted lines, at places of the time axis' picture that do not move with the bar's ends. */
function hatch({ context }: Frame, { x, y, width, height }: Box, colour: string, crossed: boolean): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.beginPath();
  for (let at = Math.floor((x - height) / STRIPE) * STRIPE; at < x + width + height; at += STRIPE) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
    if (!crossed) continue;
    context.moveTo(at, y);
    context.lineTo(at + height, y + height);
  }
  context.stroke();
  context.restore();
}

/** A word in its bar, shortened where the bar ends; of a bar that begins before what is seen, at the edge. */
function word(frame: Frame, text: string, x1: number, x2: number, row: Row, onColour: boolean): void {
  const { context, theme, width: all } = frame;
  const [edge, right] = [Math.max(x1, 0) + WORD_GAP, Math.min(x2, all) - WORD_GAP];
  if (right - edge < LEAST_FOR_TEXT) return;
  const left = behindMarks(frame, row, edge, right, context.measureText(text).width);
  const shown = shortened(context, text, right - left);
  if (shown === '') return;
  if (!onColour) {
    // On its stripes a word is read from paper.
    context.fillStyle = theme.paper;
    context.globalAlpha = 0.8;
    context.fillRect(left - 2, row.y + 2, context.measureText(shown).width + 4, row.height - 4);
    context.globalAlpha = 1;
  }
  context.fillStyle = onColour ? theme.paper : theme.ink;
  context.fillText(shown, left, row.y + row.height / 2 + 0.5);
}

/** A text that would not fit, with an ellipsis for its end; nothing where too little of it would be left to say anything. */
function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  const wide = context.measureText(text).width;
  if (wide <= room) return text;
  const letters = Math.floor((room / wide) * text.length) - 1;
  return letters < LEAST_LETTERS ? '' : `${text.slice(0, letters)}…`;
}

export function line(
  context: CanvasRenderingContext2D,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
