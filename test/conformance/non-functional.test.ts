/** failures that both see, the hold-down, and how a node leaves non-functional. */

import { describe, expect, test } from 'vitest';
import { isFunctional, ROLES } from '../../src/ha/role.ts';
import {
  buildPair,
  DETECTION_US,
  HA1_US,
  lacp,
  lay,
  mistakesIn,
  NO_PATH_MONITORING,
  runPair,
  us,
} from '../helpers/pair.ts';

const bothUplinks = (part: object) => [
  { ...part, 'link-down': 'palo-1-uplink' },
  { ...part, 'link-down': 'palo-2-uplink' },
];
const uplink = { at: '20s', 'link-down': 'palo-1-uplink' };
const SHUTDOWN = { 'passive-link-state': 'shutdown' };
const LEFT_US = us('20.55s');

describe('failures on both sides', () => {
  test('R-050: auto, both lose their links: the active knows of it before its master hold-up has passed', () => {
    const pair = runPair({ timeline: bothUplinks({ at: '20s' }) });

    expect(pair.enters('palo-2', 'non-functional')).toBe(us('20s') + DETECTION_US);
    const known = pair.firstRecord('peer', 'palo-1', { role: 'non-functional' }).atUs;
    expect(known).toBe(us('20s') + DETECTION_US + HA1_US);
    expect(pair.enters('palo-1', 'non-functional')).toBe(LEFT_US);
    expect(known).toBeLessThan(LEFT_US);
  });

  test('R-051: shutdown, both failed: each in turn is active, non-functional, passive after its hold-down, until suspended', () => {
    const pair = runPair({ ha: SHUTDOWN, timeline: bothUplinks({ at: '20s' }), until: '10min' });

    const turn = 'active non-functional passive ';
    expect(pair.story('palo-1')).toBe(`${turn.repeat(3)}active non-functional suspended`);
    expect(pair.story('palo-2')).toBe(`passive ${turn.repeat(3)}active non-functional suspended`);
    for (const device of ['palo-1', 'palo-2'] as const) {
      for (const nth of [1, 2, 3]) {
        const left = pair.enters(device, 'non-functional', nth);
        expect(pair.enters(device, 'passive', nth) - left).toBe(us('1min'));
      }
      // In its turn a node serves for port bring-up, detection and master hold-up.
      const served =
        pair.enters(device, 'non-functional', 2) - pair.enters(device, 'active', device === 'palo-1' ? 1 : 2);
      expect(served).toBe(us('3s') + DETECTION_US + us('500ms'));
    }
    expect(pair.result.dualActive).toEqual([]);
  });

  test('R-052: auto, simultaneous failure: the last active leaves (default) or stays, as both-monitors-failed says', () => {
    const timeline = [...bothUplinks({ at: '20s' }), { at: '200s', 'link-up': 'palo-2-uplink' }];
    const leaves = runPair({ timeline, until: '5min' });
    const stays = runPair({ unpublished: { 'both-monitors-failed': 'stays' }, timeline, until: '5min' });

    expect(leaves.rolesAt('100s')).toEqual(['non-functional', 'non-functional']);
    expect(stays.rolesAt('100s')).toEqual(['active', 'non-functional']);
    // When the peer can serve again, the exception ends.
    expect(leaves.rolesAt('5min')).toEqual(['non-functional', 'active']);
    expect(stays.rolesAt('5min')).toEqual(['non-functional', 'active']);
  });
});

describe('hold-down', () => {
  const holdDown = (time: string) => ({ 'monitor-fail-hold-down-time': time });

  test('R-053: hold-down passed and the monitor up or not detectable: passive in that instant', () => {
    for (const time of ['1min', '2.5min', '60min']) {
      const repaired = { ...uplink, for: '30s' };
      const up = runPair({ ha: holdDown(time), timeline: [repaired], until: '65min' });
      const undetectable = runPair({ ha: lay(holdDown(time), SHUTDOWN), timeline: [uplink], until: '65min' });

      for (const pair of [up, undetectable]) {
        expect(pair.enters('palo-1', 'non-functional')).toBe(LEFT_US);
        expect(pair.entering('palo-1', 'passive')).toMatchObject({ atUs: LEFT_US + us(time), rule: 'T19' });
      }
    }
    for (const time of ['59s', '61min'])
      expect(mistakesIn({ ha: holdDown(time) })[0]).toContain('from 1min to 1h');
  });

  test('R-054: the hold-down is 1 min unless configured', () => {
    const ha = { 'monitor-fail-hold-down-time': null };

    expect(runPair({ ha, until: '1s' }).settings('palo-1').monitorFailHoldDownUs).toBe(us('1min'));
  });

  test('R-055: auto, link still down when the hold-down has passed: non-functional until it is back, then passive at once', () => {
    const never = runPair({ timeline: [uplink], until: '30min' });
    const later = runPair({ timeline: [{ ...uplink, for: '280s' }], until: '10min' });

    expect(never.story('palo-1')).toBe('active non-functional');
    expect(later.enters('palo-1', 'passive')).toBe(us('300s') + DETECTION_US);
  });

  test('R-056: shutdown, link still down when the hold-down has passed: passive', () => {
    const pair = runPair({ ha: SHUTDOWN, timeline: [uplink], until: '10min' });

    expect(pair.enters('palo-1', 'passive')).toBe(LEFT_US + us('1min'));
    expect(pair.rolesAt('10min')).toEqual(['passive', 'active']);
  });
});

