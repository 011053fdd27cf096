/**
 * Who stands where to whom in a drawing of a topology, as a network engineer would draw it: the two firewalls side by side, what carries
 * their HA between them, what lies inside above and what lies upstream below, each node as far from the pair as its packets are.
 * Deterministic: equal topologies are arranged in the same way.
 */

import type { Topology, TopologyLink, TopologyNode } from '../../run/topology.ts';

/** What lies between the two firewalls: a cable from one to the other, or a switch that carries nothing but HA. */
export interface Rung {
  /** Of a switch its name, of a cable nothing. */
  readonly node: string;
  /** All its cables; those of a switch by turns, the firewalls in their order. */
  readonly links: readonly TopologyLink[];
}

/** Nodes that hang together, by their distance from the pair. */
export type Component = readonly (readonly string[])[];

export interface Arrangement {
  readonly firewalls: readonly string[];
  /** From top to bottom. */
  readonly rungs: readonly Rung[];
  readonly above: readonly Component[];
  readonly below: readonly Component[];
}

/** The node at an end of a link: `palo-1:ethernet1/1` is palo-1. */
export function nodeOf(end: string): string {
  return end.split(':')[0] ?? end;
}

/** The port at an end of a link, or nothing. */
export function portOf(end: string): string {
  return end.split(':')[1] ?? '';
}

/** Arranges the nodes of a topology. */
export function arranged({ nodes, links }: Topology): Arrangement {
  const firewalls = nodes.filter(({ kind }) => kind === 'firewall').map(({ name }) => name);
  const rungs = rungsOf(nodes, links, firewalls);
  const placed = new Set([...firewalls, ...rungs.map(({ node }) => node)]);
  const rest = nodes.map(({ name }) => name).filter((name) => !placed.has(name));
  const neighbours = neighboursOf(links);
  const [above, below] = sidesOf(componentsOf(rest, neighbours), nodes);
  const inRows = (component: readonly string[]): Component => rowsOf(component, firewalls, neighbours);
  return { firewalls, rungs, above: above.map(inRows), below: below.map(inRows) };
}

function rungsOf(
  nodes: readonly TopologyNode[],
  links: readonly TopologyLink[],
  firewalls: readonly string[],
): Rung[] {
  const cables = links
    .filter(({ between }) => between.every((end) => firewalls.includes(nodeOf(end))))
    .map((link): Rung => ({ node: '', links: [link] }));
  const switches = nodes.flatMap(({ kind, name }): Rung[] => {
    const own = links.filter(({ between }) => between.some((end) => nodeOf(end) === name));
    const between = kind === 'switch' && firewalls.every((firewall) => own.some(isHaOf(firewall)));
    if (!between || !own.every((link) => firewalls.some((firewall) => isHaOf(firewall)(link)))) return [];
    return [{ node: name, links: own }];
  });
  return [...switches, ...cables];
}

/** Whether a link leads to a port of the firewall that carries no data. */
function isHaOf(firewall: string): (link: TopologyLink) => boolean {
  return ({ between, duties }) =>
    between.some((end) => nodeOf(end) === firewall && (duties.length > 0 || portOf(end) === 'management'));
}

/** By node, what a cable leads to. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

/** What every node is linked to, in the order of the links. */
export function neighboursOf(links: readonly TopologyLink[]): Neighbours {
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
function sidesOf(
  components: readonly string[][],
  nodes: readonly TopologyNode[],
): readonly [above: string[][], below: string[][]] {
  const kinds = new Map(nodes.map(({ name, kind }) => [name, kind]));
  const upstream = (component: readonly string[]): boolean =>
    component.some((name) => kinds.get(name) === 'router' || kinds.get(name) === 'vpc');
  const [above, below] = [components.filter((one) => !upstream(one)), components.filter(upstream)];
  if (above.length > 0 && below.length > 0) return [above, below];
  if (components.length < 2) return [[], [...components]];
  const turn = (rest: number): string[][] => components.filter((_, index) => index % 2 === rest);
  return [turn(0), turn(1)];
}

/** The nodes of a component by their distance from the pair, each row in the order of the row before it. */
function rowsOf(
  component: readonly string[],
  firewalls: readonly string[],
  neighbours: Neighbours,
): Component {
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
