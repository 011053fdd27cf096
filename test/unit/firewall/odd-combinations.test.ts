/**
 * Faults that meet: what the rules do not name one by one, but a pair meets in its life. Several were bugs; the comment says
 * what went wrong.
 */

import { describe, expect, test } from 'vitest';
import { causesOf } from '../../../src/kernel/trace.ts';
import { HA1_US, NO_PATH_MONITORING, lay, runPair, timers, us } from '../../helpers/pair.ts';

const ping = { ping: { from: 'client', to: 'server', type: 'ping', interval: '100ms', timeout: '1s' } };
const WITHOUT_SYNC = { 'state-synchronization': { enabled: false } };

describe('a peer that comes back within the promotion hold', () => {
  // The path of the one had gone down, that of the other had not: nobody said hello, and the hold ran out.
  test('management-plane stall of the active, 2.9 s: three heartbeats are lost, the fourth brings the peer back', () => {
    const pair = runPair({ timeline: [{ at: '20s', for: '2.9s', 'management-plane-stall': 'palo-1' }] });

    expect(pair.declaresPeerFailed('palo-2')).toBe(us('23s'));
    expect(pair.peerFailures('palo-1')).toEqual([]);
    expect(pair.roleChanges('palo-2')).toEqual([]);
  });

  test('management-plane stall of the active: 1.9 s go unnoticed, 4.9 s are forgiven, 6 s are a split brain', () => {
    const stalled = (time: string) =>
      runPair({ timeline: [{ at: '20s', for: time, 'management-plane-stall': 'palo-1' }], until: '2min' });

    expect(stalled('1.9s').peerFailures('palo-2')).toEqual([]);
    expect(stalled('4.9s').story('palo-2')).toBe('passive');
    expect(stalled('6s').story('palo-2')).toBe('passive active passive');
    expect(stalled('6s').story('palo-1')).toBe('active');
  });

  test('suspend while the promotion hold runs: it does not take over', () => {
    const timeline = [
      { at: '20s', 'power-off': 'palo-1' },
      { at: '24s', suspend: 'palo-2' },
    ];

    expect(runPair({ timeline, until: '10min' }).story('palo-2')).toBe('passive suspended');
  });
});

describe('HA agent', () => {
  test('hang on the active: it goes on forwarding, the passive takes over by hello loss, and its restart ends the split brain', () => {
    const pair = runPair({ timeline: [{ at: '20s', for: '60s', 'ha-agent-hang': 'palo-1' }], until: '5min' });

    expect(pair.entering('palo-2', 'active').rule).toBe('T15');
    expect(pair.result.dualActive).toEqual([
      { fromUs: pair.enters('palo-2', 'active'), toUs: pair.enters('palo-1', 'initial') },
    ]);
    expect(pair.rolesAt('5min')).toEqual(['passive', 'active']);
  });

  test('hang on the passive: nothing changes for the users', () => {
    const hang = { at: '20s', for: '60s', 'ha-agent-hang': 'palo-2' };
    const pair = runPair({ probes: ping, timeline: [hang], until: '5min' });

    expect(pair.story('palo-1')).toBe('active');
    expect(pair.probe('ping').lost).toBe(0);
    expect(pair.rolesAt('5min')).toEqual(['active', 'passive']);
  });

  // Its peer said its next hello only when its interval was over: here after the initial timeout, so both were active.
  test('restart on the passive: it hears its peer at once, whatever the hello-interval', () => {
    const pair = runPair({
      ha: timers({ 'hello-interval': '60s' }),
      unpublished: { 'initial-timeout': '10s' },
      timeline: [{ at: '61s', 'ha-agent-restart': 'palo-2' }],
      until: '3min',
    });

    const started = pair.enters('palo-2', 'initial');
    expect(pair.firstRecord('peer', 'palo-2', { role: 'active' }).atUs - started).toBe(4 * HA1_US);
    expect(pair.story('palo-2')).toBe('passive initial passive');
  });

  // The chain of causes ended at the heartbeat that brought the path up.
  test('restart on the active: the takeover follows from the restart', () => {
    const pair = runPair({ timeline: [{ at: '20s', 'ha-agent-restart': 'palo-1' }] });

    const takeover = pair.firstRecord('role', 'palo-2', { to: 'active' });
    const root = causesOf(pair.result.records, takeover.id).at(-1);
    expect(root?.data).toMatchObject({ text: 'ha-agent-restart palo-1' });
  });
});

