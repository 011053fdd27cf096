import { describe, expect, test } from 'vitest';
import { mistakesIn, type PairPart, type Part } from '../../helpers/pair.ts';

const FLOATING = { floating: { 'device-priority': { 'device-0': 0, 'device-1': 255 } } };
const BOUND = { floating: { 'bind-to-active-primary': true } };
const SHARED = { 'arp-load-sharing': { 'ip-modulo': true } };

/** Mistakes of the active/active pair with these virtual addresses laid over its own. */
function mistakes(virtual: Part, more: PairPart = {}): string[] {
  const ha = { 'active-active': { 'virtual-address': virtual } };
  return mistakesIn({ mode: 'active-active', ha, ...more });
}

describe('virtual addresses: right', () => {
  test.each<[string, Part]>([
    ['of each kind on one interface', { 'ethernet1/2': { '10.0.0.4': FLOATING, '10.0.0.5': SHARED } }],
    ['outside the subnet of the interface (K22)', { 'ethernet1/2': { '192.0.2.1': FLOATING } }],
    ['none at all (route-based redundancy)', { 'ethernet1/1': null, 'ethernet1/2': null }],
  ])('virtual addresses: %s: no mistake', (_, virtual) => {
    expect(mistakes(virtual)).toEqual([]);
  });
});

describe('virtual addresses: mistakes', () => {
  test.each<[string, Part, string]>([
    [
      'the address of a host',
      { 'ethernet1/2': { '10.0.0.10': FLOATING } },
      'expected an address of its own, got 10.0.0.10, which virtual-address of ethernet1/2 has',
    ],
    [
      'the address of an interface',
      { 'ethernet1/2': { '10.0.0.2': FLOATING } },
      'expected an address of its own, got 10.0.0.2, which palo-1:ethernet1/2 has',
    ],
    [
      'one address on two interfaces',
      { 'ethernet1/2': { '203.0.113.10': FLOATING } },
      'expected an address of its own, got 203.0.113.10, which virtual-address of ethernet1/1 has',
    ],
    [
      'the broadcast address of the subnet',
      { 'ethernet1/2': { '10.0.0.255': FLOATING } },
      'expected an address of a node in 10.0.0.0/24, got its broadcast address',
    ],
    [
      'an interface that the devices do not have',
      { 'ethernet1/5': { '10.9.0.1': FLOATING } },
      'expected an interface of palo-1 that has an ip (ethernet1/1 or ethernet1/2), got ethernet1/5',
    ],
    [
      'bound to active-primary beside another kind',
      { 'ethernet1/2': { '10.0.0.1': null, '10.0.0.254': null, '10.0.0.4': BOUND, '10.0.0.5': SHARED } },
      'expected all virtual addresses of ethernet1/2 or none bound to active-primary (they share a virtual MAC), got 1 of 2',
    ],
  ])('virtual addresses: %s: told', (_, virtual, expected) => {
    expect(mistakes(virtual)).toContain(expected);
  });

  test('virtual addresses: switched off where there is nothing to switch: told', () => {
    const found = mistakes({
      'ethernet1/2': { '10.0.0.4': { 'arp-load-sharing': { 'ip-modulo': false } } },
    });
    expect(found).toContain('expected true, got false');
  });

  test('virtual addresses: other ones on the second firewall: told', () => {
    const own = (virtual: Part) => ({
      devices: { 'palo-2': { 'high-availability': { 'active-active': { 'virtual-address': virtual } } } },
    });
    const message = 'expected the virtual addresses of palo-1 on ethernet1/2';
    expect(mistakes({}, own({ 'ethernet1/2': { '10.0.0.4': FLOATING } }))).toEqual([
      `${message}, got others`,
    ]);
    expect(mistakes({}, own({ 'ethernet1/2': null }))).toEqual([`${message}, got none`]);
  });

  test('virtual addresses: two firewalls with one interface address: told', () => {
    const devices = { 'palo-2': { interfaces: { 'ethernet1/2': { ip: '10.0.0.2/24' } } } };
    expect(mistakes({}, { devices })).toEqual([
      'expected an address of its own, got 10.0.0.2, which palo-1:ethernet1/2 has',
    ]);
  });
});

describe('virtual addresses: expectations', () => {
  const expecting = (address: Part) =>
    mistakesIn({ mode: 'active-active', expect: [{ at: '1s', that: { address } }] } as PairPart);

  test('expected address: at a device, at none, at both: right', () => {
    expect(expecting({ '10.0.0.1': 'palo-1', '10.0.0.254': 'none', '203.0.113.10': 'both' })).toEqual([]);
  });

  test('expected address: of the interface, or at nobody the scenario knows: told', () => {
    const known = '203.0.113.10, 203.0.113.11, 10.0.0.1 or 10.0.0.254';
    expect(expecting({ '10.0.0.2': 'palo-1' })).toEqual([
      `expected a virtual address of the pair (${known}), got 10.0.0.2`,
    ]);
    expect(expecting({ '10.0.0.1': 'palo-9' })).toEqual([
      'expected a device (palo-1, palo-2, none or both), got palo-9',
    ]);
  });
});
