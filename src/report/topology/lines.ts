/** The lines of a drawing: where each cable meets its two nodes, so that no line crosses a node and none lies on another. */

import type { TopologyLink } from '../../run/topology.ts';
import { nodeOf, type Arrangement, type Rung } from './arrangement.ts';
import { labelWidth, RUNG, type Layout, type Place } from './layout.ts';

export type Point = readonly [x: number, y: number];

export interface Line {
  readonly path: string;
  /** The middle of what is written at it. */
  readonly labelAt: Point;
  /** Where a cross stands on it that says it is broken. */
  readonly crossAt: Point;
}

/** Between two lines at the edge of a firewall, unless what is written at one is wider; and at the edge of anything else. */
const PORTS_APART = 30;
const ENDS_APART = 14;
/** Lines keep away from the corners of a node. */
const CORNER = 16;
/** How far out a line goes around what stands in its row. */
const DETOUR = 60;
/** A line goes under the slanted side of a switch. */
const SLANT = 5;

/** How wide a firewall must be for its cables to one side. */
export function portsWidth(links: readonly TopologyLink[]): number {
  return links.length * spacing(links);
}

function spacing(links: readonly TopologyLink[]): number {
  return Math.max(PORTS_APART, ...links.map(({ duties }) => labelWidth(duties) + 10));
}

/** The lines of all links, in their order. */
export function linesOf(
  links: readonly TopologyLink[],
  { firewalls, rungs }: Arrangement,
  { places, rungYs }: Layout,
): readonly Line[] {
  const pair = firewalls.flatMap((name) => places.get(name) ?? []);
  const lines = new Map<TopologyLink, Line>();
  for (const [index, rung] of rungs.entries()) {
    for (const [link, line] of rungLines(rung, rungYs[index] ?? 0, firewalls, pair, places.get(rung.node))) {
      lines.set(link, line);
    }
  }
  const meetings = new Meetings(
    links.filter((link) => !lines.has(link)),
    firewalls,
    places,
  );
  return links.map((link) => lines.get(link) ?? meetings.line(link));
}

/** A cable from one firewall to the other; or those of a switch between them, to the left and to the right. */
function rungLines(
  { links }: Rung,
  y: number,
  firewalls: readonly string[],
  [left, right]: readonly Place[],
  node: Place | undefined,
): (readonly [TopologyLink, Line])[] {
  const from = left === undefined ? 0 : left.x + left.halfWidth;
  const to = right === undefined ? 0 : right.x - right.halfWidth;
  if (node === undefined) return links.map((link) => [link, level(from, to, y)] as const);
  return firewalls.flatMap((firewall, side) => {
    const own = links.filter(({ between }) => between.some((end) => nodeOf(end) === firewall));
    return own.map((link, index) => {
      const at = y + (index - (own.length - 1) / 2) * RUNG;
      const line =
        side === 0
          ? level(from, node.x - node.halfWidth + SLANT, at)
          : level(node.x + node.halfWidth - SLANT, to, at);
      return [link, line] as const;
    });
  });
}

/** A level line, with its name above it. */
function level(from: number, to: number, y: number): Line {
  const middle = (from + to) / 2;
  return { path: `M${from} ${y}H${to}`, labelAt: [middle, y - 12], crossAt: [middle, y] };
}

