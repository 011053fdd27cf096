/** Draws why: the chosen thing, a line through its causes back to the fault, and what followed from it. */

import type { LaneModel, RecordView } from '../report/lanes/model.ts';
import type { Frame } from './frame.ts';
import { middleOf, type Layout } from './layout.ts';
import type { RunPicture } from './state.ts';
import { xOf } from './scale.ts';
import { recordOf, spanOf, tell, type Subject } from './subject.ts';

interface Place {
  readonly x: number;
  readonly y: number;
  /** Whether a glyph stands there, which must stay readable. */
  readonly marked: boolean;
}

/** Draws the way through the chosen thing. */
export function paintWay(frame: Frame, picture: RunPicture, chosen: Subject): void {
  const { context, theme } = frame;
  const { run, layout, names } = picture;
  paintBar(frame, layout, run.lanes, chosen);
  const { causes, followed } = tell(run.lanes, names, chosen);
  const own = chosen.kind === 'record' ? recordOf(run.lanes, chosen.id) : undefined;
  const places = placesOf(frame, layout, own === undefined ? causes : [own, ...causes]);
  context.strokeStyle = theme.chosen;
  context.lineWidth = 1.5;
  context.setLineDash([2, 3]);
  const after = own === undefined ? [] : placesOf(frame, layout, followed);
  for (const place of after) if (places[0] !== undefined) join(context, places[0], place);
  context.setLineDash([]);
  context.lineWidth = 2.5;
  for (const [at, place] of places.entries()) if (at > 0) join(context, places[at - 1]!, place);
  for (const place of after) dot(frame, place, 3.5, theme.paper, theme.chosen);
  for (const [at, place] of places.entries()) {
    const isOwn = at === 0 && own !== undefined;
    if (place.marked) ring(frame, place, isOwn ? 12 : 10);
    else dot(frame, place, isOwn ? 6.5 : 4.5, theme.chosen, theme.paper);
  }
  context.lineWidth = 1;
}

/** A frame around the bar that is chosen, or that the chosen record began. */
function paintBar(
  { context, theme, view, width }: Frame,
  layout: Layout,
  lanes: LaneModel,
  chosen: Subject,
): void {
  const found = spanOf(lanes, chosen);
  const row = layout.rowOf.get(found?.lane.id ?? '');
  if (found === null || row === undefined) return;
  const x1 = Math.max(-4, xOf(view, found.span.fromUs, width));
  const x2 = Math.min(width + 4, xOf(view, found.span.toUs, width));
  if (x2 < x1) return;
  context.strokeStyle = theme.chosen;
  context.lineWidth = 2;
  context.strokeRect(x1, row.y, Math.max(2, x2 - x1), row.height);
}

function placesOf(frame: Frame, layout: Layout, records: readonly RecordView[]): Place[] {
  return records.map((record) => placeOf(frame, layout, record)).filter((place) => place !== null);
}

/** Where a record is drawn; one outside of what is seen, beyond the edge. */
function placeOf({ view, width }: Frame, layout: Layout, record: RecordView): Place | null {
  const row = layout.rowOf.get(record.lane);
  if (row === undefined) return null;
  const x = xOf(view, record.atUs, width);
  const marked = row.lane.marks.some((mark) => mark.record === record.id);
  return { x: Math.min(Math.max(x, -10), width + 10), y: middleOf(row), marked };
}

/** How far a bow hangs beneath its lane, so that the words in the bar stay readable. */
const SAG = 14;

/** A bow from one thing to another, upright at both. */
function join(context: CanvasRenderingContext2D, from: Place, to: Place): void {
  const middle = from.y === to.y ? from.y + SAG : (from.y + to.y) / 2;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(from.x, middle, to.x, middle, to.x, to.y);
  context.stroke();
}

function dot({ context }: Frame, { x, y }: Place, radius: number, fill: string, edge: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = 1.5;
  context.stroke();
}

function ring({ context, theme }: Frame, { x, y }: Place, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = theme.paper;
  context.lineWidth = 4.5;
  context.stroke();
  context.strokeStyle = theme.chosen;
  context.lineWidth = 2.5;
  context.stroke();
}
