/**
 * Flaps: how often the active role was left within 15 minutes, and the suspension that ends the loop.
 *
 * D04: a flap counts when active is left within 15 min after it was last left; the first departure ever counts none
 * . Preemption, non-functional and tentative flaps are counted apart, against one flap-max (R-088, K03).
 * The protocol has no clock, so "within 15 min" is a timer that each departure starts again.
 */

import { REASON } from './reason.ts';
import { cancelTimer, enterRole, isRunning, log, setTimer, type Step } from './step.ts';
import type { TransitionNumber } from './transitions.ts';

export type FlapKind = 'preemption' | 'nonFunctional' | 'tentative';

/**
 * A loop that has reached its limit: how `show` words it, how the log names it, how often. A tentative loop shows as a
 * non-functional one (K03).
 */
export interface Loop {
  readonly reason: string;
  readonly name: string;
  readonly count: number;
}

const LOOPS: readonly (Omit<Loop, 'count'> & { readonly kind: FlapKind })[] = [
  { kind: 'preemption', reason: REASON.preemptionLoop, name: 'preemption' },
  { kind: 'nonFunctional', reason: REASON.nonFunctionalLoop, name: 'Non-functional' },
  { kind: 'tentative', reason: REASON.nonFunctionalLoop, name: 'Tentative' },
];

/** Books a departure from an active role. Call before the role changes. */
export function countDeparture(step: Step, kind: FlapKind): void {
  if (isRunning(step, 'flap-window')) step.state.flaps[kind] += 1;
  // One microsecond more, so that a departure exactly 15 min later still counts (D04: "within").
  setTimer(step, 'flap-window', step.config.assumptions.flapWindowUs + 1);
}

/** Books a departure to where a failure leads; from a role taken by preemption it makes a preemption loop (K02). */
export function countFailure(step: Step, kind: 'nonFunctional' | 'tentative'): void {
  countDeparture(step, step.state.tookByPreemption ? 'preemption' : kind);
}

/** The loop that has reached its limit, or null. */
export function loopDetected(step: Step): Loop | null {
  const { flaps } = step.state;
  const loop = LOOPS.find(({ kind }) => reachesLimit(step, flaps[kind]));
  return loop === undefined ? null : { ...loop, count: flaps[loop.kind] };
}

function reachesLimit(step: Step, count: number): boolean {
  const { flapMax } = step.config.timers;
  if (flapMax === 0) return false;
  return step.config.assumptions.flapComparison === 'reaches' ? count >= flapMax : count > flapMax;
}

/** T11, T21, T28: a loop ends in `suspended`; the log line is PAN-OS's (C02, K03). */
export function suspendForLoop(
  step: Step,
  { name, count, reason }: Loop,
  transition: TransitionNumber,
): void {
  log(
    step,
    'critical',
    `Going to Suspended state due to detection of a ${name} loop after ${count} ${count === 1 ? 'loop' : 'loops'}`,
  );
  enterRole(step, 'suspended', reason, transition);
}

/** The window has passed quietly. */
export function forgetFlaps(step: Step): void {
  step.state.flaps.nonFunctional = 0;
  step.state.flaps.preemption = 0;
  step.state.flaps.tentative = 0;
}

/** An operator makes the firewall functional, and so vouches for the cause being fixed. */
export function forgiveFlaps(step: Step): void {
  cancelTimer(step, 'flap-window');
  forgetFlaps(step);
}
