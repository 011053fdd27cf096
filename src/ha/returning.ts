/**
 * The way back into an active/active pair from `non-functional` and `suspended`: through tentative, whose hold looks after failed
 * monitors (section 1.1, T20 to T22; ). After a mismatch the firewall joins anew.
 */

import { findMismatch } from './compatibility.ts';
import { forgiveFlaps } from './flap.ts';
import { ha3Lost } from './ha3.ts';
import { settleInitial } from './joining.ts';
import { loopSuspended } from './leaving.ts';
import { REASON } from './reason.ts';
import { enterRole, isRunning, type Step } from './step.ts';
import { enterTentative } from './tentative.ts';

/** T20, T22: leaves when what has put the firewall out of service is over. */
export function settleRecovery(step: Step): void {
  const { state, config } = step;
  if (state.dataplaneFailure !== null || isRunning(step, 'loop-suspension')) return;
  if (state.failure === 'mismatch') {
    const hello = state.peer.hello;
    if (hello === null || findMismatch(config.compatibility, hello.compatibility) !== null) return;
    enterRole(step, 'initial', REASON.hasim.mismatchFixed, 'T22');
    return settleInitial(step);
  }
  if (state.failure === 'dataplane') return enterTentative(step, REASON.hasim.dataplaneRestored, 'T20');
  if (ha3Lost(step)) return;
  enterTentative(step, state.ha3Down ? REASON.hasim.ha3NotNeeded : REASON.hasim.ha3Restored, 'T20');
}

/** T21: the loop is suspended in the instant in which it was counted. */
export function suspendLoop(step: Step): void {
  if (!loopSuspended(step, 'T21')) settleRecovery(step);
}

/** T22: `request high-availability state functional`; the operator vouches for the cause being fixed. */
export function makeFunctional(step: Step): void {
  forgiveFlaps(step);
  enterTentative(step, REASON.hasim.madeFunctional, 'T22');
}
