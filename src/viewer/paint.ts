/** Draws one run: faults across all lanes, bands, messages, marks, the way from a chosen thing back to its fault, and the pointer. */

import { classesOf, stripsOf } from './density.ts';
import type { Frame } from './frame.ts';
import { paintActs, paintCrosshair, paintGround } from './paint-axis.ts';
import { paintSpans } from './paint-bands.ts';
import { paintStrips, paintStripTexts } from './paint-density.ts';
import { paintMarks } from './paint-marks.ts';
import { paintMessages } from './paint-messages.ts';
import { paintTip } from './paint-tip.ts';
import { paintWay } from './paint-way.ts';
import type { Scene } from './scene.ts';
import type { Theme } from './theme.ts';

/** A frame for a scene, ready to be drawn on. @param width, height in pixels of the page */
export function frameOf(
  context: CanvasRenderingContext2D,
  theme: Theme,
  width: number,
  height: number,
  { picture: { originUs }, view }: Scene,
): Frame {
  context.font = `12px ${theme.font}`;
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  const own = { fromUs: view.fromUs + originUs, toUs: view.toUs + originUs };
  return { context, theme, view: own, width, height };
}

/** Draws a scene from nothing. */
export function paint(frame: Frame, scene: Scene): void {
  const { context, theme, view, width, height } = frame;
  const { picture, hidden } = scene;
  const { layout, columns } = picture;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  paintGround(frame, scene);
  paintActs(frame, scene);
  const own = scene.chosen?.run === picture.number ? scene.chosen : null;
  const field = { view, width, top: layout.field.top, bottom: layout.field.bottom, hidden };
  const strips = stripsOf(columns, field);
  paintStrips(frame, strips);
  const sparse = { ...field, hidden: hidden | classesOf(strips) };
  paintMessages(frame, columns, sparse, own?.kind === 'message' ? own.index : -1);
  paintStripTexts(frame, strips);
  for (const row of layout.rows) paintSpans(frame, row);
  for (const row of layout.rows) paintMarks(frame, row);
  if (own !== null) paintWay(frame, picture, own);
  if (scene.cursorUs !== null) paintCrosshair(frame, scene.view, scene.cursorUs);
  if (scene.hover?.subject.run === picture.number) paintTip(frame, picture, scene.hover);
}
