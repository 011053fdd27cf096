/** HA1, HA1-backup and heartbeat-backup, and what is left of the pair when they fail. */

import { describe, expect, test } from 'vitest';
import { HA1_US, NO_PATH_MONITORING, lay, runPair, us, type PairPart } from '../helpers/pair.ts';

/** HA1 and HA1-backup by direct cables, heartbeat-backup over the management switch. */
const THREE_PATHS = {
  ha: {
    'election-option': { 'heartbeat-backup': true },
    interface: { ha1: { port: 'ha1-a' }, 'ha1-backup': { port: 'ha1-b' } },
    ...NO_PATH_MONITORING,
  },
  network: {
    links: {
      ha1: { between: ['palo-1:ha1-a', 'palo-2:ha1-a'], latency: '1ms' },
      'ha1-backup': { between: ['palo-1:ha1-b', 'palo-2:ha1-b'], latency: '1ms' },
    },
  },
} satisfies PairPart;
const ha1Cut = { at: '20s', 'link-down': 'ha1' };
const backupCut = { at: '20s', 'link-down': 'ha1-backup' };
const bothCut = [ha1Cut, backupCut];

const commit = {
  commit: {
    device: 'palo-1',
    interfaces: { 'ethernet1/1': { zone: 'outside', ip: '203.0.113.2/24' } },
    'static-route': [],
  },
};

describe('what is left', () => {
  test('R-013: HA1 down and HA1-backup up: heartbeats and hellos go on there, no role change', () => {
    const pathsOfTwo = {
      ...THREE_PATHS,
      ha: lay(THREE_PATHS.ha, { 'election-option': { 'heartbeat-backup': false } }),
    };
    const quiet = runPair({ ...pathsOfTwo, timeline: [ha1Cut], until: '10min' });
    const announced = runPair({ ...pathsOfTwo, timeline: [ha1Cut, { at: '40s', suspend: 'palo-1' }] });
    const alsoLost = runPair({ ...pathsOfTwo, timeline: [ha1Cut, { ...backupCut, at: '40s' }] });

    expect(quiet.firstRecord('control-path', 'palo-1').data).toMatchObject({ path: 'ha1', up: false });
    expect(quiet.peerFailures('palo-1')).toEqual([]);
    expect(quiet.peerFailures('palo-2')).toEqual([]);
    expect(quiet.rolesAt('10min')).toEqual(['active', 'passive']);
    expect(announced.enters('palo-2', 'active')).toBe(us('40s') + HA1_US);
    expect(alsoLost.declaresPeerFailed('palo-2')).toBe(us('43s'));
  });

  test('R-014: HA1 and HA1-backup down, heartbeat-backup learned: heartbeats and hellos run on MGT, no split brain', () => {
    const quiet = runPair({ ...THREE_PATHS, timeline: bothCut, until: '10min' });
    const announced = runPair({ ...THREE_PATHS, timeline: [...bothCut, { at: '40s', suspend: 'palo-1' }] });
    const notLearned = lay(THREE_PATHS.ha, { 'election-option': { 'heartbeat-backup': false } });
    const without = runPair({ ...THREE_PATHS, ha: notLearned, timeline: bothCut });

    expect(quiet.peerFailures('palo-2')).toEqual([]);
    expect(quiet.rolesAt('10min')).toEqual(['active', 'passive']);
    expect(announced.enters('palo-2', 'active')).toBe(us('40s') + HA1_US);
    expect(without.rolesAt('60s')).toEqual(['active', 'active']);
  });

  test('R-015: the same: no configuration synchronization until HA1 or HA1-backup is back', () => {
    const synchronize = { at: '50s', 'sync-to-remote': 'palo-1' };
    const steps = (timeline: readonly object[]) =>
      runPair({ ...THREE_PATHS, timeline: timeline as Record<string, unknown>[], until: '2min' })
        .records('configuration-sync')
        .map(({ atUs, subject, data }) => [subject, data.step, atUs]);
    const duringCut = [...bothCut, { at: '30s', ...commit }, synchronize];

    expect(steps(duringCut)).toEqual([
      ['palo-1', 'failed', us('30s')],
      ['palo-1', 'failed', us('50s')],
    ]);
    for (const back of ['ha1', 'ha1-backup']) {
      const [failed, started, applied] = steps([...duringCut, { at: '45s', 'link-up': back }]);
      expect(failed).toEqual(['palo-1', 'failed', us('30s')]);
      expect(started).toEqual(['palo-1', 'started', us('50s')]);
      expect(applied?.slice(0, 2)).toEqual(['palo-2', 'applied']);
    }
  });
});

describe('heartbeat-backup forgets', () => {
  test('R-016: the same, and a node reboots or its HA agent restarts: heartbeat-backup is lost, both become active', () => {
    for (const device of ['palo-1', 'palo-2']) {
      for (const restart of ['reboot', 'ha-agent-restart']) {
        const timeline = [...bothCut, { at: '30s', [restart]: device }];
        const pair = runPair({ ...THREE_PATHS, timeline, until: '10min' });

        expect([device, restart, ...pair.rolesAt('10min')]).toEqual([device, restart, 'active', 'active']);
        expect(pair.result.dualActive).toHaveLength(1);
      }
    }
    const rebooted = [...bothCut, { at: '30s', reboot: 'palo-2' }];
    const healed = runPair({
      ...THREE_PATHS,
      timeline: [...rebooted, { at: '5min', 'link-up': 'ha1' }],
      until: '10min',
    });
    expect(healed.rolesAt('10min')).toEqual(['active', 'passive']);
  });

  test('R-017: heartbeat-backup enabled and HA1 never up since boot: heartbeat-backup is down', () => {
    const never = { ...THREE_PATHS, start: 'cold-boot', until: '5min' } as const;
    const cut = [ha1Cut, backupCut].map((fault) => ({ ...fault, at: '0s' }));
    const alone = runPair({ ...never, timeline: cut });
    const once = runPair({ ...never, timeline: [...cut, { at: '200s', 'link-up': 'ha1' }] });

    expect(alone.records('control-path')).toEqual([]);
    expect(alone.rolesAt('5min')).toEqual(['active', 'active']);
    const path = once.firstRecord('control-path', 'palo-1', { path: 'heartbeat-backup' });
    expect(path.data.up).toBe(true);
    expect(path.atUs).toBeGreaterThan(us('200s'));
  });
});

