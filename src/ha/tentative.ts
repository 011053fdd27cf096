/**
 * `tentative`, of active/active only: in the pair again, but without a session of its own until the tentative hold is over (section
 * 1.1, T23, T27, T28; D07, K03, K06; ).
 *
 * The hold runs while nothing stands against serving: no monitor failed, HA3 there to a peer that serves. It begins anew
 * when that ends, and before it is over no role is claimed.
 */

import { winsElection } from './election.ts';
import { countFailure } from './flap.ts';
import { ha3Lost, isApart, peerIsComing } from './ha3.ts';
import { monitorFailed, monitorReason } from './health.ts';
import {
  leaveForDataplane,
  leaveForMismatch,
  loopSuspended,
  staysWithFailedMonitor,
  suspendLoopNext,
} from './leaving.ts';
import { enterPrimary } from './primary.ts';
import { REASON } from './reason.ts';
import { forwardsTraffic } from './role.ts';
import { enterStandby } from './standby.ts';
import { cancelTimer, enterRole, isRunning, postpone, setTimer, type Step } from './step.ts';
import type { TransitionNumber } from './transitions.ts';

export function enterTentative(step: Step, reason: string, transition: TransitionNumber): void {
  const { role } = step.state;
  const serving = forwardsTraffic(role);
  if (serving) countFailure(step, 'tentative');
  enterRole(step, 'tentative', reason, transition);
  // From `initial` the bulk sync has just been made.
  if (role !== 'initial' && step.config.stateSynchronization)
    step.effects.push({ type: 'synchronize-sessions' });
  if (serving) suspendLoopNext(step);
  settleTentative(step);
}

/** T23: the hold-up has run out and a monitor is still failed. */
export function leaveForMonitor(step: Step): void {
  const { state } = step;
  if (!monitorFailed(state) || staysWithFailedMonitor(step)) return;
  enterTentative(step, monitorReason(state), 'T23');
}

/** Starts or cancels the tentative hold so that it matches what stands against serving; leaves where that is no matter of waiting. */
export function settleTentative(step: Step): void {
  const { state, config } = step;
  // The next step of this instant looks at everything.
  if (isRunning(step, 'loop-suspension') || isRunning(step, 'promotion-hold-time')) return;
  if (state.dataplaneFailure !== null) {
    if (!postpone(step)) leaveForDataplane(step);
    return;
  }
  if (leaveForMismatch(step)) return;
  const obstacle = obstacleOf(step);
  if (obstacle !== null) {
    cancelTimer(step, 'tentative-hold-time');
    state.reason = obstacle;
  } else if (!isRunning(step, 'tentative-hold-time')) {
    if (config.tentativeHoldUs === 0 && !step.moved) return tentativeHoldOver(step);
    state.reason = REASON.waitingForTentativeHold;
    setTimer(step, 'tentative-hold-time', config.tentativeHoldUs);
  }
}

function obstacleOf(step: Step): string | null {
  if (monitorFailed(step.state)) return monitorReason(step.state);
  return ha3Lost(step) || peerComesFirst(step) ? REASON.ha3Down : null;
}

/** HA3 is lost between two tentative firewalls, and the other wins the election: it is to serve, and then this one cannot. */
function peerComesFirst(step: Step): boolean {
  const { connection, hello } = step.state.peer;
  if (connection !== 'up' || hello === null || !peerIsComing(step, hello)) return false;
  return isApart(step, hello) && !winsElection(step.config, hello);
}

/** T27: active-secondary beside a peer that is or will be primary; active-primary where none is to be expected. */
export function tentativeHoldOver(step: Step): void {
  const { state, config } = step;
  const { connection, hello } = state.peer;
  if (connection !== 'up' || hello === null) return enterPrimary(step, REASON.hasim.peerFailed, 'T27');
  if (forwardsTraffic(hello.role)) return enterStandby(step, REASON.hasim.tentativeHoldOver, 'T27');
  if (!peerIsComing(step, hello)) return enterPrimary(step, REASON.hasim.onlyCandidate, 'T27');
  if (winsElection(config, hello)) return enterPrimary(step, REASON.hasim.wonElection, 'T27');
  enterStandby(step, REASON.hasim.tentativeHoldOver, 'T27');
}

/** T28: the loop is suspended in the instant in which it was counted. */
export function suspendTentativeLoop(step: Step): void {
  if (!loopSuspended(step, 'T28')) settleTentative(step);
}
