/** Pairs that PAN-OS refuses, one for each refusal, and what is said of each. */

import { timers, type PairPart, type Part } from './pair.ts';

type Case = readonly [situation: string, part: PairPart, ...messages: string[]];

const NO_MONITORING: Part = { monitoring: { 'link-monitoring': null, 'path-monitoring': null } };

/** A pair as PAN-OS wants it on AWS, and something laid over it. */
export function onAws(ha: Part = {}, more: PairPart = {}): PairPart {
  const { interface: ports = {}, ...rest } = ha as { interface?: Part };
  const interfaces = { 'ethernet1/1': null };
  const device = { platform: 'VM-Series', hypervisor: 'aws', interfaces, 'static-route': [] };
  return {
    ha: {
      'state-synchronization': { transport: 'ip' },
      ...NO_MONITORING,
      ...rest,
      interface: { ha2: { port: 'ethernet1/1' }, ...ports },
    },
    devices: { 'palo-1': device, 'palo-2': device },
    ...more,
  };
}

const onEsxi = (ha: Part): PairPart => {
  const device = { platform: 'VM-Series', hypervisor: 'esxi' };
  return { ha, devices: { 'palo-1': device, 'palo-2': device } };
};

export const activeActive = (ha: Part, more: PairPart = {}): PairPart => ({
  mode: 'active-active',
  ha,
  ...more,
});
export const ping = (part: Part): PairPart => ({
  ha: { monitoring: { 'path-monitoring': { 'virtual-router': { default: part } } } },
});
export const second = (device: Part): PairPart => ({ devices: { 'palo-2': device } });
const cabled = (port: string): PairPart => ({
  network: { links: { extra: { between: [`palo-1:${port}`, `palo-2:${port}`] } } },
});

export const RANGES: readonly Case[] = [
  [
    'heartbeat-interval',
    { ha: timers({ 'heartbeat-interval': '100ms' }) },
    'expected a heartbeat-interval from 1s to 1min, got "100ms" (R-011, D04)',
  ],
  [
    'hello-interval',
    { ha: timers({ 'hello-interval': '2min' }) },
    'expected a hello-interval from 8s to 1min, got "2min" (R-012, D04)',
  ],
  [
    'promotion-hold-time',
    { ha: timers({ 'promotion-hold-time': '61s' }) },
    'expected a promotion-hold-time from 0s to 1min, got "61s" (R-029, D26)',
  ],
  [
    'preemption-hold-time',
    { ha: timers({ 'preemption-hold-time': 0 }) },
    'expected a preemption-hold-time from 1min to 1h, got 0 (R-070, D03, D04)',
  ],
  [
    'monitor-fail-hold-up-time',
    { ha: timers({ 'monitor-fail-hold-up-time': '2min' }) },
    'expected a monitor-fail-hold-up-time from 0s to 1min, got "2min" (R-036, D04)',
  ],
  [
    'additional-master-hold-up-time',
    { ha: timers({ 'additional-master-hold-up-time': '2min' }) },
    'expected an additional-master-hold-up-time from 0s to 1min, got "2min" (R-036, D04)',
  ],
  ['flap-max', { ha: timers({ 'flap-max': 20 }) }, 'expected a flap-max from 0 to 16, got 20 (R-084, D04)'],
  [
    'device-priority',
    {
      ha: { 'election-option': { 'device-priority': 256 } },
      devices: { 'palo-1': { 'high-availability': null }, 'palo-2': { 'high-availability': null } },
    },
    'expected a device-priority from 0 to 255, got 256 (R-074, D04)',
  ],
  [
    'monitor-hold-time',
    { ha: { interface: { ha1: { 'monitor-hold-time': '500ms' } } } },
    'expected a monitor-hold-time from 1s to 1min, got "500ms" (R-010, D05)',
  ],
  [
    'threshold',
    { ha: { 'state-synchronization': { 'ha2-keep-alive': { threshold: '1s' } } } },
    'expected a threshold of ha2-keep-alive from 5s to 1min, got "1s" (R-099, D05)',
  ],
  [
    'ping-interval',
    ping({ 'ping-interval': '50ms' }),
    'expected a ping-interval from 200ms to 1min, got "50ms" (R-039, D06)',
  ],
  ['ping-count', ping({ 'ping-count': 2 }), 'expected a ping-count from 3 to 10, got 2 (R-039, D06)'],
  ['group-id', { ha: { 'group-id': 64 } }, 'expected a group-id from 1 to 63, got 64 (R-140, C19)'],
  [
    'monitor-fail-hold-down-time',
    { ha: { 'monitor-fail-hold-down-time': '5s' } },
    'expected a monitor-fail-hold-down-time from 1min to 1h, got "5s" (R-053, D04)',
  ],
  [
    'tentative-hold-time',
    activeActive({ 'active-active': { 'tentative-hold-time': '5s' } }),
    'expected a tentative-hold-time from 10s to 10min, or 0, got "5s" (R-122, D07, C12)',
  ],
];

