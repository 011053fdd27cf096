/**
 * Leaving the service, in both modes: a failed dataplane, a mismatch with the peer, an operator, a loop of failures.
 */

import { findMismatch } from './compatibility.ts';
import { countFailure, loopDetected, suspendForLoop } from './flap.ts';
import { monitorFailed, peerCanServe } from './health.ts';
import { REASON } from './reason.ts';
import { forwardsTraffic } from './role.ts';
import { enterRole, postpone, setTimer, type Step } from './step.ts';
import type { Reaction } from './table.ts';
import type { TransitionNumber } from './transitions.ts';

/** T9, T17, T24: a dataplane failure is not held up by anything (K05). */
export function leaveForDataplane(step: Step): void {
  const { state, mode } = step;
  if (state.dataplaneFailure === null) return;
  const { dataplane, standbyDataplane } = mode.numbers;
  becomeNonFunctional(
    step,
    state.dataplaneFailure,
    state.role === mode.standby ? standbyDataplane : dataplane,
  );
  state.failure = 'dataplane';
}

/** Leaves for `non-functional`; a loop that has reached its limit is suspended in the same instant (T21, C02). */
export function becomeNonFunctional(step: Step, reason: string, transition: TransitionNumber): void {
  const serving = forwardsTraffic(step.state.role);
  if (serving) countFailure(step, 'nonFunctional');
  enterRole(step, 'non-functional', reason, transition);
  if (serving) suspendLoopNext(step);
}

/** Sets a timer of zero length when a loop has reached its limit, for the role has just changed. */
export function suspendLoopNext(step: Step): void {
  if (loopDetected(step) !== null) setTimer(step, 'loop-suspension', 0);
}

/** T21, T28. @returns false when the flaps were forgotten in this very instant */
export function loopSuspended(step: Step, transition: 'T21' | 'T28'): boolean {
  const loop = loopDetected(step);
  if (loop !== null) suspendForLoop(step, loop, transition);
  return loop !== null;
}

/**
 * T6, T7, T24: incompatible with the connected peer. Only a firewall that joins or follows leaves; the primary goes on serving.
 *
 * @returns true when it has left, or leaves in the next step of this instant
 */
export function leaveForMismatch(step: Step): boolean {
  const { state, mode, config } = step;
  const { connection, hello } = state.peer;
  if (connection !== 'up' || hello === null) return false;
  const mismatch = findMismatch(config.compatibility, hello.compatibility);
  if (mismatch === null) return false;
  if (postpone(step)) return true;
  if (mismatch.consequence === 'suspended') enterRole(step, 'suspended', mismatch.reason, 'T6');
  else {
    const { mismatch: number, standbyMismatch } = mode.numbers;
    enterRole(
      step,
      'non-functional',
      mismatch.reason,
      state.role === mode.standby ? standbyMismatch : number,
    );
    state.failure = 'mismatch';
  }
  return true;
}

/** T10, T18: the cell of `request high-availability state suspend`; leaving the service by it counts as any departure. */
export function suspending(transition: 'T10' | 'T18'): Reaction {
  const react = (step: Step): void => {
    if (transition === 'T10') countFailure(step, 'nonFunctional');
    enterRole(step, 'suspended', REASON.userRequested, transition);
  };
  return { does: 'Suspended at once.', follows: [transition], rules: ['R-060'], react };
}

/** True where the primary keeps its role with a failed monitor, for there is nobody to take it (section 14, item 8). */
export function staysWithFailedMonitor(step: Step): boolean {
  const { state, mode, config } = step;
  if (state.role !== mode.primary || !monitorFailed(state)) return false;
  return config.assumptions.bothMonitorsFailed === 'stays' && !peerCanServe(step);
}