/** A line that goes up or down, with its name on it. */
function steep([x1, y1]: Point, [x2, y2]: Point): Line {
  const at = (share: number): Point => [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
  return { path: `M${x1} ${y1}L${x2} ${y2}`, labelAt: at(0.3), crossAt: at(0.72) };
}

/** One end of a cable at the upper or lower edge of a node. */
interface End {
  readonly link: TopologyLink;
  readonly other: string;
}

/** Where cables that go up or down meet the edges of their nodes. */
class Meetings {
  readonly #places: ReadonlyMap<string, Place>;
  /** By link and node. */
  readonly #xs = new Map<TopologyLink, Map<string, number>>();

  constructor(
    links: readonly TopologyLink[],
    firewalls: readonly string[],
    places: ReadonlyMap<string, Place>,
  ) {
    this.#places = places;
    const nodes = [...places.keys()];
    // Ports of the firewalls come first, each with a place of its own; what they lead to then meets them as straight as it can.
    for (const name of nodes.toSorted((a, b) => rank(a, firewalls) - rank(b, firewalls))) {
      const ends = links.flatMap((link) => this.#endsAt(name, link));
      for (const side of [-1, 1] as const) {
        const own = ends.filter(({ other }) => down(this.#place(name), this.#place(other)) === side);
        if (firewalls.includes(name)) this.#spread(name, own);
        else this.#approach(name, own);
      }
    }
  }

  /** The line of a link between two rows, or around what stands between two nodes of a row. */
  line(link: TopologyLink): Line {
    const [a, b] = link.between.map(nodeOf) as [string, string];
    const [from, to] = [this.#place(a), this.#place(b)];
    const by = down(from, to);
    if (by !== 0) {
      return steep(
        [this.#x(link, a), from.y + by * from.halfHeight],
        [this.#x(link, b), to.y - by * to.halfHeight],
      );
    }
    const [left, right] = from.x < to.x ? [from, to] : [to, from];
    const between = [...this.#places.values()].some(
      (place) => down(from, place) === 0 && place.x > left.x && place.x < right.x,
    );
    if (between) return around(left, right);
    const { y } = left.halfHeight < right.halfHeight ? left : right;
    return level(left.x + left.halfWidth - SLANT, right.x - right.halfWidth + SLANT, y);
  }

  #place(name: string): Place {
    return this.#places.get(name) ?? { x: 0, y: 0, halfWidth: 0, halfHeight: 0 };
  }

  #x(link: TopologyLink, name: string): number {
    return this.#xs.get(link)?.get(name) ?? this.#place(name).x;
  }

  #set(link: TopologyLink, name: string, x: number): void {
    const own = this.#xs.get(link) ?? new Map<string, number>();
    this.#xs.set(link, own.set(name, x));
  }

  #endsAt(name: string, link: TopologyLink): End[] {
    const [a, b] = link.between.map(nodeOf) as [string, string];
    if (a === name) return [{ link, other: b }];
    return b === name ? [{ link, other: a }] : [];
  }

  /** Evenly, in the order of what they lead to. */
  #spread(name: string, ends: readonly End[]): void {
    const { x } = this.#place(name);
    const apart = spacing(ends.map(({ link }) => link));
    const sorted = ends.toSorted((a, b) => this.#place(a.other).x - this.#place(b.other).x);
    for (const [index, { link }] of sorted.entries()) {
      this.#set(link, name, x + (index - (ends.length - 1) / 2) * apart);
    }
  }

  /** Each as near to its other end as the node reaches, but not on top of another. */
  #approach(name: string, ends: readonly End[]): void {
    const { x, halfWidth } = this.#place(name);
    const [first, last] = [x - halfWidth + CORNER, x + halfWidth - CORNER];
    const wished = ends
      .map(({ link, other }) => ({ link, wish: Math.min(Math.max(this.#x(link, other), first), last) }))
      .toSorted((a, b) => a.wish - b.wish);
    const apart = Math.min(ENDS_APART, (last - first) / Math.max(1, ends.length - 1));
    let least = first;
    for (const [index, { link, wish }] of wished.entries()) {
      const most = last - (wished.length - 1 - index) * apart;
      const at = Math.min(Math.max(wish, least), most);
      this.#set(link, name, at);
      least = at + apart;
    }
  }
}

/** Whether the second is in a lower row (1), in an upper one (-1), or in the same (0). */
function down(a: Place, b: Place): number {
  return Math.abs(b.y - a.y) < a.halfHeight + b.halfHeight ? 0 : Math.sign(b.y - a.y);
}

/** Firewalls first. */
function rank(name: string, firewalls: readonly string[]): number {
  return firewalls.includes(name) ? 0 : 1;
}

/** Around what stands between two nodes of a row, on the side that is away from the pair. */
function around(left: Place, right: Place): Line {
  const out = Math.sign(left.y);
  const [x1, x2] = [left.x, right.x];
  const [y1, y2] = [left.y + out * left.halfHeight, right.y + out * right.halfHeight];
  const far = (y1 + y2) / 2 + out * DETOUR;
  const middle: Point = [(x1 + x2) / 2, (far + (y1 + y2) / 2) / 2];
  return { path: `M${x1} ${y1}Q${(x1 + x2) / 2} ${far} ${x2} ${y2}`, labelAt: middle, crossAt: middle };
}
