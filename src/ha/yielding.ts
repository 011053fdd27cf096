/**
 * The first role of the pair, active or active-primary, meets its peer, in both modes: it yields to one that preempts, and of
 * two primaries the loser of the election yields (T11 to T13; ).
 */

import { winsElection } from './election.ts';
import { countDeparture, loopDetected, suspendForLoop } from './flap.ts';
import { leaveForHa3 } from './ha3.ts';
import { monitorFailed, peerCanServe } from './health.ts';
import { settleHoldUp } from './hold.ts';
import { settleInitial } from './joining.ts';
import { mustYield } from './preemption.ts';
import { REASON } from './reason.ts';
import { enterStandby } from './standby.ts';
import { enterRole, type Step } from './step.ts';

export function primaryHearsPeer(step: Step): void {
  const { state, config, mode } = step;
  const hello = state.peer.hello;
  if (hello === null || leaveForHa3(step)) return;
  if (mustYield(config, hello)) return yieldRole(step, 'T12');
  if (hello.role === mode.primary && !winsElection(config, hello)) return yieldRole(step, 'T13');
  // With `both-monitors-failed: stays`, a peer that can serve again ends the exception.
  if (monitorFailed(state) && peerCanServe(step) && settleHoldUp(step)) mode.leaveForMonitor(step);
}

function yieldRole(step: Step, transition: 'T12' | 'T13'): void {
  countDeparture(step, transition === 'T12' ? 'preemption' : 'nonFunctional');
  const loop = loopDetected(step);
  if (loop !== null) return suspendForLoop(step, loop, 'T11');
  if (transition === 'T12') return enterStandby(step, REASON.hasim.preempted, 'T12');
  if (step.config.assumptions.splitBrainLoser === 'passive') {
    return enterStandby(step, REASON.hasim.splitBrainLost, 'T13');
  }
  enterRole(step, 'initial', REASON.hasim.splitBrainLost, 'T13');
  settleInitial(step);
}
