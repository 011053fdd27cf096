/** Regressions of the pure protocol, found by random lives of one firewall (test/property/protocol.test.ts). */

import { describe, expect, test } from 'vitest';
import {
  configOf,
  fired,
  follow,
  heard,
  helloFrom,
  lostPeer,
  roleEntered,
  stateIn,
  timersSet,
} from '../../helpers/protocol.ts';

describe('protocol: two actives that do not match each other meet', () => {
  const hello = helloFrom('active', {}, { groupId: 2 });
  const lonely = stateIn('active', null, { peer: lostPeer(helloFrom('passive')) });

  test('protocol: the loser of the election: leaves in that instant, not at the next hello', () => {
    const config = configOf({ devicePriority: 120 });
    const yielded = follow(config, lonely, heard(hello));
    expect(roleEntered(yielded)).toMatchObject({ to: 'passive', transition: 'T13' });
    expect(timersSet(yielded)).toMatchObject({ 'promotion-hold-time': 0 });

    const left = follow(config, yielded.state, fired('promotion-hold-time'));
    expect(roleEntered(left)).toMatchObject({ to: 'non-functional', transition: 'T7' });
    expect(left.state).toMatchObject({ failure: 'mismatch', reason: 'Group ID mismatch between peers' });

    const again = follow(config, left.state, heard(hello));
    expect([again.state.role, again.effects]).toEqual(['non-functional', []]);
  });

  test('protocol: the winner of the election: goes on serving', () => {
    const answer = follow(configOf({ devicePriority: 90 }), lonely, heard(hello));
    expect([answer.state.role, roleEntered(answer)]).toEqual(['active', undefined]);
  });
});

describe('protocol: two tentative firewalls without HA3', () => {
  const activeActive = {
    packetForwarding: true,
    sessionLoadSharing: '',
    virtualRouterSync: false,
    qosSync: false,
  };
  const of = (deviceId: 0 | 1) =>
    ({ mode: 'active-active', activeActive: { ...activeActive, deviceId } }) as const;
  const config = configOf({ mode: 'active-active', deviceId: 1, compatibility: of(1) });
  const hello = helloFrom('tentative', { deviceId: 0, ha3: 'down' }, of(0));
  const apart = stateIn('tentative', hello, { ha3Down: true });

  test('protocol: the loser of the election: does not begin a hold that would end in leaving again', () => {
    const waits = follow(config, apart, heard(hello));
    expect([waits.state.reason, timersSet(waits)]).toEqual(['HA3 link is down', {}]);

    const fails = follow(config, waits.state, heard({ ...hello, monitorFailed: true }));
    expect(timersSet(fails)).toEqual({ 'tentative-hold-time': 60_000_000 });
  });

  test('protocol: the winner of the election: holds, and serves alone', () => {
    const first = configOf({ mode: 'active-active', deviceId: 0, compatibility: of(0) });
    const other = helloFrom('tentative', { deviceId: 1, ha3: 'down' }, of(1));
    const holds = follow(first, stateIn('tentative', other, { ha3Down: true }), heard(other));
    expect(timersSet(holds)).toEqual({ 'tentative-hold-time': 60_000_000 });

    const serves = follow(first, holds.state, fired('tentative-hold-time'));
    expect(roleEntered(serves)).toMatchObject({ to: 'active-primary', transition: 'T27' });
  });
});
