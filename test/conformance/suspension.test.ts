/** what `request high-availability state suspend` and `functional` do. */

import { expect, test } from 'vitest';
import { HA1_US, runPair, us } from '../helpers/pair.ts';

const suspendActive = { at: '20s', suspend: 'palo-1' };
const suspendPassive = { at: '20s', suspend: 'palo-2' };

test('R-060: suspend on the active: suspended in that instant with `User requested`, and the peer takes over', () => {
  const pair = runPair({ timeline: [suspendActive] });

  expect(pair.roleChanges('palo-1')).toEqual([
    { atUs: us('20s'), from: 'active', to: 'suspended', reason: 'User requested', rule: 'T10' },
  ]);
  expect(pair.enters('palo-2', 'active')).toBe(us('20s') + HA1_US);
});

test('R-061: peer of a suspended node fails: it does not become active, silently failed or announced', () => {
  const silent = runPair({
    timeline: [suspendPassive, { at: '30s', 'power-off': 'palo-1' }],
    until: '10min',
  });
  const announced = runPair({
    timeline: [suspendPassive, { at: '30s', 'dataplane-crash': 'palo-1' }],
    until: '110s',
  });

  expect(silent.declaresPeerFailed('palo-2')).toBe(us('33s'));
  expect(silent.story('palo-2')).toBe('passive suspended');
  expect(announced.roleAt('palo-1', '40s')).toBe('non-functional');
  expect(announced.story('palo-2')).toBe('passive suspended');
});

test('R-062: functional on a suspended node: initial at once, passive when its session sync has come', () => {
  const pair = runPair({ timeline: [suspendPassive, { at: '40s', functional: 'palo-2' }], until: '120s' });

  const [, toInitial, toPassive] = pair.roleChanges('palo-2');
  expect(toInitial).toMatchObject({ atUs: us('40s'), from: 'suspended', to: 'initial', rule: 'T22' });
  expect(toPassive).toMatchObject({ from: 'initial', to: 'passive', rule: 'T2' });
  const synchronized = pair.firstRecord('session-sync', 'palo-2', { step: 'complete' });
  expect(toPassive?.atUs).toBe(synchronized.atUs);
  expect(synchronized.atUs).toBeGreaterThanOrEqual(us('70s')); // A bulk sync of 30 s.
  expect(synchronized.atUs).toBeLessThan(us('70s') + us('1ms'));
});

test('R-063: suspended: no timer, no peer and no repaired link ends it, the user does', () => {
  const pair = runPair({
    timeline: [
      suspendPassive,
      { at: '10min', 'link-down': 'palo-2-uplink', for: '10min' },
      { at: '30min', reboot: 'palo-1' },
      { at: '45min', 'dataplane-crash': 'palo-2' },
      { at: '50min', blackhole: { link: 'palo-2-management' }, for: '1min' },
      { at: '119min', functional: 'palo-2' },
    ],
    until: '2h',
  });

  expect(pair.roleAt('palo-2', '7139.999999s')).toBe('suspended');
  expect(pair.roleChanges('palo-2')[1]).toMatchObject({ atUs: us('119min'), to: 'initial' });
});

test('R-064: suspended: hellos go on in both directions', () => {
  const quiet = runPair({ timeline: [suspendPassive], until: '10min' });
  const silenced = runPair({ timeline: [suspendPassive, { at: '30s', 'ha-agent-hang': 'palo-2' }] });
  const told = runPair({ timeline: [suspendPassive, { at: '30s', 'interface-down': 'palo-1:ethernet1/1' }] });

  // Neither misses the hellos of the other ...
  expect(quiet.peerFailures('palo-1')).toEqual([]);
  expect(quiet.peerFailures('palo-2')).toEqual([]);
  // ... while it would miss them if they stopped, and the suspended node hears what becomes of its peer.
  expect(silenced.peerFailures('palo-1')).toMatchObject([{ reason: 'Hello protocol failure' }]);
  const left = told.enters('palo-1', 'non-functional');
  expect(told.firstRecord('peer', 'palo-2', { role: 'non-functional' }).atUs).toBe(left + HA1_US);
});

test('R-065: suspend: at most about 1 s and one ping in auto; 3 to 5 s and about three pings in shutdown', () => {
  const every = (interval: string) => ({
    from: 'client',
    to: 'server',
    type: 'ping',
    interval,
    timeout: '1s',
  });
  const probes = { second: every('1s'), fine: every('10ms') };
  const timeline = [{ ...suspendActive, at: '20.35s' }];
  const auto = runPair({ probes, timeline });
  const shut = runPair({ probes, timeline, ha: { 'passive-link-state': 'shutdown' } });

  expect(auto.probe('second').lost).toBeLessThanOrEqual(1);
  expect(auto.probe('fine').lost).toBeGreaterThan(0);
  expect(auto.probe('fine').longestGapUs).toBeLessThanOrEqual(us('1s'));
  expect(shut.probe('second').lost).toBeGreaterThanOrEqual(3);
  expect(shut.probe('second').lost).toBeLessThanOrEqual(4);
  expect(shut.probe('fine').longestGapUs).toBeGreaterThanOrEqual(us('3s'));
  expect(shut.probe('fine').longestGapUs).toBeLessThanOrEqual(us('5s'));
});
