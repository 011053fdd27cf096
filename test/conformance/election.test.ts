/** who becomes active, who takes the role back, and what a node does that boots alone. */

import { describe, expect, test } from 'vitest';
import {
  HA1_US,
  NO_PATH_MONITORING,
  lay,
  mistakesIn,
  runPair,
  timers,
  us,
  type Device,
} from '../helpers/pair.ts';

const PREEMPTIVE = { 'election-option': { preemptive: true } };
/** palo-1 loses its uplink and gets it back; it is passive again 60 s (hold-down) after it left at 20.55 s. */
const uplinkOutage = { at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '20s' };
const RETURNED_US = us('80.55s');
/** A preempting passive asks and the active yields: one hello each way. */
const ASKED_US = 2 * HA1_US;

/** Both with their own device-priority, by default the one that the other has. */
function priorities(palo1: number, palo2: number): Record<Device, object> {
  const of = (priority: number) => ({
    'high-availability': { 'election-option': { 'device-priority': priority } },
  });
  return { 'palo-1': of(palo1), 'palo-2': of(palo2) };
}

/** Of an active/active pair. */
function deviceIds(palo1: 0 | 1, palo2: 0 | 1): Record<Device, object> {
  const of = (id: number) => ({ 'high-availability': { 'active-active': { 'device-id': id } } });
  return { 'palo-1': of(palo1), 'palo-2': of(palo2) };
}

const LOW = '00:1b:17:aa:00:01';
const HIGH = '00:1b:17:aa:00:ff';
/** Equal priorities, so that the HA1 MAC address decides. */
const macs = (palo1: string, palo2: string) =>
  lay(priorities(100, 100), { 'palo-1': { 'ha1-mac': palo1 }, 'palo-2': { 'ha1-mac': palo2 } });

describe('election', () => {
  const coldBoot = (devices: object) =>
    runPair({ start: 'cold-boot', devices: devices as Record<string, unknown>, until: '280s' });

  test('R-066: both boot together and are healthy: the lower device-priority becomes active', () => {
    const first = coldBoot(priorities(100, 110));
    const second = coldBoot(priorities(110, 100));

    expect(first.rolesAt('280s')).toEqual(['active', 'passive']);
    expect(first.entering('palo-1', 'active').rule).toBe('T3');
    expect(second.rolesAt('280s')).toEqual(['passive', 'active']);
    expect(second.story('palo-1')).toBe('initial passive');
  });

  test('R-067: equal priorities: the lower HA1 MAC address becomes active', () => {
    expect(coldBoot(macs(LOW, HIGH)).rolesAt('280s')).toEqual(['active', 'passive']);
    expect(coldBoot(macs(HIGH, LOW)).rolesAt('280s')).toEqual(['passive', 'active']);
  });
});

