/**
 * The role that follows, passive or active-secondary, in both modes: when it takes over, and how it takes the role back by
 * preemption (T14 to T16, T25, T26, T29; ).
 */

import { winsElection } from './election.ts';
import type { Hello } from './event.ts';
import { leaveForHa3, peerIsComing } from './ha3.ts';
import { isHealthy } from './health.ts';
import { settleHoldUp } from './hold.ts';
import { leaveForMismatch } from './leaving.ts';
import { mayPreempt } from './preemption.ts';
import { enterPrimary } from './primary.ts';
import { REASON } from './reason.ts';
import { cancelTimer, enterRole, postpone, setTimerOnce, type Step } from './step.ts';
import type { TransitionNumber } from './transitions.ts';

export function enterStandby(step: Step, reason: string, transition: TransitionNumber): void {
  const { mode, config, state } = step;
  // A node that was out of service has missed updates; from `initial` and `tentative` the bulk sync has just been made.
  const synchronized = state.role === 'initial' || state.role === 'tentative';
  enterRole(step, mode.standby, reason, transition);
  if (!synchronized && config.stateSynchronization) step.effects.push({ type: 'synchronize-sessions' });
  settleMonitor(step);
  settleStandby(step);
}

/** Monitor verdicts in both roles of a healthy pair: hold up, or let go (T8, T17, T23, R-034). */
export function settleMonitor(step: Step): void {
  if (settleHoldUp(step)) return step.mode.leaveForMonitor(step);
  if (step.state.role === step.mode.standby) settleStandby(step);
}

/** `announced` covers a peer that says that it does not serve, and one that has yielded. */
type Claim = 'none' | 'preempt' | 'announced' | 'failed';

/** What a healthy standby may claim, given its view of the peer. */
function claimOf(step: Step): Claim {
  const { state, config, mode } = step;
  const { connection, hello } = state.peer;
  if (!isHealthy(state)) return 'none';
  if (connection !== 'up' || hello === null) return 'failed';
  if (hello.role === mode.primary) return mayPreempt(config, hello) ? 'preempt' : 'none';
  if (hello.role === mode.standby || peerIsComing(step, hello)) {
    return winsElection(config, hello) ? 'announced' : 'none';
  }
  return 'announced';
}

/** Sets or cancels the holds so that they match the claim. */
export function settleStandby(step: Step): void {
  const { config, state, mode } = step;
  if (leaveForMismatch(step) || leaveForHa3(step)) return;
  const claim = claimOf(step);
  if (claim === 'announced' && state.preempting && state.peer.hello?.role === mode.standby) {
    return enterPrimary(step, REASON.hasim.preempting, mode.numbers.preempting); // The peer has yielded.
  }
  const promotes = claim === 'failed' || claim === 'announced';
  if (!promotes) cancelTimer(step, 'promotion-hold-time');
  if (claim === 'preempt' && !state.preempting) {
    setTimerOnce(step, 'preemption-hold-time', config.timers.preemptionHoldUs);
  } else if (claim !== 'preempt') {
    cancelTimer(step, 'preemption-hold-time');
    state.preempting = false;
  }
  if (!promotes) return;
  const waits = claim === 'failed' || config.assumptions.announcedFailureHold === 'promotion-hold-time';
  if (waits) setTimerOnce(step, 'promotion-hold-time', config.timers.promotionHoldUs);
  else if (!postpone(step)) takeOver(step);
}

export function promotionExpired(step: Step): void {
  // A standby whose peer turns out not to match it leaves, at the latest when its next hold runs out.
  if (leaveForMismatch(step) || leaveForHa3(step)) return;
  const claim = claimOf(step);
  if (claim === 'failed' || claim === 'announced') takeOver(step);
}

function takeOver(step: Step): void {
  const { connection, hello } = step.state.peer;
  const { peerFailed, peerAnnounced } = step.mode.numbers;
  if (connection !== 'up' || hello === null) return enterPrimary(step, REASON.hasim.peerFailed, peerFailed);
  enterPrimary(step, announcedReason(hello), peerAnnounced);
}

function announcedReason({ role }: Hello): string {
  if (role === 'suspended') return REASON.hasim.peerSuspended;
  if (role === 'non-functional') return REASON.hasim.peerNonFunctional;
  if (role === 'tentative') return REASON.hasim.peerTentative;
  return role === 'active-secondary' ? REASON.hasim.peerNotPrimary : REASON.hasim.peerNotActive;
}

/** The hold has passed: asks the primary to yield. */
export function preempt(step: Step): void {
  if (claimOf(step) !== 'preempt') return;
  step.state.preempting = true;
  step.effects.push({ type: 'announce' });
}
