/**
 * For each rule of `hasim lint` on AWS a pair that has its mistake, as a part laid over a pair in which lint finds nothing. `also` are rules
 * that the mistake cannot but break as well.
 */

import { lint, type Finding } from '../../src/lint/lint.ts';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import type { LoadResult } from '../../src/scenario/load.ts';
import { loadAws, type AwsPart } from './aws-pair.ts';
import type { Part } from './pair.ts';

export type Loaded = Extract<LoadResult, { ok: true }>;

export interface AwsCase {
  readonly part: AwsPart;
  readonly also?: readonly string[];
  /** The placement groups that the pair of aws-pair.ts does without are left out, too. */
  readonly unplaced?: true;
}

const PLACED = { 'placement-group': 'spread' };
const SOUND_IN_AWS: Part = { aws: { instances: { 'palo-1': PLACED, 'palo-2': PLACED } } };

export function loadAwsCase({ part, unplaced }: AwsCase): Loaded {
  return right(loadAws((unplaced ? part : over(SOUND_IN_AWS, part as Part)) as AwsPart));
}

/** As layers are laid over each other: `null` over what the sound pair adds removes it. */
export function over(base: Part, part: Part): Part {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(part)) {
    const below = result[key];
    if (value === null && below !== undefined) delete result[key];
    else result[key] = isPart(below) && isPart(value) ? over(below, value) : value;
  }
  return result;
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function right(result: LoadResult): Loaded {
  if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics));
  return result;
}

export function findingsIn({ scenario, tree }: Loaded): readonly Finding[] {
  return lint(scenario, tree).findings;
}

export function rulesIn(loaded: Loaded): string[] {
  return [...new Set(findingsIn(loaded).map(({ rule }) => rule))].toSorted();
}

// --- AWS ---------------------------------------------------------------------------------------------------------------

const aws = (part: Part, more: AwsPart = {}): AwsPart => ({ aws: part, ...more });
const sip = (part: Part, more: AwsPart = {}): AwsPart => ({ mode: 'secondary-ip', aws: part, ...more });
const ingress = (group: string, ...rules: Part[]): Part => ({
  'security-groups': { [group]: { ingress: rules } },
});
const both = (part: Part): Part => ({ instances: { 'palo-1': part, 'palo-2': part } });
const tcp = (ports?: number): Part => ({
  protocol: 'tcp',
  'security-group': 'self',
  ...(ports && { ports }),
});
const ICMP: Part = { protocol: 'icmp', 'security-group': 'self' };
const EVERYWHERE = '0.0.0.0/0';
const OPEN: Part = { protocol: 'all', cidr: EVERYWHERE };
const actions = (...list: string[]): Part => ({ 'iam-instance-profiles': { 'palo-ha': { actions: list } } });
const route = (destination: string, target: string, count = 1): Part => ({ destination, target, count });
const DATA = { 'security-groups': ['palo-inside-sg'], 'source-dest-check': false };
const ALL_SIP = [
  'DescribeInstances',
  'DescribeNetworkInterfaces',
  'DescribeRouteTables',
  'AssignPrivateIpAddresses',
  'ReplaceRoute',
];

const WITHOUT_ROUTES: AwsPart = {
  devices: { 'palo-1': { 'static-route': [] }, 'palo-2': { 'static-route': [] } },
};

