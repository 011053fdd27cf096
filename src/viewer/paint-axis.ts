/** Draws time: the axis with its lines, where the run is, what was done to the pair, and the time under the cursor. */

import { formatDuration } from '../kernel/time.ts';
import type { RecordView } from '../report/lanes/model.ts';
import type { Frame } from './frame.ts';
import { AXIS_HEIGHT, GAP, HEADING } from './layout.ts';
import { line } from './paint-bands.ts';
import { ticks, timeText, xOf, type View } from './scale.ts';
import type { Scene } from './scene.ts';

/** Pixels between two lines of the axis. */
const TICK_SPACE = 110;

/** What the axis of two runs counts. */
const ALIGNED = 'since the fault';

/** Draws the axis on a canvas of its own, which stays in sight. */
export function paintAxis(frame: Frame, scene: Scene): void {
  const { context, theme, width } = frame;
  const { view: axis, cursorUs, aligned, picture } = scene;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, AXIS_HEIGHT);
  context.strokeStyle = theme.line;
  context.fillStyle = theme.soft;
  const room = width - (aligned ? context.measureText(ALIGNED).width + 16 : 0);
  for (const { us, text } of ticks(axis, width / TICK_SPACE)) {
    const x = Math.round(xOf(axis, us, width)) + 0.5;
    line(context, x, AXIS_HEIGHT - 6, x, AXIS_HEIGHT);
    if (x + 4 + context.measureText(text).width < room) context.fillText(text, x + 4, AXIS_HEIGHT / 2);
  }
  line(context, 0, AXIS_HEIGHT - 0.5, width, AXIS_HEIGHT - 0.5);
  if (aligned) label(frame, ALIGNED, width, theme.paper, theme.soft);
  if (cursorUs === null) return;
  const since = aligned ? '' : sinceText(picture.run.lanes.records, cursorUs);
  label(frame, `${timeText(cursorUs, axis)}${since}`, xOf(axis, cursorUs, width), theme.ink, theme.paper);
}

/** Words on a ground of their own around a place of the axis. */
function label({ context, width }: Frame, text: string, x: number, ground: string, colour: string): void {
  const room = context.measureText(text).width + 12;
  const left = Math.min(Math.max(0, x - room / 2), width - room);
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(left, 3, room, AXIS_HEIGHT - 7, 3);
  context.fill();
  context.fillStyle = colour;
  context.fillText(text, left + 6, AXIS_HEIGHT / 2);
}

/** How long ago the last thing was done to the pair: ` (+551ms)`. */
function sinceText(records: readonly RecordView[], cursorUs: number): string {
  const act = records.findLast((record) => isAct(record) && record.atUs <= cursorUs);
  if (act === undefined) return '';
  const us = Math.round(cursorUs - act.atUs);
  return `  +${formatDuration(us >= 1e4 ? Math.round(us / 1e3) * 1e3 : us)}`;
}

/** Lines at round times, and a shade where there is no run. */
export function paintGround(
  { context, theme, view, width, height }: Frame,
  { picture, view: axis }: Scene,
): void {
  context.strokeStyle = theme.line;
  for (const { us } of ticks(axis, width / TICK_SPACE)) {
    const x = Math.round(xOf(axis, us, width)) + 0.5;
    line(context, x, AXIS_HEIGHT, x, height);
  }
  context.globalAlpha = 0.12;
  context.fillStyle = theme.soft;
  const begin = xOf(view, 0, width);
  const end = xOf(view, picture.run.lanes.endUs, width);
  if (begin > 0) context.fillRect(0, AXIS_HEIGHT, begin, height);
  if (end < width) context.fillRect(end, AXIS_HEIGHT, width - end, height);
  context.globalAlpha = 1;
}

/** What was done to the pair, across all lanes, with its name at the top where there is room. */
export function paintActs({ context, theme, view, width, height }: Frame, { picture }: Scene): void {
  const y = AXIS_HEIGHT + GAP + HEADING / 2;
  const acts = picture.run.lanes.records.filter(isAct);
  let free = 0;
  for (const [at, { kind, atUs, text }] of acts.entries()) {
    const x = Math.round(xOf(view, atUs, width)) + 0.5;
    if (x < 0 || x > width) continue;
    const colour = kind === 'fault' ? theme.tones.bad : theme.tones.busy;
    context.strokeStyle = colour;
    context.setLineDash(kind === 'fault' ? [] : [6, 4]);
    context.globalAlpha = 0.55;
    line(context, x, AXIS_HEIGHT, x, height);
    context.globalAlpha = 1;
    const next = acts.slice(at + 1).find((act) => act.atUs > atUs);
    const room = (next === undefined ? width : Math.min(width, xOf(view, next.atUs, width))) - x;
    const wide = context.measureText(text).width + 10;
    if (x < free || wide > room) continue;
    free = x + wide;
    context.fillStyle = colour;
    context.fillText(text, x + 5, y);
  }
  context.setLineDash([]);
}

/** What comes from outside. */
function isAct({ kind }: RecordView): boolean {
  return kind === 'fault' || kind === 'operator';
}

export function paintCrosshair({ context, theme, width, height }: Frame, axis: View, cursorUs: number): void {
  const x = Math.round(xOf(axis, cursorUs, width)) + 0.5;
  context.strokeStyle = theme.soft;
  context.setLineDash([2, 2]);
  line(context, x, AXIS_HEIGHT, x, height);
  context.setLineDash([]);
}
