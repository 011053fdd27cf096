/** heartbeats, hellos and the HA1 monitor hold; when a peer is declared failed, and with what reason. */

import { describe, expect, test } from 'vitest';
import { PLATFORMS } from '../../src/ha/timers.ts';
import { HA1_US, mistakesIn, runPair, sweepSeeds, timers, us, type Part } from '../helpers/pair.ts';

/** Both directions of HA1 swallow packets; carrier stays, for a switch stands between. */
const blackholeHa1 = (part: object) => ({ ...part, blackhole: { link: 'palo-1-management' } });
const bothOn = (platform: string): Part => ({
  'palo-1': { platform },
  'palo-2': { platform },
});
const HEARTBEAT_US = us('1s');

describe('heartbeats', () => {
  test('R-001: HA1 blackholed with heartbeat-interval 1 s: the third unanswered heartbeat ends the peer, at 3.0 s', () => {
    const pair = runPair({ timeline: [blackholeHa1({ at: '20s' })] });

    const failure = { atUs: us('23s'), reason: 'Heartbeat ping failure' };
    expect(pair.peerFailures('palo-1')).toEqual([failure]);
    expect(pair.peerFailures('palo-2')).toEqual([failure]);
  });

  test('R-002: VM-Series, recommended: heartbeats every 2 s, so the same takes 6.0 s', () => {
    const pair = runPair({ devices: bothOn('VM-Series'), timeline: [blackholeHa1({ at: '20s' })] });

    expect(pair.settings('palo-2').heartbeatIntervalUs).toBe(us('2s'));
    expect(pair.declaresPeerFailed('palo-2')).toBe(us('26s'));
  });

  test('R-003: aggressive on any platform: heartbeat-interval 1 s and promotion-hold-time 500 ms', () => {
    for (const platform of Object.keys(PLATFORMS)) {
      const ha = { 'election-option': { timers: 'aggressive' } };
      const { heartbeatIntervalUs, promotionHoldUs } = runPair({
        ha,
        devices: bothOn(platform),
        until: '1s',
      }).settings('palo-1');

      expect({ platform, heartbeatIntervalUs, promotionHoldUs }).toEqual({
        platform,
        heartbeatIntervalUs: us('1s'),
        promotionHoldUs: us('500ms'),
      });
    }
  });

  test('R-004: one or two lost heartbeats and then a reply: no failure, and the count starts again', () => {
    const lost = (length: string) => runPair({ timeline: [blackholeHa1({ at: '20s', for: length })] });
    const twiceTwo = runPair({
      timeline: [blackholeHa1({ at: '20s', for: '1.5s' }), blackholeHa1({ at: '23s', for: '1.5s' })],
    });

    expect(lost('500ms').peerFailures('palo-2')).toEqual([]); // The heartbeat of 20 s.
    expect(lost('1.5s').peerFailures('palo-2')).toEqual([]); // Those of 20 s and 21 s.
    expect(twiceTwo.peerFailures('palo-2')).toEqual([]); // 20 s and 21 s; 22 s answered; 23 s and 24 s.
    expect(lost('2.5s').declaresPeerFailed('palo-2')).toBe(us('23s')); // 20 s, 21 s and 22 s.
  });

  test('R-005: any phase of the heartbeat clock: detection within 2 to 4 heartbeats, 3 nominally', () => {
    const detections = (replyTimeout: number) =>
      sweepSeeds(40, (seed) => {
        const unpublished = { 'heartbeat-phase': 'random', 'heartbeat-reply-timeout': replyTimeout };
        const pair = runPair({
          seed,
          unpublished,
          until: '30s',
          timeline: [{ at: '20s', 'power-off': 'palo-1' }],
        });
        return pair.declaresPeerFailed('palo-2') - us('20s');
      });
    const nominal = runPair({ timeline: [{ at: '20s', 'power-off': 'palo-1' }] });

    // The first heartbeat that is lost leaves at most one interval after the fault, the third two intervals later; it is
    // given up after the reply timeout. One that was under way at the fault may be answered: hence the HA1 latency.
    for (const replyTimeout of [0.2, 0.5, 1]) {
      const measured = detections(replyTimeout);
      expect(Math.min(...measured)).toBeGreaterThanOrEqual((2 + replyTimeout) * HEARTBEAT_US - HA1_US);
      expect(Math.max(...measured)).toBeLessThanOrEqual((3 + replyTimeout) * HEARTBEAT_US);
      // Phases are spread over the interval, and so are the detections.
      expect(Math.max(...measured) - Math.min(...measured)).toBeGreaterThan(0.8 * HEARTBEAT_US);
    }
    expect(nominal.declaresPeerFailed('palo-2') - us('20s')).toBe(3 * HEARTBEAT_US);
  });
});

