/**
 * T5 and T23 to T29 of the reference's transition table, and what active/active makes of the others, each on the pure protocol:
 * state, event → role, reason, effects.
 */

import { describe, expect, test } from 'vitest';
import type { HaConfig } from '../../src/ha/config.ts';
import type { HaEvent, Hello } from '../../src/ha/event.ts';
import type { Role } from '../../src/ha/role.ts';
import { helloOf, unstarted, type HaState } from '../../src/ha/state.ts';
import { transition } from '../../src/ha/transition.ts';
import { expectChange, expectNoChange, logged } from '../helpers/expect-change.ts';
import {
  configOf,
  fired,
  follow,
  heard,
  helloFrom,
  lost,
  lostPeer,
  monitor,
  stateIn,
  timersSet,
  type ConfigPart,
} from '../helpers/protocol.ts';

const S = 1_000_000;
const MIN = 60 * S;

/** One of a pair that forwards packets; the peer has the other device-id. */
function device(deviceId: 0 | 1, part: ConfigPart = {}): HaConfig {
  const { activeActive } = compatibilityOf(deviceId);
  return configOf({
    mode: 'active-active',
    deviceId,
    ...part,
    compatibility: { mode: 'active-active', activeActive, ...part.compatibility },
  });
}

function compatibilityOf(deviceId: 0 | 1) {
  const shared = { packetForwarding: true, sessionLoadSharing: '', virtualRouterSync: false, qosSync: false };
  return { mode: 'active-active', activeActive: { ...shared, deviceId } } as const;
}

/** A hello of device 1, to device 0. */
const from1 = (role: Role, part: Partial<Hello> = {}) =>
  helloFrom(role, { ...part, deviceId: 1 }, compatibilityOf(1));
/** A hello of device 0, to device 1. */
const from0 = (role: Role, part: Partial<Hello> = {}) =>
  helloFrom(role, { ...part, deviceId: 0 }, compatibilityOf(0));

const device0 = device(0);
const device1 = device(1);
const primary = stateIn('active-primary', from1('active-secondary'));
const secondary = stateIn('active-secondary', from0('active-primary'));
const tentative = follow(device0, primary, monitor(true), fired('monitor-fail-hold-up-time')).state;
const dataplaneDown: HaEvent = { type: 'dataplane', failure: 'Dataplane down: dataplane exit failure' };
const dataplaneUp: HaEvent = { type: 'dataplane', failure: null };
const ha3Down: HaEvent = { type: 'ha3', up: false };
const ha3Up: HaEvent = { type: 'ha3', up: true };
const hold = fired('tentative-hold-time');

describe('joining', () => {
  test('T5: peer found: tentative when the session sync is done, with the tentative hold', () => {
    for (const role of ['active-primary', 'active-secondary', 'tentative'] as const) {
      const asks = transition(device0, stateIn('initial'), heard(from1(role)));
      const done = transition(device0, asks.state, { type: 'sessions-synchronized' });

      expectNoChange(asks, 'initial');
      expect(asks.state.reason).toBe('Waiting for state synchronization completion');
      expect(timersSet(asks)).toEqual({ 'session-sync-wait': 60 * MIN });
      expectChange(done, 'initial', 'tentative', 'T5', 'Waiting for tentative-hold-time');
      expect(timersSet(done)).toEqual({ 'tentative-hold-time': MIN });
      expect(done.effects).not.toContainEqual({ type: 'synchronize-sessions' });
    }
    const withoutSync = device(0, { stateSynchronization: false });
    const atOnce = transition(withoutSync, stateIn('initial'), heard(from1('active-primary')));
    expectChange(atOnce, 'initial', 'tentative', 'T5', 'Waiting for tentative-hold-time');
  });

  test('T5: no peer that serves or will: active-primary, as in active/passive (T3, T4)', () => {
    const alone = follow(device1, unstarted(), { type: 'start' }, fired('initial-timeout'));
    const noPeer = 'No peer heard within the initial timeout';
    expectChange(alone, 'initial', 'active-primary', 'T4', noPeer);

    const won = transition(device0, stateIn('initial'), heard(from1('initial')));
    expectChange(won, 'initial', 'active-primary', 'T3', 'Won the election');
    expectNoChange(transition(device1, stateIn('initial'), heard(from0('initial'))), 'initial');
    for (const hello of [
      from0('non-functional'),
      from0('suspended'),
      from0('tentative', { monitorFailed: true }),
    ]) {
      const answer = transition(device1, stateIn('initial'), heard(hello));
      expectChange(answer, 'initial', 'active-primary', 'T3', 'Peer is no candidate');
    }
  });
});