const HA1_BACKUP: Part = { interface: { 'ha1-backup': { port: 'ethernet1/4' } } };
const HA2_BACKUP: Part = { interface: { 'ha2-backup': { port: 'ethernet1/4' } } };

export const TABLES: readonly Case[] = [
  [
    'AWS: ha1 elsewhere',
    onAws({ interface: { ha1: { port: 'ethernet1/4' } } }, cabled('ethernet1/4')),
    'expected ha1 on management on AWS, got ethernet1/4 (R-153, C-002, D24)',
  ],
  [
    'AWS: ha1-backup',
    onAws(HA1_BACKUP, cabled('ethernet1/4')),
    'expected no ha1-backup on AWS, got ethernet1/4 (R-153, C-004, D24)',
  ],
  [
    'AWS: ha2-backup',
    onAws(HA2_BACKUP, cabled('ethernet1/4')),
    'expected no ha2-backup on AWS, got ethernet1/4 (R-153, C-004, D24)',
  ],
  [
    'AWS: ha2 elsewhere',
    onAws({ interface: { ha2: { port: 'ethernet1/3' } } }),
    'expected ha2 on ethernet1/1 on AWS, got ethernet1/3 (R-153, C-003, D24)',
  ],
  [
    'AWS: transport ethernet',
    onAws({ 'state-synchronization': { transport: 'ethernet' } }),
    'expected transport ip or udp on AWS, got ethernet (R-153, D24)',
  ],
  [
    'AWS: passive-link-state',
    onAws({ 'passive-link-state': 'shutdown' }),
    'expected passive-link-state auto on AWS, got shutdown (R-153, D04)',
  ],
  [
    'AWS: link monitoring',
    onAws({
      monitoring: {
        'link-monitoring': { 'link-group': { 'uplink-and-downlink': { interface: ['ethernet1/2'] } } },
        'path-monitoring': null,
      },
    }),
    'expected no link-monitoring on AWS, got uplink-and-downlink (R-049, D06)',
  ],
  [
    'ESXi: link monitoring',
    onEsxi({}),
    'expected path-monitoring instead of link-monitoring on ESXi, got uplink-and-downlink (R-049, D06)',
  ],
  [
    'ha3 in active/passive',
    { ha: { interface: { ha3: { port: 'ethernet1/4' } } }, ...cabled('ethernet1/4') },
    'expected ha3 in mode active-active only, got it in mode active-passive (R-124, D11)',
  ],
  [
    'active-active: in active/passive',
    { ha: { 'active-active': { 'device-id': 0 } } },
    'expected active-active in mode active-active only, got it in mode active-passive (R-075, D07)',
  ],
  [
    'passive-link-state in active/active',
    activeActive({ 'passive-link-state': 'auto' }),
    'expected passive-link-state in mode active-passive only, got it in mode active-active (R-046, D04)',
  ],
  [
    'monitor-fail-hold-down-time in active/active',
    activeActive({ 'monitor-fail-hold-down-time': '2min' }),
    'expected monitor-fail-hold-down-time in mode active-passive only, got it in mode active-active (R-053, D04)',
  ],
  [
    'split-datapath in active/passive',
    { ha: { 'state-synchronization': { 'ha2-keep-alive': { enabled: true, action: 'split-datapath' } } } },
    'expected action log-only in mode active-passive, got split-datapath (R-102, D05)',
  ],
  [
    'no ha3 in active/active',
    activeActive({ interface: { ha3: null } }),
    'expected a port for ha3, since packet-forwarding is on, got none (R-124, D07)',
  ],
  [
    'layer 2 interfaces in active/active',
    activeActive(
      {},
      {
        ...second({ vlan: { bridge: { interface: ['ethernet1/5', 'ethernet1/6'] } } }),
        network: {
          links: {
            five: { between: ['palo-1:ethernet1/5', 'palo-2:ethernet1/5'] },
            six: { between: ['palo-1:ethernet1/6', 'palo-2:ethernet1/6'] },
          },
        },
      },
    ),
    'expected layer 3 and virtual wire interfaces only in mode active-active, got vlan bridge (R-118, C25, D01)',
  ],
  [
    'primary-device with another set-up',
    activeActive({ 'active-active': { 'session-owner-selection': 'primary-device' } }),
    'expected session-setup primary-device, which session-owner-selection primary-device forces, got ip-modulo (R-114, D13)',
  ],
  [
    'ha1-backup on the port of ha1',
    { ha: { interface: { 'ha1-backup': { port: 'management' } } } },
    'expected another port for ha1-backup than for ha1, got management (R-013, D11)',
  ],
  [
    'one device-id',
    activeActive({}, second({ 'high-availability': { 'active-active': { 'device-id': 0 } } })),
    'expected another device-id than that of the peer, got 0 (R-076, K05)',
  ],
  ...(
    [
      ['packet-forwarding', false, 'true', 'R-125'],
      ['session-owner-selection', 'primary-device', 'first-packet', 'R-158'],
      ['session-setup', 'first-packet', 'ip-modulo', 'R-158'],
    ] as const
  ).map(([key, value, peer, rule]): Case => {
    const setup = key === 'session-owner-selection' ? { 'session-setup': 'ip-modulo' } : {};
    const device = { 'high-availability': { 'active-active': { ...setup, [key]: value } } };
    const message = `expected ${key} ${peer} as on the peer, with start: converged, got ${value} (${rule}, K05)`;
    const forced =
      'expected session-setup primary-device, which session-owner-selection primary-device forces, got ip-modulo (R-114, D13)';
    const also = key === 'session-owner-selection' ? [forced] : [];
    return [`another ${key}`, activeActive({}, second(device)), message, ...also];
  }),
  ...(['virtual-router', 'qos'] as const).map((key): Case => {
    const device = { 'active-active': { 'network-configuration-sync': { [key]: true } } };
    const message = `expected ${key} false as on the peer, with start: converged, got true (R-158, K05)`;
    return [`another ${key} sync`, activeActive({}, second({ 'high-availability': device })), message];
  }),
  [
    'another platform',
    second({ platform: 'PA-5200' }),
    'expected platform PA-3400 as on the peer, with start: converged, got PA-5200 (R-159, K04)',
  ],
  [
    'another multi-vsys',
    second({ 'multi-vsys': true }),
    'expected multi-vsys false as on the peer, with start: converged, got true (R-159, K04)',
  ],
  [
    'another fips-cc',
    second({ 'fips-cc': true }),
    'expected fips-cc false as on the peer, with start: converged, got true (R-159, K04)',
  ],
  [
    'a version that is too old',
    second({ 'sw-version': '10.1.9' }),
    'expected a version at most 2 feature releases behind 11.1.4, with start: converged, got 10.1.9 (R-159, K04)',
  ],
  [
    'another URL database',
    second({ 'url-database': 'brightcloud' }),
    'expected url-database paloaltonetworks as on the peer, with start: converged, got brightcloud (R-158, K05)',
  ],
  [
    'HA1 encrypted on one only',
    second({ 'high-availability': { interface: { ha1: { encryption: { enabled: true } } } } }),
    'expected enabled false as on the peer, with start: converged, got true (R-149, K21)',
  ],
  [
    'another port for ha2-backup',
    {
      ha: { interface: { 'ha2-backup': { port: 'ethernet1/4' } } },
      ...second({ 'high-availability': { interface: { 'ha2-backup': { port: 'ethernet1/5' } } } }),
      network: { links: { spare: { between: ['palo-1:ethernet1/4', 'palo-2:ethernet1/5'] } } },
    },
    'expected port ethernet1/4 as on the peer, with start: converged, got ethernet1/5 (R-158, K05)',
  ],
  [
    'a dynamic NAT rule of both devices',
    activeActive(
      {},
      second({ nat: [{ name: 'out', source: '10.0.0.0/24', 'translated-address': '203.0.113.10' }] }),
    ),
    'expected dynamic-ip-and-port of NAT rule out bound to device 0 or 1, got both (R-128, D19)',
  ],
  [
    'a NAT rule bound to a device in active/passive',
    second({
      nat: [
        {
          name: 'out',
          source: '10.0.0.0/24',
          'translated-address': '203.0.113.10',
          'active-active-device-binding': '1',
        },
      ],
    }),
    'expected no active-active-device-binding in mode active-passive, got 1 (R-128, D19)',
  ],
  [
    'another group-id',
    second({ 'high-availability': { 'group-id': 2 } }),
    'expected group-id 1 as on the peer, with start: converged, got 2 (R-158, K05)',
  ],
  [
    'another transport',
    second({ 'high-availability': { 'state-synchronization': { transport: 'udp' } } }),
    'expected transport ethernet as on the peer, with start: converged, got udp (R-158, K05)',
  ],
  [
    'state synchronization on one only',
    second({ 'high-availability': { 'state-synchronization': { enabled: false } } }),
    'expected enabled true as on the peer, with start: converged, got false (R-158, K05)',
  ],
  [
    'AWS: heartbeat-backup',
    onAws({ 'election-option': { 'heartbeat-backup': true } }),
    'expected ha1 on another port than management with heartbeat-backup, got management (R-014, D04)',
    'expected no heartbeat-backup on AWS, got true (R-153, D24)',
  ],
  [
    'AWS: active/active',
    activeActive(
      { monitoring: { 'link-monitoring': null } },
      {
        devices: {
          'palo-1': { platform: 'VM-Series', hypervisor: 'aws' },
          'palo-2': { platform: 'VM-Series', hypervisor: 'aws' },
        },
      },
    ),
    'expected ha2 on ethernet1/1 on AWS, got ethernet1/3 (R-153, C-003, D24)',
    'expected mode active-passive on AWS, got active-active (R-153, C-001, D24)',
    'expected transport ip or udp on AWS, got ethernet (R-153, D24)',
  ],
  [
    'another mode',
    second({ 'high-availability': { mode: 'active-active', 'active-active': { 'device-id': 1 } } }),
    'expected a port for ha3, since packet-forwarding is on, got none (R-124, D07)',
    'expected mode active-passive as on the peer, with start: converged, got active-active (R-158, K05)',
    'expected monitor-fail-hold-down-time in mode active-passive only, got it in mode active-active (R-053, D04)',
    'expected passive-link-state in mode active-passive only, got it in mode active-active (R-046, D04)',
  ],
  [
    'another port for ha2',
    {
      ...second({ 'high-availability': { interface: { ha2: { port: 'ethernet1/4' } } } }),
      network: { links: { ha2: { between: ['palo-1:ethernet1/3', 'palo-2:ethernet1/4'] } } },
    },
    'expected port ethernet1/3 as on the peer, with start: converged, got ethernet1/4 (R-158, K05)',
  ],
];
