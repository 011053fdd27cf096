/** The parts of failovers of every kind, as a run measures them: how long is each, and which settings are named. */

import { describe, expect, test } from 'vitest';
import type { Failover } from '../../../src/measure/failover.ts';
import { checkFailovers } from '../../helpers/run-laws.ts';
import { lacp, lay, NO_PATH_MONITORING, runPair, timers, us, type PairPart } from '../../helpers/pair.ts';

const PING = { type: 'ping', from: 'client', to: 'server', interval: '10ms', timeout: '1s' };
const HA1_LATENCY = 'latency of link palo-1-management 0.5 ms, latency of link palo-2-management 0.5 ms';
const HA1_BACK = 'latency of link palo-2-management 0.5 ms, latency of link palo-1-management 0.5 ms';
const HEARTBEATS = 'heartbeat-interval 1000 ms × 3, heartbeat-reply-timeout 1000 ms';
const AUTO = 'port 200ms: port-bring-up-auto 200 ms';

/** The failovers of a pair whose users ping all along. */
function failoversOf(part: PairPart): readonly Failover[] {
  const probes =
    part.mode === 'active-active'
      ? { 'ping-1': { ...PING, from: 'client-1' }, 'ping-2': { ...PING, from: 'client-2' } }
      : { ping: PING };
  const { result } = runPair({ ...part, probes });
  checkFailovers(result);
  return result.failovers;
}

/** Who takes over and why, then each part that took time; restoration, which users decide, without its length. */
function told({ kind, rule, parts }: Failover): readonly string[] {
  const lines = parts
    .filter(({ us: length }) => length !== 0)
    .map(({ part, us: length, setBy }) => {
      const by = setBy
        .map(({ setting, value }) => (setting === null ? value : `${setting} ${value}`))
        .join(', ');
      return part === 'restoration' ? `${part}: ${by}` : `${part} ${(length ?? 0) / 1_000}ms: ${by}`;
    });
  return [`${kind} ${rule}`, ...lines];
}

function firstOf(part: PairPart): readonly string[] {
  const [failover] = failoversOf(part);
  if (failover === undefined) throw new Error('no failover happened');
  return told(failover);
}

const RESTORED = 'restoration: the next packet of a user';

