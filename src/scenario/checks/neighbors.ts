/**
 * Routing neighbours: each stands in a connected subnet, is a router or a firewall, and names this node as its neighbour, too;
 * otherwise no adjacency could ever be up.
 */

import type { Path } from '../located.ts';
import type { Scenario } from '../schema/scenario.ts';
import { addressOf, isInSubnet, writeSubnet } from './addresses.ts';
import type { Reporter } from './report.ts';

interface Node {
  readonly name: string;
  readonly path: Path;
  /** With prefix lengths. */
  readonly ips: readonly string[];
  readonly neighbors: Readonly<Record<string, { readonly address: string }>>;
}

/** Reports neighbours that can never be adjacent. */
export function checkNeighbors(reporter: Reporter, { devices, network }: Scenario): void {
  const nodes = [...nodesAt(['devices'], devices), ...nodesAt(['network', 'routers'], network.routers)];
  for (const node of nodes) {
    for (const [neighbor, { address }] of Object.entries(node.neighbors)) {
      const path = [...node.path, 'routing-neighbor', neighbor, 'address'];
      const message = mistakeIn(node, address, nodes);
      if (message !== null) reporter.at(path, message);
    }
  }
}

function nodesAt(
  base: Path,
  entries: Readonly<
    Record<string, { interfaces: Record<string, { ip: string }>; 'routing-neighbor': Node['neighbors'] }>
  >,
): Node[] {
  return Object.entries(entries).map(([name, entry]) => ({
    name,
    path: [...base, name],
    ips: Object.values(entry.interfaces).map(({ ip }) => ip),
    neighbors: entry['routing-neighbor'],
  }));
}

function mistakeIn(node: Node, address: string, nodes: readonly Node[]): string | null {
  if (!node.ips.some((ip) => isInSubnet(address, ip)))
    return `expected an address in a connected subnet (${node.ips.map(writeSubnet).join(', ') || 'it has none'}), got ${address}`;
  const own = node.ips.map(addressOf);
  const others = nodes.filter(({ ips }) => ips.map(addressOf).includes(address));
  if (others.length === 0 || own.includes(address))
    return `expected the address of another router or firewall, got ${address}`;
  const strange = others.find(({ neighbors }) =>
    Object.values(neighbors).every((neighbor) => !own.includes(neighbor.address)),
  );
  if (strange === undefined) return null;
  return `expected ${strange.name} to have a routing-neighbor with an address of ${node.name} (${own.join(', ')}), got none`;
}
