/** For each rule of `hasim lint` on pairs with cables a pair that has its mistake, as lint-cases.ts has those on AWS. */

import { over, right, type Loaded } from './lint-cases.ts';
import { loadPair, type PairPart, type Part } from './pair.ts';

const END = (port: string): Part => ({ between: [`palo-1:${port}`, `palo-2:${port}`] });

/** The pair of the topology with a backup of HA1 and keep-alives on HA2. */
const SOUND_WITH_CABLES: Part = {
  ha: {
    interface: { ha1: { port: 'ha1-a' }, 'ha1-backup': { port: 'ha1-b' } },
    'state-synchronization': { 'ha2-keep-alive': { enabled: true } },
  },
  network: { links: { ha1: END('ha1-a'), 'ha1-backup': END('ha1-b') } },
};

export function loadCables(part: PairPart): Loaded {
  return right(loadPair(over(SOUND_WITH_CABLES, part as Part) as PairPart));
}

export interface CableCase {
  readonly part: PairPart;
  readonly also?: readonly string[];
}

const ha = (part: Part): CableCase => ({ part: { ha: part } });
const election = (part: Part): CableCase => ha({ 'election-option': part });
const timers = (part: Part): CableCase => election({ timers: { advanced: part } });
const MGMT: Part = { interface: { ha1: { port: 'ha1-a' }, 'ha1-backup': null } };
const SWITCHED = (name: string, ...ports: string[]): Part => ({
  switches: { [name]: {} },
  links: Object.fromEntries(
    ports.flatMap((port) =>
      ['palo-1', 'palo-2'].map((device) => [
        `${device}-${port.replace('/', '-')}`,
        { between: [`${device}:${port}`, name] },
      ]),
    ),
  ),
});

export const CABLE_CASES: Readonly<Record<string, CableCase>> = {
  H01: ha(MGMT),
  H02: {
    part: {
      network: {
        ...SWITCHED('ha-switch', 'ha1-a', 'ha1-b'),
        links: {
          ha1: null,
          'ha1-backup': null,
          ...(SWITCHED('ha-switch', 'ha1-a', 'ha1-b')['links'] as Part),
        },
      },
    },
  },
  H03: {
    part: {
      ha: MGMT,
      network: {
        switches: { 'ha-switch': {} },
        links: { ha1: null, ha2: null, ...(SWITCHED('ha-switch', 'ha1-a', 'ethernet1/3')['links'] as Part) },
      },
    },
    also: ['H01'],
  },
  H04: {
    part: {
      network: {
        hosts: { 'other-pair': { ip: '10.0.0.50/24', mac: '00:1b:17:00:01:11' } },
        links: { 'other-pair': { between: ['other-pair', 'trust-switch'] } },
      },
    },
  },
  H05: {
    part: { ha: { interface: { ha1: { port: 'ha1-b' }, 'ha1-backup': null } } },
    also: ['H01'],
  },
  H06: {
    part: {
      ha: { interface: { ha1: { port: 'ethernet1/4' }, 'ha1-backup': null } },
      network: { links: { 'ha1-data': END('ethernet1/4') } },
    },
    also: ['H01'],
  },
  H07: {
    part: {
      deliberate: ['R-149'],
      devices: {
        'palo-1': { 'high-availability': { interface: { ha1: { encryption: { enabled: true } } } } },
      },
    },
  },
  H08: ha({ 'state-synchronization': { enabled: false } }),
  H09: ha({ 'state-synchronization': { 'ha2-keep-alive': { enabled: false } } }),
  H10: {
    part: { network: { switches: { 'trust-switch': { 'spanning-tree': { portfast: false } } } } },
  },
  H11: {
    part: { ha: { 'passive-link-state': 'shutdown', 'election-option': { preemptive: true } } },
    also: ['H16'],
  },
  H12: {
    part: { devices: { 'palo-1': { 'high-availability': { 'election-option': { preemptive: true } } } } },
  },
  H13: {
    part: {
      ha: { 'election-option': { preemptive: true } },
      devices: { 'palo-2': { 'high-availability': { 'election-option': { 'device-priority': 100 } } } },
    },
  },
  H14: ha({ monitoring: { 'link-monitoring': { enabled: false }, 'path-monitoring': { enabled: false } } }),
  H15: ha({
    monitoring: {
      'link-monitoring': { 'link-group': { 'uplink-and-downlink': { interface: ['ethernet1/1'] } } },
    },
  }),
  H16: ha({ 'passive-link-state': 'shutdown' }),
  H17: {
    part: { devices: { 'palo-1': { interfaces: { 'ethernet1/1': { lacp: {} } } } } },
  },
  H18: timers({ 'flap-max': 0 }),
  H19: timers({ 'additional-master-hold-up-time': '0s' }),
  H20: timers({ 'promotion-hold-time': '0s' }),
  H21: ha({ interface: { ha1: { 'monitor-hold-time': '10s' } } }),
  H22: ha({
    monitoring: {
      'path-monitoring': { 'virtual-router': { default: { 'ping-interval': '1s', 'ping-count': 10 } } },
    },
  }),
};
