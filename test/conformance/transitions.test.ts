/**
 * T1 to T22 of the reference's transition table, each on the pure protocol of active/passive: state, event → role, reason, effects.
 * T5 and T23 to T29 are in active-active-transitions.test.ts.
 */

import { describe, expect, test } from 'vitest';
import type { HaState } from '../../src/ha/state.ts';
import { helloOf, unstarted } from '../../src/ha/state.ts';
import { transition } from '../../src/ha/transition.ts';
import { expectChange, expectNoChange } from '../helpers/expect-change.ts';
import {
  configOf,
  fired,
  follow,
  heard,
  helloFrom,
  lost,
  lostPeer,
  monitor,
  roleEntered,
  stateIn,
  timersSet,
} from '../helpers/protocol.ts';

const S = 1_000_000;
const MIN = 60 * S;
const config = configOf();
const activePeer = helloFrom('active');
const passivePeer = helloFrom('passive');
const dataplaneDown = { type: 'dataplane', failure: 'Dataplane down: dataplane exit failure' } as const;
const dataplaneUp = { type: 'dataplane', failure: null } as const;
const active = stateIn('active', passivePeer);
const passive = stateIn('passive', activePeer);
const failedLink = { monitors: { link: true, path: false } };

describe('initial', () => {
  test('T1: HA starts: initial, a hello, and the timeout of a boot without a peer', () => {
    const started = transition(config, unstarted(), { type: 'start' });

    expect(started.state.role).toBe('initial');
    expect(started.effects).toContainEqual({ type: 'announce' });
    expect(timersSet(started)).toEqual({ 'initial-timeout': MIN });
  });

  test('T2: peer is active: passive when the session sync is done, at once without it', () => {
    const asks = transition(config, stateIn('initial'), heard(activePeer));
    const done = transition(config, asks.state, { type: 'sessions-synchronized' });
    const waitedLong = transition(config, asks.state, fired('session-sync-wait'));
    const withoutSync = configOf({ stateSynchronization: false });

    expectNoChange(asks, 'initial');
    expect(asks.state.reason).toBe('Waiting for state synchronization completion');
    expect(asks.effects).toContainEqual({ type: 'synchronize-sessions' });
    expect(timersSet(asks)).toEqual({ 'session-sync-wait': 60 * MIN });
    expectChange(done, 'initial', 'passive', 'T2', 'Session synchronization complete');
    expectChange(waitedLong, 'initial', 'passive', 'T2', 'Session synchronization wait expired');
    expectChange(
      transition(withoutSync, stateIn('initial'), heard(activePeer)),
      'initial',
      'passive',
      'T2',
      'Peer is active',
    );
  });

  test('T3: peer found, neither is active: the winner of the election becomes active, the loser waits for it', () => {
    const worse = configOf({ devicePriority: 200 });
    const peer = helloFrom('initial');

    expectChange(
      transition(config, stateIn('initial'), heard(peer)),
      'initial',
      'active',
      'T3',
      'Won the election',
    );
    expectNoChange(transition(worse, stateIn('initial'), heard(peer)), 'initial');
    // A peer that is no candidate wins no election, whatever its priority.
    for (const role of ['suspended', 'non-functional'] as const) {
      const answer = transition(worse, stateIn('initial'), heard(helloFrom(role)));
      expectChange(answer, 'initial', 'active', 'T3', 'Peer is no candidate');
    }
  });

  test('T4: nobody is heard before the timeout: active', () => {
    const waiting = transition(config, unstarted(), { type: 'start' }).state;

    expectChange(
      transition(config, waiting, fired('initial-timeout')),
      'initial',
      'active',
      'T4',
      'No peer heard within the initial timeout',
    );
  });

  test('T6: peer is incompatible: suspended', () => {
    const other = helloFrom('active', {}, { platform: 'PA-5400' });

    expectChange(
      transition(config, stateIn('initial'), heard(other)),
      'initial',
      'suspended',
      'T6',
      'Platform Model mismatches with peer',
    );
  });

  test('T7: configuration mismatch: non-functional, from initial and from passive, while an active goes on serving', () => {
    const other = helloFrom('active', {}, { groupId: 2 });
    const reason = 'Group ID mismatch between peers';

    const initial = transition(config, stateIn('initial'), heard(other));
    expectChange(initial, 'initial', 'non-functional', 'T7', reason);
    expectChange(transition(config, passive, heard(other)), 'passive', 'non-functional', 'T7', reason);
    const joining = helloFrom('initial', {}, { groupId: 2 });
    expectNoChange(transition(config, active, heard(joining)), 'active');
  });
});

