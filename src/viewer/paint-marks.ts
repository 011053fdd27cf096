/** Draws what happens at one time: each glyph has a shape of its own. */

import type { Glyph, Mark } from '../report/lanes/model.ts';
import { rangeOf } from './cull.ts';
import type { Frame } from './frame.ts';
import { middleOf, type Row } from './layout.ts';
import { xOf } from './scale.ts';

const SIZE = 6;
/** Half of a glyph's width in time is seen although its time is not. */
const EDGE = 8;
/** Nearer marks would be drawn on each other. */
const LEAST_SPACE = 4;

type Outline = (x: number, y: number) => string;

/** Outlines as SVG paths around a place. */
const SHAPES: Readonly<Record<Glyph, Outline>> = {
  fault: (x, y) => `M${x - 7} ${y - 6}h14l-7 13z`,
  heal: (x, y) => `M${x - 7} ${y + 6}h14l-7 -13z`,
  operator: (x, y) => `M${x - 5} ${y - 7}l11 7l-11 7z`,
  takeover: (x, y) => star(x, y, 8),
  restored: (x, y) => `M${x - 7} ${y}l4 5l9 -10l2 2l-11 12l-6 -7z`,
  garp: (x, y) => `M${x - 6} ${y - 2}h7v-4l6 6l-6 6v-4h-7z`,
  learned: (x, y) => `M${x - 6} ${y - 5}h12v10h-12z`,
  log: (x, y) => `M${x - 5} ${y - 6}h10v2h-10zM${x - 5} ${y - 1}h10v2h-10zM${x - 5} ${y + 4}h10v2h-10z`,
  event: (x, y) => `M${x} ${y - SIZE}l${SIZE} ${SIZE}l${-SIZE} ${SIZE}l${-SIZE} ${-SIZE}z`,
  lost: (x, y) => `M${x - 6} ${y - 4}l2 -2l4 4l4 -4l2 2l-4 4l4 4l-2 2l-4 -4l-4 4l-2 -2l4 -4z`,
};

function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    const reach = index % 2 === 0 ? radius : radius * 0.45;
    return `${x + Math.cos(angle) * reach} ${y + Math.sin(angle) * reach}`;
  });
  return `M${points.join('L')}z`;
}

/** Draws the marks of a row; of those on each other, the first. */
export function paintMarks(frame: Frame, row: Row): void {
  const { context, theme, view, width } = frame;
  const { marks } = row.lane;
  const edgeUs = ((view.toUs - view.fromUs) / width) * EDGE;
  const [from, to] = rangeOf(marks.length, (at) => marks[at]!.atUs, view.fromUs - edgeUs, view.toUs + edgeUs);
  const middle = middleOf(row);
  let lastX = Number.NEGATIVE_INFINITY;
  for (let at = from; at < to; at += 1) {
    const mark = marks[at]!;
    const x = xOf(view, mark.atUs, width);
    if (x - lastX < LEAST_SPACE && !isLoud(mark)) continue;
    lastX = x;
    // On a band of its own colour a mark would not be seen.
    const onBand = row.lane.spans.length > 0;
    context.fillStyle = onBand ? theme.ink : mark.tone === 'idle' ? theme.soft : theme.tones[mark.tone];
    context.strokeStyle = theme.paper;
    context.lineWidth = onBand ? 3 : 1;
    const path = pathOf(mark.glyph);
    context.translate(x, middle);
    context.stroke(path);
    context.fill(path);
    context.translate(-x, -middle);
  }
  context.lineWidth = 1;
}

const paths = new Map<Glyph, Path2D>();

/** A glyph around the origin, made once. */
function pathOf(glyph: Glyph): Path2D {
  const path = paths.get(glyph) ?? new Path2D(SHAPES[glyph](0, 0));
  paths.set(glyph, path);
  return path;
}

/** What is done to the pair is drawn wherever it is. */
function isLoud({ glyph }: Mark): boolean {
  return glyph === 'fault' || glyph === 'heal' || glyph === 'operator';
}

/** The shape of a glyph in a box of 16, for the legend. */
export function glyphPath(glyph: Glyph): string {
  return SHAPES[glyph](8, 8);
}
