/** Who becomes active, and whether the two firewalls fit together, in AWS. */

import { awsRule } from '../aws-rule.ts';
import { dataInterfaces, type AwsPair, type Firewall } from '../pair.ts';
import { section5, URLS, type Problem, type Rule } from '../rule.ts';
import type { Path } from '../../scenario/located.ts';

const K05 = 'https://knowledgebase.paloaltonetworks.com/KCSArticleDetail?id=kA14u000000HELJCA4&lang=en_US';

/** vCPUs of an instance size; the families of VM-Series have the same. */
const VCPUS: Readonly<Record<string, number>> = {
  micro: 2,
  small: 2,
  medium: 2,
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
};

interface Trait {
  readonly name: string;
  readonly of: (firewall: Firewall) => string | number | undefined;
  readonly path: Path;
}

/** What both have to have (K05); paths within the device or the instance. */
const TRAITS: readonly Trait[] = [
  {
    name: 'group-id',
    of: ({ ha }) => ha['group-id'],
    path: ['devices', '*', 'high-availability', 'group-id'],
  },
  { name: 'mode', of: ({ ha }) => ha.mode, path: ['devices', '*', 'high-availability', 'mode'] },
  { name: 'sw-version', of: ({ device }) => device['sw-version'], path: ['devices', '*', 'sw-version'] },
  {
    name: 'license',
    of: ({ instance }) => instance?.['vm-series'].license,
    path: ['aws', 'instances', '*', 'vm-series', 'license'],
  },
  {
    name: 'number of vCPUs',
    of: ({ instance }) => VCPUS[instance?.['instance-type'].split('.')[1] ?? ''],
    path: ['aws', 'instances', '*', 'instance-type'],
  },
];

function zoneOf({ aws }: AwsPair, { attached }: Firewall): string {
  return aws.subnets[attached[0]?.subnet ?? '']?.['availability-zone'] ?? '';
}

/** Whether a version of the plugin is at least another. */
function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const differing = parts.findIndex((part, index) => part !== least[index]);
  return differing === -1 || (parts[differing] ?? 0) > (least[differing] ?? 0);
}

export const ELECTION: readonly Rule[] = [
  awsRule({
    id: 'X20',
    severity: 'error',
    title: 'The peers are in different availability zones',
    source: section5('X20', URLS.P2),
    consequence: 'a failover is impossible: network interfaces and private addresses stay in their zone',
    check: (pair) => {
      const { aws, crossZone, passive, active, firewalls } = pair;
      const old = firewalls.find(
        ({ instance }) => !isAtLeast(instance?.['vm-series'].plugin ?? '', [2, 0, 3]),
      );
      const isMove = aws['failover-mode'] === 'interface-move';
      if (!crossZone || (!isMove && old === undefined)) return [];
      const why = isMove
        ? 'the failover mode is interface-move'
        : `the plugin of ${old?.name} is older than 2.0.3`;
      const zones = `${active.name} is in zone ${zoneOf(pair, active)}, ${passive.name} in zone ${zoneOf(pair, passive)}`;
      return [{ path: ['aws', 'failover-mode'], message: `${zones}, and ${why}` }];
    },
  }),
  awsRule({
    id: 'X26',
    severity: 'warning',
    title: 'Preemption is enabled',
    source: section5('X26', URLS.P1),
    consequence:
      'when the failed firewall comes back there is a second outage as long as the first, and loops can suspend it',
    check: ({ firewalls }) =>
      firewalls.flatMap(({ name, ha }): Problem[] => {
        if (!ha['election-option'].preemptive) return [];
        const path = ['devices', name, 'high-availability', 'election-option', 'preemptive'];
        return [{ path, message: `preemptive is on at ${name}`, repair: [{ path, set: false }] }];
      }),
  }),
  awsRule({
    id: 'X27',
    severity: 'note',
    title: 'Both peers have the same device-priority',
    source: section5('X27', URLS.P2),
    consequence:
      'the lower MAC address of HA1 decides, an accident of the order in which network interfaces were made',
    check: ({ firewalls: [one, other] }) => {
      const priority = one.ha['election-option']['device-priority'];
      if (priority !== other.ha['election-option']['device-priority']) return [];
      const path = ['devices', other.name, 'high-availability', 'election-option', 'device-priority'];
      return [{ path, message: `${one.name} and ${other.name} both have device-priority ${priority}` }];
    },
  }),
  awsRule({
    id: 'X30',
    severity: 'error',
    title: 'The peers do not fit together',
    source: section5('X30', K05),
    consequence: 'PAN-OS does not pair them, or takes one out of service: non-functional or suspended',
    check: ({ firewalls: [one, other] }) =>
      TRAITS.flatMap(({ name, of, path }): Problem[] => {
        if (of(one) === of(other)) return [];
        const message = `the ${name} of ${other.name} is ${of(other) ?? 'unknown'}, that of ${one.name} ${of(one) ?? 'unknown'}`;
        return [{ path: path.map((step) => (step === '*' ? other.name : step)), message }];
      }),
  }),
  awsRule({
    id: 'X34',
    severity: 'note',
    title: 'The peers are in no placement group',
    source: section5('X34', URLS.R4),
    consequence: 'both may run in one rack, and fail together',
    check: ({ firewalls, crossZone }) => {
      if (crossZone) return [];
      const without = firewalls.filter(
        ({ instance }) => instance !== null && instance['placement-group'] === undefined,
      );
      const [first] = without;
      if (first === undefined) return [];
      const message = `${without.map(({ name }) => name).join(' and ')} ${without.length === 1 ? 'has' : 'have'} no placement-group`;
      return [{ path: ['aws', 'instances', first.name], part: 'key', message }];
    },
  }),
  awsRule({
    id: 'X35',
    severity: 'warning',
    title: 'A load balancer is in front of the pair',
    source: section5('X35', URLS.P1),
    consequence:
      'Palo Alto Networks does not support the combination: a passive that does not answer health checks is expected, not a fault',
    check: ({ aws, firewalls }) => {
      const members = new Set(
        firewalls.flatMap((one) => [one.name, ...dataInterfaces(one).map(({ name }) => name)]),
      );
      return Object.entries(aws['load-balancers']).flatMap(([name, { targets }]): Problem[] => {
        const used = targets.filter((target) => members.has(target));
        if (used.length === 0) return [];
        const path = ['aws', 'load-balancers', name, 'targets'];
        return [{ path, message: `${name} sends traffic to ${used.join(', ')}` }];
      });
    },
  }),
];
