/**
 * What a random active/active pair has beside an active/passive one: virtual addresses of every kind or none, session owner and
 * set-up, the tentative hold, HA3 and whom its loss takes out, HA2 keep-alive, NAT.
 */

import fc from 'fast-check';
import { haOf, haPorts, milliseconds, written, type Ends, type Pair, type Part } from './random-pair.ts';

const priorities = fc.constantFrom([0, 255], [255, 0], [100, 100]);

/** The virtual addresses of one side; `bound` is to active-primary, `shared` is ARP load sharing. */
const side = fc.record({
  kind: fc.constantFrom('floating', 'bound', 'shared', 'mixed', 'none'),
  first: priorities,
  second: priorities,
  failoverOnLinkDown: fc.boolean(),
  byHash: fc.boolean(),
});

type Side = typeof side extends fc.Arbitrary<infer T> ? T : never;

const primaryDevice = fc.constant({ owner: 'primary-device', setup: 'primary-device' });
const firstPacket = fc.record({
  owner: fc.constant('first-packet'),
  setup: fc.constantFrom('first-packet', 'ip-modulo', 'primary-device', {
    'ip-hash': { 'hash-key': 'source', 'hash-seed': 1 },
  }),
});

export const randomActiveActive = fc.record({
  swapped: fc.boolean(),
  tentativeHoldMs: fc.oneof(fc.constant(0), milliseconds(10_000, 40_000)),
  sessions: fc.oneof(primaryDevice, firstPacket),
  uplink: side,
  downlink: side,
  keepAlive: fc.constantFrom('off', 'log-only', 'split-datapath'),
  leaver: fc.constantFrom('active-secondary', 'active-primary', 'both'),
  onReturn: fc.constantFrom('revert', 'stay'),
  unknownPacket: fc.constantFrom('peer', 'drop'),
  nat: fc.constantFrom('none', 'own', 'crossed'),
  linkMonitoring: fc.boolean(),
});

export type ActiveActive = typeof randomActiveActive extends fc.Arbitrary<infer T> ? T : never;

/** Cables of an active/active pair: HA3 has ethernet1/4. */
export function activeActiveLinks({ control, ha2Backup }: Pair): Record<string, Ends> {
  const cable = (port: string): Ends => [`palo-1:${port}`, `palo-2:${port}`];
  return {
    ...(control === 'management' ? {} : { ha1: cable(control === 'in-band' ? 'ethernet1/5' : 'ha1-a') }),
    ...(control === 'backup' ? { 'ha1-backup': cable('ha1-b') } : {}),
    ...(ha2Backup ? { 'ha2-backup': cable('ethernet1/6') } : {}),
  };
}

function addressesOf(chosen: Side, addresses: readonly [string, string]): Part | null {
  const [one, other] = addresses;
  const floating = ([zero, first]: readonly number[]): Part => ({
    floating: {
      'device-priority': {
        'device-0': zero,
        'device-1': first,
        'failover-on-link-down': chosen.failoverOnLinkDown,
      },
    },
  });
  const bound = { floating: { 'device-priority': null, 'bind-to-active-primary': true } };
  const shared = {
    floating: null,
    'arp-load-sharing': chosen.byHash ? { 'ip-hash': { 'hash-seed': 7 } } : { 'ip-modulo': true },
  };
  switch (chosen.kind) {
    case 'floating':
      return { [one]: floating(chosen.first), [other]: floating(chosen.second) };
    case 'bound':
      return { [one]: bound, [other]: bound };
    case 'shared':
      return { [one]: shared, [other]: shared };
    case 'mixed':
      return { [one]: shared, [other]: floating(chosen.second) };
    default:
      return null;
  }
}

/** How many addresses the pair is to hold, one for each virtual MAC address that it is held with. */
export function claimsOf({ uplink, downlink }: ActiveActive): number {
  const claims = { floating: 2, bound: 2, shared: 4, mixed: 3, none: 0 };
  return [uplink, downlink].reduce((sum, { kind }) => sum + claims[kind as keyof typeof claims], 0);
}

