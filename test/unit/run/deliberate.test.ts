/** What PAN-OS refuses, simulated on purpose: the value does what it says. */

import { describe, expect, test } from 'vitest';
import { NO_PATH_MONITORING, runPair, timers, us, type Part } from '../../helpers/pair.ts';

const UPSTREAM = '203.0.113.1';

const ping = (part: Part): Part => ({
  monitoring: { 'path-monitoring': { 'virtual-router': { default: part } } },
});

describe('deliberate', () => {
  test('run: heartbeat-interval 100 ms: a blackholed HA1 is detected after three of them', () => {
    const pair = runPair({
      deliberate: ['R-011'],
      ha: timers({ 'heartbeat-interval': '100ms' }),
      timeline: [{ at: '20s', blackhole: { link: 'palo-1-management' } }],
      until: '30s',
    });

    expect(pair.peerFailures('palo-2')).toEqual([{ atUs: us('20.3s'), reason: 'Heartbeat ping failure' }]);
    expect(pair.enters('palo-2', 'active')).toBe(us('22.3s'));
  });

  test('run: ping-count 1 and ping-interval 20 ms: one lost ping is a failed path', () => {
    const pair = runPair({
      deliberate: ['R-039'],
      ha: ping({ 'ping-interval': '20ms', 'ping-count': 1 }),
      timeline: [{ at: '20s', 'target-unreachable': UPSTREAM }],
      until: '30s',
    });

    expect(pair.monitorFails('palo-1', 'path')).toBe(us('20.02s'));
  });

  test('run: flap-max 20 and hold-downs of 5 s: suspended with the 20th flap, the 21st departure', () => {
    const timeline = Array.from({ length: 25 }, (_, index) => ({
      at: `${(index + 1) * 20}s`,
      'interface-down': 'palo-1:ethernet1/1',
      for: '2s',
    }));
    const pair = runPair({
      deliberate: ['R-053', 'R-070', 'R-084'],
      ha: {
        'monitor-fail-hold-down-time': '5s',
        'election-option': {
          preemptive: true,
          timers: { advanced: { 'flap-max': 20, 'preemption-hold-time': '1s' } },
        },
      },
      timeline,
      until: '10min',
    });

    expect(pair.entering('palo-1', 'suspended').reason).toBe('Preemption loop detected');
    expect(pair.enters('palo-1', 'suspended')).toBeGreaterThan(us('420s'));
    expect(pair.enters('palo-1', 'suspended')).toBeLessThan(us('440s'));
  });

  test('run: heartbeat-backup beside HA1 on management: fails with what it backs up', () => {
    const pair = runPair({
      deliberate: ['R-014'],
      ha: { 'election-option': { 'heartbeat-backup': true }, ...NO_PATH_MONITORING },
      timeline: [{ at: '20s', blackhole: { link: 'palo-1-management' } }],
      until: '30s',
    });

    expect(pair.rolesAt('30s')).toEqual(['active', 'active']);
  });

  test('run: ha1-backup on the port of HA1: fails with it', () => {
    const pair = runPair({
      deliberate: ['R-013'],
      ha: { interface: { 'ha1-backup': { port: 'management' } }, ...NO_PATH_MONITORING },
      timeline: [{ at: '20s', blackhole: { link: 'palo-1-management' } }],
      until: '30s',
    });

    expect(pair.rolesAt('15s')).toEqual(['active', 'passive']);
    expect(pair.rolesAt('30s')).toEqual(['active', 'active']);
  });

  test('run: another group-id in a converged pair: the passive finds out, and leaves', () => {
    const pair = runPair({
      deliberate: ['R-158'],
      devices: { 'palo-2': { 'high-availability': { 'group-id': 2 } } },
      until: '60s',
    });

    expect(pair.entering('palo-2', 'non-functional').reason).toBe('Group ID mismatch between peers');
  });
});