describe('leaving', () => {
  test('T23: monitor failed: tentative after the hold-up, on active-primary with the master hold-up', () => {
    const heldUp = { timers: { monitorFailHoldUpUs: 3 * S, additionalMasterHoldUpUs: 1 * S } };
    const left = follow(device0, primary, monitor(true), fired('monitor-fail-hold-up-time'));

    expect(timersSet(transition(device(0, heldUp), primary, monitor(true)))).toEqual({
      'monitor-fail-hold-up-time': 4 * S,
    });
    expect(timersSet(transition(device(1, heldUp), secondary, monitor(true)))).toEqual({
      'monitor-fail-hold-up-time': 3 * S,
    });
    expectChange(left, 'active-primary', 'tentative', 'T23', 'Link down');
    expect(left.effects).toContainEqual({ type: 'synchronize-sessions' });
    expect(left.state.running).toEqual({ 'flap-window': true }); // No tentative hold while the link is down.
    const atOnce = transition(device1, secondary, monitor(true));
    expectChange(atOnce, 'active-secondary', 'tentative', 'T23', 'Link down');
    const stays = device(0, { assumptions: { bothMonitorsFailed: 'stays' } });
    const alone = { ...primary, peer: lostPeer(from1('active-secondary')) };
    expectNoChange(follow(stays, alone, monitor(true), fired('monitor-fail-hold-up-time')), 'active-primary');
  });

  test('T24: dataplane failed, or a mismatch on active-secondary: non-functional', () => {
    const reason = 'Dataplane down: dataplane exit failure';
    const [first, second] = [
      transition(device0, primary, dataplaneDown),
      transition(device1, secondary, dataplaneDown),
    ];
    expectChange(first, 'active-primary', 'non-functional', 'T24', reason);
    expectChange(second, 'active-secondary', 'non-functional', 'T24', reason);

    const activeActive = { ...compatibilityOf(1).activeActive, qosSync: true };
    const answer = transition(
      device(1, { compatibility: { activeActive } }),
      secondary,
      heard(from0('active-primary')),
    );
    const mismatch = 'A/A mode QOS config sync mismatch';
    expectChange(answer, 'active-secondary', 'non-functional', 'T24', mismatch);
    const other = helloFrom('initial', { deviceId: 1 }, { ...compatibilityOf(1), activeActive });
    expectNoChange(transition(device0, primary, heard(other)), 'active-primary');
  });

  test('T24: HA3 lost: the active-secondary leaves when the peer says so too, and no loss counts with a dead peer', () => {
    const alone = transition(device1, secondary, ha3Down);
    const both = transition(device1, alone.state, heard(from0('active-primary', { ha3: 'down' })));
    const onlyHere = transition(
      device1,
      alone.state,
      heard(from0('active-primary', { ha3: 'down-at-peer' })),
    );

    expectNoChange(alone, 'active-secondary');
    expect(helloOf(device1, alone.state).ha3).toBe('down');
    for (const answer of [both, onlyHere]) {
      expectChange(answer, 'active-secondary', 'non-functional', 'T24', 'HA3 link is down');
    }
    const survivor = follow(device1, alone.state, lost, fired('promotion-hold-time'));
    expectChange(survivor, 'active-secondary', 'active-primary', 'T25', 'Peer failed');
    // The primary serves on, and answers that it has heard of the loss.
    const told = transition(device0, primary, heard(from1('active-secondary', { ha3: 'down' })));
    expectNoChange(told, 'active-primary');
    expect(helloOf(device0, told.state).ha3).toBe('down-at-peer');
    expect(told.effects).toContainEqual({ type: 'announce' });
    const leaves = device(0, { assumptions: { ha3LossLeaver: 'active-primary' } });
    const leaver = transition(leaves, primary, heard(from1('active-secondary', { ha3: 'down' })));
    expectChange(leaver, 'active-primary', 'non-functional', 'T24', 'HA3 link is down');
    // Nothing crosses HA3 in a pair that forwards no packets.
    const unforwarded = { ...compatibilityOf(1).activeActive, packetForwarding: false };
    const without = device(1, { compatibility: { activeActive: unforwarded } });
    const theirs = { ...compatibilityOf(0), activeActive: { ...unforwarded, deviceId: 0 as const } };
    const [up, down] = (['up', 'down'] as const).map((ha3) =>
      helloFrom('active-primary', { deviceId: 0, ha3 }, theirs),
    ) as [Hello, Hello];
    const unneeded = follow(without, stateIn('active-secondary', up), ha3Down, heard(down));
    expectNoChange(unneeded, 'active-secondary');
  });
});

