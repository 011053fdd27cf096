/**
 * One step of the protocol while it is being made: the draft of the next state, the effects so far, and the few verbs
 * that every rule is written with. Nothing here knows a rule of its own.
 */

import type { Draft } from 'immer';
import type { HaConfig } from './config.ts';
import type { HaEffect } from './effect.ts';
import type { Role } from './role.ts';
import type { HaState } from './state.ts';
import { TIMER_NAMES, type TimerName } from './timers.ts';

export interface Step {
  readonly config: HaConfig;
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

/**
 * Moves to another role: cancels the old role's timers, tells the data plane, the log and the peer.
 *
 * @param transition the reference's number of this transition, T1-T22
 */
export function enterRole(step: Step, to: Role, reason: string, transition: string): void {
  const { state, effects, config } = step;
  if (step.moved) throw new Error(`second role change in one step: ${state.role} to ${to}`);
  const from = state.role;
  cancelRoleTimers(step);
  step.moved = true;
  state.role = to;
  state.reason = reason;
  state.synchronizing = false;
  state.preempting = false;
  if (to !== 'non-functional') state.failure = null;
  if (to !== 'active') state.tookByPreemption = false;
  effects.push({ type: 'enter-role', from, to, reason, transition });
  effects.push({
    type: 'log',
    severity: to === 'non-functional' || to === 'suspended' ? 'critical' : 'informational',
    text: `HA Group ${config.compatibility.groupId}: Moved from state ${title(from)} to state ${title(to)}`,
  });
  effects.push({ type: 'announce' });
}

/** `non-functional` as the system log writes it: `Non-Functional`. */
function title(role: Role): string {
  return role.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
