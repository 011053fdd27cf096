/** What is under a place of the picture. */

import type { Mark, Span } from '../report/lanes/model.ts';
import { rangeOf } from './cull.ts';
import { classesOf, messageInStrips, stripsOf } from './density.ts';
import { rowAt, type Layout, type Row } from './layout.ts';
import { messageAt, type MessageColumns, type MessageField } from './messages.ts';
import { usAt, type View } from './scale.ts';
import type { Subject } from './subject.ts';

/** How far from a mark or a message a click may be, in pixels. */
const REACH = 7;

export interface Picture {
  readonly run: number;
  readonly layout: Layout;
  readonly columns: MessageColumns;
  /** What is seen, in the run's own time. */
  readonly view: View;
  readonly width: number;
  readonly hidden: number;
}

/** What a click at this place is about, or null. */
export function subjectAt(picture: Picture, x: number, y: number): Subject | null {
  const { layout, view, width, run } = picture;
  const { top, bottom } = layout.field;
  if (y > top && y < bottom) {
    const field: MessageField = { view, width, top, bottom, hidden: picture.hidden };
    const strips = stripsOf(picture.columns, field);
    const sparse = { ...field, hidden: field.hidden | classesOf(strips) };
    const arrow = messageAt(picture.columns, sparse, x, y, REACH);
    const index = arrow === -1 ? messageInStrips(picture.columns, field, strips, x, y) : arrow;
    return index === -1 ? null : { run, kind: 'message', index };
  }
  const row = rowAt(layout, y);
  if (row === null) return null;
  const mark = markAt(row.lane.marks, picture, x);
  if (mark !== null) return { run, kind: 'record', id: mark.record };
  return spanSubject(row, picture, x);
}

function markAt(marks: readonly Mark[], { view, width }: Picture, x: number): Mark | null {
  const reachUs = ((view.toUs - view.fromUs) / width) * REACH;
  const atUs = usAt(view, x, width);
  const [from, to] = rangeOf(marks.length, (at) => marks[at]!.atUs, atUs - reachUs, atUs + reachUs);
  let nearest: Mark | null = null;
  for (const mark of marks.slice(from, to)) {
    if (mark.record === 0) continue;
    if (nearest === null || Math.abs(mark.atUs - atUs) < Math.abs(nearest.atUs - atUs)) nearest = mark;
  }
  return nearest;
}

function spanSubject({ lane }: Row, { view, width, run }: Picture, x: number): Subject | null {
  const atUs = usAt(view, x, width);
  const holding = (span: Span): boolean => span.fromUs <= atUs && atUs < span.toUs;
  // Calls may overlap: the one that began last lies on top.
  const span = lane.spans.findLast(holding);
  if (span === undefined) return null;
  if (span.record !== 0) return { run, kind: 'record', id: span.record };
  return { run, kind: 'state', lane: lane.id, text: `${lane.label}: ${span.text}`, fromUs: span.fromUs };
}