describe('preemption', () => {
  test('R-068: preemptive off: the better node returns and stays passive', () => {
    const pair = runPair({ timeline: [uplinkOutage], until: '2h' });

    expect(pair.enters('palo-1', 'passive')).toBe(RETURNED_US);
    expect(pair.story('palo-1')).toBe('active non-functional passive');
    expect(pair.rolesAt('2h')).toEqual(['passive', 'active']);
  });

  test('R-069: preemptive on one node only, whichever: no preemption', () => {
    for (const device of ['palo-1', 'palo-2'] as const) {
      const devices = { [device]: { 'high-availability': PREEMPTIVE } };
      const pair = runPair({ devices, timeline: [uplinkOutage], until: '10min' });

      expect(pair.story('palo-1')).toBe('active non-functional passive');
    }
  });

  test('R-070: preemptive on both: the better node is active preemption-hold-time after it was passive, the other passive', () => {
    for (const [ha, hold] of [
      [PREEMPTIVE, '1min'],
      [lay(timers({ 'preemption-hold-time': '60min' }), PREEMPTIVE), '60min'],
    ] as const) {
      const pair = runPair({ ha, timeline: [uplinkOutage], until: '65min' });

      expect(pair.enters('palo-1', 'passive')).toBe(RETURNED_US);
      const takeover = pair.entering('palo-1', 'active');
      expect(takeover).toMatchObject({ atUs: RETURNED_US + us(hold) + ASKED_US, rule: 'T16' });
      expect(pair.entering('palo-2', 'passive')).toMatchObject({
        atUs: takeover.atUs - HA1_US,
        reason: 'Peer preempted',
        rule: 'T12',
      });
      expect(pair.result.dualActive).toEqual([]);
    }
    for (const time of ['59s', '61min']) {
      expect(mistakesIn({ ha: timers({ 'preemption-hold-time': time }) })[0]).toContain('from 1min to 1h');
    }
  });

  test('R-071: equal priorities, preemptive on both: the node with the lower HA1 MAC address preempts after the hold', () => {
    const lower = runPair({
      ha: PREEMPTIVE,
      devices: macs(LOW, HIGH),
      timeline: [uplinkOutage],
      until: '5min',
    });
    const higherFails = { at: '20s', suspend: 'palo-1', for: '10s' };
    const higher = runPair({
      ha: PREEMPTIVE,
      devices: macs(LOW, HIGH),
      timeline: [higherFails],
      until: '5min',
    });

    expect(lower.enters('palo-1', 'active')).toBe(RETURNED_US + us('1min') + ASKED_US);
    expect(higher.enters('palo-1', 'active')).toBe(
      higher.enters('palo-1', 'passive') + us('1min') + ASKED_US,
    );
    expect(higher.rolesAt('5min')).toEqual(['active', 'passive']);
  });

  test('R-072: the active fails while the preemption hold runs: takeover by promotion hold or announcement', () => {
    const ha = lay(timers({ 'preemption-hold-time': '60min' }), PREEMPTIVE);
    const silent = runPair({
      ha,
      timeline: [uplinkOutage, { at: '100s', 'power-off': 'palo-2' }],
      until: '3min',
    });
    const announced = runPair({
      ha,
      timeline: [uplinkOutage, { at: '100s', suspend: 'palo-2' }],
      until: '3min',
    });

    expect(silent.entering('palo-1', 'active')).toMatchObject({ atUs: us('105s'), rule: 'T15' });
    expect(announced.entering('palo-1', 'active')).toMatchObject({ atUs: us('100s') + HA1_US, rule: 'T14' });
  });

  test('R-073: the monitor of the candidate fails while the hold runs: the hold begins anew when it is healthy again', () => {
    const again = { at: '100s', 'interface-down': 'palo-1:ethernet1/1', for: '10s' };
    const role = runPair({ ha: PREEMPTIVE, timeline: [uplinkOutage, again], until: '5min' });
    // Within a hold-up of 15 s the candidate stays passive, but it is not healthy from 100.05 s to 110.05 s.
    const slow = lay(timers({ 'monitor-fail-hold-up-time': '15s' }), PREEMPTIVE);
    const holdUp = runPair({ ha: slow, timeline: [{ ...uplinkOutage, for: '30s' }, again], until: '5min' });

    expect(role.enters('palo-1', 'passive', 2)).toBe(us('160.05s'));
    expect(role.enters('palo-1', 'active')).toBe(us('220.05s') + ASKED_US);
    expect(holdUp.enters('palo-1', 'passive')).toBe(RETURNED_US + us('15s'));
    expect(holdUp.story('palo-1')).toBe('active non-functional passive active');
    expect(holdUp.enters('palo-1', 'active')).toBe(us('110.05s') + us('1min') + ASKED_US);
  });

  test('R-074: device-priority: 0 to 255, default 100, others are refused', () => {
    const withoutOne = {
      'palo-1': { 'high-availability': { 'election-option': { 'device-priority': null } } },
    };

    expect(runPair({ devices: withoutOne, until: '1s' }).settings('palo-1').devicePriority).toBe(100);
    for (const value of [0, 255]) expect(mistakesIn({ devices: priorities(value, 110) })).toEqual([]);
    for (const value of [-1, 256, 1.5]) {
      const [mistake] = mistakesIn({ devices: priorities(value, 110) });
      expect(mistake).toMatch(/^expected a device-priority from 0 to 255\b.*\(R-074, D04\)/);
    }
  });

  test('R-075: active/active: device 0 becomes active-primary, and takes the role back, whatever the device-priority', () => {
    const mode = 'active-active';
    const devices = lay(deviceIds(1, 0), priorities(100, 110));
    const boot = runPair({ mode, devices, start: 'cold-boot', until: '280s' });
    const preemptive = runPair({
      mode,
      devices,
      ha: PREEMPTIVE,
      timeline: [{ at: '20s', 'interface-down': 'palo-2:ethernet1/1', for: '20s' }],
      until: '200s',
    });

    expect(boot.rolesAt('280s')).toEqual(['active-secondary', 'active-primary']);
    expect(boot.entering('palo-2', 'active-primary').rule).toBe('T3');
    expect(boot.story('palo-1')).toBe('initial tentative active-secondary');
    // Tentative hold, preemption hold, and a hello each way.
    expect(preemptive.story('palo-2')).toBe('active-primary tentative active-secondary active-primary');
    expect(preemptive.entering('palo-2', 'active-primary')).toMatchObject({
      atUs: us('40.05s') + us('60s') + us('60s') + ASKED_US,
      rule: 'T29',
    });
  });

  test('R-076: both have the same device-id: non-functional with `A/A mode device-id overlap`', () => {
    const devices = deviceIds(0, 0);
    const overlap = { mode: 'active-active', devices, start: 'cold-boot', until: '280s' } as const;
    const pair = runPair({ ...overlap, deliberate: ['R-076'] });

    expect(mistakesIn(overlap)[0]).toContain('(R-076, K05)');
    for (const device of ['palo-1', 'palo-2'] as const) {
      expect(pair.story(device)).toBe('initial non-functional');
      expect(pair.entering(device, 'non-functional').reason).toBe('A/A mode device-id overlap');
    }
  });
});

