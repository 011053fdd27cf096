/** What stands where: the nodes of a scenario and the cables between them, with what each cable is for. */

import { INTERNET_GATEWAY } from '../scenario/schema/aws.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { haPorts } from './ha-links.ts';

export type NodeKind = 'firewall' | 'switch' | 'router' | 'host' | 'vpc';

export interface TopologyNode {
  readonly name: string;
  readonly kind: NodeKind;
  /** As the scenario writes them: `10.0.0.10/24`. */
  readonly addresses: readonly string[];
}

export interface TopologyLink {
  readonly name: string;
  /** As the scenario writes them: `palo-1:ethernet1/1`, or the bare name of a switch or a host. */
  readonly between: readonly [string, string];
  /** What the ports of firewalls at its ends are for: `ha1`, `ha2-backup`, …, or nothing for data. */
  readonly duties: readonly string[];
}

export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly TopologyLink[];
}

/** At the end of a link of an instance, as `vpc:palo-1-eth0`. */
const VPC = 'vpc';

function node(kind: NodeKind, name: string, addresses: readonly string[] = []): TopologyNode {
  return { name, kind, addresses };
}

/** Reads the topology off a scenario, in its order. */
export function topologyOf({ devices, network, aws }: ResolvedScenario): Topology {
  const nodes = [
    ...Object.entries(devices).map(([name, { interfaces }]) =>
      node(
        'firewall',
        name,
        Object.values(interfaces).flatMap(({ ip }) => (ip === undefined ? [] : [ip])),
      ),
    ),
    ...Object.keys(network.switches).map((name) => node('switch', name)),
    ...Object.entries(network.routers).map(([name, { interfaces }]) =>
      node(
        'router',
        name,
        Object.values(interfaces).map(({ ip }) => ip),
      ),
    ),
    ...Object.entries(network.hosts).map(([name, { ip }]) => node('host', name, [ip])),
    ...(aws === undefined ? [] : [node('vpc', VPC, [aws.vpc.cidr]), node('router', INTERNET_GATEWAY)]),
  ];
  const duties = new Map<string, string>(
    Object.entries(devices).flatMap(([name, device]) =>
      haPorts(device['high-availability']).map(({ duty, port }) => [`${name}:${port}`, duty] as const),
    ),
  );
  const links = Object.entries(network.links).map(([name, { between }]) => ({
    name,
    between: between as readonly [string, string],
    duties: [...new Set(between.flatMap((end) => duties.get(end) ?? []))],
  }));
  if (aws === undefined) return { nodes, links };
  // The gateway is the VPC's own: no cable of the scenario leads there.
  const gateway = { name: INTERNET_GATEWAY, between: [INTERNET_GATEWAY, VPC] as const, duties: [] };
  return { nodes, links: [...links, gateway] };
}
