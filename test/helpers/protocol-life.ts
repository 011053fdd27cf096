/**
 * The protocol as its engine drives it, for properties: random configurations and edges, and a driver that keeps the timers
 * which the effects set and cancel, as `Firewall` does with real ones.
 */

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Compatibility, DeviceId, HaConfig, HaMode } from '../../src/ha/config.ts';
import type { HaEffect } from '../../src/ha/effect.ts';
import type { Ha3Word, HaEvent, Hello } from '../../src/ha/event.ts';
import { REASON } from '../../src/ha/reason.ts';
import { ACTIVE_ACTIVE_ROLES, ACTIVE_PASSIVE_ROLES, PAIR_ROLES, type Role } from '../../src/ha/role.ts';
import { established, unstarted, type EstablishedRole, type HaState } from '../../src/ha/state.ts';
import { TIMER_NAMES, type TimerName } from '../../src/ha/timers.ts';
import { transition, type Transition } from '../../src/ha/transition.ts';

// --- random configurations and edges ---------------------------------------------------------------------------------

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

/** The roles that a member of each mode can have. */
export const ROLES_OF = {
  'active-passive': ACTIVE_PASSIVE_ROLES,
  'active-active': ACTIVE_ACTIVE_ROLES,
} as const satisfies Record<HaMode, readonly Role[]>;

/** Zero as often as not: a hold of zero length is where two changes of role meet in one instant. */
function hold(longestUs: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 1, max: longestUs }));
}

function compatibility(mode: HaMode, serialNumber: string, deviceId: DeviceId): Compatibility {
  return {
    platform: 'PA-3400',
    multiVsys: false,
    fipsCc: false,
    serialNumber,
    groupId: 1,
    mode,
    ha2Transport: 'ethernet',
    ha2Port: 'ethernet1/3',
    activeActive:
      mode === 'active-passive'
        ? null
        : {
            deviceId,
            packetForwarding: true,
            sessionLoadSharing: 'first-packet',
            virtualRouterSync: false,
            qosSync: false,
          },
  };
}

function configOf(mode: HaMode, deviceId: DeviceId): fc.Arbitrary<HaConfig> {
  const own = compatibility(mode, 'one', deviceId);
  return fc.record({
    mode: fc.constant(mode),
    devicePriority: fc.constantFrom(90, 100, 110),
    deviceId: fc.constant(deviceId),
    preemptive: fc.constantFrom(true, true, false),
    ha1Mac: fc.constant(0x10),
    tentativeHoldUs: hold(10 * MINUTE),
    timers: fc.record({
      heartbeatIntervalUs: fc.integer({ min: SECOND, max: MINUTE }),
      helloIntervalUs: fc.integer({ min: 8 * SECOND, max: MINUTE }),
      promotionHoldUs: hold(MINUTE),
      preemptionHoldUs: fc.integer({ min: MINUTE, max: 60 * MINUTE }),
      monitorFailHoldUpUs: hold(MINUTE),
      additionalMasterHoldUpUs: hold(MINUTE),
      flapMax: fc.constantFrom(0, 1, 1, 2, 3),
    }),
    passiveLinkState: fc.constantFrom('auto', 'shutdown'),
    monitorFailHoldDownUs: fc.integer({ min: MINUTE, max: 60 * MINUTE }),
    stateSynchronization: fc.boolean(),
    compatibility: fc.constant(own),
    assumptions: fc.record({
      initialTimeoutUs: fc.integer({ min: 10 * SECOND, max: 5 * MINUTE }),
      sessionSyncWaitUs: fc.constant(60 * MINUTE),
      flapWindowUs: fc.constant(15 * MINUTE),
      flapComparison: fc.constantFrom('reaches', 'exceeds'),
      announcedFailureHold: fc.constantFrom('none', 'promotion-hold-time'),
      splitBrainLoser: fc.constantFrom('passive', 'initial'),
      bothMonitorsFailed: fc.constantFrom('leaves', 'stays'),
      ha3LossLeaver: fc.constantFrom('active-secondary', 'active-primary', 'both'),
    }),
  });
}