export const AWS_CASES: Readonly<Record<string, AwsCase>> = {
  X01: { part: aws(ingress('palo-mgmt-sg', tcp())) },
  X02: { part: aws(ingress('palo-mgmt-sg', ICMP, tcp(28_769))) },
  X03: { part: aws(ingress('palo-ha-sg', tcp())) },
  X04: {
    part: aws(
      {
        ...ingress('palo-ha-sg', OPEN),
        'network-interfaces': { 'palo-ha-primary-eni': { 'source-dest-check': false } },
        instances: {
          'palo-1': {
            'network-interfaces': [
              'palo-mgmt-primary-eni',
              'palo-outside-eni',
              'palo-ha-primary-eni',
              'palo-inside-eni',
            ],
          },
        },
      },
      WITHOUT_ROUTES,
    ),
    also: ['X29'],
  },
  X05: {
    part: sip({
      instances: {
        'palo-2': {
          'network-interfaces': [
            'palo-mgmt-secondary-eni',
            'palo-ha-secondary-eni',
            'palo-inside-secondary-eni',
            'palo-outside-secondary-eni',
          ],
        },
      },
    }),
  },
  X06: { part: aws({ 'network-interfaces': { 'palo-inside-eni': { 'source-dest-check': true } } }) },
  X07: { part: aws({ instances: { 'palo-2': { 'iam-instance-profile': null } } }) },
  X08: {
    part: aws(actions('DescribeInstances', 'DescribeNetworkInterfaces', 'DetachNetworkInterface')),
  },
  X09: { part: sip(actions(...ALL_SIP.slice(0, 4))) },
  X10: {
    part: sip({ ...actions(...ALL_SIP), 'elastic-ips': { 'outside-ip': { 'private-ip': '10.0.2.10' } } }),
  },
  X11: { part: aws({ 'elastic-ips': { 'mgmt-secondary-ip': null } }) },
  X12: {
    part: aws({
      subnets: { mgmt: { 'route-table': 'through-the-pair' } },
      'route-tables': { 'through-the-pair': { routes: [route(EVERYWHERE, 'palo-inside-eni')] } },
    }),
  },
  X13: {
    part: aws({
      ...both({ 'vm-series': { 'dpdk-pkt-io': false, 'dns-server': '8.8.8.8' } }),
      'security-groups': {
        'palo-mgmt-sg': {
          egress: [
            { protocol: 'tcp', cidr: EVERYWHERE },
            { protocol: 'icmp', cidr: EVERYWHERE },
          ],
        },
      },
    }),
  },
  X14: { part: aws({ 'vpc-endpoints': { ec2: { subnets: ['mgmt'], 'private-dns': false } } }) },
  X15: { part: aws(both({ 'vm-series': { 'dpdk-pkt-io': true } })) },
  X16: {
    part: aws({
      'network-interfaces': { 'extra-eni': { subnet: 'untrust', 'private-ip': '10.0.2.30', ...DATA } },
      instances: {
        'palo-2': { 'network-interfaces': ['palo-mgmt-secondary-eni', 'palo-ha-secondary-eni', 'extra-eni'] },
      },
    }),
  },
  X17: {
    part: sip(
      {
        instances: {
          'palo-2': {
            'network-interfaces': [
              'palo-mgmt-secondary-eni',
              'palo-ha-secondary-eni',
              'palo-outside-secondary-eni',
            ],
          },
        },
      },
      { devices: { 'palo-2': { interfaces: { 'ethernet1/3': null }, 'static-route': [] } } },
    ),
  },
  X18: { part: sip({ 'network-interfaces': { 'palo-inside-eni': { 'secondary-private-ips': [] } } }) },
  X19: {
    part: sip(
      {
        'network-interfaces': {
          'palo-inside-secondary-eni': { subnet: 'private', 'private-ip': '10.0.4.11' },
        },
      },
      WITHOUT_ROUTES,
    ),
  },
  X20: {
    part: aws(
      {
        subnets: {
          'mgmt-b': { cidr: '10.0.5.0/24', 'availability-zone': 'b', 'route-table': 'public' },
          'ha-b': { cidr: '10.0.6.0/24', 'availability-zone': 'b', 'route-table': 'ha' },
        },
        'network-interfaces': {
          'palo-mgmt-secondary-eni': { subnet: 'mgmt-b', 'private-ip': '10.0.5.11' },
          'palo-ha-secondary-eni': { subnet: 'ha-b', 'private-ip': '10.0.6.11' },
        },
      },
      {
        deliberate: ['C-061'],
        devices: { 'palo-2': { 'high-availability': { interface: { ha2: { 'ip-address': '10.0.6.11' } } } } },
      },
    ),
    also: ['X29'],
  },
  X21: { part: aws(both({ 'instance-type': 'm5.large' })) },
  X22: { part: aws(ingress('palo-outside-sg')) },
  X23: {
    part: aws(ingress('palo-inside-sg', { protocol: 'icmp', cidr: '10.0.4.0/24' })),
    also: ['X22'],
  },
  X24: {
    part: sip(
      {},
      {
        devices: {
          'palo-1': { nat: [{ name: 'out', source: '10.0.4.0/24', 'translated-address': 'ethernet1/2' }] },
        },
      },
    ),
  },
  X25: { part: sip({ 'route-tables': { private: { routes: [route(EVERYWHERE, 'palo-1')] } } }) },
  X26: { part: { ha: { 'election-option': { preemptive: true } } } },
  X27: {
    part: {
      devices: { 'palo-2': { 'high-availability': { 'election-option': { 'device-priority': 100 } } } },
    },
  },
  X29: {
    part: {
      devices: { 'palo-2': { 'high-availability': { interface: { ha2: { 'ip-address': '10.0.3.99' } } } } },
    },
  },
  X30: { part: aws({ instances: { 'palo-2': { 'vm-series': { license: 'bundle1' } } } }) },
  X31: { part: aws({ instances: { 'palo-1': { 'vm-series': { 'mgmt-interface-swap': true } } } }) },
  X33: { part: aws({ terraform: { manages: ['network-interfaces'] } }) },
  X34: { part: {}, unplaced: true },
  X35: { part: aws({ 'load-balancers': { nlb: { targets: ['palo-outside-eni'] } } }) },
  X36: { part: aws({ 'transit-gateways': { tgw: { subnets: ['trust'] } } }) },
  X37: {
    part: sip({ 'iam-instance-profiles': { 'palo-ha': { actions: ['*'], 'route-tables': ['public'] } } }),
  },
  X38: {
    part: sip({
      'route-tables': {
        private: {
          routes: [route(EVERYWHERE, 'palo-inside-eni'), route('172.16.0.0/24', 'palo-inside-eni', 200)],
        },
      },
    }),
  },
  X39: {
    part: aws(both({ 'metadata-options': { 'http-tokens': 'required' }, 'vm-series': { plugin: '2.1.0' } })),
  },
  X40: {
    part: {
      timeline: [
        {
          at: '10s',
          'revoke-security-group-ingress': { 'security-group': 'palo-mgmt-sg', protocol: 'icmp' },
        },
      ],
    },
  },
  X41: { part: aws({ 'strata-cloud-manager': true }) },
  X42: {
    part: {
      ha: { 'state-synchronization': { 'ha2-keep-alive': { enabled: true, threshold: '5s' } } },
      timeline: [{ at: '10s', impair: { link: 'palo-1-eth1', jitter: '6s' } }],
    },
  },
};
