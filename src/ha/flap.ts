/**
 * Flaps: how often the active role was left within 15 minutes, and the suspension that ends the loop.
 *
 * D04: a flap counts when active is left within 15 min after it was last left; the first departure ever counts none
 * . Preemption flaps and non-functional flaps are counted apart, against one flap-max.
 * The protocol has no clock, so "within 15 min" is a timer that each departure starts again.
 */

import { REASON } from './reason.ts';
import { isRunning, setTimer, type Step } from './step.ts';

export type FlapKind = 'nonFunctional' | 'preemption' | 'tentative';

/** Books a departure from active. Call before the role changes. */
export function countDeparture(step: Step, kind: FlapKind): void {
  if (isRunning(step, 'flap-window')) step.state.flaps[kind] += 1;
  // One microsecond more, so that a departure exactly 15 min later still counts (D04: "within").
  setTimer(step, 'flap-window', step.config.assumptions.flapWindowUs + 1);
}

/** The suspension reason when a loop has reached its limit, or null. */
export function loopDetected(step: Step): string | null {
  const { preemption, nonFunctional } = step.state.flaps;
  if (reachesLimit(step, preemption)) return REASON.preemptionLoop;
  if (reachesLimit(step, nonFunctional)) return REASON.nonFunctionalLoop;
  return null;
}

function reachesLimit(step: Step, count: number): boolean {
  const { flapMax } = step.config.timers;
  if (flapMax === 0) return false;
  return step.config.assumptions.flapComparison === 'reaches' ? count >= flapMax : count > flapMax;
}

/** The window has passed quietly, or an operator has declared the cause fixed. */
export function forgetFlaps(step: Step): void {
  step.state.flaps.nonFunctional = 0;
  step.state.flaps.preemption = 0;
  step.state.flaps.tentative = 0;
}
