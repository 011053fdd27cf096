/** Places for the nodes of a topology on a plane whose origin is between the two firewalls. */

import type { Topology } from '../../run/topology.ts';
import { neighboursOf, type Arrangement, type Component, type Neighbours, type Rung } from './arrangement.ts';
import { widthOf, type Size } from './sizes.ts';

/** Where a node stands, and its room. */
export interface Place extends Size {
  readonly x: number;
  readonly y: number;
}

/** Between what stands side by side, and from one row to the next, where the lines are. */
const GAP = 26;
const ROWS_APART = 52;
/** From one line of HA to the next, above each of which its name stands. */
export const RUNG = 30;
/** A line of HA is so much longer than its name; without any, the firewalls stand so far apart. */
const RUNG_ROOM = 46;
const FIREWALLS_APART = 56;
/** Above and below a switch between them. */
const SWITCH_GAP = 4;

export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  /** The height at which each rung lies, in the order of the arrangement. */
  readonly rungYs: readonly number[];
}

/** Lays an arrangement out. @param sizes room of each node; the firewalls get the same, a VPC spans both */
export function layOut(
  { nodes, links }: Topology,
  { firewalls, rungs, above, below }: Arrangement,
  sizes: ReadonlyMap<string, Size>,
): Layout {
  const plane = new Plane(sizes, neighboursOf(links));
  const ladder = plane.putPair(firewalls, rungs);
  for (const { name, kind } of nodes) if (kind === 'vpc') plane.widen(name, ladder.halfWidth);
  plane.putSide(above, -1, ladder.halfHeight);
  plane.putSide(below, 1, ladder.halfHeight);
  return { places: plane.places, rungYs: ladder.rungYs };
}

/** The width of what is written at a line. */
export function labelWidth(duties: readonly string[]): number {
  return widthOf(duties.join(', '));
}

/** The firewalls with their rungs. */
interface Ladder extends Size {
  readonly rungYs: readonly number[];
}

class Plane {
  readonly places = new Map<string, Place>();
  readonly #sizes: Map<string, Size>;
  readonly #neighbours: Neighbours;

  constructor(sizes: ReadonlyMap<string, Size>, neighbours: Neighbours) {
    this.#sizes = new Map(sizes);
    this.#neighbours = neighbours;
  }

  /** The two firewalls, and between them what carries their HA. */
  putPair(firewalls: readonly string[], rungs: readonly Rung[]): Ladder {
    const heights = rungs.map((rung) => this.#rungHeight(rung));
    const height = heights.reduce((sum, one) => sum + one, 0);
    const apart = Math.max(FIREWALLS_APART, ...rungs.map((rung) => this.#rungWidth(rung)));
    const sizes = firewalls.map((name) => this.#sizeOf(name));
    const halfWidth = Math.max(...sizes.map((size) => size.halfWidth));
    const halfHeight = Math.max(height / 2 + 6, ...sizes.map((size) => size.halfHeight));
    for (const [index, name] of firewalls.entries()) {
      const x = (index - 0.5) * (apart + 2 * halfWidth);
      this.places.set(name, { x, y: 0, halfWidth, halfHeight });
    }
    let top = -height / 2;
    const rungYs = rungs.map(({ node }, index) => {
      const halfRoom = (heights[index] ?? 0) / 2;
      const y = top + halfRoom;
      if (node !== '') {
        this.places.set(node, { ...this.#sizeOf(node), x: 0, y, halfHeight: halfRoom - SWITCH_GAP });
      }
      top += 2 * halfRoom;
      return y;
    });
    return { halfWidth: apart / 2 + 2 * halfWidth, halfHeight, rungYs };
  }

  /** Makes a node wide enough to lie below all ports of both firewalls. */
  widen(name: string, halfWidth: number): void {
    this.#sizes.set(name, { ...this.#sizeOf(name), halfWidth });
  }

  /** Rows away from the pair, one component beside the other, all centred. */
  putSide(components: readonly Component[], direction: -1 | 1, from: number): void {
    const widths = components.map((rows) => Math.max(...rows.map((row) => this.#rowWidth(row))));
    const deepest = Math.max(0, ...components.map((rows) => rows.length));
    const total = widths.reduce((sum, width) => sum + width + GAP, -GAP);
    let edge = from;
    for (let distance = 0; distance < deepest; distance++) {
      const members = components.flatMap((rows) => rows[distance] ?? []);
      edge += ROWS_APART;
      let left = -total / 2;
      for (const [index, rows] of components.entries()) {
        const width = widths[index] ?? 0;
        this.#putRow(rows[distance] ?? [], rows[distance - 1] ?? [], [left, left + width], direction * edge);
        left += width + GAP;
      }
      edge += 2 * Math.max(...members.map((name) => this.#sizeOf(name).halfHeight));
    }
  }

  /**
   * Side by side, beneath what they hang on where there is room. The edge that faces the pair is at one height for all, so that lines
   * from there cross none of them.
   */
  #putRow(
    row: readonly string[],
    before: readonly string[],
    [least, most]: readonly [number, number],
    edge: number,
  ): void {
    const halfWidth = this.#rowWidth(row) / 2;
    const centre = this.#centreOf(row, before) ?? (least + most) / 2;
    let left = Math.min(Math.max(centre, least + halfWidth), most - halfWidth) - halfWidth;
    for (const name of row) {
      const size = this.#sizeOf(name);
      const y = edge + Math.sign(edge) * size.halfHeight;
      this.places.set(name, { x: left + size.halfWidth, y, ...size });
      left += 2 * size.halfWidth + GAP;
    }
  }

  /** The middle of what the nodes of a row hang on in the row before it. */
  #centreOf(row: readonly string[], before: readonly string[]): number | undefined {
    const xs = row.flatMap((name) =>
      (this.#neighbours.get(name) ?? []).flatMap((other) =>
        before.includes(other) ? (this.places.get(other)?.x ?? []) : [],
      ),
    );
    return xs.length === 0 ? undefined : xs.reduce((sum, x) => sum + x, 0) / xs.length;
  }

  #rowWidth(row: readonly string[]): number {
    return row.reduce((sum, name) => sum + 2 * this.#sizeOf(name).halfWidth + GAP, -GAP);
  }

  #rungHeight({ node, links }: Rung): number {
    if (node === '') return RUNG;
    const most = Math.ceil(links.length / 2);
    return Math.max(2 * this.#sizeOf(node).halfHeight, most * RUNG) + 2 * SWITCH_GAP;
  }

  #rungWidth({ node, links }: Rung): number {
    const line = Math.max(...links.map(({ duties }) => labelWidth(duties))) + RUNG_ROOM;
    return node === '' ? line : 2 * (this.#sizeOf(node).halfWidth + line);
  }

  #sizeOf(name: string): Size {
    return this.#sizes.get(name) ?? { halfWidth: 0, halfHeight: 0 };
  }
}
