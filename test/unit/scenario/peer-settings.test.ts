/** Settings that the two firewalls compare: versions, URL databases, HA1 encryption, addresses of HA2. */

import { expect, test } from 'vitest';
import { mistakesIn, type Part, type PairPart } from '../../helpers/pair.ts';

const palo2 = (part: Part): PairPart => ({ devices: { 'palo-2': part } });
const ha = (part: Part): Part => ({ 'high-availability': part });
const routed = { 'state-synchronization': { transport: 'udp' } };
const ha2 = (address: string): Part => ({ interface: { ha2: { 'ip-address': address } } });

test('sw-version: a version of a known feature release: accepted; anything else: refused', () => {
  for (const version of ['11.1.4', '10.2.9-h1', '12.1.0']) {
    expect(mistakesIn({ start: 'cold-boot', ...palo2({ 'sw-version': version }) })).toEqual([]);
  }
  for (const version of ['11.1', '11.3.1', 'latest', '11x1.4', '11.1.4-rc1']) {
    expect(mistakesIn(palo2({ 'sw-version': version }))[0]).toContain('expected a PAN-OS version such as');
  }
});

test('start: converged: versions further apart than peers may be, other databases, encryption on one: refused', () => {
  expect(mistakesIn(palo2({ 'sw-version': '10.2.9' }))).toEqual([]);
  expect(mistakesIn(palo2({ 'sw-version': '10.1.9' }))).toEqual([
    'expected a version at most 2 feature releases behind 11.1.4, with start: converged, got 10.1.9 (R-159, K04)',
  ]);
  expect(
    mistakesIn({ ...palo2({ 'sw-version': '10.1.9' }), unpublished: { 'peer-releases-behind': 3 } }),
  ).toEqual([]);
  expect(mistakesIn(palo2({ 'url-database': 'brightcloud' }))).toEqual([
    'expected url-database paloaltonetworks as on the peer, with start: converged, got brightcloud (R-158, K05)',
  ]);
});

test('ip-address of HA2: of either family, with transport ip or udp, on both firewalls', () => {
  const both = (one: string, other: string): PairPart => ({
    ha: routed,
    start: 'cold-boot',
    devices: { 'palo-1': ha(ha2(one)), 'palo-2': ha(ha2(other)) },
  });

  expect(mistakesIn(both('192.168.2.1', '192.168.2.2'))).toEqual([]);
  expect(mistakesIn(both('fd00::1', '192.168.2.2'))).toEqual([]); // A mismatch at run time, not a mistake.
  expect(mistakesIn(both('192.168.2.300', '192.168.2.2'))[0]).toContain('expected an IPv4 or IPv6 address');
  expect(mistakesIn({ ha: ha2('192.168.2.1') })[0]).toBe(
    'expected no ip-address for ha2 of palo-1 with transport ethernet, got 192.168.2.1',
  );
  expect(mistakesIn({ ...palo2(ha(ha2('192.168.2.1'))), ha: routed })[0]).toBe(
    'expected an ip-address for ha2 on both devices or on neither, got none on palo-1',
  );
});

test('timeline: devices and ports of the later actions are looked up, too', () => {
  const entries = [
    { 'policy-push-failure': 'palo-3' },
    { upgrade: { device: 'palo-3', 'sw-version': '11.1.5' } },
    { candidate: { device: 'palo-3' } },
  ];
  for (const entry of entries) {
    expect(mistakesIn({ timeline: [{ at: '1s', ...entry }] })[0]).toContain('expected the name of a device');
  }
  const interfaces = { 'ethernet1/9': { zone: 'a', ip: '10.9.0.1/24' } };
  const candidate = { at: '1s', candidate: { device: 'palo-1', interfaces } };
  expect(mistakesIn({ timeline: [candidate] })[0]).toContain('expected a data port of palo-1');
});