/** A peer: its priority and MAC address stay as they are, a mismatch may be repaired. */
function peerOf(mode: HaMode, deviceId: DeviceId) {
  const matching = compatibility(mode, 'two', deviceId);
  const { activeActive } = matching;
  const otherForwarding = activeActive && { ...activeActive, packetForwarding: false };
  return fc.record({
    devicePriority: fc.constantFrom(90, 100, 110),
    deviceId: fc.constant(deviceId),
    ha1Mac: fc.constantFrom(0x0f, 0x11),
    preemptive: fc.constantFrom(true, true, false),
    compatibility: fc.oneof(
      { weight: 6, arbitrary: fc.constant(matching) },
      { weight: 1, arbitrary: fc.constant({ ...matching, platform: 'PA-400' }) },
      { weight: 1, arbitrary: fc.constant({ ...matching, groupId: 2, activeActive: otherForwarding }) },
    ),
    matching: fc.constant(matching),
  });
}

const HA3_WORDS: Readonly<Record<HaMode, readonly Ha3Word[]>> = {
  'active-passive': ['up'],
  'active-active': ['up', 'up', 'down', 'down-at-peer'],
};

function helloOf(mode: HaMode) {
  return fc.record({
    role: fc.constantFrom(...ROLES_OF[mode]),
    monitorFailed: fc.boolean(),
    preempting: fc.boolean(),
    ha3: fc.constantFrom(...HA3_WORDS[mode]),
    repaired: fc.boolean(),
  });
}

type HelloPart = ReturnType<typeof helloOf> extends fc.Arbitrary<infer T> ? T : never;

/** A step of a random sequence. Which timer a `running` one fires is known only when it is taken; zero lengths come first. */
type Command =
  | { readonly type: 'event'; readonly event: HaEvent }
  | { readonly type: 'peer-heard'; readonly hello: HelloPart }
  | { readonly type: 'running'; readonly pick: number };

function event(...events: readonly HaEvent[]): fc.Arbitrary<Command> {
  return fc.constantFrom(...events).map((value) => ({ type: 'event', event: value }));
}

function commandOf(mode: HaMode): fc.Arbitrary<Command> {
  return fc.oneof(
    { weight: 6, arbitrary: helloOf(mode).map((value): Command => ({ type: 'peer-heard', hello: value })) },
    { weight: 6, arbitrary: fc.nat(7).map((pick): Command => ({ type: 'running', pick })) },
    {
      weight: 2,
      arbitrary: event(
        { type: 'peer-lost', reason: REASON.heartbeatFailure },
        { type: 'peer-lost', reason: REASON.helloFailure },
      ),
    },
    {
      weight: 5,
      arbitrary: event(
        { type: 'monitor', monitor: 'link', failed: true },
        { type: 'monitor', monitor: 'link', failed: false },
        { type: 'monitor', monitor: 'path', failed: true },
        { type: 'monitor', monitor: 'path', failed: false },
      ),
    },
    {
      weight: 2,
      arbitrary: event(
        { type: 'dataplane', failure: REASON.dataplaneExit },
        { type: 'dataplane', failure: null },
      ),
    },
    {
      weight: mode === 'active-active' ? 3 : 0,
      arbitrary: event({ type: 'ha3', up: false }, { type: 'ha3', up: true }),
    },
    {
      weight: 1,
      arbitrary: event({ type: 'interfaces', down: ['ethernet1/1'] }, { type: 'interfaces', down: [] }),
    },
    { weight: 3, arbitrary: event({ type: 'sessions-synchronized' }) },
    { weight: 1, arbitrary: event({ type: 'suspend' }) },
    { weight: 2, arbitrary: event({ type: 'functional' }) },
    // Stale: cancelled in the instant in which it fired, or never set.
    { weight: 1, arbitrary: event(...TIMER_NAMES.map((timer) => ({ type: 'timer', timer }) as const)) },
  );
}

const flapCount = fc.nat(2);

