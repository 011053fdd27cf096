/**
 * The HA agent of one firewall: where the pure protocol meets the clock.
 *
 * Edges go into `transition`; its effects come out as timers, notes in the trace and calls to the firewall. The agent can be
 * absent (not started), hung by a fault, or paused with the management plane, in which case edges wait for it.
 */

import type { Compatibility, HaConfig } from '../ha/config.ts';
import type { HaEffect } from '../ha/effect.ts';
import type { HaEvent, Hello } from '../ha/event.ts';
import type { Role } from '../ha/role.ts';
import { established, helloOf, unstarted, type EstablishedRole, type HaState } from '../ha/state.ts';
import { TIMER_NAMES, type TimerName } from '../ha/timers.ts';
import { transition } from '../ha/transition.ts';
import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { assumeForStep } from './ha-assumptions.ts';
import type { FirewallRoutes } from './routes.ts';

/** What the agent does to the firewall around it. */
export interface HaAgentOwner {
  readonly name: string;
  announce(): void;
  synchronizeSessions(): void;
  /** The role changed; `record` is the note of it. */
  roleChanged(role: Role, record: number): void;
  /** An edge has been answered; the role, the view of the peer or anything else may have changed. */
  stateChanged(state: HaState): void;
}

export class HaAgent {
  readonly #owner: HaAgentOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  #config: HaConfig;
  readonly #timers = new Map<TimerName, Handle>();
  #state: HaState = unstarted();
  #condition: 'absent' | 'running' | 'hung' = 'absent';
  #paused = false;
  #deferred: { readonly event: HaEvent; readonly cause: number }[] = [];
  #notedReason = '';

  constructor(owner: HaAgentOwner, simulation: Simulation, routes: FirewallRoutes, config: HaConfig) {
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.timer.add(this);
    this.#config = config;
  }

  get state(): HaState {
    return this.#state;
  }

  /** The agent has been started, hung or not. */
  get present(): boolean {
    return this.#condition !== 'absent';
  }

  get running(): boolean {
    return this.#condition === 'running';
  }

  hello(): Hello {
    return helloOf(this.#config, this.#state);
  }

  /**
   * Other settings of those that the peers compare are in force from now on: what the peer has said is judged anew, and the peer
   * is told.
   */
  reconfigure(change: Partial<Compatibility>): void {
    this.#config = { ...this.#config, compatibility: { ...this.#config.compatibility, ...change } };
    const { connection, hello } = this.#state.peer;
    if (connection === 'up' && hello !== null)
      this.handle({ type: 'peer-heard', hello }, this.#simulation.cause);
    this.#owner.announce();
  }

  /** Begins in a role that it has long had. Returns the record of it. */
  begin(role: EstablishedRole, peer: Hello): number {
    this.#condition = 'running';
    this.#state = established(role, peer);
    return this.#noteRole(null, role, this.#state.reason, 'converged');
  }

  /** Starts anew, in `initial`, without memory. Returns the record of it. */
  start(reason: string): number {
    const from = this.present ? this.#state.role : null;
    this.stop();
    this.#condition = 'running';
    this.#state = { ...unstarted(), reason };
    return this.#noteRole(from, 'initial', reason, 'T1');
  }

  stop(): void {
    this.#condition = 'absent';
    this.#paused = false;
    this.#deferred = [];
    this.#cancelTimers();
  }

  /** The agent hangs: its role stays as it is, and nothing reaches it any more. */
  hang(): void {
    this.#condition = 'hung';
    this.#deferred = [];
    this.#cancelTimers();
  }

  #cancelTimers(): void {
    for (const handle of this.#timers.values()) this.#simulation.cancel(handle);
    this.#timers.clear();
  }

  /** What happens from now on waits until `resume`. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    const deferred = this.#deferred;
    this.#deferred = [];
    const before = this.#simulation.cause;
    for (const { event, cause } of deferred) {
      this.#simulation.cause = cause;
      if (event.type === 'timer') this.#timerWasDue(event.timer);
      else this.handle(event, cause);
    }
    this.#simulation.cause = before;
  }

  /** What was deferred before it may have cancelled the timer, or set it again. */
  #timerWasDue(timer: TimerName): void {
    const setAgain = this.#simulation.isPending(this.#timers.get(timer) ?? NO_HANDLE);
    if (this.#state.running[timer] === true && !setAgain) this.timerFired(timer);
  }

  /** Hands an edge to the protocol and carries out what it answers. */
  handle(event: HaEvent, cause: number): void {
    if (!this.running) return;
    if (this.#paused) {
      this.#deferred.push({ event, cause });
      return;
    }
    const before = this.#simulation.cause;
    this.#simulation.cause = cause;
    const { state, effects } = transition(this.#config, this.#state, event);
    const step = { before: this.#state, event, after: state, effects };
    assumeForStep(this.#config, step, (parameter) => this.#simulation.assume(parameter));
    this.#state = state;
    const role = effects.findIndex(({ type }) => type === 'enter-role');
    for (const [index, effect] of effects.entries()) {
      // What is announced is the state after the step. A change of role is announced once, and is the cause of what the peer does.
      if (effect.type !== 'announce' || index > role) this.#perform(effect);
    }
    if (state.reason !== this.#notedReason) this.#noteReason(state.reason);
    this.#owner.stateChanged(state);
    this.#simulation.cause = before;
  }

  #perform(effect: HaEffect): void {
    switch (effect.type) {
      case 'set-timer':
        return this.#setTimer(effect.timer, effect.durationUs);
      case 'cancel-timer':
        return this.#cancelTimer(effect.timer);
      case 'announce':
        return this.#owner.announce();
      case 'synchronize-sessions':
        return this.#owner.synchronizeSessions();
      case 'enter-role': {
        const record = this.#noteRole(effect.from, effect.to, effect.reason, effect.transition);
        this.#simulation.cause = record;
        return this.#owner.roleChanged(effect.to, record);
      }
      case 'log':
        this.#simulation.note('log', this.#owner.name, { severity: effect.severity, text: effect.text });
    }
  }

  #noteReason(reason: string): void {
    this.#notedReason = reason;
    this.#simulation.note('reason', this.#owner.name, { reason });
  }

  #noteRole(from: Role | null, to: Role, reason: string, rule: string): number {
    this.#notedReason = reason;
    return this.#simulation.note('role', this.#owner.name, { from, to, reason, rule });
  }

  #setTimer(timer: TimerName, durationUs: number): void {
    this.#simulation.cancel(this.#timers.get(timer) ?? NO_HANDLE);
    const before = this.#simulation.cause;
    this.#simulation.cause = this.#simulation.note('timer', this.#owner.name, {
      timer,
      step: 'set',
      durationUs,
    });
    this.#timers.set(
      timer,
      this.#routes.timer.schedule(durationUs, this.#number, TIMER_NAMES.indexOf(timer)),
    );
    this.#simulation.cause = before;
  }

  #cancelTimer(timer: TimerName): void {
    this.#simulation.cancel(this.#timers.get(timer) ?? NO_HANDLE);
    this.#simulation.note('timer', this.#owner.name, { timer, step: 'cancelled' });
  }

  timerFired(timer: TimerName): void {
    if (this.#paused) {
      this.#deferred.push({ event: { type: 'timer', timer }, cause: this.#simulation.cause });
      return;
    }
    this.#simulation.cause = this.#simulation.note('timer', this.#owner.name, { timer, step: 'expired' });
    this.handle({ type: 'timer', timer }, this.#simulation.cause);
  }
}
