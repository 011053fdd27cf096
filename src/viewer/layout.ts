/**
 * Where the lanes stand: one row each, from top to bottom; between the two firewalls a field for their messages, so that the roles stand
 * on either side of it. Pure; places in pixels.
 */

import type { Lane, LaneGroup, LaneKind } from '../report/lanes/model.ts';

/** One lane on its row. */
export interface Row {
  readonly lane: Lane;
  readonly group: string;
  readonly y: number;
  readonly height: number;
}

/** A name above its lanes. */
export interface Heading {
  readonly name: string;
  readonly y: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  readonly headings: readonly Heading[];
  /** Between the roles; of no height where there is one group only. */
  readonly field: { readonly top: number; readonly bottom: number };
  readonly height: number;
  readonly rowOf: ReadonlyMap<string, Row>;
}

const HEIGHTS: Readonly<Record<LaneKind, number>> = {
  role: 30,
  timer: 18,
  port: 16,
  link: 16,
  'control-path': 16,
  monitor: 16,
  address: 18,
  calls: 20,
  probe: 18,
  events: 20,
};

export const GAP = 4;
export const HEADING = 22;
const GROUP_GAP = 12;
export const FIELD_HEIGHT = 150;
/** Where the axis stands, above all lanes. */
export const AXIS_HEIGHT = 26;

/** Lays the groups out, the first two as the firewalls. */
export function layOut(groups: readonly LaneGroup[]): Layout {
  const rows: Row[] = [];
  const headings: Heading[] = [];
  let field = { top: 0, bottom: 0 };
  let y = AXIS_HEIGHT + GAP;
  for (const [index, { name, lanes }] of groups.entries()) {
    // The second firewall's name stands beneath its role band's row, for above it are the messages.
    if (index === 1) {
      field = { top: y, bottom: y + FIELD_HEIGHT };
      y = field.bottom + GAP;
    }
    if (index !== 1) {
      headings.push({ name, y });
      y += HEADING;
    }
    for (const lane of lanes) {
      const height = HEIGHTS[lane.kind];
      rows.push({ lane, group: name, y, height });
      y += height + GAP;
    }
    if (index > 0) y += GROUP_GAP;
  }
  return {
    rows,
    headings,
    field,
    height: y,
    rowOf: new Map(rows.map((row) => [row.lane.id, row])),
  };
}

/** The row at a height, or null between them. */
export function rowAt({ rows }: Layout, y: number): Row | null {
  return rows.find((row) => y >= row.y && y < row.y + row.height) ?? null;
}

/** The middle of a row. */
export function middleOf({ y, height }: Row): number {
  return y + height / 2;
}
