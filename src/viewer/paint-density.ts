/** Draws the strips that stand for more messages than arrows could: bars that count, and crosses where some were lost. */

import { addCross } from './cross.ts';
import { MESSAGE_CLASSES } from '../report/lanes/model.ts';
import type { Strip } from './density.ts';
import type { Frame } from './frame.ts';
import { xOf } from './scale.ts';
import { countText, CLASS_NAMES } from './words.ts';

/** Room for the words above the bars. */
const TEXT_HEIGHT = 14;
/** Between two crosses. */
const CROSS_SPACE = 7;
const CROSS = 2.5;

export function paintStrips(frame: Frame, strips: readonly Strip[]): void {
  for (const strip of strips) paintBars(frame, strip);
}

/** What the strips count, in words: above the arrows of other classes. */
export function paintStripTexts(frame: Frame, strips: readonly Strip[]): void {
  for (const strip of strips) paintText(frame, strip);
}

function paintBars({ context, theme, view, width }: Frame, strip: Strip): void {
  const { barUs, first, sent, lost, top, bottom, scale } = strip;
  const middle = (top + TEXT_HEIGHT + bottom) / 2;
  const half = (bottom - top - TEXT_HEIGHT) / 2 - 1;
  const wide = xOf(view, view.fromUs + barUs, width);
  const crosses = new Path2D();
  const lastCross = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, count] of sent.entries()) {
    if (count === 0) continue;
    const side = index % 2;
    const x = xOf(view, (first + (index - side) / 2) * barUs, width);
    // By the root, so that a single message is seen beside hundreds.
    const high = Math.max(1.5, Math.sqrt(count / scale) * half);
    context.fillStyle = theme.messages[strip.class] ?? theme.ink;
    context.fillRect(x, side === 0 ? middle - high : middle, wide - 1, high);
    const gone = lost[index]!;
    if (gone === 0) continue;
    const part = Math.max(1.5, Math.sqrt(gone / scale) * half);
    context.fillStyle = theme.tones.bad;
    context.fillRect(x, side === 0 ? middle - part : middle, wide - 1, part);
    if (x - lastCross[side]! < CROSS_SPACE) continue;
    lastCross[side] = x;
    addCross(crosses, x + wide / 2, side === 0 ? middle - half : middle + half, CROSS);
  }
  context.strokeStyle = theme.tones.bad;
  context.lineWidth = 1.5;
  context.stroke(crosses);
  context.lineWidth = 1;
}

function paintText({ context, theme, width }: Frame, { class: name, top, total, totalLost }: Strip): void {
  const lost = totalLost === 0 ? '' : `, ${countText(totalLost)} lost`;
  const text = `${CLASS_NAMES[MESSAGE_CLASSES[name] ?? 'hello']}: ${countText(total)} in view${lost}`;
  context.save();
  context.font = context.font.replace('12px', '11px');
  context.fillStyle = theme.paper;
  context.globalAlpha = 0.85;
  context.fillRect(4, top + 1, Math.min(width, context.measureText(text).width + 6), TEXT_HEIGHT - 1);
  context.globalAlpha = 1;
  context.fillStyle = theme.ink;
  context.fillText(text, 7, top + 8);
  context.restore();
}
