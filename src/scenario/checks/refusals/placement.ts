/**
 * Peers in two availability zones: network interfaces cannot be moved between zones at all (C-061; A5, A6), and the plugin knows of such
 * pairs since 2.0.3, when elastic IPs and routes move alone (C-062; P2).
 */

import { lookUp } from '../../look-up.ts';
import type { Path } from '../../located.ts';
import type { Aws } from '../../schema/aws.ts';
import type { Scenario } from '../../schema/scenario.ts';
import { isAtLeast } from '../aws/devices.ts';
import { zoneOf } from '../aws/instances.ts';

/** What is refused of a VPC, and where it stands. */
export interface VpcBreach {
  readonly path: Path;
  readonly expected: string;
  readonly got: string;
}

export interface VpcRefusal {
  readonly rule: string;
  readonly sources: readonly string[];
  readonly breaches: (scenario: Scenario) => readonly VpcBreach[];
}

const FIRST_ACROSS_ZONES = '2.0.3';

interface Peers {
  readonly aws: Aws;
  readonly names: readonly string[];
  readonly zones: readonly string[];
}

/** The pair, when its firewalls are in different zones. */
function apart({ aws, devices }: Scenario): Peers | null {
  if (aws === undefined) return null;
  const names = Object.keys(devices);
  const zones = names.flatMap((name) => zoneOf(aws, name) ?? []);
  return zones.length === 2 && zones[0] !== zones[1] ? { aws, names, zones } : null;
}

export const PLACEMENT: readonly VpcRefusal[] = [
  {
    rule: 'C-061',
    sources: ['A5', 'P2'],
    breaches: (scenario) => {
      const peers = apart(scenario);
      if (peers?.aws['failover-mode'] !== 'interface-move') return [];
      const { names, zones } = peers;
      const path = ['aws', 'instances', String(names[1]), 'network-interfaces'];
      const expected = `${names[1]} in the availability zone of ${names[0]} (${zones[0]}) with interface-move`;
      return [{ path, expected, got: String(zones[1]) }];
    },
  },
  {
    rule: 'C-062',
    sources: ['P2'],
    breaches: (scenario) => {
      const peers = apart(scenario);
      if (peers?.aws['failover-mode'] !== 'secondary-ip') return [];
      return peers.names.flatMap((name) => {
        const plugin = lookUp(peers.aws.instances, name)?.['vm-series'].plugin;
        if (plugin === undefined || isAtLeast(plugin, FIRST_ACROSS_ZONES)) return [];
        const path = ['aws', 'instances', name, 'vm-series', 'plugin'];
        const expected = `VM-Series plugin ${FIRST_ACROSS_ZONES} or later with peers in two availability zones`;
        return [{ path, expected, got: plugin }];
      });
    },
  },
];