describe('HA1 itself', () => {
  test('R-018: HA1 on a data port: a dataplane failure takes HA1 along, and the peer takes over by its silence', () => {
    const crash = { at: '20s', 'dataplane-crash': 'palo-1' };
    const onDataPort = runPair({
      ha: { interface: { ha1: { port: 'ethernet1/4' } } },
      network: { links: { ha1: { between: ['palo-1:ethernet1/4', 'palo-2:ethernet1/4'] } } },
      timeline: [crash],
    });
    const onManagement = runPair({ timeline: [crash] });

    expect(onDataPort.peerFailures('palo-2')).toEqual([{ atUs: us('23s'), reason: 'HA1 link went down' }]);
    expect(onDataPort.entering('palo-2', 'active')).toMatchObject({ atUs: us('25s'), rule: 'T15' });
    expect(onManagement.entering('palo-2', 'active')).toMatchObject({
      atUs: us('20s') + HA1_US,
      rule: 'T14',
    });
  });

  test('R-019: HA1-B alone on PA-1400, PA-3200, PA-3400: it restarts with the dataplane, and both become active', () => {
    const runOn = (platform: string, ports: 'only HA1-B' | 'HA1-A too' = 'only HA1-B', unpublished = {}) => {
      const alone = ports === 'only HA1-B';
      const ha1B = { port: 'ha1-b' };
      return runPair({
        ha: {
          interface: alone ? { ha1: ha1B } : { ha1: { port: 'ha1-a' }, 'ha1-backup': ha1B },
          ...NO_PATH_MONITORING,
        },
        devices: { 'palo-1': { platform }, 'palo-2': { platform } },
        network: {
          links: {
            'ha1-b': { between: ['palo-1:ha1-b', 'palo-2:ha1-b'], latency: '1ms' },
            ...(alone ? {} : { 'ha1-a': { between: ['palo-1:ha1-a', 'palo-2:ha1-a'], latency: '1ms' } }),
          },
        },
        unpublished: { 'dataplane-restart-time': '30s', ...unpublished },
        timeline: [{ at: '20s', 'dataplane-crash': 'palo-1' }],
        until: '10min',
      });
    };

    for (const platform of ['PA-1400', 'PA-3200', 'PA-3400']) {
      const pair = runOn(platform);
      // The link is gone with the dataplane, so nothing is announced: monitor hold and promotion hold.
      expect(pair.peerFailures('palo-2')).toEqual([{ atUs: us('23s'), reason: 'HA1 link went down' }]);
      expect(pair.enters('palo-2', 'active')).toBe(us('25s'));
      // The dataplane is back at 50 s, HA1-B at 140 s; palo-1 has waited its initial timeout of 60 s in vain.
      expect(pair.entering('palo-1', 'active')).toMatchObject({ atUs: us('110s'), rule: 'T4' });
      const [split, ...more] = pair.result.dualActive;
      expect(split?.fromUs).toBe(us('110s'));
      expect(split?.toUs).toBeGreaterThan(us('140s'));
      expect(split?.toUs).toBeLessThan(us('142s'));
      expect(more).toEqual([]);
    }
    // Other platforms, HA1-A beside it, or an HA1-B that is as fast as the dataplane: no split brain.
    expect(runOn('PA-5400').entering('palo-2', 'active')).toMatchObject({ rule: 'T14' });
    const others = [
      runOn('PA-5400'),
      runOn('PA-3400', 'HA1-A too'),
      runOn('PA-3400', 'only HA1-B', { 'ha1-b-restart-time': '0s' }),
    ];
    for (const pair of others) {
      expect(pair.result.dualActive).toEqual([]);
      expect(pair.rolesAt('10min')).toEqual(['passive', 'active']);
    }
  });

  test('R-020: the control link comes up: a heartbeat is answered before the control connection is opened', () => {
    // Both boot at 180 s and send a heartbeat and a hello in that instant. The hello has to wait for the reply to the former.
    const boot = runPair({ start: 'cold-boot', until: '200s' });
    // Heartbeats every second, hellos every eight: after a loss the first reply opens the connection, too.
    const healed = runPair({
      timeline: [{ at: '20s', for: '11.5s', blackhole: { link: 'palo-1-management' } }],
    });

    for (const device of ['palo-1', 'palo-2'] as const) {
      const path = boot.firstRecord('control-path', device, { up: true });
      const peer = boot.firstRecord('peer', device, { connection: 'up' });
      expect(path.atUs).toBe(us('180s') + 2 * HA1_US);
      expect(peer.atUs).toBe(us('180s') + 3 * HA1_US);
      expect(healed.firstRecord('peer', device, { connection: 'up' }).atUs).toBe(us('32s') + 3 * HA1_US);
    }
  });
});
