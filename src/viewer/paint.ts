/** Draws one run: the axis, faults across all lanes, bands, messages, marks, and the way from a chosen thing back to its fault. */

import { classesOf, stripsOf } from './density.ts';
import type { Frame } from './frame.ts';
import { AXIS_HEIGHT, middleOf, type Layout } from './layout.ts';
import { line, paintSpans } from './paint-bands.ts';
import { paintStrips } from './paint-density.ts';
import { paintMarks } from './paint-marks.ts';
import { paintMessages } from './paint-messages.ts';
import type { RunPicture } from './state.ts';
import { ticks, timeText, xOf, type View } from './scale.ts';
import { causesOf, recordOf, type Subject } from './subject.ts';
import type { Theme } from './theme.ts';

/** Pixels between two lines of the axis. */
const TICK_SPACE = 110;

export interface Scene {
  readonly picture: RunPicture;
  /** What is seen, on the axis. */
  readonly view: View;
  readonly hidden: number;
  readonly cursorUs: number | null;
  readonly chosen: Subject | null;
}

/** Draws a scene from nothing. @param width, height in pixels of the page */
export function paint(
  context: CanvasRenderingContext2D,
  theme: Theme,
  width: number,
  height: number,
  scene: Scene,
): void {
  const { picture, view: axis, hidden, chosen } = scene;
  const { layout, columns, originUs } = picture;
  const view = { fromUs: axis.fromUs + originUs, toUs: axis.toUs + originUs };
  const frame: Frame = { context, theme, view, width, height };
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  context.font = `12px ${theme.font}`;
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  paintAxis(frame, axis);
  paintOutside(frame, view, picture);
  paintActs(frame, picture);
  const { top, bottom } = layout.field;
  const own = chosen !== null && chosen.run === picture.number ? chosen : null;
  const field = { view, width, top, bottom, hidden };
  const strips = stripsOf(columns, field);
  const sparse = { ...field, hidden: hidden | classesOf(strips) };
  paintStrips(frame, strips);
  paintMessages(frame, columns, sparse, own?.kind === 'message' ? own.index : -1);
  for (const row of layout.rows) paintSpans(frame, row);
  for (const row of layout.rows) paintMarks(frame, row);
  if (own !== null) paintWay(frame, picture, own);
  if (scene.cursorUs !== null) paintCursor(frame, axis, scene.cursorUs);
}

function paintAxis({ context, theme, width, height }: Frame, axis: View): void {
  context.strokeStyle = theme.line;
  context.fillStyle = theme.soft;
  for (const { us, text } of ticks(axis, width / TICK_SPACE)) {
    const x = Math.round(xOf(axis, us, width)) + 0.5;
    line(context, x, AXIS_HEIGHT - 6, x, height);
    context.fillText(text, x + 4, AXIS_HEIGHT / 2);
  }
  line(context, 0, AXIS_HEIGHT - 0.5, width, AXIS_HEIGHT - 0.5);
}

/** Before the run began and after its end there is nothing. */
function paintOutside({ context, theme, width, height }: Frame, view: View, { run }: RunPicture): void {
  context.save();
  context.globalAlpha = 0.12;
  context.fillStyle = theme.soft;
  const begin = xOf(view, 0, width);
  const end = xOf(view, run.lanes.endUs, width);
  if (begin > 0) context.fillRect(0, AXIS_HEIGHT, begin, height);
  if (end < width) context.fillRect(end, AXIS_HEIGHT, width - end, height);
  context.restore();
}

/** What was done to the pair, across all lanes. */
function paintActs({ context, theme, view, width, height }: Frame, { run }: RunPicture): void {
  context.save();
  for (const { kind, atUs } of run.lanes.records) {
    if (kind !== 'fault' && kind !== 'operator') continue;
    const x = Math.round(xOf(view, atUs, width)) + 0.5;
    if (x < 0 || x > width) continue;
    context.strokeStyle = kind === 'fault' ? theme.tones.bad : theme.tones.busy;
    context.setLineDash(kind === 'fault' ? [] : [6, 4]);
    context.globalAlpha = 0.55;
    line(context, x, AXIS_HEIGHT, x, height);
  }
  context.restore();
}

/** The chosen thing, its causes, and a line through them. */
function paintWay(frame: Frame, { run, layout }: RunPicture, chosen: Subject): void {
  const { context, theme } = frame;
  const places = wayOf(run.lanes, chosen)
    .map((id) => placeOf(frame, layout, run.lanes, id))
    .filter((place) => place !== null);
  context.save();
  context.strokeStyle = theme.chosen;
  context.fillStyle = theme.chosen;
  context.lineWidth = 2;
  context.beginPath();
  for (const [at, [x, y]] of places.entries()) {
    const [fromX, fromY] = places[at - 1] ?? [x, y];
    if (at === 0) context.moveTo(x, y);
    else context.bezierCurveTo(fromX, (fromY + y) / 2, x, (fromY + y) / 2, x, y);
  }
  context.stroke();
  for (const [at, [x, y]] of places.entries()) {
    context.beginPath();
    context.arc(x, y, at === 0 ? 6 : 4, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = theme.paper;
    context.lineWidth = 1;
    context.stroke();
  }
  context.restore();
}

/** The records of the way, from the chosen thing to the fault. */
function wayOf(lanes: RunPicture['run']['lanes'], chosen: Subject): readonly number[] {
  if (chosen.kind === 'state') return [];
  const id = chosen.kind === 'record' ? chosen.id : (lanes.messages.cause[chosen.index] ?? 0);
  return id === 0 ? [] : [id, ...causesOf(lanes, id).map((record) => record.id)];
}

/** Where a record is drawn; one outside of what is seen, at the edge. */
function placeOf(
  { view, width }: Frame,
  layout: Layout,
  lanes: RunPicture['run']['lanes'],
  id: number,
): readonly [x: number, y: number] | null {
  const record = recordOf(lanes, id);
  const row = layout.rowOf.get(record?.lane ?? '');
  if (record === undefined || row === undefined) return null;
  const x = xOf(view, record.atUs, width);
  return [Math.min(Math.max(x, -10), width + 10), middleOf(row)];
}

function paintCursor({ context, theme, width, height }: Frame, axis: View, cursorUs: number): void {
  const x = xOf(axis, cursorUs, width);
  const text = timeText(cursorUs, axis);
  context.strokeStyle = theme.soft;
  context.setLineDash([2, 2]);
  line(context, x, AXIS_HEIGHT, x, height);
  context.setLineDash([]);
  const room = context.measureText(text).width + 10;
  const left = Math.min(Math.max(0, x - room / 2), width - room);
  context.fillStyle = theme.ink;
  context.fillRect(left, 3, room, AXIS_HEIGHT - 7);
  context.fillStyle = theme.paper;
  context.fillText(text, left + 5, AXIS_HEIGHT / 2 - 0.5);
}