describe('active-secondary', () => {
  test('T25: peer declared failed: active-primary after the promotion hold', () => {
    const declared = transition(device1, secondary, lost);

    expect(timersSet(declared)).toEqual({ 'promotion-hold-time': 2 * S });
    const taken = transition(device1, declared.state, fired('promotion-hold-time'));
    expectChange(taken, 'active-secondary', 'active-primary', 'T25', 'Peer failed');
    expect(transition(device1, declared.state, heard(from0('active-primary'))).effects).toContainEqual({
      type: 'cancel-timer',
      timer: 'promotion-hold-time',
    });
  });

  test('T26: peer announces that it does not serve: active-primary at once', () => {
    for (const [hello, reason] of [
      [from0('tentative', { monitorFailed: true }), 'Peer is tentative'],
      [from0('non-functional'), 'Peer is non-functional'],
      [from0('suspended'), 'Peer is suspended'],
      [from0('initial'), 'Peer is not active'],
    ] as const) {
      const answer = transition(device1, secondary, heard(hello));
      expectChange(answer, 'active-secondary', 'active-primary', 'T26', reason);
    }
    const holds = device(1, { assumptions: { announcedFailureHold: 'promotion-hold-time' } });
    const held = transition(holds, secondary, heard(from0('suspended')));
    expectNoChange(held, 'active-secondary');
    expect(timersSet(held)).toEqual({ 'promotion-hold-time': 2 * S });
  });

  test('T26: peer is active-secondary too, or tentative and well: the winner of the election claims, the loser waits', () => {
    const winner = stateIn('active-secondary', from1('active-primary'));
    for (const role of ['active-secondary', 'tentative'] as const) {
      expect(transition(device0, winner, heard(from1(role))).state.role).toBe('active-primary');
      expectNoChange(transition(device1, secondary, heard(from0(role))), 'active-secondary');
    }
  });

  test('T29: preemptive on both, device 0 and healthy: asks after the preemption hold, active-primary when the peer has yielded', () => {
    const preemptive = device(0, { preemptive: true });
    const returned = stateIn('active-secondary');
    const may = transition(preemptive, returned, heard(from1('active-primary', { preemptive: true })));
    const asks = transition(preemptive, may.state, fired('preemption-hold-time'));
    const yielded = heard(from1('active-secondary', { preemptive: true }));

    expect(timersSet(may)).toEqual({ 'preemption-hold-time': MIN });
    expect(helloOf(preemptive, asks.state).preempting).toBe(true);
    const taken = transition(preemptive, asks.state, yielded);
    expectChange(taken, 'active-secondary', 'active-primary', 'T29', 'Preemption');
    expect(taken.state.tookByPreemption).toBe(true);
    const worse = device(1, { preemptive: true });
    const asked = heard(from0('active-secondary', { preemptive: true, preempting: true }));
    const gives = transition(worse, stateIn('active-primary', from0('active-secondary')), asked);
    expectChange(gives, 'active-primary', 'active-secondary', 'T12', 'Peer preempted');
    const worseReturns = heard(from0('active-primary', { preemptive: true }));
    expect(timersSet(transition(worse, stateIn('active-secondary'), worseReturns))).toEqual({});
  });
});