describe('parts of a failover: active/passive', () => {
  test('parts: a link of the active: link-down-detection, the master hold-up, the announcement over HA1, the ports', () => {
    expect(firstOf({ timeline: [{ at: '20s', 'link-down': 'palo-1-uplink' }] })).toEqual([
      'failover T14',
      'detection 50ms: link-down-detection 50 ms',
      'hold 500ms: additional-master-hold-up-time 500 ms',
      `promotion 1ms: ${HA1_LATENCY}`,
      AUTO,
      RESTORED,
    ]);
  });

  test('parts: a longer hold-up: both settings of the active', () => {
    const ha = timers({ 'monitor-fail-hold-up-time': '1s', 'additional-master-hold-up-time': '2s' });
    expect(firstOf({ ha, timeline: [{ at: '20s', 'link-down': 'palo-1-uplink' }] })[2]).toBe(
      'hold 3000ms: monitor-fail-hold-up-time 1000 ms, additional-master-hold-up-time 2000 ms',
    );
  });

  test('parts: a monitored path: ping-interval and ping-count', () => {
    expect(firstOf({ timeline: [{ at: '20.05s', blackhole: { link: 'palo-1-uplink' } }] })[1]).toBe(
      'detection 2150ms: ping-interval 200 ms, ping-count 10',
    );
  });

  test('parts: power loss: three heartbeats, then promotion-hold-time as a hold', () => {
    expect(firstOf({ timeline: [{ at: '20s', 'power-off': 'palo-1' }] })).toEqual([
      'failover T15',
      `detection 3000ms: ${HEARTBEATS}`,
      'hold 2000ms: promotion-hold-time 2000 ms',
      AUTO,
      RESTORED,
    ]);
  });

  test('parts: power loss, HA1 back to back: the monitor hold time of HA1', () => {
    const ha = lay({ interface: { ha1: { port: 'ha1-a' } } }, timers({ 'heartbeat-interval': '60s' }));
    const network = { links: { ha1: { between: ['palo-1:ha1-a', 'palo-2:ha1-a'], latency: '1ms' } } };
    expect(firstOf({ ha, network, timeline: [{ at: '20.3s', 'power-off': 'palo-1' }] })[1]).toBe(
      'detection 3000ms: monitor-hold-time 3000 ms',
    );
  });

  test('parts: the active’s agent hangs, and its kernel answers: hellos', () => {
    const parts = firstOf({ ha: NO_PATH_MONITORING, timeline: [{ at: '20s', 'ha-agent-hang': 'palo-1' }] });
    expect(parts.slice(0, 3)).toEqual([
      'split-brain T15',
      expect.stringMatching(/^detection 20\d+(\.\d+)?ms: hello-interval 8000 ms × 3, hello-losses 3$/),
      'hold 2000ms: promotion-hold-time 2000 ms',
    ]);
  });

  test('parts: HA1 is cut: a split brain, with the same parts; the switches learn in no time that counts', () => {
    const parts = firstOf({
      ha: NO_PATH_MONITORING,
      timeline: [{ at: '20s', blackhole: { link: 'palo-1-management' } }],
    });
    expect(parts.slice(0, 4)).toEqual([
      'split-brain T15',
      `detection 3000ms: ${HEARTBEATS}`,
      'hold 2000ms: promotion-hold-time 2000 ms',
      AUTO,
    ]);
  });

  test('parts: an operator suspends the active: nothing to detect, nothing to hold', () => {
    expect(firstOf({ timeline: [{ at: '20s', suspend: 'palo-1' }] })).toEqual([
      'switchover T14',
      `promotion 1ms: ${HA1_LATENCY}`,
      AUTO,
      RESTORED,
    ]);
  });

  test('parts: an announced failure that waits, too: promotion-hold-time after the message', () => {
    const unpublished = { 'announced-failure-hold': 'promotion-hold-time' };
    expect(firstOf({ unpublished, timeline: [{ at: '20s', suspend: 'palo-1' }] })[1]).toBe(
      `hold 2001ms: ${HA1_LATENCY}, promotion-hold-time 2000 ms`,
    );
  });

  test('parts: a preemption: begins when its hold is over; two messages over HA1', () => {
    const ha = { 'election-option': { preemptive: true } };
    const [, second] = failoversOf({
      ha,
      timeline: [{ at: '20s', for: '5s', 'link-down': 'palo-1-uplink' }],
      until: '200s',
    });
    expect(told(second!)).toEqual([
      'preemption T16',
      `hold 1ms: ${HA1_LATENCY}`,
      `promotion 1ms: ${HA1_BACK}`,
      AUTO,
      RESTORED,
    ]);
  });

  test('parts: both lose power, one returns: boot-time and initial-timeout are holds, its dark ports the port', () => {
    const timeline = [
      { at: '20s', 'power-off': 'palo-2' },
      { at: '20s', 'power-off': 'palo-1' },
      { at: '60s', 'power-on': 'palo-2' },
    ];
    expect(firstOf({ timeline, until: '320s' })).toEqual([
      'recovery T4',
      'hold 240000ms: boot-time 180000 ms, initial-timeout 60000 ms',
      'port 3000ms: port-bring-up-shutdown 3000 ms',
      RESTORED,
    ]);
  });

  test('parts: passive-link-state shutdown and spanning tree: the port, until the switches let it', () => {
    const slow = { 'spanning-tree': { portfast: false, 'forward-delay': '4s' } };
    const parts = firstOf({
      ha: { 'passive-link-state': 'shutdown', ...NO_PATH_MONITORING },
      network: { switches: { 'trust-switch': slow, 'untrust-switch': slow } },
      timeline: [{ at: '20s', suspend: 'palo-1' }],
    });
    expect(parts[2]).toMatch(
      /^port 11000ms: port-bring-up-shutdown 3000 ms, spanning-tree forward-delay of .*-switch 4000 ms × 2$/,
    );
  });

  test('parts: LACP, and switches that believe in the former active: the announcement after it has negotiated', () => {
    const parts = firstOf({
      ha: NO_PATH_MONITORING,
      devices: lacp(false),
      unpublished: { 'port-flap-media': 'none' },
      timeline: [{ at: '20s', suspend: 'palo-1' }],
    });
    expect(parts).toEqual([
      'switchover T14',
      `promotion 1ms: ${HA1_LATENCY}`,
      'port 2200ms: port-bring-up-auto 200 ms, lacp-negotiation 2000 ms',
      'announcement 800ms: gratuitous ARP is repeated every 1000 ms',
      expect.stringMatching(/^learning 0.01ms: latency of link palo-2-(up|down)link 0.01 ms$/),
      RESTORED,
    ]);
  });

  test('parts: nobody’s packets pass again: the parts up to there, and no total', () => {
    const timeline = [
      { at: '20s', 'link-down': 'server' },
      { at: '21s', suspend: 'palo-1' },
    ];
    const [failover] = failoversOf({ ha: NO_PATH_MONITORING, timeline });
    expect(failover).toMatchObject({ restoredBy: 'ports', portUs: us('200ms'), restorationUs: 0 });
    const short = failoversOf({ timeline: [{ at: '20s', suspend: 'palo-1' }], until: '20.1s' })[0];
    expect(short).toMatchObject({ promotionUs: 1_000, portUs: null, restorationUs: null, totalUs: null });
  });
});

