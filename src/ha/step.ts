/**
 * One step of the protocol while it is being made: the draft of the next state, the effects so far, and the few verbs
 * that every rule is written with. Nothing here knows a rule of its own.
 */

import type { Draft } from 'immer';
import type { HaConfig } from './config.ts';
import type { HaEffect } from './effect.ts';
import type { Mode } from './mode.ts';
import { isPrimary, type Role } from './role.ts';
import type { HaState } from './state.ts';
import { TIMER_NAMES, type TimerName } from './timers.ts';
import type { TransitionNumber } from './transitions.ts';

export interface Step {
  readonly config: HaConfig;
  /** What active/passive and active/active do differently. */
  readonly mode: Mode;
  readonly state: Draft<HaState>;
  readonly effects: HaEffect[];
  /** The role has changed in this step; a second change has to wait for a timer of zero length. */
  moved: boolean;
}

export function isRunning(step: Step, timer: TimerName): boolean {
  return step.state.running[timer] === true;
}

/** Starts the timer, or starts it again. */
export function setTimer(step: Step, timer: TimerName, durationUs: number): void {
  step.state.running[timer] = true;
  step.effects.push({ type: 'set-timer', timer, durationUs });
}

export function setTimerOnce(step: Step, timer: TimerName, durationUs: number): void {
  if (!isRunning(step, timer)) setTimer(step, timer, durationUs);
}

export function cancelTimer(step: Step, timer: TimerName): void {
  if (!isRunning(step, timer)) return;
  delete step.state.running[timer];
  step.effects.push({ type: 'cancel-timer', timer });
}

/** Cancels what belongs to the role that is being left. The flap window outlives roles (D04). */
function cancelRoleTimers(step: Step): void {
  for (const timer of TIMER_NAMES) {
    if (timer !== 'flap-window') cancelTimer(step, timer);
  }
}

/** The timer whose expiry looks at everything again, by role: with a length of zero it is the next step of this instant. */
const NEXT_STEP: Partial<Record<Role, TimerName>> = {
  initial: 'initial-timeout',
  passive: 'promotion-hold-time',
  'active-primary': 'promotion-hold-time',
  'active-secondary': 'promotion-hold-time',
  tentative: 'promotion-hold-time',
};

/**
 * Puts off to the next step of this instant what would change the role a second time.
 *
 * @returns false when the role has not changed yet, and the change can be made now
 */
export function postpone(step: Step): boolean {
  if (!step.moved) return false;
  setTimer(step, NEXT_STEP[step.state.role] as TimerName, 0);
  return true;
}

/**
 * Moves to another role: cancels the old role's timers, tells the data plane, the log and the peer.
 *
 * @param transition the reference's number of this transition, T1-T29
 */
export function enterRole(step: Step, to: Role, reason: string, transition: TransitionNumber): void {
  const { state, effects } = step;
  if (step.moved) throw new Error(`second role change in one step: ${state.role} to ${to}`);
  const from = state.role;
  cancelRoleTimers(step);
  step.moved = true;
  state.role = to;
  state.reason = reason;
  state.synchronizing = false;
  state.preempting = false;
  if (to !== 'non-functional') state.failure = null;
  if (!isPrimary(to)) state.tookByPreemption = false;
  effects.push({ type: 'enter-role', from, to, reason, transition });
  const severity = to === 'non-functional' || to === 'suspended' ? 'critical' : 'informational';
  log(step, severity, `Moved from state ${title(from)} to state ${title(to)}`);
  effects.push({ type: 'announce' });
}

/** Writes a line of the system log, subtype ha. */
export function log({ effects, config }: Step, severity: 'informational' | 'critical', text: string): void {
  effects.push({ type: 'log', severity, text: `HA Group ${config.compatibility.groupId}: ${text}` });
}

/** `non-functional` as the system log writes it: `Non-Functional`. */
function title(role: Role): string {
  return role.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
