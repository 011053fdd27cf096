/** C-001 to C-006, C-061, C-062: what a pair in AWS may be, and the timers that it has. */

import { describe, expect, test } from 'vitest';
import { timersOf } from '../../src/run/ha-settings.ts';
import { awsMistakes, resolveAws, type AwsPart, type FailoverMode } from '../helpers/aws-pair.ts';
import { both, us, type Part } from '../helpers/pair.ts';
import { acrossZones } from '../helpers/refused-in-aws.ts';

const MODES: readonly FailoverMode[] = ['interface-move', 'secondary-ip'];

/** What a rule refuses of a pair, in both failover modes alike. */
function refusedBy(rule: string, ha: Part): string[] {
  const devices = both({ 'high-availability': ha });
  const [moved, assigned] = MODES.map((mode) => citing(rule, { mode, devices }));
  expect(moved).toEqual(assigned);
  return moved ?? [];
}

const citing = (rule: string, part: AwsPart): string[] =>
  awsMistakes(part).filter((mistake) => mistake.includes(`${rule}, `));

const ports = (part: Part): Part => ({ interface: part });

/** The same is said of both firewalls. */
const ofBoth = (place: string, message: string): string[] => {
  const rule = 'List R-153 under deliberate: to simulate it all the same.';
  return ['palo-1', 'palo-2'].map(
    (name) => `devices.${name}.high-availability.${place}: ${message} (${rule})`,
  );
};

describe('what a pair in AWS may be', () => {
  test('C-001: an AWS pair in mode active-active: refused', () => {
    const expected = 'expected mode active-passive on AWS, got active-active (R-153, C-001, D24)';

    expect(refusedBy('C-001', { mode: 'active-active' })).toEqual(ofBoth('mode', expected));
    expect(refusedBy('C-001', { mode: 'active-passive' })).toEqual([]);
  });

  test('C-002: an AWS pair with HA1 on a data port: refused', () => {
    const expected = 'expected ha1 on management on AWS, got ethernet1/3 (R-153, C-002, D24)';

    const got = refusedBy('C-002', ports({ ha1: { port: 'ethernet1/3' } }));

    expect(got).toEqual(ofBoth('interface.ha1.port', expected));
    expect(refusedBy('C-002', {})).toEqual([]);
  });

  test('C-003: an AWS pair with HA2 on another port than ethernet1/1: refused', () => {
    const expected = 'expected ha2 on ethernet1/1 on AWS, got ethernet1/2 (R-153, C-003, D24)';

    const got = refusedBy('C-003', ports({ ha2: { port: 'ethernet1/2' } }));

    expect(got).toEqual(ofBoth('interface.ha2.port', expected));
    expect(refusedBy('C-003', {})).toEqual([]);
  });

  test('C-004: an AWS pair with a backup of HA1 or HA2: refused', () => {
    const expected = (duty: string) => `expected no ${duty} on AWS, got ethernet1/3 (R-153, C-004, D24)`;

    for (const duty of ['ha1-backup', 'ha2-backup']) {
      const got = refusedBy('C-004', ports({ [duty]: { port: 'ethernet1/3' } }));
      expect(got).toEqual(ofBoth(`interface.${duty}`, expected(duty)));
    }
    expect(refusedBy('C-004', {})).toEqual([]);
  });

  test('C-061: peers in two availability zones with interface-move: refused', () => {
    expect(awsMistakes(acrossZones({ mode: 'interface-move' }))).toEqual([
      'aws.instances.palo-2.network-interfaces: expected palo-2 in the availability zone of palo-1 (a) with interface-move, got b (C-061, A5, P2) (List C-061 under deliberate: to simulate it all the same.)',
    ]);
    expect(awsMistakes({ mode: 'interface-move' })).toEqual([]);
  });

  test('C-062: peers in two availability zones with secondary-ip: refused before plugin 2.0.3', () => {
    const withPlugin = (plugin: string): string[] => {
      const device = { 'vm-series': { plugin } };
      const aws = { instances: { 'palo-1': device, 'palo-2': device } };
      return awsMistakes(acrossZones({ mode: 'secondary-ip', aws }));
    };

    for (const old of ['2.0.1', '2.0.2']) {
      const got = withPlugin(old);
      expect(got).toHaveLength(2);
      expect(got.filter((mistake) => mistake.includes(`got ${old} (C-062, P2)`))).toEqual(got);
    }
    for (const plugin of ['2.0.3', '2.0.10', '2.1.0', '3.0.0']) expect(withPlugin(plugin)).toEqual([]);
  });
});

describe('the timers of a pair in AWS', () => {
  const timersWith = (timers: string) => {
    const { devices } = resolveAws({ ha: { 'election-option': { timers } } });
    return Object.values(devices).map(timersOf);
  };
  const recommended = {
    heartbeatIntervalUs: us('2s'),
    helloIntervalUs: us('8s'),
    promotionHoldUs: us('2s'),
    monitorFailHoldUpUs: 0,
    additionalMasterHoldUpUs: us('500ms'),
    flapMax: 3,
    preemptionHoldUs: us('60s'),
  };

  test('C-005: timers recommended on AWS: as P1 lists them', () => {
    expect(timersWith('recommended')).toEqual([recommended, recommended]);
  });

  test('C-006: timers aggressive on AWS: heartbeats and promotion hold are shorter, all else is as recommended', () => {
    const aggressive = { ...recommended, heartbeatIntervalUs: us('1s'), promotionHoldUs: us('500ms') };

    expect(timersWith('aggressive')).toEqual([aggressive, aggressive]);
  });
});
