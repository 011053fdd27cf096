/** how long the passive waits before it takes over, after a silent failure and after an announced one. */

import { expect, test } from 'vitest';
import { HA1_US, runPair, sweepSeeds, timers, us, type PairPart } from '../helpers/pair.ts';

const powerLoss = { at: '20s', 'power-off': 'palo-1' };
const AGGRESSIVE = { 'election-option': { timers: 'aggressive' } };
const BACK_TO_BACK: PairPart = {
  ha: { interface: { ha1: { port: 'ha1-a' } } },
  network: { links: { ha1: { between: ['palo-1:ha1-a', 'palo-2:ha1-a'], latency: '1ms' } } },
};

test('R-021: peer declared failed without a word: the passive waits promotion-hold-time (2 s, aggressive 500 ms)', () => {
  for (const [ha, hold] of [
    [{}, '2s'],
    [AGGRESSIVE, '500ms'],
    [timers({ 'promotion-hold-time': '60s' }), '60s'],
  ] as const) {
    const pair = runPair({ ha, timeline: [powerLoss], until: '120s' });

    const takeover = pair.entering('palo-2', 'active');
    expect(takeover).toMatchObject({ from: 'passive', rule: 'T15' });
    expect(takeover.atUs - pair.declaresPeerFailed('palo-2')).toBe(us(hold));
  }
});

test('R-022: peer heard again while promotion-hold-time runs: no takeover; heard too late: takeover', () => {
  // Declared failed at 23 s; the hold ends at 25 s. The heartbeat of 24 s brings the peer back within it, that of 25 s does not.
  const silent = (length: string) =>
    runPair({ timeline: [{ at: '20s', for: length, blackhole: { link: 'palo-1-management' } }] });
  const inTime = silent('3.9s');
  const late = silent('4.9s');
  // Only one side has missed the other: the active, stalled, knows of no failure and has no reason of its own to say hello.
  const oneSided = runPair({ timeline: [{ at: '20s', for: '2.9s', 'management-plane-stall': 'palo-1' }] });

  expect(inTime.declaresPeerFailed('palo-2')).toBe(us('23s'));
  expect(inTime.roleChanges('palo-2')).toEqual([]);
  expect(oneSided.declaresPeerFailed('palo-2')).toBe(us('23s'));
  expect(oneSided.roleChanges('palo-2')).toEqual([]);
  expect(inTime.firstRecord('timer', 'palo-2', { step: 'cancelled' }).data.timer).toBe('promotion-hold-time');
  expect(late.enters('palo-2', 'active')).toBe(us('25s'));
});

test('R-023: the active announces suspended or non-functional: takeover with its hello, no promotion-hold-time', () => {
  const suspended = runPair({ timeline: [{ at: '20s', suspend: 'palo-1' }] });
  const nonFunctional = runPair({ timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1' }] });
  const held = runPair({
    unpublished: { 'announced-failure-hold': 'promotion-hold-time' },
    timeline: [{ at: '20s', suspend: 'palo-1' }],
  });

  expect(suspended.entering('palo-2', 'active')).toMatchObject({ rule: 'T14', reason: 'Peer is suspended' });
  expect(suspended.enters('palo-2', 'active') - suspended.enters('palo-1', 'suspended')).toBe(HA1_US);
  expect(nonFunctional.entering('palo-2', 'active')).toMatchObject({ rule: 'T14' });
  expect(nonFunctional.enters('palo-2', 'active') - nonFunctional.enters('palo-1', 'non-functional')).toBe(
    HA1_US,
  );
  // Not published (section 14, item 5): the other reading is a parameter.
  expect(held.enters('palo-2', 'active') - held.enters('palo-1', 'suspended')).toBe(HA1_US + us('2s'));
});

test('R-024: power loss, HA1 through a switch, heartbeat 1 s and promotion hold 2 s: active 5.0 s after the fault', () => {
  const nominal = runPair({ timeline: [powerLoss] });
  const anyPhase = sweepSeeds(20, (seed) => {
    const pair = runPair({ seed, unpublished: { 'heartbeat-phase': 'random' }, timeline: [powerLoss] });
    return pair.enters('palo-2', 'active') - us('20s');
  });

  expect(nominal.enters('palo-2', 'active')).toBe(us('25s'));
  expect(Math.min(...anyPhase)).toBeGreaterThanOrEqual(us('5s') - HA1_US);
  expect(Math.max(...anyPhase)).toBeLessThanOrEqual(us('6s'));
});

test('R-025: power loss, HA1 back to back: carrier is gone at once, active monitor-hold-time + promotion hold = 5.0 s later', () => {
  const nominal = runPair({ ...BACK_TO_BACK, timeline: [powerLoss] });
  const slow = { ...BACK_TO_BACK.ha, ...timers({ 'heartbeat-interval': '60s' }) };
  const carrierAlone = runPair({ ...BACK_TO_BACK, ha: slow, timeline: [{ ...powerLoss, at: '20.3s' }] });

  expect(nominal.enters('palo-2', 'active')).toBe(us('25s'));
  expect(carrierAlone.enters('palo-2', 'active')).toBe(us('25.3s'));
  expect(carrierAlone.peerFailures('palo-2')).toEqual([{ atUs: us('23.3s'), reason: 'HA1 link went down' }]);
});

test('R-026: aggressive: power loss is taken over after 3.5 s', () => {
  const pair = runPair({ ha: AGGRESSIVE, timeline: [powerLoss] });

  expect(pair.enters('palo-2', 'active')).toBe(us('23.5s'));
});

test('R-027: VM-Series, recommended: power loss is taken over after 8.0 s', () => {
  const devices = { 'palo-1': { platform: 'VM-Series' }, 'palo-2': { platform: 'VM-Series' } };
  const pair = runPair({ devices, timeline: [powerLoss] });

  expect(pair.enters('palo-2', 'active')).toBe(us('28s'));
});

test('R-028: active-primary declared failed: the active-secondary waits promotion-hold-time', () => {
  for (const [ha, holdUs] of [
    [{}, us('2s')],
    [AGGRESSIVE, us('500ms')],
  ] as const) {
    const pair = runPair({ mode: 'active-active', ha, timeline: [powerLoss] });

    expect(pair.entering('palo-2', 'active-primary')).toMatchObject({
      atUs: pair.declaresPeerFailed('palo-2') + holdUs,
      from: 'active-secondary',
      reason: 'Peer failed',
      rule: 'T25',
    });
  }
});

test('R-029: promotion-hold-time 0: takeover in the instant of the declaration', () => {
  const pair = runPair({ ha: timers({ 'promotion-hold-time': '0s' }), timeline: [powerLoss] });

  expect(pair.declaresPeerFailed('palo-2')).toBe(us('23s'));
  expect(pair.enters('palo-2', 'active')).toBe(us('23s'));
});