describe('boot', () => {
  test('R-077: nobody is heard at boot: initial for the timeout, then active', () => {
    for (const timeout of ['10s', '1min', '5min']) {
      const pair = runPair({
        start: 'cold-boot',
        unpublished: { 'initial-timeout': timeout },
        timeline: [{ at: '0s', 'power-off': 'palo-2' }],
        until: '10min',
      });

      expect(pair.roleChanges('palo-1')).toMatchObject([
        { atUs: us('3min'), to: 'initial', rule: 'T1' },
        { atUs: us('3min') + us(timeout), to: 'active', rule: 'T4' },
      ]);
      expect(pair.roleChanges('palo-2')).toEqual([]);
    }
  });

  test('R-078: the same with the peer alive and HA1 broken: both become active', () => {
    const pair = runPair({
      start: 'cold-boot',
      ha: NO_PATH_MONITORING,
      timeline: [{ at: '0s', 'link-down': 'palo-2-management' }],
      until: '5min',
    });

    expect(pair.enters('palo-1', 'active')).toBe(us('4min'));
    expect(pair.enters('palo-2', 'active')).toBe(us('4min'));
    expect(pair.result.dualActive).toEqual([{ fromUs: us('4min'), toUs: us('5min') }]);
  });

  test('R-079: reboot with preemptive left on: the node takes the role back after the preemption hold', () => {
    const timeline = [{ at: '20s', reboot: 'palo-1' }];
    const on = runPair({ ha: PREEMPTIVE, timeline, until: '10min' });
    const off = runPair({ timeline, until: '10min' });

    expect(on.story('palo-1')).toBe('active initial passive active');
    expect(on.enters('palo-1', 'active')).toBe(on.enters('palo-1', 'passive') + us('1min') + ASKED_US);
    expect(off.story('palo-1')).toBe('active initial passive');
  });
});