describe('tentative', () => {
  test('T27: cause cleared: active-secondary after the tentative hold, which a new failure ends', () => {
    const served = transition(device0, tentative, heard(from1('active-primary'))).state;
    const clear = transition(device0, served, monitor(false));
    const again = transition(device0, clear.state, monitor(true));

    expectNoChange(clear, 'tentative');
    expect(clear.state.reason).toBe('Waiting for tentative-hold-time');
    expect(timersSet(clear)).toEqual({ 'tentative-hold-time': MIN });
    const over = transition(device0, clear.state, hold);
    expectChange(over, 'tentative', 'active-secondary', 'T27', 'Tentative hold over');
    expect(again.effects).toContainEqual({ type: 'cancel-timer', timer: 'tentative-hold-time' });
    expect(again.state.reason).toBe('Link down');
    const noHold = device(0, { tentativeHoldUs: 0 });
    expectChange(
      transition(noHold, served, monitor(false)),
      'tentative',
      'active-secondary',
      'T27',
      'Tentative hold over',
    );
  });

  test('T27: no primary to be expected: active-primary, and never before the hold is over', () => {
    const waiting = (hello: Hello): HaState =>
      stateIn('tentative', hello, { running: { 'tentative-hold-time': true } });
    for (const hello of [
      from0('non-functional'),
      from0('suspended'),
      from0('initial'),
      from0('tentative', { monitorFailed: true }),
    ]) {
      const before = stateIn('tentative', from0('active-primary'), {
        running: { 'tentative-hold-time': true },
      });
      expectNoChange(transition(device1, before, heard(hello)), 'tentative');
      const answer = transition(device1, waiting(hello), hold);
      expectChange(answer, 'tentative', 'active-primary', 'T27', 'Peer is no candidate');
    }
    const alone = { ...waiting(from0('active-primary')), peer: lostPeer(from0('active-primary')) };
    expectChange(transition(device1, alone, hold), 'tentative', 'active-primary', 'T27', 'Peer failed');
    expect(transition(device0, waiting(from1('tentative')), hold).state.role).toBe('active-primary');
    expect(transition(device1, waiting(from0('tentative')), hold).state.role).toBe('active-secondary');
  });

  test('T28: flap limit reached by failures: suspended in the instant in which it became tentative, and the log names the loop', () => {
    const flapping: HaState = {
      ...secondary,
      flaps: { nonFunctional: 0, preemption: 0, tentative: 2 },
      running: { 'flap-window': true },
    };
    const left = transition(device1, flapping, monitor(true));
    const loop = transition(device1, left.state, fired('loop-suspension'));

    expect(timersSet(left)).toMatchObject({ 'loop-suspension': 0 });
    expectChange(loop, 'tentative', 'suspended', 'T28', 'Non-functional loop detected');
    expect(logged(loop)).toEqual([
      'HA Group 1: Going to Suspended state due to detection of a Tentative loop after 3 loops',
      'HA Group 1: Moved from state Tentative to state Suspended',
    ]);
  });
});

describe('the way back', () => {
  test('T20: dataplane or HA3 restored: tentative', () => {
    const failed = transition(device1, secondary, dataplaneDown).state;
    const restored = transition(device1, failed, dataplaneUp);
    const apart = follow(device1, secondary, ha3Down, heard(from0('active-primary', { ha3: 'down' }))).state;
    const back = follow(device1, apart, ha3Up);

    expectChange(restored, 'non-functional', 'tentative', 'T20', 'Dataplane restored');
    expect(restored.state.reason).toBe('Waiting for tentative-hold-time');
    expectNoChange(back, 'non-functional'); // The peer still says that its end is dark.
    const whole = transition(device1, back.state, heard(from0('active-primary')));
    expectChange(whole, 'non-functional', 'tentative', 'T20', 'HA3 link restored');
    const unneeded = transition(device1, apart, heard(from0('suspended', { ha3: 'down' })));
    expectChange(unneeded, 'non-functional', 'tentative', 'T20', 'No active peer to reach over HA3');
  });

  test('T22: made functional by the user: tentative, where it is held against its peer and its dataplane at once', () => {
    const suspended = stateIn('suspended', from0('active-primary'), {
      flaps: { nonFunctional: 0, preemption: 0, tentative: 3 },
      running: { 'flap-window': true },
    });
    const functional = { type: 'functional' } as const;
    const answer = transition(device1, suspended, functional);

    expectChange(answer, 'suspended', 'tentative', 'T22', 'Made functional by user');
    expect(answer.state.reason).toBe('Waiting for tentative-hold-time');
    expect(answer.state.flaps).toEqual({ nonFunctional: 0, preemption: 0, tentative: 0 });
    expect(answer.state.running).toEqual({ 'tentative-hold-time': true });
    const otherModel = { ...compatibilityOf(0), platform: 'PA-5400' };
    const unlike = stateIn('suspended', helloFrom('active-primary', { deviceId: 0 }, otherModel));
    const again = follow(device1, unlike, functional, fired('promotion-hold-time'));
    expectChange(again, 'tentative', 'suspended', 'T6', 'Platform Model mismatches with peer');
    const broken = follow(device1, suspended, dataplaneDown, functional, fired('promotion-hold-time'));
    expectChange(broken, 'tentative', 'non-functional', 'T24', 'Dataplane down: dataplane exit failure');
  });
});
