/** link monitoring, the hold-ups, and what a passive can see of its links. */

import { describe, expect, test } from 'vitest';
import { DETECTION_US, mistakesIn, runPair, timers, us, type Part } from '../helpers/pair.ts';

type Condition = 'any' | 'all';

/** Link groups of the pair, by name; path monitoring is out of the way. */
function monitoring(condition: Condition, groups: Record<string, { is: Condition; of: string[] }>): Part {
  const linkGroups = Object.entries(groups).map(([name, { is, of }]) => [
    name,
    { 'failure-condition': is, interface: of },
  ]);
  return {
    monitoring: {
      'link-monitoring': {
        'failure-condition': condition,
        'link-group': { 'uplink-and-downlink': null, ...Object.fromEntries(linkGroups) },
      },
      'path-monitoring': { enabled: false },
    },
  };
}

const uplinkDown = { at: '20s', 'link-down': 'palo-1-uplink' };
const downlinkDown = { at: '30s', 'link-down': 'palo-1-downlink' };
const timeline = [uplinkDown, downlinkDown];

describe('link groups', () => {
  test('R-030: a group fails with its first member (any) or with its last (all)', () => {
    const both = ['ethernet1/1', 'ethernet1/2'];
    const any = runPair({ ha: monitoring('any', { links: { is: 'any', of: both } }), timeline });
    const all = runPair({ ha: monitoring('any', { links: { is: 'all', of: both } }), timeline });
    const oneOfAll = runPair({
      ha: monitoring('any', { links: { is: 'all', of: both } }),
      timeline: [uplinkDown],
    });

    expect(any.monitorFails('palo-1', 'link')).toBe(us('20s') + DETECTION_US);
    expect(all.monitorFails('palo-1', 'link')).toBe(us('30s') + DETECTION_US);
    expect(oneOfAll.records('monitor')).toEqual([]);
    expect(oneOfAll.rolesAt('60s')).toEqual(['active', 'passive']);
  });

  test('R-031: the condition is met with the first failed group (any) or with the last (all)', () => {
    const groups = {
      up: { is: 'any', of: ['ethernet1/1'] },
      down: { is: 'any', of: ['ethernet1/2'] },
    } as const;
    const mutable = {
      up: { ...groups.up, of: [...groups.up.of] },
      down: { ...groups.down, of: [...groups.down.of] },
    };
    const any = runPair({ ha: monitoring('any', mutable), timeline });
    const all = runPair({ ha: monitoring('all', mutable), timeline });
    const oneOfAll = runPair({ ha: monitoring('all', mutable), timeline: [uplinkDown] });

    expect(any.monitorFails('palo-1', 'link')).toBe(us('20s') + DETECTION_US);
    expect(all.monitorFails('palo-1', 'link')).toBe(us('30s') + DETECTION_US);
    expect(oneOfAll.rolesAt('60s')).toEqual(['active', 'passive']);
  });

  test('R-032: defaults any and any: one monitored link fails on the active, it goes non-functional with `Link down`', () => {
    const defaults = {
      monitoring: {
        'link-monitoring': {
          'failure-condition': null,
          'link-group': { 'uplink-and-downlink': { 'failure-condition': null } },
        },
      },
    };
    for (const port of ['ethernet1/1', 'ethernet1/2']) {
      const pair = runPair({ ha: defaults, timeline: [{ at: '20s', 'interface-down': `palo-1:${port}` }] });

      expect(pair.roleChanges('palo-1')).toMatchObject([
        { from: 'active', to: 'non-functional', reason: 'Link down', rule: 'T8' },
      ]);
      expect(pair.rolesAt('60s')).toEqual(['non-functional', 'active']);
    }
  });
});

