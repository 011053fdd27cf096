/** Routing neighbours and bundles: one changed place in a right scenario, and the one mistake that it makes. */

import { describe, expect, test } from 'vitest';
import { sentencesOf as mistakes, type Change } from '../../helpers/scenario-text.ts';

const STATIC_ROUTE = '      - { destination: 0.0.0.0/0, nexthop: 203.0.113.1 }\n';
const PROVIDER_ROUTE = '        - { destination: 10.0.0.0/24, nexthop: 203.0.113.2 }\n';

/** The pair and isp name each other. */
function neighbours(pair: string, isp: string): Change[] {
  return [
    [
      STATIC_ROUTE,
      `${STATIC_ROUTE}    routing-neighbor:\n      isp: { destinations: [0.0.0.0/0], ${pair} }\n`,
    ],
    [
      PROVIDER_ROUTE,
      `${PROVIDER_ROUTE}      routing-neighbor:\n        pair: { destinations: [10.0.0.0/24], ${isp} }\n`,
    ],
  ];
}

describe('routing neighbours', () => {
  test('routing neighbours: both name each other: right', () => {
    expect(mistakes(...neighbours('address: 203.0.113.1', 'address: 203.0.113.2'))).toEqual([]);
  });

  test.each<[string, Change[], string[]]>([
    [
      'the other does not name this one',
      neighbours('address: 203.0.113.1', 'address: 203.0.113.2').slice(0, 1),
      [
        'expected isp to have a routing-neighbor with an address of palo-1 (203.0.113.2, 10.0.0.1), got none.',
      ],
    ],
    [
      'an address that is not next door',
      neighbours('address: 198.51.100.1', 'address: 203.0.113.2'),
      ['expected an address in a connected subnet (203.0.113.0/24, 10.0.0.0/24), got 198.51.100.1.'],
    ],
    [
      'a host',
      neighbours('address: 10.0.0.10', 'address: 203.0.113.2'),
      [
        'expected the address of another router or firewall, got 10.0.0.10.',
        'expected palo-1 to have a routing-neighbor with an address of isp (203.0.113.1, 198.51.100.1), got none.',
      ],
    ],
    [
      'a hold time that one late keepalive exceeds',
      neighbours('address: 203.0.113.1, hold-time: 30s', 'address: 203.0.113.2'),
      ['expected a hold-time longer than the keepalive-interval, got "30s".'],
    ],
  ])('routing neighbours: %s: told', (_, changes, expected) => {
    expect(mistakes(...changes)).toEqual(expected);
  });
});

describe('LACP pre-negotiation', () => {
  const bundle: Change = [
    'ethernet1/2: { zone: trust, ip: 10.0.0.1/24 }',
    'ethernet1/2: { zone: trust, ip: 10.0.0.1/24, lacp: { pre-negotiation: true } }',
  ];
  const committed: Change = [
    '  - { at: 100s, suspend: palo-2 }',
    '  - { at: 90s, commit: { device: palo-1, interfaces: { ethernet1/1: { zone: untrust, ip: 203.0.113.2/24, lacp: { pre-negotiation: true } } } } }\n  - { at: 100s, suspend: palo-2 }',
  ];
  const onVm: Change[] = [
    ['  palo-1:\n', '  palo-1:\n    platform: VM-Series\n'],
    ['  palo-2:\n', '  palo-2:\n    platform: VM-Series\n'],
  ];
  const told = 'expected pre-negotiation false on VM-Series, which does not have it, got true.';

  test('LACP pre-negotiation: on hardware: right', () => {
    expect(mistakes(bundle, committed)).toEqual([]);
  });

  test('LACP pre-negotiation: on VM-Series: told, in a commit too', () => {
    expect(mistakes(bundle, committed, ...onVm)).toEqual([told, told]);
  });

  test('LACP pre-negotiation: in active/active, where both negotiate anyway: told', () => {
    const mode: Change = ['  passive-link-state: auto\n', '  mode: active-active\n'];
    expect(mistakes(bundle, mode)).toContain(
      'expected pre-negotiation in an active/passive pair only, got it in active/active.',
    );
  });

  test('LACP pre-negotiation: without LACP: there is no place for it', () => {
    const [from, to] = bundle;
    expect(
      mistakes([from, to.replace('lacp: { pre-negotiation: true }', 'pre-negotiation: true')]),
    ).toHaveLength(1);
  });
});
