/**
 * One firewall of the model: every state that its protocol can be in, by number, and its answer to every edge, worked out once.
 *
 * A step is what the engine does in one instant: the edge, and then every timer of zero length that it set, in the order in
 * which they were set. The laws of a single step (architecture, section 4) are checked where the answer is worked out.
 */

import type { HaConfig } from '../../src/ha/config.ts';
import type { HaEffect } from '../../src/ha/effect.ts';
import type { HaEvent, Hello } from '../../src/ha/event.ts';
import { isPrimary, type Role } from '../../src/ha/role.ts';
import { helloOf, type HaState } from '../../src/ha/state.ts';
import { TIMER_NAMES, type TimerName } from '../../src/ha/timers.ts';
import type { transition, Transition } from '../../src/ha/transition.ts';
import { Interner } from './interner.ts';

/** The protocol is a parameter of the search, so that a broken one can show that the search finds it. */
export type Protocol = typeof transition;

/** A hello that no firewall has said. */
export const NOTHING = -1;

/** What the model asks of a state. */
export interface Facts {
  readonly state: HaState;
  readonly role: Role;
  readonly timers: readonly TimerName[];
  /** Number of the hello that it would say now. */
  readonly says: number;
  /** Number of the hello that it has heard last of a connected peer; NOTHING when it is not connected. */
  readonly hears: number;
}

/** What a step does, as far as the world around the firewall can tell. */
export interface Answer {
  readonly state: number;
  /** Numbers of the hellos said, oldest first. */
  readonly said: readonly number[];
  /** Changes of role, oldest first. */
  readonly changes: readonly RoleChange[];
  /** Timers set in this instant and left running, with their lengths. */
  readonly timers: readonly TimerSet[];
  /** The law of a single step that was broken, or null. */
  readonly broken: string | null;
}

export type TimerSet = Omit<Extract<HaEffect, { type: 'set-timer' }>, 'type'>;

export type RoleChange = Pick<Extract<HaEffect, { type: 'enter-role' }>, 'from' | 'to' | 'transition'>;

export type Hellos = Interner<Hello>;

export function helloInterner(): Hellos {
  return new Interner((hello) => JSON.stringify(hello));
}

/** Longest chain of timers of zero length in one instant; a longer one is a livelock. */
const MOST_STEPS = 8;

export class Side {
  readonly config: HaConfig;
  readonly #protocol: Protocol;
  readonly #hellos: Hellos;
  readonly #states = new Interner<HaState>((state) => JSON.stringify(state));
  readonly #facts: Facts[] = [];
  readonly #answers = new Map<string, Map<number, Answer>>();

  constructor(config: HaConfig, protocol: Protocol, hellos: Hellos) {
    this.config = config;
    this.#protocol = protocol;
    this.#hellos = hellos;
  }

  /** How many states the firewall has been seen in. */
  get size(): number {
    return this.#states.size;
  }

  /** Number of a state. States that differ only in what they tell an operator are one. */
  numberOf(state: HaState): number {
    const running = Object.fromEntries(
      TIMER_NAMES.filter((timer) => state.running[timer]).map((timer) => [timer, true as const]),
    );
    const peer = { ...state.peer, downReason: null };
    return this.#states.idOf({ ...state, reason: '', peer, running });
  }

  facts(number: number): Facts {
    return (this.#facts[number] ??= this.#factsOf(this.#states.valueOf(number)));
  }

  #factsOf(state: HaState): Facts {
    const { connection, hello } = state.peer;
    return {
      state,
      role: state.role,
      timers: TIMER_NAMES.filter((timer) => state.running[timer]),
      says: this.#hellos.idOf(helloOf(this.config, state)),
      hears: connection === 'up' && hello !== null ? this.#hellos.idOf(hello) : NOTHING,
    };
  }

  /** Answers an edge in a state, and fires what it sets to zero. `key` names the edge. */
  answer(number: number, key: string, event: HaEvent): Answer {
    let answers = this.#answers.get(key);
    if (answers === undefined) this.#answers.set(key, (answers = new Map()));
    let answer = answers.get(number);
    if (answer === undefined) answers.set(number, (answer = this.#workOut(number, event)));
    return answer;
  }

  #workOut(number: number, event: HaEvent): Answer {
    const said: number[] = [];
    const changes: RoleChange[] = [];
    const timers = new Map<TimerName, number>();
    let { state } = this.facts(number);
    let next: HaEvent | undefined = event;
    for (let steps = 0; next !== undefined; steps += 1) {
      const step = this.#step(state, next);
      const broken: string | null =
        steps === MOST_STEPS ? 'timers of zero length set each other' : step.broken;
      if (broken !== null)
        return { state: number, said, changes: [...changes, ...step.changes], timers: [], broken };
      state = step.state;
      changes.push(...step.changes);
      if (step.effects.some(({ type }) => type === 'announce')) {
        said.push(this.#hellos.idOf(helloOf(this.config, state)));
      }
      keepTimers(timers, step.effects);
      const due = [...timers].find(([, durationUs]) => durationUs === 0)?.[0];
      if (due !== undefined) timers.delete(due);
      next = due === undefined ? undefined : { type: 'timer', timer: due };
    }
    const left = [...timers].map(([timer, durationUs]) => ({ timer, durationUs }));
    return { state: this.numberOf(state), said, changes, timers: left, broken: null };
  }

  #step(before: HaState, event: HaEvent): Step {
    try {
      const { state, effects, reason } = this.#protocol(this.config, before, event);
      const changes = effects.filter((effect) => effect.type === 'enter-role');
      return { state, effects, changes, broken: brokenByStep(before, event, { state, effects, reason }) };
    } catch (error) {
      return { state: before, effects: [], changes: [], broken: `the protocol threw ${String(error)}` };
    }
  }
}

interface Step {
  readonly state: HaState;
  readonly effects: readonly HaEffect[];
  readonly changes: readonly RoleChange[];
  readonly broken: string | null;
}

/** Follows the timers that are set in one instant, in the order in which they were set. */
function keepTimers(timers: Map<TimerName, number>, effects: readonly HaEffect[]): void {
  for (const effect of effects) {
    if (effect.type !== 'set-timer' && effect.type !== 'cancel-timer') continue;
    timers.delete(effect.timer);
    if (effect.type === 'set-timer') timers.set(effect.timer, effect.durationUs);
  }
}

/** The law that a single step breaks, or null. */
function brokenByStep(
  before: HaState,
  event: HaEvent,
  { state: after, effects, reason }: Transition,
): string | null {
  const entered = effects.filter((effect) => effect.type === 'enter-role');
  if (entered.length > 1) return 'more than one change of role in one step';
  const [change] = entered;
  if (after.role !== (change?.to ?? before.role)) return 'the role changed without an effect';
  if ((change === undefined) !== (reason === null)) return 'a change of role without its reason';
  if ((before.role === 'suspended' || before.role === 'non-functional') && isPrimary(after.role)) {
    return `${before.role} became ${after.role}`;
  }
  const running = new Set(Object.keys(before.running));
  if (event.type === 'timer') running.delete(event.timer);
  for (const effect of effects) {
    if (effect.type === 'set-timer') running.add(effect.timer);
    else if (effect.type === 'cancel-timer' && !running.delete(effect.timer)) {
      return `${effect.timer} is cancelled, but does not run`;
    }
  }
  const kept = Object.keys(after.running);
  if (kept.length === running.size && kept.every((timer) => running.has(timer))) return null;
  return `timers that run (${kept.join(', ')}) are not those that were set (${[...running].join(', ')})`;
}