describe('dataplane', () => {
  test('crash of the active: takeover by announcement, and the node rejoins through initial after its restart', () => {
    const pair = runPair({
      probes: ping,
      unpublished: { 'dataplane-restart-time': '90s' },
      timeline: [{ at: '20s', 'dataplane-crash': 'palo-1' }],
      until: '4min',
    });

    expect(pair.enters('palo-2', 'active')).toBe(us('20s') + HA1_US);
    expect(pair.enters('palo-1', 'initial')).toBe(us('110s'));
    expect(pair.story('palo-1')).toBe('active non-functional initial passive');
    expect(pair.probe('ping').longestGapUs).toBeLessThan(us('1s'));
  });

  // It joined as a passive that had no dataplane; alone, it even became active.
  test('crash of a suspended node: made functional, it is non-functional until the dataplane is back', () => {
    const timeline = [
      { at: '10s', suspend: 'palo-2' },
      { at: '20s', 'dataplane-crash': 'palo-2' },
      { at: '30s', functional: 'palo-2' },
    ];
    const unpublished = { 'dataplane-restart-time': '4min' };
    const joining = runPair({ ha: WITHOUT_SYNC, unpublished, timeline, until: '5min' });
    const alone = runPair({
      unpublished,
      timeline: [{ at: '1s', 'power-off': 'palo-1' }, ...timeline],
      until: '4min',
    });

    expect(joining.story('palo-2')).toBe('passive suspended initial non-functional initial passive');
    expect(joining.entering('palo-2', 'non-functional')).toMatchObject({
      atUs: us('30s'),
      reason: 'Dataplane down: dataplane exit failure',
    });
    // The wait for a sync that is switched off was called expired.
    expect(joining.entering('palo-2', 'passive').reason).toBe('Peer is active');
    expect(alone.roleAt('palo-2', '4min')).toBe('non-functional');
  });
});

describe('path monitoring beyond a router', () => {
  const far = {
    monitoring: {
      'path-monitoring': {
        'virtual-router': {
          default: { 'destination-group': { upstream: { 'destination-ip': ['198.51.100.10'] } } },
        },
      },
    },
  };

  // The reply to a passive's ping goes to the virtual MAC address, so to the active: the passive was non-functional after 2 s.
  test('healthy pair: the passive stays passive, and takes over when the active loses the path', () => {
    const healthy = runPair({ ha: far, until: '5min' });
    const failed = runPair({
      ha: far,
      timeline: [{ at: '20s', for: '10s', blackhole: { link: 'palo-1-uplink' } }],
      until: '5min',
    });

    expect(healthy.story('palo-2')).toBe('passive');
    expect(failed.entering('palo-1', 'non-functional').reason).toBe('Path down');
    expect(failed.rolesAt('5min')).toEqual(['passive', 'active']);
  });
});

describe('flapping and coming and going', () => {
  test('a link that flaps faster than the hold-up: no role changes; slower: one failover', () => {
    const flap = (down: string) =>
      runPair({
        timeline: [{ at: '20s', flap: { link: 'palo-1-uplink', times: 20, down, up: '400ms' } }],
        until: '2min',
      });

    expect(flap('30ms').records('monitor')).toEqual([]); // Shorter than its detection.
    expect(flap('499ms').roleChanges('palo-1')).toEqual([]);
    expect(flap('501ms').story('palo-1')).toBe('active non-functional passive');
    expect(flap('501ms').story('palo-2')).toBe('passive active');
  });

  test('both lose power and get it back: the election is held anew; the one that is back first serves if it is alone for long', () => {
    const off = (device: string, length: string) => ({ at: '20s', for: length, 'power-off': device });
    const together = runPair({ timeline: [off('palo-1', '10s'), off('palo-2', '10s')], until: '6min' });
    const worseFirst = runPair({ timeline: [off('palo-1', '200s'), off('palo-2', '10s')], until: '10min' });

    expect(together.rolesAt('6min')).toEqual(['active', 'passive']);
    expect(worseFirst.rolesAt('5min')).toEqual([null, 'active']);
    expect(worseFirst.rolesAt('10min')).toEqual(['passive', 'active']);
    expect(worseFirst.result.dualActive).toEqual([]);
  });

  test('HA1 blackholed one way: as both ways, for a heartbeat needs its reply', () => {
    const oneWay = (from: string) =>
      runPair({
        ha: NO_PATH_MONITORING,
        timeline: [{ at: '20s', for: '30s', blackhole: { link: 'palo-1-management', direction: { from } } }],
        until: '2min',
      });

    for (const from of ['palo-1:management', 'management-switch']) {
      const pair = oneWay(from);
      expect(pair.declaresPeerFailed('palo-1')).toBe(us('23s'));
      expect(pair.declaresPeerFailed('palo-2')).toBe(us('23s'));
      expect(pair.rolesAt('40s')).toEqual(['active', 'active']);
      expect(pair.rolesAt('2min')).toEqual(['active', 'passive']);
    }
  });

  test('both suspended: nobody serves until the operator makes one functional, which does so at once', () => {
    const pair = runPair({
      timeline: [
        { at: '20s', suspend: 'palo-1' },
        { at: '30s', suspend: 'palo-2' },
        { at: '60s', functional: 'palo-2' },
      ],
      until: '2min',
    });

    expect(pair.rolesAt('59s')).toEqual(['suspended', 'suspended']);
    expect(pair.rolesAt('60s')).toEqual(['suspended', 'active']);
  });

  test('the peer loses power within the master hold-up: nobody serves, and the node that left does not come back broken', () => {
    const pair = runPair({
      ha: lay(timers({ 'additional-master-hold-up-time': '2s' })),
      timeline: [
        { at: '20s', 'interface-down': 'palo-1:ethernet1/1' },
        { at: '21s', 'power-off': 'palo-2' },
      ],
      until: '5min',
    });

    expect(pair.story('palo-1')).toBe('active non-functional');
  });
});