describe('active', () => {
  test('T8: monitor failed: non-functional after hold-up and master hold-up, with the hold-down', () => {
    const failed = transition(config, active, monitor(true));
    const left = transition(config, failed.state, fired('monitor-fail-hold-up-time'));
    const recovered = transition(config, failed.state, monitor(false));
    const both = configOf({ timers: { monitorFailHoldUpUs: 3 * S, additionalMasterHoldUpUs: 1 * S } });

    expectNoChange(failed, 'active');
    expect(timersSet(failed)).toEqual({ 'monitor-fail-hold-up-time': 500_000 });
    expect(timersSet(transition(both, active, monitor(true)))).toEqual({
      'monitor-fail-hold-up-time': 4 * S,
    });
    expectChange(left, 'active', 'non-functional', 'T8', 'Link down');
    expect(timersSet(left)).toMatchObject({ 'monitor-fail-hold-down-time': MIN });
    expect(recovered.effects).toContainEqual({ type: 'cancel-timer', timer: 'monitor-fail-hold-up-time' });
  });

  test('T9: dataplane failed: non-functional at once', () => {
    const answer = transition(config, active, dataplaneDown);

    expectChange(answer, 'active', 'non-functional', 'T9', 'Dataplane down: dataplane exit failure');
    expect(answer.state.failure).toBe('dataplane');
  });

  test('T10: suspended by the user: at once, and no timer of the role is left', () => {
    const held = transition(config, active, monitor(true)).state;
    const answer = transition(config, held, { type: 'suspend' });

    expectChange(answer, 'active', 'suspended', 'T10', 'User requested');
    expect(answer.effects).toContainEqual({ type: 'cancel-timer', timer: 'monitor-fail-hold-up-time' });
    expect(Object.keys(answer.state.running)).toEqual(['flap-window']);
  });

  test('T11: preempted or yielding for the last time that flap-max allows: suspended', () => {
    const worse = configOf({ devicePriority: 200 });
    const flapping = (nonFunctional: number): HaState => ({
      ...active,
      flaps: { nonFunctional, preemption: 0, tentative: 0 },
      running: { 'flap-window': true },
    });

    const last = transition(worse, flapping(2), heard(activePeer));
    expectChange(last, 'active', 'suspended', 'T11', 'Non-functional loop detected');
    expect(transition(worse, flapping(1), heard(activePeer)).state.role).toBe('passive');
    const preemptive = configOf({ devicePriority: 200, preemptive: true });
    const asks = heard(helloFrom('passive', { preemptive: true, preempting: true }));
    const preempted: HaState = { ...flapping(0), flaps: { nonFunctional: 0, preemption: 2, tentative: 0 } };
    const loop = transition(preemptive, preempted, asks);
    expectChange(loop, 'active', 'suspended', 'T11', 'Preemption loop detected');
  });

  test('T12: the better, passive peer asks for the role: passive, and its sessions are copied', () => {
    const worse = configOf({ devicePriority: 200, preemptive: true });
    const preempting = helloFrom('passive', { preemptive: true, preempting: true });
    const answer = transition(worse, active, heard(preempting));

    expectChange(answer, 'active', 'passive', 'T12', 'Peer preempted');
    expect(answer.effects).toContainEqual({ type: 'synchronize-sessions' });
    // It does not ask, or may not: nothing happens. It is active already: that is T13.
    for (const part of [{ preemptive: true }, { preempting: true }]) {
      expectNoChange(transition(worse, active, heard(helloFrom('passive', part))), 'active');
    }
    expectNoChange(transition(configOf({ preemptive: true }), active, heard(preempting)), 'active');
    expect(roleEntered(transition(worse, active, heard(activePeer)))?.transition).toBe('T13');
  });

  test('T13: split brain heals: the loser of the election yields, the winner stays', () => {
    const worse = configOf({ devicePriority: 200 });
    const throughInitial = configOf({ devicePriority: 200, assumptions: { splitBrainLoser: 'initial' } });
    const alone: HaState = { ...active, peer: lostPeer(passivePeer) };
    const reason = 'Split brain healed: lost the election';

    expectChange(transition(worse, alone, heard(activePeer)), 'active', 'passive', 'T13', reason);
    expectChange(transition(throughInitial, alone, heard(activePeer)), 'active', 'initial', 'T13', reason);
    expectNoChange(transition(config, alone, heard(activePeer)), 'active');
  });
});

