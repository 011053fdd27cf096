/**
 * A topology with as many hosts as can be drawn: of many that hang on the same switch and to which nothing happens, some are drawn and the
 * others are counted.
 */

import type { RunResult } from '../../run/result.ts';
import type { Topology, TopologyLink, TopologyNode } from '../../run/topology.ts';
import { nodeOf } from './arrangement.ts';

/** Hosts of one switch that are drawn, the one that counts the others among them. */
const MOST_HOSTS = 6;

/** The topology of a run without the hosts that are only counted. */
export function condensed(result: RunResult): Topology {
  const { nodes, links } = result.topology;
  const counts = new Map<string, number>();
  const hidden = new Set<string>();
  for (const [hub, leaves] of leavesByHub(result.topology)) {
    const quiet = quietOf(leaves, result);
    const shown = Math.max(0, MOST_HOSTS - 1 - (leaves.length - quiet.length));
    if (leaves.length <= MOST_HOSTS || quiet.length - shown < 2) continue;
    counts.set(hub, quiet.length - shown);
    for (const { node } of quiet.slice(shown)) hidden.add(node.name);
  }
  const others = [...counts].map(([hub, count]) => ({ hub, name: `${count} more of ${hub}` }));
  return {
    nodes: [
      ...nodes.filter(({ name }) => !hidden.has(name)),
      ...others.map(({ name }): TopologyNode => ({ name, kind: 'host', addresses: [] })),
    ],
    links: [
      ...links.filter(({ between }) => !between.some((end) => hidden.has(nodeOf(end)))),
      ...others.map(({ hub, name }): TopologyLink => ({ name, between: [name, hub], duties: [] })),
    ],
  };
}

/** A host and its only cable. */
interface Leaf {
  readonly node: TopologyNode;
  readonly link: TopologyLink;
}

/** Hosts with one cable, by what it leads to. */
function leavesByHub({ nodes, links }: Topology): ReadonlyMap<string, readonly Leaf[]> {
  const cables = new Map<string, TopologyLink[]>();
  for (const link of links) {
    for (const end of link.between.map(nodeOf)) cables.set(end, [...(cables.get(end) ?? []), link]);
  }
  const found = new Map<string, Leaf[]>();
  for (const node of nodes) {
    const [link, ...more] = cables.get(node.name) ?? [];
    if (node.kind !== 'host' || link === undefined || more.length > 0) continue;
    const hub = link.between.map(nodeOf).find((name) => name !== node.name) ?? '';
    found.set(hub, [...(found.get(hub) ?? []), { node, link }]);
  }
  return found;
}

/** Those of which no record speaks. */
function quietOf(leaves: readonly Leaf[], { records }: RunResult): readonly Leaf[] {
  const touched = new Set(records.map(({ subject }) => subject));
  return leaves.filter(({ node, link }) => {
    const names = [node.name, link.name, ...node.addresses.map((address) => address.split('/')[0] ?? '')];
    return !names.some((name) => touched.has(name));
  });
}
