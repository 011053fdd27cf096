/**
 * The protocol as its engine drives it, for properties: random configurations and edges, and a driver that keeps the timers
 * which the effects set and cancel, as `Firewall` does with real ones.
 */

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Compatibility, HaConfig } from '../../src/ha/config.ts';
import type { HaEffect } from '../../src/ha/effect.ts';
import type { HaEvent, Hello } from '../../src/ha/event.ts';
import { REASON } from '../../src/ha/reason.ts';
import { ACTIVE_PASSIVE_ROLES, type Role } from '../../src/ha/role.ts';
import { established, unstarted, type HaState } from '../../src/ha/state.ts';
import { TIMER_NAMES, type TimerName } from '../../src/ha/timers.ts';
import { transition, type Transition } from '../../src/ha/transition.ts';

// --- random configurations and edges ---------------------------------------------------------------------------------

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

/** Zero as often as not: a hold of zero length is where two changes of role meet in one instant. */
function hold(longestUs: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 1, max: longestUs }));
}

function compatibility(serialNumber: string): Compatibility {
  return {
    platform: 'PA-3400',
    multiVsys: false,
    fipsCc: false,
    serialNumber,
    groupId: 1,
    mode: 'active-passive',
    ha2Transport: 'ethernet',
    ha2Port: 'ethernet1/3',
    ha2BackupPort: 'none',
    ha2Family: 'none',
    ha2BackupFamily: 'none',
    swVersion: '11.1.4',
    peerReleasesBehind: 2,
    urlDatabase: 'paloaltonetworks',
    activeActive: null,
  };
}

export const config: fc.Arbitrary<HaConfig> = fc.record({
  mode: fc.constant('active-passive' as const),
  devicePriority: fc.constantFrom(90, 100, 110),
  deviceId: fc.constant(0 as const),
  preemptive: fc.boolean(),
  ha1Mac: fc.constant(0x10),
  tentativeHoldUs: fc.constant(MINUTE),
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
  compatibility: fc.constant(compatibility('one')),
  assumptions: fc.record({
    initialTimeoutUs: fc.integer({ min: 10 * SECOND, max: 5 * MINUTE }),
    sessionSyncWaitUs: fc.constant(60 * MINUTE),
    flapWindowUs: fc.constant(15 * MINUTE),
    flapComparison: fc.constantFrom('reaches', 'exceeds'),
    announcedFailureHold: fc.constantFrom('none', 'promotion-hold-time'),
    splitBrainLoser: fc.constantFrom('passive', 'initial'),
    bothMonitorsFailed: fc.constantFrom('leaves', 'stays'),
    ha3LossLeaver: fc.constant('active-secondary' as const),
  }),
});

const MATCHING = compatibility('two');

/** A peer: its priority and MAC address stay as they are, a mismatch may be repaired. */
const peer = fc.record({
  devicePriority: fc.constantFrom(90, 100, 110),
  ha1Mac: fc.constantFrom(0x0f, 0x11),
  preemptive: fc.boolean(),
  compatibility: fc.oneof(
    { weight: 6, arbitrary: fc.constant(MATCHING) },
    { weight: 1, arbitrary: fc.constant({ ...MATCHING, platform: 'PA-400' }) },
    { weight: 1, arbitrary: fc.constant({ ...MATCHING, groupId: 2 }) },
  ),
});

const hello = fc.record({
  role: fc.constantFrom(...ACTIVE_PASSIVE_ROLES),
  monitorFailed: fc.boolean(),
  preempting: fc.boolean(),
  repaired: fc.boolean(),
});

/** A step of a random sequence. Which timer a `running` one fires is known only when it is taken; zero lengths come first. */
type Command =
  | { readonly type: 'event'; readonly event: HaEvent }
  | {
      readonly type: 'peer-heard';
      readonly hello: {
        readonly role: Role;
        readonly monitorFailed: boolean;
        readonly preempting: boolean;
        readonly repaired: boolean;
      };
    }
  | { readonly type: 'running'; readonly pick: number };

function event(...events: readonly HaEvent[]): fc.Arbitrary<Command> {
  return fc.constantFrom(...events).map((value) => ({ type: 'event', event: value }));
}

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: hello.map((value): Command => ({ type: 'peer-heard', hello: value })) },
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
  { weight: 3, arbitrary: event({ type: 'sessions-synchronized' }) },
  { weight: 1, arbitrary: event({ type: 'suspend' }) },
  { weight: 2, arbitrary: event({ type: 'functional' }) },
  // Stale: cancelled in the instant in which it fired, or never set.
  { weight: 1, arbitrary: event(...TIMER_NAMES.map((timer) => ({ type: 'timer', timer }) as const)) },
);

/** One firewall's life: its configuration, how it begins, and what happens to it. */
export const life = fc.record({
  config,
  peer,
  begins: fc.constantFrom('boot' as const, 'active' as const, 'passive' as const),
  commands: fc.array(command, { minLength: 1, maxLength: 40, size: 'max' }),
});

export type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

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
    this.#life = life;
    this.config = deepFreeze(life.config);
    this.state =
      life.begins === 'boot' ? unstarted() : established(life.begins, this.#hello(otherRole(life.begins)));
  }

  #hello(role: Role, monitorFailed = false, preempting = false, repaired = false): Hello {
    const { compatibility, ...peer } = this.#life.peer;
    return {
      ...peer,
      deviceId: 1,
      interfacesDown: [],
      role,
      monitorFailed,
      preempting,
      compatibility: repaired ? MATCHING : compatibility,
    };
  }

  /** The events of this life, each made when its turn comes. */
  *events(): Generator<HaEvent> {
    if (this.#life.begins === 'boot') yield { type: 'start' };
    for (const item of this.#life.commands) {
      if (item.type === 'event') yield item.event;
      else if (item.type === 'peer-heard') {
        const { role, monitorFailed, preempting, repaired } = item.hello;
        yield { type: 'peer-heard', hello: this.#hello(role, monitorFailed, preempting, repaired) };
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

function otherRole(role: 'active' | 'passive'): Role {
  return role === 'active' ? 'passive' : 'active';
}

/** Throws with both values when they differ. */
export function same(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}