describe('passive', () => {
  test('T14: peer announces non-functional or suspended: active at once', () => {
    for (const [role, reason] of [
      ['non-functional', 'Peer is non-functional'],
      ['suspended', 'Peer is suspended'],
    ] as const) {
      const answer = transition(config, passive, heard(helloFrom(role)));

      expectChange(answer, 'passive', 'active', 'T14', reason);
    }
    const holds = configOf({ assumptions: { announcedFailureHold: 'promotion-hold-time' } });
    const held = transition(holds, passive, heard(helloFrom('suspended')));
    expectNoChange(held, 'passive');
    expect(timersSet(held)).toEqual({ 'promotion-hold-time': 2 * S });
  });

  test('T15: peer declared failed: active after the promotion hold, unless it is heard again', () => {
    const declared = transition(config, passive, lost);
    const heardAgain = transition(config, declared.state, heard(activePeer));

    expectNoChange(declared, 'passive');
    expect(timersSet(declared)).toEqual({ 'promotion-hold-time': 2 * S });
    expectChange(
      transition(config, declared.state, fired('promotion-hold-time')),
      'passive',
      'active',
      'T15',
      'Peer failed',
    );
    expectNoChange(heardAgain, 'passive');
    expect(heardAgain.effects).toContainEqual({ type: 'cancel-timer', timer: 'promotion-hold-time' });
  });

  test('T16: preemptive on both, better and healthy: asks after the preemption hold, active when the peer has yielded', () => {
    const preemptive = configOf({ preemptive: true });
    const peer = helloFrom('active', { preemptive: true });
    const may = transition(preemptive, stateIn('passive'), heard(peer));

    expectNoChange(may, 'passive');
    expect(timersSet(may)).toEqual({ 'preemption-hold-time': MIN });
    const asks = transition(preemptive, may.state, fired('preemption-hold-time'));
    expectNoChange(asks, 'passive');
    expect(helloOf(preemptive, asks.state).preempting).toBe(true);
    expect(asks.effects).toContainEqual({ type: 'announce' });
    const taken = transition(preemptive, asks.state, heard(helloFrom('passive', { preemptive: true })));
    expectChange(taken, 'passive', 'active', 'T16', 'Preemption');
    expect(taken.state.tookByPreemption).toBe(true);
    for (const [mine, other] of [
      [config, peer],
      [preemptive, activePeer],
      [configOf({ preemptive: true, devicePriority: 200 }), peer],
    ] as const) {
      expect(timersSet(transition(mine, stateIn('passive'), heard(other)))).toEqual({});
    }
  });

  test('T17: monitor or dataplane failed: non-functional, without the master hold-up', () => {
    const heldUp = configOf({ timers: { monitorFailHoldUpUs: 3 * S } });
    const held = transition(heldUp, passive, monitor(true));

    expectChange(transition(config, passive, monitor(true)), 'passive', 'non-functional', 'T17', 'Link down');
    expect(timersSet(held)).toEqual({ 'monitor-fail-hold-up-time': 3 * S });
    expectChange(
      transition(config, passive, dataplaneDown),
      'passive',
      'non-functional',
      'T17',
      'Dataplane down: dataplane exit failure',
    );
  });

  test('T18: suspended by the user: at once, also while a hold runs', () => {
    const promoting = transition(config, passive, lost).state;
    const answer = transition(config, promoting, { type: 'suspend' });

    expectChange(answer, 'passive', 'suspended', 'T18', 'User requested');
    expect(answer.effects).toContainEqual({ type: 'cancel-timer', timer: 'promotion-hold-time' });
    expect(answer.state.running).toEqual({});
  });
});

describe('non-functional and suspended', () => {
  test('T19: hold-down passed and monitor clear: passive; still failed: it waits for the monitor', () => {
    const failed = follow(config, passive, monitor(true)).state;
    const clear = follow(config, failed, monitor(false));
    const passed = follow(config, failed, fired('monitor-fail-hold-down-time'));

    expectNoChange(clear, 'non-functional');
    expectChange(
      follow(config, clear.state, fired('monitor-fail-hold-down-time')),
      'non-functional',
      'passive',
      'T19',
      'Monitor failure cleared',
    );
    expectNoChange(passed, 'non-functional');
    expect(follow(config, passed.state, monitor(false)).state.role).toBe('passive');
  });

  test('T20: dataplane restarted: initial, for its sessions are gone', () => {
    const failed = follow(config, passive, dataplaneDown).state;
    const answer = transition(config, failed, dataplaneUp);

    expectChange(answer, 'non-functional', 'initial', 'T20', 'Dataplane restored');
    expect(answer.effects).toContainEqual({ type: 'synchronize-sessions' });
  });

  test('T21: flap limit reached by failures: suspended in the instant in which it went non-functional', () => {
    const noMasterHold = configOf({ timers: { additionalMasterHoldUpUs: 0 } });
    const flapping: HaState = {
      ...active,
      flaps: { nonFunctional: 2, preemption: 0, tentative: 0 },
      running: { 'flap-window': true },
    };
    const left = transition(noMasterHold, flapping, monitor(true));

    expectChange(left, 'active', 'non-functional', 'T8', 'Link down');
    expect(timersSet(left)).toMatchObject({ 'loop-suspension': 0 });
    expectChange(
      transition(noMasterHold, left.state, fired('loop-suspension')),
      'non-functional',
      'suspended',
      'T21',
      'Non-functional loop detected',
    );
  });

  test('T22: made functional by the user: initial with its flaps forgotten; nothing else leaves suspended', () => {
    const suspended = stateIn('suspended', activePeer, {
      flaps: { nonFunctional: 3, preemption: 1, tentative: 0 },
      running: { 'flap-window': true },
    });
    const answer = transition(config, suspended, { type: 'functional' });

    expectChange(answer, 'suspended', 'initial', 'T22', 'Made functional by user');
    expect(answer.state.flaps).toEqual({ nonFunctional: 0, preemption: 0, tentative: 0 });
    expect(answer.state.running).not.toHaveProperty('flap-window');
    for (const event of [
      lost,
      heard(helloFrom('suspended')),
      monitor(true),
      dataplaneUp,
      fired('flap-window'),
    ]) {
      expectNoChange(transition(config, suspended, event), 'suspended');
    }
    const broken = stateIn('suspended', activePeer, failedLink);
    expect(transition(config, broken, { type: 'functional' }).state.role).toBe('initial');
  });
});
