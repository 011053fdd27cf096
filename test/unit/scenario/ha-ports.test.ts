/** HA ports: one changed line in a right scenario, and the mistakes that it makes. */

import { describe, expect, test } from 'vitest';
import { sentencesOf as mistakes, type Change } from '../../helpers/scenario-text.ts';

const P1_PRIORITY = 'election-option: { device-priority: 100 }';
const SHARED_HA2 = 'ha2: { port: ethernet1/3 }';

describe('HA ports', () => {
  test.each<[string, readonly Change[], readonly string[]]>([
    [
      'ha1 in no link',
      [['    palo-2-management: { between: [palo-2:management, mgmt] }\n', '']],
      ['expected a link with palo-2:management for ha1, got none.'],
    ],
    [
      'ha2 in no link',
      [[SHARED_HA2, 'ha2: { port: ethernet1/9 }']],
      [
        'expected a link with palo-1:ethernet1/9 for ha2, got none.',
        'expected a link with palo-2:ethernet1/9 for ha2, got none.',
      ],
    ],
    [
      'ha1 that does not reach the peer',
      [
        ['[palo-2:management, mgmt]', '[palo-2:management, other]'],
        ['mgmt: {}', 'mgmt: {}\n    other: {}'],
      ],
      [
        'expected a way for ha1 from palo-1:management to palo-2:management, direct or through switches only, got none.',
      ],
    ],
    [
      'no ha2 with state synchronization',
      [[`  interface:\n    ${SHARED_HA2}\n`, '']],
      [
        'expected a port for ha2 on palo-1, since state-synchronization is enabled, got none. Or set state-synchronization: { enabled: false }.',
        'expected a port for ha2 on palo-2, since state-synchronization is enabled, got none. Or set state-synchronization: { enabled: false }.',
      ],
    ],
    [
      'no ha2 without state synchronization',
      [[`interface:\n    ${SHARED_HA2}`, 'state-synchronization: { enabled: false }']],
      [],
    ],
    [
      'two duties of one port',
      [[SHARED_HA2, `${SHARED_HA2}\n    ha2-backup: { port: ethernet1/3 }`]],
      [
        'expected another port of palo-1 for ha2-backup than for ha2, got ethernet1/3 for both.',
        'expected another port of palo-2 for ha2-backup than for ha2, got ethernet1/3 for both.',
      ],
    ],
    [
      'ha1-backup on the port of ha1',
      [[SHARED_HA2, `${SHARED_HA2}\n    ha1-backup: { port: management }`]],
      [
        'expected another port for ha1-backup than for ha1, got management (R-013, D11). List R-013 under deliberate: to simulate it all the same.',
      ],
    ],
    [
      'a duty on one device only',
      [[P1_PRIORITY, 'interface: { ha1-backup: { port: ethernet1/4 } }']],
      ['expected ha1-backup on both devices or on neither, got it on palo-1 only.'],
    ],
    [
      'heartbeat-backup with ha1 on management',
      [[P1_PRIORITY, 'election-option: { heartbeat-backup: true }']],
      [
        'expected ha1 on another port than management with heartbeat-backup, got management (R-014, D04). List R-014 under deliberate: to simulate it all the same.',
      ],
    ],
    [
      'a monitored HA port',
      [['interface: [ethernet1/1]', 'interface: [ethernet1/3]']],
      [
        'expected a data port of palo-1, got ethernet1/3, which is its port for ha2.',
        'expected a data port of palo-2, got ethernet1/3, which is its port for ha2.',
      ],
    ],
    [
      'a monitored port in no link',
      [['interface: [ethernet1/1]', 'interface: [ethernet1/7]']],
      [
        'expected a data port of palo-1 that is in a link, got ethernet1/7. Did you mean ethernet1/1?',
        'expected a data port of palo-2 that is in a link, got ethernet1/7. Did you mean ethernet1/1?',
      ],
    ],
    [
      'an interface in no link',
      [['    palo-1-downlink: { between: [palo-1:ethernet1/2, trust] }\n', '']],
      ['expected a data port of palo-1 that is in a link, got ethernet1/2. Did you mean ethernet1/1?'],
    ],
  ])('HA ports: %s: told', (_, changes, expected) => {
    expect(mistakes(...changes)).toEqual(expected);
  });

  const HA1_DIRECT: Change = [SHARED_HA2, `ha1: { port: ha1-a }\n    ${SHARED_HA2}`];
  const HA1_CABLE: Change = ['links:', 'links:\n    ha1: { between: [palo-1:ha1-a, palo-2:ha1-a] }'];

  test('HA ports: heartbeat-backup beside a dedicated ha1: is right', () => {
    const backup: Change = [P1_PRIORITY, 'election-option: { heartbeat-backup: true }'];
    expect(mistakes(HA1_DIRECT, HA1_CABLE, backup)).toEqual([]);
  });

  test('HA ports: heartbeat-backup without a way over management: told', () => {
    const backup: Change = [P1_PRIORITY, 'election-option: { heartbeat-backup: true }'];
    const uncabled: Change = ['    palo-2-management: { between: [palo-2:management, mgmt] }\n', ''];
    expect(mistakes(HA1_DIRECT, HA1_CABLE, backup, uncabled)).toEqual([
      'expected a way for heartbeat-backup from palo-1:management to palo-2:management, direct or through switches only, got none.',
    ]);
  });
});
