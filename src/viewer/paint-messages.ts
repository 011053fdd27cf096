/** Draws the messages between the firewalls: slanted lines with heads, dashed by class, lost ones broken off with a cross. */

import { addCross } from './cross.ts';
import { MESSAGE_CLASSES } from '../report/lanes/model.ts';
import type { Frame } from './frame.ts';
import { eachMessage, type MessageColumns, type MessageField } from './messages.ts';

/** Dashes of the classes, so that they are told apart without colour. */
export const DASHES: readonly (readonly number[])[] = [[1, 3], [], [6, 3], [2, 2], [10, 4], [8, 3, 2, 3]];

/** With more lines than that on the screen, heads only blur it. */
const MOST_HEADS = 300;
const CROSS = 4;

/** @param chosen index of the message that is chosen, or -1 */
export function paintMessages(
  frame: Frame,
  columns: MessageColumns,
  field: MessageField,
  chosen: number,
): void {
  const { context, theme } = frame;
  const lines = MESSAGE_CLASSES.map(() => new Path2D());
  const heads = new Path2D();
  const crosses = new Path2D();
  let drawn = 0;
  const visit = (index: number, x1: number, y1: number, x2: number, y2: number): void => {
    const path = lines[columns.class[index]!]!;
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    drawn += 1;
    if (columns.lost[index] === 1) addCross(crosses, x2, y2, CROSS);
    else if (drawn < MOST_HEADS) addHead(heads, x1, y1, x2, y2);
  };
  eachMessage(columns, field, visit);
  for (const [number, path] of lines.entries()) {
    context.strokeStyle = theme.messages[number] ?? theme.ink;
    context.setLineDash([...(DASHES[number] ?? [])]);
    context.stroke(path);
  }
  context.setLineDash([]);
  if (drawn < MOST_HEADS) {
    context.fillStyle = theme.soft;
    context.fill(heads);
  }
  context.save();
  context.strokeStyle = theme.tones.bad;
  context.lineWidth = 2;
  context.stroke(crosses);
  context.restore();
  if (chosen >= 0) paintChosen(frame, columns, field, chosen);
}

function paintChosen(
  { context, theme }: Frame,
  columns: MessageColumns,
  field: MessageField,
  chosen: number,
): void {
  const { view, width, top, bottom } = field;
  const scale = width / (view.toUs - view.fromUs);
  const x1 = (columns.sentUs[chosen]! - view.fromUs) * scale;
  const x2 = (columns.endUs[chosen]! - view.fromUs) * scale;
  const [y1, y2] = columns.from[chosen] === 0 ? [top, bottom] : [bottom, top];
  context.save();
  context.strokeStyle = theme.chosen;
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  context.restore();
}

const HEAD = 6;

function addHead(path: Path2D, x1: number, y1: number, x2: number, y2: number): void {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [((x2 - x1) / length) * HEAD, ((y2 - y1) / length) * HEAD];
  path.moveTo(x2, y2);
  path.lineTo(x2 - dx - dy * 0.45, y2 - dy + dx * 0.45);
  path.lineTo(x2 - dx + dy * 0.45, y2 - dy - dx * 0.45);
  path.closePath();
}