/** One firewall's life: its configuration, how it begins, and what happens to it. */
export function lifeOf(mode: HaMode) {
  const { primary, standby } = PAIR_ROLES[mode];
  return fc.constantFrom<DeviceId>(0, 1).chain((deviceId) =>
    fc.record({
      config: configOf(mode, deviceId),
      peer: peerOf(mode, deviceId === 0 ? 1 : 0),
      begins: fc.constantFrom<'boot' | EstablishedRole>('boot', primary, standby),
      /** Of a firewall that has flapped before its life begins. */
      flaps: fc.option(fc.record({ nonFunctional: flapCount, preemption: flapCount, tentative: flapCount })),
      commands: fc.array(commandOf(mode), { minLength: 1, maxLength: 40, size: 'max' }),
    }),
  );
}

export type Life = ReturnType<typeof lifeOf> extends fc.Arbitrary<infer T> ? T : never;

// --- the driver ------------------------------------------------------------------------------------------------------

export interface Taken extends Transition {
  readonly before: HaState;
  readonly event: HaEvent;
}

/** Everything below is frozen, so that a write anywhere throws. */
export function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

/** An engine without a clock: it says which timers run, and a caller says which of them fires. */
export class Driver {
  readonly config: HaConfig;
  state: HaState;
  /** Running timers by what the effects said, with their durations. */
  readonly timers = new Map<TimerName, number>();
  readonly #life: Life;

  constructor(life: Life) {
    const { config, begins, flaps } = life;
    this.#life = life;
    this.config = deepFreeze(config);
    this.state = unstarted();
    if (begins === 'boot') return;
    const { primary, standby } = PAIR_ROLES[config.mode];
    const peer = this.#hello({ role: begins === primary ? standby : primary });
    this.state = established(begins, peer);
    if (flaps === null) return;
    this.state = { ...this.state, flaps: { ...flaps }, running: { 'flap-window': true } };
    this.timers.set('flap-window', config.assumptions.flapWindowUs);
  }

  #hello({ repaired = true, ...said }: Partial<HelloPart> & { readonly role: Role }): Hello {
    const { matching, compatibility, ...peer } = this.#life.peer;
    return {
      ...peer,
      interfacesDown: [],
      ha3: 'up',
      monitorFailed: false,
      preempting: false,
      ...said,
      compatibility: repaired ? matching : compatibility,
    };
  }

  /** The events of this life, each made when its turn comes. */
  *events(): Generator<HaEvent> {
    if (this.#life.begins === 'boot') yield { type: 'start' };
    for (const item of this.#life.commands) {
      if (item.type === 'event') yield item.event;
      else if (item.type === 'peer-heard') {
        yield { type: 'peer-heard', hello: this.#hello(item.hello) };
      } else {
        const due = [...this.timers.keys()].filter((timer) => this.timers.get(timer) === 0);
        const running = due.length > 0 ? due : [...this.timers.keys()];
        const timer = running[item.pick % running.length];
        if (timer !== undefined) yield { type: 'timer', timer };
      }
    }
  }

  /** Hands one event in and keeps the timers that come out. */
  take(event: HaEvent): Taken {
    const before = deepFreeze(this.state);
    if (event.type === 'timer') this.timers.delete(event.timer);
    const step = transition(this.config, before, deepFreeze(event));
    for (const effect of step.effects) this.#keep(effect);
    this.state = step.state;
    return { ...step, before, event };
  }

  #keep(effect: HaEffect): void {
    if (effect.type === 'set-timer') this.timers.set(effect.timer, effect.durationUs);
    else if (effect.type === 'cancel-timer' && !this.timers.delete(effect.timer)) {
      throw new Error(`${effect.timer} is cancelled, but does not run`);
    }
  }

  /** Fires the timers of zero length until none is left; throws when they never end. */
  settle(): Taken[] {
    const taken: Taken[] = [];
    for (;;) {
      const due = [...this.timers].find(([, durationUs]) => durationUs === 0);
      if (due === undefined) return taken;
      if (taken.length >= 8) throw new Error(`timers of zero length set each other: ${due[0]}`);
      taken.push(this.take({ type: 'timer', timer: due[0] }));
    }
  }
}

/** Throws with both values when they differ. */
export function same(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}
