/**
 * Taking the first role of the pair, active or active-primary, in both modes.
 */

import { leaveForHa3 } from './ha3.ts';
import { settleHoldUp } from './hold.ts';
import { enterRole, type Step } from './step.ts';
import type { TransitionNumber } from './transitions.ts';

/** @param transition the reference's number; the one for preemption is remembered, for leaving again is a flap (K02) */
export function enterPrimary(step: Step, reason: string, transition: TransitionNumber): void {
  enterRole(step, step.mode.primary, reason, transition);
  step.state.tookByPreemption = transition === step.mode.numbers.preempting;
  settleHoldUp(step);
  leaveForHa3(step);
}
