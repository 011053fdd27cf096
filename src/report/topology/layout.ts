/**
 * Places for the nodes of a topology, as a network engineer would draw it: the two firewalls side by side, their HA links straight between
 * them, what lies inside above and what lies upstream below, each node as far from the pair as its packets are. Deterministic: equal
 * topologies give equal places.
 */

import type { Topology, TopologyLink, TopologyNode } from '../../run/topology.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Between two nodes of a row, and between two rows. */
const COLUMN = 190;
const ROW = 104;
/** Between the two firewalls, where the HA links are. */
const APART = 440;

/** The node at an end of a link: `palo-1:ethernet1/1` is palo-1. */
export function nodeOf(end: string): string {
  return end.split(':')[0] ?? end;
}

/** The port at an end of a link, or nothing. */
export function portOf(end: string): string {
  return end.split(':')[1] ?? '';
}

/** Places by node, the centre of the pair at 0. */
export function placesOf({ nodes, links }: Topology): ReadonlyMap<string, Place> {
  const firewalls = nodes.filter(({ kind }) => kind === 'firewall').map(({ name }) => name);
  const places = new Map<string, Place>();
  for (const [index, name] of firewalls.entries()) places.set(name, { x: (index - 0.5) * APART, y: 0 });
  const between = haSwitches(nodes, links);
  for (const [index, name] of between.entries()) places.set(name, { x: 0, y: -58 - index * 46 });
  const rest = nodes.filter(({ name }) => !places.has(name)).map(({ name }) => name);
  const neighbours = neighboursOf(links);
  for (const [side, groups] of sidesOf(componentsOf(rest, neighbours), nodes).entries()) {
    placeSide(groups, side === 0 ? -1 : 1, firewalls, neighbours, places);
  }
  return places;
}

/** Switches that carry nothing but HA. */
function haSwitches(nodes: readonly TopologyNode[], links: readonly TopologyLink[]): readonly string[] {
  return nodes
    .filter(({ kind, name }) => {
      const own = links.filter(({ between }) => between.some((end) => nodeOf(end) === name));
      return kind === 'switch' && own.length > 0 && own.every(({ duties }) => duties.length > 0);
    })
    .map(({ name }) => name);
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighboursOf(links: readonly TopologyLink[]): Neighbours {
  const found = new Map<string, string[]>();
  for (const { between } of links) {
    const [a, b] = between.map(nodeOf) as [string, string];
    found.set(a, [...(found.get(a) ?? []), b]);
    found.set(b, [...(found.get(b) ?? []), a]);
  }
  return found;
}

/** Nodes that hang together without the firewalls. */
function componentsOf(names: readonly string[], neighbours: Neighbours): string[][] {
  const left = new Set(names);
  const components: string[][] = [];
  for (const name of names) {
    if (!left.delete(name)) continue;
    const component = [name];
    for (const member of component) {
      for (const other of neighbours.get(member) ?? []) if (left.delete(other)) component.push(other);
    }
    components.push(component);
  }
  return components;
}

/** What lies upstream (a router, a cloud) below, all else above; where all is of one sort, by turns. */
function sidesOf(components: readonly string[][], nodes: readonly TopologyNode[]): readonly string[][][] {
  const kinds = new Map(nodes.map(({ name, kind }) => [name, kind]));
  const upstream = (component: readonly string[]): boolean =>
    component.some((name) => kinds.get(name) === 'router' || kinds.get(name) === 'vpc');
  const [above, below] = [components.filter((one) => !upstream(one)), components.filter(upstream)];
  if (above.length > 0 && below.length > 0) return [above, below];
  if (components.length < 2) return [[], [...components]];
  const turn = (rest: number): string[][] => components.filter((_, index) => index % 2 === rest);
  return [turn(0), turn(1)];
}

/** Rows away from the pair, one component beside the other. */
function placeSide(
  groups: readonly string[][],
  direction: -1 | 1,
  firewalls: readonly string[],
  neighbours: Neighbours,
  places: Map<string, Place>,
): void {
  const rows = groups.map((component) => rowsOf(component, firewalls, neighbours));
  const widths = rows.map((group) => Math.max(1, ...group.map((row) => row.length)) * COLUMN);
  let left = -widths.reduce((sum, width) => sum + width, 0) / 2;
  for (const [index, group] of rows.entries()) {
    const width = widths[index] ?? 0;
    for (const [distance, row] of group.entries()) {
      const y = direction * (ROW * (distance + 1) + 20);
      const step = width / row.length;
      for (const [at, name] of row.entries()) places.set(name, { x: left + step * (at + 0.5), y });
    }
    left += width;
  }
}

/** The nodes of a component by their distance from the pair, each row in the order of the row before it. */
function rowsOf(
  component: readonly string[],
  firewalls: readonly string[],
  neighbours: Neighbours,
): string[][] {
  const members = new Set(component);
  const touching = component.filter((name) =>
    (neighbours.get(name) ?? []).some((other) => firewalls.includes(other)),
  );
  const rows: string[][] = [];
  let row = touching.length > 0 ? touching : component.slice(0, 1);
  const placed = new Set(row);
  while (row.length > 0) {
    rows.push(row);
    const next: string[] = [];
    for (const name of row) {
      for (const other of neighbours.get(name) ?? []) {
        if (!members.has(other) || placed.has(other)) continue;
        placed.add(other);
        next.push(other);
      }
    }
    row = next;
  }
  return rows;
}
