/** Pairs in AWS that stand where PAN-OS and AWS refuse them, one for each refusal, and what is said of each. */

import type { AwsPart } from './aws-pair.ts';
import { lay, type Part } from './pair.ts';
import { second } from './refused.ts';

/** The subnets of palo-2 in another availability zone; in secondary-ip those of its data interfaces, too. */
export function acrossZones(part: AwsPart): AwsPart {
  const items: Record<string, Part> = {
    'palo-mgmt-secondary-eni': { subnet: 'mgmt-b', 'private-ip': '10.0.5.11' },
    'palo-ha-secondary-eni': { subnet: 'ha-b', 'private-ip': '10.0.3.139' },
  };
  if (part.mode === 'secondary-ip') {
    items['palo-outside-secondary-eni'] = { subnet: 'untrust-b', 'private-ip': '10.0.6.11' };
    items['palo-inside-secondary-eni'] = { subnet: 'trust-b', 'private-ip': '10.0.7.11' };
  }
  const zone = { 'availability-zone': 'b' };
  const subnets = {
    'mgmt-b': { cidr: '10.0.5.0/24', 'route-table': 'public', ...zone },
    'ha-b': { cidr: '10.0.3.128/25', 'route-table': 'ha', ...zone },
    'untrust-b': { cidr: '10.0.6.0/24', 'route-table': 'public', ...zone },
    'trust-b': { cidr: '10.0.7.0/24', 'route-table': 'trust', ...zone },
  };
  const routes = [
    { destination: '0.0.0.0/0', nexthop: '10.0.6.1' },
    { destination: '10.0.4.0/24', nexthop: '10.0.7.1' },
  ];
  const devices = part.mode === 'secondary-ip' ? second({ 'static-route': routes }).devices : {};
  return {
    ...part,
    devices: { ...devices, ...part.devices },
    aws: lay({ subnets, 'network-interfaces': items }, part.aws ?? {}),
  };
}

const plugin = (version: string): Part => ({
  instances: { 'palo-2': { 'vm-series': { plugin: version } } },
});

/** What AWS refuses of where the pair stands. */
export const PLACEMENTS: readonly (readonly [situation: string, part: AwsPart, ...messages: string[]])[] = [
  [
    'interface-move across availability zones',
    acrossZones({ mode: 'interface-move' }),
    'expected palo-2 in the availability zone of palo-1 (a) with interface-move, got b (C-061, A5, P2)',
  ],
  [
    'secondary-ip across availability zones with an old plugin',
    acrossZones({ mode: 'secondary-ip', aws: plugin('2.0.2') }),
    'expected VM-Series plugin 2.0.3 or later with peers in two availability zones, got 2.0.2 (C-062, P2)',
  ],
];