test('R-057: non-functional by a mismatch, and the mismatch is fixed, here or there: rejoins through initial', () => {
  const mismatched = {
    start: 'cold-boot',
    devices: { 'palo-2': { 'high-availability': { 'group-id': 2 } } },
    until: '10min',
  } as const;
  const cold = [
    { at: '0s', 'power-off': 'palo-2' },
    { at: '300s', 'power-on': 'palo-2' }, // HA starts at 480 s.
  ];
  const fix = (device: string, group: number) => ({
    at: '500s',
    commit: { device, 'high-availability': { 'group-id': group } },
  });
  const run = (...more: object[]) =>
    runPair({ ...mismatched, timeline: [...cold, ...more] as Record<string, unknown>[], until: '12min' });
  const never = run();
  const wrong = run(fix('palo-2', 3));

  expect(never.entering('palo-2', 'non-functional')).toMatchObject({
    from: 'initial',
    reason: 'Group ID mismatch between peers',
  });
  for (const pair of [never, wrong]) expect(pair.rolesAt('12min')).toEqual(['active', 'non-functional']);
  for (const [device, group, knownUs] of [
    ['palo-2', 1, us('500s')],
    ['palo-1', 2, us('500s') + HA1_US],
  ] as const) {
    const failover = { at: '600s', suspend: 'palo-1' };
    const fixed = run(fix(device, group), failover);

    expect(fixed.story('palo-2')).toBe('initial non-functional initial passive active');
    expect(fixed.entering('palo-2', 'initial', 2)).toMatchObject({ atUs: knownUs, reason: 'Mismatch fixed' });
    expect(fixed.entering('palo-2', 'passive').reason).toBe('Session synchronization complete');
    expect(fixed.rolesAt('12min')).toEqual(['suspended', 'active']);
  }
  // And a mismatch that is made at run time takes a passive out.
  const made = runPair({ timeline: [{ ...fix('palo-1', 2), at: '20s' }] });
  expect(made.entering('palo-2', 'non-functional')).toMatchObject({ atUs: us('20s') + HA1_US, rule: 'T7' });
});

test('R-058: a non-functional node forwards nothing although its way is sound, and does not count as functional', () => {
  // A third monitored port fails; uplink and downlink of palo-1 stay as they are, and palo-2 is switched off.
  const lab = {
    ha: {
      monitoring: {
        'link-monitoring': { 'link-group': { lab: { interface: ['ethernet1/4'] } } },
      },
    },
    network: {
      switches: { lab: {} },
      links: {
        'palo-1-lab': { between: ['palo-1:ethernet1/4', 'lab'] },
        'palo-2-lab': { between: ['palo-2:ethernet1/4', 'lab'] },
      },
    },
    probes: { ping: { from: 'client', to: 'server', type: 'ping', interval: '100ms', timeout: '1s' } },
  };
  const off = { at: '10s', 'power-off': 'palo-2' };
  const sound = runPair({ ...lab, timeline: [off], until: '60s' });
  const failed = runPair({ ...lab, timeline: [off, { at: '20s', 'link-down': 'palo-1-lab' }], until: '60s' });

  expect(sound.probe('ping').lost).toBe(0);
  expect(failed.enters('palo-1', 'non-functional')).toBe(LEFT_US);
  expect(failed.probe('ping').outages).toMatchObject([{ fromUs: us('20.6s'), toUs: us('60s') }]);
  const functional = ROLES.filter((role) => isFunctional(role));
  expect(functional).toEqual(['active', 'passive', 'active-primary', 'active-secondary']);
});

test('R-059: pre-negotiation configured: a non-functional node still exchanges LACP (LLDP carries no traffic)', () => {
  const passes = (preNegotiation: boolean) => {
    const pair = buildPair({
      ha: NO_PATH_MONITORING,
      devices: lacp(preNegotiation),
      timeline: [{ at: '20s', 'link-down': 'palo-1-downlink' }],
    });
    pair.runTo('40s');
    const [palo1] = pair.firewalls;
    return { role: palo1.role, uplink: !palo1.port('ethernet1/1').closed };
  };

  expect(passes(true)).toEqual({ role: 'non-functional', uplink: true });
  expect(passes(false)).toEqual({ role: 'non-functional', uplink: false });
});
