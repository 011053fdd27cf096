/** The policy has to be in the dataplane before a firewall may serve (K05). */

import { expect, test } from 'vitest';
import { HA1_US, runPair, us } from '../../helpers/pair.ts';

const fails = (device: string, part: object = {}) => ({ at: '20s', 'policy-push-failure': device, ...part });
const FAILED = 'Policy push to dataplane failed';
const WAITING = 'Waiting for policy push to dataplane';

test('policy push: fails on the active: non-functional at once, the peer serves, and a push that succeeds rejoins', () => {
  const pair = runPair({ timeline: [fails('palo-1', { for: '30s' })], until: '3min' });

  expect(pair.roleChanges('palo-1')).toMatchObject([
    { atUs: us('20s'), to: 'non-functional', reason: FAILED, rule: 'T9' },
    { atUs: us('50s'), to: 'initial', rule: 'T20' },
    { to: 'passive', rule: 'T2' },
  ]);
  expect(pair.enters('palo-2', 'active')).toBe(us('20s') + HA1_US);
});

test('policy push: fails on the passive: no candidate any more', () => {
  const pair = runPair({ timeline: [fails('palo-2'), { at: '30s', 'power-off': 'palo-1' }] });

  expect(pair.roleChanges('palo-2')).toMatchObject([{ to: 'non-functional', reason: FAILED, rule: 'T17' }]);
  expect(pair.rolesAt('60s')).toEqual([null, 'non-functional']);
});

test('policy push: failed, and the dataplane or the firewall restarts: still failed', () => {
  const unpublished = { 'dataplane-restart-time': '10s' };
  for (const restart of ['dataplane-crash', 'reboot', 'ha-agent-restart']) {
    const timeline = [fails('palo-2'), { at: '30s', [restart]: 'palo-2' }];
    const pair = runPair({ unpublished, timeline, until: '10min' });

    expect([restart, pair.roleAt('palo-2', '10min')]).toEqual([restart, 'non-functional']);
  }
});

test('policy push: takes its time at a boot: non-functional meanwhile, then initial as after any boot', () => {
  const reboot = { at: '20s', reboot: 'palo-2' }; // HA starts at 200 s.
  const slow = runPair({ unpublished: { 'policy-push-time': '2min' }, timeline: [reboot], until: '10min' });
  const none = runPair({ timeline: [reboot], until: '10min' });
  const switchedOff = runPair({
    unpublished: { 'policy-push-time': '2min' },
    timeline: [reboot, { at: '210s', 'power-off': 'palo-2', for: '1s' }],
    until: '10min',
  });

  expect(slow.story('palo-2')).toBe('passive initial non-functional initial passive');
  expect(slow.entering('palo-2', 'non-functional')).toMatchObject({ atUs: us('200s'), reason: WAITING });
  expect(slow.enters('palo-2', 'initial', 2)).toBe(us('320s'));
  expect(none.story('palo-2')).toBe('passive initial passive');
  expect(switchedOff.enters('palo-2', 'initial', 3)).toBe(us('391s') + us('2min'));
});
