/** the roles of an active/active pair beside those that it shares with active/passive. */

import { expect, test } from 'vitest';
import { DETECTION_US, HA1_US, mistakesIn, runPair, us } from '../helpers/pair.ts';
import { configOf, follow, heard, helloFrom, stateIn } from '../helpers/protocol.ts';

const mode = 'active-active';
const holdTime = (value: string) => ({ 'active-active': { 'tentative-hold-time': value } });
const uplinkOutage = { at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '20s' };
const CLEARED_US = us('40s') + DETECTION_US;

test('R-122: tentative-hold-time: active-secondary so long after the cause has cleared; 0, or 10 s to 600 s', () => {
  for (const hold of ['10s', '60s', '600s']) {
    const pair = runPair({ mode, ha: holdTime(hold), timeline: [uplinkOutage], until: '20min' });

    expect(pair.story('palo-1')).toBe('active-primary tentative active-secondary');
    expect(pair.entering('palo-1', 'active-secondary')).toMatchObject({
      atUs: CLEARED_US + us(hold),
      rule: 'T27',
    });
    expect(pair.roleAt('palo-2', '20min')).toBe('active-primary');
  }
  expect(mistakesIn({ mode, ha: holdTime('601s') })[0]).toContain('PAN-OS tentative-hold-time');
});

test('R-124: HA3 lost: the active-secondary is non-functional with `HA3 link is down`, the active-primary serves on', () => {
  const both = (deviceId: 0 | 1) => ({
    mode,
    activeActive: {
      deviceId,
      packetForwarding: true,
      sessionLoadSharing: 'first-packet',
      virtualRouterSync: false,
      qosSync: false,
    },
  });
  const ha3 = 'down' as const;
  const lost = { type: 'ha3', up: false } as const;
  const peer0 = helloFrom('active-primary', { deviceId: 0, ha3 }, both(0));
  const peer1 = helloFrom('active-secondary', { ha3 }, both(1));
  const afterLoss = (leaver: 'active-secondary' | 'active-primary' | 'both') => {
    const assumptions = { ha3LossLeaver: leaver };
    const config = (deviceId: 0 | 1) =>
      configOf({ mode, deviceId, compatibility: both(deviceId), assumptions });
    return [
      follow(config(0), stateIn('active-primary', { ...peer1, ha3: 'up' }), lost, heard(peer1)).state,
      follow(config(1), stateIn('active-secondary', { ...peer0, ha3: 'up' }), lost, heard(peer0)).state,
    ];
  };
  const left = { role: 'non-functional', reason: 'HA3 link is down' };
  const [primary, secondary] = [{ role: 'active-primary' }, { role: 'active-secondary' }];

  expect(afterLoss('active-secondary')).toMatchObject([primary, left]);
  expect(afterLoss('active-primary')).toMatchObject([left, secondary]);
  expect(afterLoss('both')).toMatchObject([left, left]);
});

test('R-125: packet forwarding enabled on one firewall only: non-functional with `A/A mode packet-forward mismatch`', () => {
  const without = { 'high-availability': { 'active-active': { 'packet-forwarding': false } } };
  const devices = { 'palo-2': without };
  const pair = runPair({ mode, devices, start: 'cold-boot', until: '280s' });

  for (const device of ['palo-1', 'palo-2'] as const) {
    expect(pair.story(device)).toBe('initial non-functional');
    expect(pair.entering(device, 'non-functional').reason).toBe('A/A mode packet-forward mismatch');
  }
});

test('R-130: split brain: both are active-primary; it heals, and device 1 yields', () => {
  const timeline = [{ at: '20s', 'link-down': 'palo-1-management', for: '30s' }];
  const pair = runPair({ mode, timeline });
  const throughInitial = runPair({
    mode,
    timeline,
    unpublished: { 'split-brain-loser': 'initial' },
    until: '180s',
  });

  expect(pair.entering('palo-2', 'active-primary')).toMatchObject({
    atUs: pair.declaresPeerFailed('palo-2') + us('2s'),
    rule: 'T25',
  });
  expect(pair.rolesAt('50s')).toEqual(['active-primary', 'active-primary']);
  expect(pair.story('palo-1')).toBe('active-primary');
  expect(pair.story('palo-2')).toBe('active-secondary active-primary active-secondary');
  expect(pair.enters('palo-2', 'active-secondary')).toBeLessThan(us('52s') + HA1_US);
  expect(pair.entering('palo-2', 'active-secondary').rule).toBe('T13');
  const joins = 'active-secondary active-primary initial tentative active-secondary';
  expect(throughInitial.story('palo-2')).toBe(joins);
});