describe('hold-ups', () => {
  const MASTER_HOLD_UP_US = us('500ms');

  test('R-033: active with HU 0 and MU 500 ms: leaves exactly 500 ms after the monitor failed', () => {
    const pair = runPair({ timeline: [uplinkDown] });

    expect(pair.monitorFails('palo-1', 'link')).toBe(us('20s') + DETECTION_US);
    expect(pair.roleAt('palo-1', '20.549999s')).toBe('active');
    expect(pair.enters('palo-1', 'non-functional')).toBe(us('20s') + DETECTION_US + MASTER_HOLD_UP_US);
  });

  test('R-034: link back before HU + MU have passed: no role change; a microsecond too late: the active leaves', () => {
    // The return is detected as late as the failure was, so the cable has to be out for HU + MU itself.
    const inTime = runPair({ timeline: [{ ...uplinkDown, for: '499999us' }] });
    const late = runPair({ timeline: [{ ...uplinkDown, for: '500001us' }] });
    const longHold = timers({ 'monitor-fail-hold-up-time': '10s' });
    const longInTime = runPair({ ha: longHold, timeline: [{ ...uplinkDown, for: '10.4s' }] });
    const twice = runPair({
      timeline: [
        { ...uplinkDown, for: '400ms' },
        { ...uplinkDown, at: '20.46s', for: '400ms' }, // Failed again when the first hold-up would have ended.
      ],
    });

    expect(inTime.monitorFails('palo-1', 'link')).toBe(us('20s') + DETECTION_US);
    for (const pair of [inTime, longInTime, twice]) {
      expect(pair.rolesAt('60s')).toEqual(['active', 'passive']);
      expect(pair.roleChanges('palo-1')).toEqual([]);
    }
    expect(late.enters('palo-1', 'non-functional')).toBe(us('20.55s'));
  });

  test('R-035: HU h and MU m: the active leaves h + m after the monitor failed, the passive h', () => {
    for (const [h, m] of [
      ['0s', '0s'],
      ['0s', '500ms'],
      ['3s', '500ms'],
      ['2s', '60s'],
      ['60s', '0s'],
    ] as const) {
      const ha = timers({ 'monitor-fail-hold-up-time': h, 'additional-master-hold-up-time': m });
      const active = runPair({ ha, timeline: [uplinkDown], until: '150s' });
      const passive = runPair({ ha, timeline: [{ at: '20s', 'link-down': 'palo-2-uplink' }], until: '150s' });

      const held = active.enters('palo-1', 'non-functional') - active.monitorFails('palo-1', 'link');
      expect(held).toBe(us(h) + us(m));
      expect(passive.enters('palo-2', 'non-functional') - passive.monitorFails('palo-2', 'link')).toBe(us(h));
    }
  });

  test('R-036: both hold-ups: 0 to 60 s, defaults 0 and 500 ms, others are refused', () => {
    const defaults = runPair({ until: '1s' }).settings('palo-1');

    expect(defaults).toMatchObject({ monitorFailHoldUpUs: 0, additionalMasterHoldUpUs: us('500ms') });
    for (const timer of ['monitor-fail-hold-up-time', 'additional-master-hold-up-time']) {
      expect(mistakesIn({ ha: timers({ [timer]: '0s' }) })).toEqual([]);
      expect(mistakesIn({ ha: timers({ [timer]: '60s' }) })).toEqual([]);
      expect(mistakesIn({ ha: timers({ [timer]: '60001ms' }) })[0]).toMatch(
        new RegExp(`^expected an? ${timer} from 0s to 1min, got "60001ms" \\(R-036, D04\\)$`),
      );
    }
  });
});

describe('links of the passive', () => {
  const passiveUplinkDown = { at: '20s', 'link-down': 'palo-2-uplink' };

  test('R-046: passive-link-state shutdown: a cable unplugged at the passive changes nothing, for it cannot be seen', () => {
    const shut = runPair({
      ha: { 'passive-link-state': 'shutdown' },
      timeline: [passiveUplinkDown],
      until: '120s',
    });
    const auto = runPair({ timeline: [passiveUplinkDown] });

    expect(shut.roleChanges('palo-2')).toEqual([]);
    expect(shut.records('monitor', 'palo-2')).toEqual([]);
    expect(auto.enters('palo-2', 'non-functional')).toBe(us('20s') + DETECTION_US);
  });

  test('R-047: passive-link-state auto: a link down on the passive makes it non-functional and no candidate', () => {
    const powerLoss = { at: '30s', 'power-off': 'palo-1' };
    const broken = runPair({ timeline: [passiveUplinkDown, powerLoss] });
    const sound = runPair({ timeline: [powerLoss] });

    expect(broken.roleChanges('palo-2')).toMatchObject([
      { from: 'passive', to: 'non-functional', reason: 'Link down', rule: 'T17' },
    ]);
    expect(broken.declaresPeerFailed('palo-2')).toBe(us('33s'));
    expect(broken.rolesAt('60s')).toEqual([null, 'non-functional']);
    expect(sound.rolesAt('60s')).toEqual([null, 'active']);
  });
});