/** `high-availability:` of both devices. */
export function activeActiveHaOf(pair: Pair, more: ActiveActive): Part {
  const {
    monitoring,
    'passive-link-state': _passive,
    'monitor-fail-hold-down-time': _holdDown,
    ...common
  } = haOf(pair);
  const { 'path-monitoring': paths } = monitoring as { 'path-monitoring': Part };
  const { 'virtual-router': router } = paths as { 'virtual-router': { default: Part } };
  const ports = haPorts(pair);
  return {
    ...common,
    interface: { ...ports, ...(pair.ha2Backup ? { 'ha2-backup': { port: 'ethernet1/6' } } : {}) },
    'state-synchronization': { enabled: pair.sessionSync, 'ha2-keep-alive': keepAliveOf(pair, more) },
    monitoring: {
      'link-monitoring': { enabled: more.linkMonitoring },
      ...(pair.pathMonitoring
        ? {
            'path-monitoring': {
              'virtual-router': {
                default: {
                  ...router.default,
                  'destination-group': { upstream: { 'destination-ip': ['203.0.113.1'] } },
                },
              },
            },
          }
        : {}),
    },
    'active-active': {
      'tentative-hold-time': written(more.tentativeHoldMs),
      'session-owner-selection': more.sessions.owner,
      'session-setup': more.sessions.setup,
      'virtual-address': {
        'ethernet1/1': addressesOf(more.uplink, ['203.0.113.10', '203.0.113.11']),
        'ethernet1/2': addressesOf(more.downlink, ['10.0.0.1', '10.0.0.254']),
      },
    },
  };
}

function keepAliveOf({ sessionSync }: Pair, { keepAlive }: ActiveActive): Part {
  if (keepAlive === 'off' || !sessionSync) return { enabled: false };
  return { enabled: true, action: keepAlive, threshold: '5s' };
}

/** Parts of one device. */
export function activeActiveDevice({ swapped, nat, uplink }: ActiveActive, index: number): Part {
  const id = swapped ? 1 - index : index;
  const held = uplink.kind === 'none' || nat === 'none' ? [] : natRules(nat);
  return {
    'high-availability': { 'active-active': { 'device-id': id } },
    ...(held.length === 0 ? {} : { nat: held }),
  };
}

function natRules(nat: 'own' | 'crossed'): Part[] {
  const rule = (name: string, address: string, binding: string): Part => ({
    name,
    source: '10.0.0.0/24',
    'translated-address': address,
    'active-active-device-binding': binding,
  });
  if (nat === 'own') return [rule('pool-0', '203.0.113.10', '0'), rule('pool-1', '203.0.113.11', '1')];
  return [rule('pool-0', '203.0.113.11', '0'), rule('pool-1', '203.0.113.10', '1')];
}

/** The hosts and the provider, pointed at the addresses that this pair has. */
export function activeActiveNetwork({ uplink, downlink }: ActiveActive): Part {
  const [gateway1, gateway2] =
    downlink.kind === 'none' ? ['10.0.0.2', '10.0.0.3'] : ['10.0.0.1', '10.0.0.254'];
  const nexthop = uplink.kind === 'none' ? '203.0.113.2' : '203.0.113.10';
  const host = (ip: string, gateway: string): Part => ({ ip, gateway, 'arp-timeout': '1min' });
  return {
    hosts: { 'client-1': host('10.0.0.10/24', gateway1), 'client-2': host('10.0.0.11/24', gateway2) },
    routers: { isp: { 'static-route': [{ destination: '10.0.0.0/24', nexthop }] } },
  };
}

export function activeActiveUnpublished({ leaver, onReturn, unknownPacket }: ActiveActive): Part {
  return {
    'ha3-loss-leaver': leaver,
    'session-ownership-return': onReturn,
    'unknown-session-packet': unknownPacket,
  };
}
