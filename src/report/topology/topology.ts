/** The topology of a run, placed on a plane, with the states that everything goes through. Pure. */

import type { RunResult } from '../../run/result.ts';
import type { Topology, TopologyLink } from '../../run/topology.ts';
import { dutyName } from '../duties.ts';
import { arranged, nodeOf, portOf, type Arrangement } from './arrangement.ts';
import { condensed } from './condensed.ts';
import { layOut } from './layout.ts';
import { linesOf, portsWidth } from './lines.ts';
import type { DrawnLink, TopologyModel } from './model.ts';
import { sizeOf, type Size } from './sizes.ts';
import { assetStates, linkStates, nodeStates } from './states.ts';
import { roomiest } from './words.ts';

/** Around the drawing. */
const MARGIN = 8;
const MOST_NOTES = 3;

/** What a report draws of where everything stands. @param result of a run that kept its packets; without them links have no states */
export function topologyModel(result: RunResult): TopologyModel {
  const topology = named(condensed(result));
  const arrangement = arranged(topology);
  const assets = assetStates(result);
  const nodes = topology.nodes.map((node) => ({
    name: node.name,
    kind: node.kind,
    notes: notesOf(node),
    ...nodeStates(result, node),
  }));
  const sizes = new Map(
    nodes.map((node) => {
      const size = sizeOf(node.kind, node.name, roomiest(node, assets));
      return [node.name, withPorts(node.name, size, topology.links, arrangement)];
    }),
  );
  const layout = layOut(topology, arrangement, sizes);
  const lines = linesOf(topology.links, arrangement, layout);
  const places = [...layout.places.values()];
  const left = Math.min(...places.map(({ x, halfWidth }) => x - halfWidth)) - MARGIN;
  const top = Math.min(...places.map(({ y, halfHeight }) => y - halfHeight)) - MARGIN;
  return {
    left,
    top,
    width: Math.max(...places.map(({ x, halfWidth }) => x + halfWidth)) + MARGIN - left,
    height: Math.max(...places.map(({ y, halfHeight }) => y + halfHeight)) + MARGIN - top,
    nodes: nodes.flatMap((node) => {
      const place = layout.places.get(node.name);
      return place === undefined ? [] : [{ ...node, ...place }];
    }),
    links: topology.links.flatMap(({ name, between, duties }, index): DrawnLink[] => {
      const line = lines[index];
      if (line === undefined) return [];
      const ends = between.map((end) => `${nodeOf(end)} ${portOf(end)}`.trim()) as [string, string];
      return [{ name, ends, duty: duties.join(', '), states: linkStates(result, name), ...line }];
    }),
    assets,
  };
}

/** With the duties of links as they are written. */
function named({ nodes, links }: Topology): Topology {
  return { nodes, links: links.map((link) => ({ ...link, duties: link.duties.map(dutyName) })) };
}

/** The addresses of a firewall are many, and both of a pair may have the same. */
function notesOf({ kind, addresses }: Topology['nodes'][number]): readonly string[] {
  if (kind === 'firewall') return [];
  const notes = addresses.slice(0, MOST_NOTES);
  const more = addresses.length - notes.length;
  return more > 0 ? [...notes, `and ${more} more`] : notes;
}

/** A firewall is as wide as the cables to what is above or below it need. */
function withPorts(
  name: string,
  size: Size,
  links: readonly TopologyLink[],
  { firewalls, above, below }: Arrangement,
): Size {
  if (!firewalls.includes(name)) return size;
  const widths = [above, below].map((side) => {
    const members = new Set(side.flat(2));
    const own = links.filter(({ between }) => {
      const ends = between.map(nodeOf);
      return ends.includes(name) && ends.some((end) => members.has(end));
    });
    return portsWidth(own);
  });
  return { ...size, halfWidth: Math.max(size.halfWidth, ...widths.map((width) => width / 2)) };
}