describe('parts of a failover: active/active', () => {
  const mode = 'active-active';

  test('parts: the active-primary loses power: addresses and role come together', () => {
    const failovers = failoversOf({ mode, timeline: [{ at: '20s', 'power-off': 'palo-1' }] });
    expect(told(failovers[0]!)).toEqual([
      'failover T25',
      `detection 3000ms: ${HEARTBEATS}`,
      'hold 2000ms: promotion-hold-time 2000 ms',
      RESTORED,
    ]);
  });

  test('parts: an address leaves its holder’s dead link, and returns with it', () => {
    const devices = Object.fromEntries(
      ['palo-1', 'palo-2'].map((name) => [
        name,
        {
          'high-availability': {
            monitoring: { 'link-monitoring': { enabled: false }, 'path-monitoring': { enabled: false } },
          },
        },
      ]),
    );
    const failovers = failoversOf({
      mode,
      devices,
      timeline: [{ at: '20s', for: '10s', 'link-down': 'palo-1-downlink' }],
    });
    expect(failovers.map(({ kind }) => kind)).toEqual(['failover', 'return']);
    expect(told(failovers[0]!).slice(0, 3)).toEqual([
      'failover R-132',
      'detection 50ms: link-down-detection 50 ms',
      `promotion 1ms: ${HA1_LATENCY}`,
    ]);
    expect(told(failovers[1]!).slice(0, 2)).toEqual([
      'return R-133',
      'detection 50ms: link-down-detection 50 ms',
    ]);
  });

  test('parts: the return after the tentative hold: begins with its end, and learning is all it takes', () => {
    const timeline = [{ at: '20s', for: '10s', 'interface-down': 'palo-1:ethernet1/1' }];
    const failovers = failoversOf({ mode, ha: NO_PATH_MONITORING, timeline, until: '160s' });
    const back = failovers.find(({ kind }) => kind === 'return');
    expect(told(back!)).toEqual([
      'return T27',
      'learning 0.01ms: latency of link palo-1-downlink 0.01 ms',
      RESTORED,
    ]);
  });

  test('parts: the active-secondary is not heard: its addresses move at once, and it still holds them', () => {
    const timeline = [{ at: '20s', blackhole: { link: 'palo-1-management' } }];
    const failovers = failoversOf({ mode, ha: NO_PATH_MONITORING, timeline });
    expect(told(failovers[0]!).slice(0, 3)).toEqual([
      'split-brain R-131',
      `detection 3000ms: ${HEARTBEATS}`,
      'learning 0.01ms: latency of link palo-1-downlink 0.01 ms',
    ]);
  });
});