describe('hellos', () => {
  const hang = { at: '20s', 'ha-agent-hang': 'palo-2' }; // Its last hello arrived at 16.001 s.

  test('R-006: HA agent hung, kernel alive: no heartbeat is missed, hello loss alone declares the failure', () => {
    for (const losses of [1, 2, 3]) {
      const unpublished = { 'hello-losses': losses };
      const healthy = runPair({ unpublished, until: '120s' });
      const hung = runPair({ unpublished, timeline: [hang] });
      const backInTime = runPair({ unpublished, timeline: [{ ...hang, at: '16.5s', for: '10ms' }] });

      expect(healthy.peerFailures('palo-1')).toEqual([]);
      expect(hung.records('control-path')).toEqual([]);
      const silentFor = hung.declaresPeerFailed('palo-1') - us('16.001s');
      expect(silentFor).toBeGreaterThanOrEqual(losses * us('8s'));
      expect(silentFor).toBeLessThanOrEqual(losses * us('8s') + us('1s'));
      // The agent says hello again at 26.51 s, ten seconds after its restart: too late for one interval only.
      expect(backInTime.peerFailures('palo-1')).toHaveLength(losses === 1 ? 1 : 0);
    }
  });

  test('R-007: hello loss is `Hello protocol failure`, heartbeat loss is `Heartbeat ping failure`', () => {
    const helloLoss = runPair({ timeline: [hang] });
    const heartbeatLoss = runPair({ timeline: [blackholeHa1({ at: '20s' })] });

    expect(helloLoss.peerFailures('palo-1').map(({ reason }) => reason)).toEqual(['Hello protocol failure']);
    expect(heartbeatLoss.peerFailures('palo-1').map(({ reason }) => reason)).toEqual([
      'Heartbeat ping failure',
    ]);
  });
});

describe('HA1 carrier', () => {
  /** Heartbeats and hellos so rare that only the monitor hold can decide. */
  const slow = timers({ 'heartbeat-interval': '60s', 'hello-interval': '60s' });
  const cut = { at: '20s', 'link-down': 'palo-1-management' };
  const monitorHold = (time: string) => ({
    interface: { ha1: { port: 'management', 'monitor-hold-time': time } },
  });

  test('R-008: HA1 carrier gone for 3 s and no other path: failed with `HA1 link went down`', () => {
    const pair = runPair({ ha: slow, timeline: [cut] });

    expect(pair.peerFailures('palo-1')).toEqual([{ atUs: us('23s'), reason: 'HA1 link went down' }]);
    expect(pair.peerFailures('palo-2')).toEqual([]); // Its own cable to the switch is sound.
  });

  test('R-009: HA1 carrier back within 3 s: no failure; after 3 s: failure', () => {
    const within = runPair({ ha: slow, timeline: [{ ...cut, for: '2999999us' }] });
    const after = runPair({ ha: slow, timeline: [{ ...cut, for: '3000001us' }] });

    const twice = runPair({
      ha: slow,
      timeline: [
        { ...cut, for: '1s' },
        { ...cut, at: '22s' },
      ],
    });

    expect(within.peerFailures('palo-1')).toEqual([]);
    expect(after.declaresPeerFailed('palo-1')).toBe(us('23s'));
    expect(twice.declaresPeerFailed('palo-1')).toBe(us('25s')); // The second loss is held for itself.
  });

  test('R-010: monitor-hold-time m from 1 s to 60 s: the loss of carrier is held for m; other values are refused', () => {
    for (const time of ['1s', '7.5s', '60s']) {
      const pair = runPair({ ha: { ...slow, ...monitorHold(time) }, timeline: [cut], until: '90s' });

      expect(pair.declaresPeerFailed('palo-1')).toBe(us('20s') + us(time));
    }
    for (const time of ['999ms', '60.001s']) {
      const refusal = `expected a monitor-hold-time from 1s to 1min, got "${time}" (R-010, D05)`;
      expect(mistakesIn({ ha: monitorHold(time) })).toContain(refusal);
    }
  });
});

describe('ranges', () => {
  test('R-011: heartbeat-interval: 1 s to 60 s, others are refused', () => {
    for (const time of ['1s', '60s'])
      expect(mistakesIn({ ha: timers({ 'heartbeat-interval': time }) })).toEqual([]);
    for (const time of ['999ms', '60001ms']) {
      const refusal = `expected a heartbeat-interval from 1s to 1min, got "${time}" (R-011, D04)`;
      expect(mistakesIn({ ha: timers({ 'heartbeat-interval': time }) })).toContain(refusal);
    }
  });

  test('R-012: hello-interval: 8 s to 60 s, 8 s in both profiles, others are refused', () => {
    for (const profile of ['recommended', 'aggressive']) {
      const pair = runPair({ ha: { 'election-option': { timers: profile } }, until: '1s' });
      expect(pair.settings('palo-1').helloIntervalUs).toBe(us('8s'));
    }
    for (const time of ['8s', '60s'])
      expect(mistakesIn({ ha: timers({ 'hello-interval': time }) })).toEqual([]);
    for (const time of ['7999ms', '60001ms']) {
      const refusal = `expected a hello-interval from 8s to 1min, got "${time}" (R-012, D04)`;
      expect(mistakesIn({ ha: timers({ 'hello-interval': time }) })).toContain(refusal);
    }
  });
});
