/**
 * The active/passive state machine: what each role does with each event, as a table.
 *
 * Rows are roles, columns are edges; every cell names the transitions of the reference (section 1.3, T1-T22) that it
 * follows. A cell that is missing records what the event says and does nothing else, so the protocol is total.
 */

import { findMismatch } from './compatibility.ts';
import { winsElection } from './election.ts';
import type { HaEvent, HaEventType, Hello } from './event.ts';
import { countDeparture, forgetFlaps, loopDetected } from './flap.ts';
import { isHealthy, monitorFailed, monitorReason, peerCanServe } from './health.ts';
import { settleHoldUp } from './hold.ts';
import { mayPreempt, mustYield } from './preemption.ts';
import { REASON } from './reason.ts';
import type { ActivePassiveRole } from './role.ts';
import { cancelTimer, enterRole, setTimer, setTimerOnce, type Step } from './step.ts';
import type { TimerName } from './timers.ts';

/** One cell of the table: the transitions it may make and the code that decides. */
export interface Reaction {
  readonly follows: readonly string[];
  readonly react: (step: Step) => void;
}

type Row = Partial<Record<Exclude<HaEventType, 'timer'>, Reaction>> & {
  readonly timer?: Partial<Record<TimerName, Reaction>>;
};

export const ACTIVE_PASSIVE: Readonly<Record<ActivePassiveRole, Row>> = {
  initial: {
    start: { follows: ['T1'], react: start },
    timer: {
      'initial-timeout': { follows: ['T2', 'T3', 'T4', 'T6', 'T7', 'T9'], react: initialTimeout },
      'session-sync-wait': { follows: ['T2'], react: sessionSyncWaitExpired },
    },
    'peer-heard': { follows: ['T2', 'T3', 'T6', 'T7', 'T9'], react: settleInitial },
    'peer-lost': { follows: ['T4', 'T9'], react: settleInitial },
    dataplane: { follows: ['T9'], react: leaveForDataplane },
    'sessions-synchronized': { follows: ['T2'], react: sessionsSynchronized },
    suspend: { follows: ['T18'], react: (step) => suspend(step, 'T18') },
  },
  active: {
    timer: { 'monitor-fail-hold-up-time': { follows: ['T8'], react: leaveForMonitor } },
    'peer-heard': { follows: ['T8', 'T11', 'T12', 'T13'], react: activeHearsPeer },
    monitor: { follows: ['T8'], react: settleMonitor },
    dataplane: { follows: ['T9'], react: leaveForDataplane },
    suspend: { follows: ['T10'], react: (step) => suspend(step, 'T10') },
  },
  passive: {
    timer: {
      'promotion-hold-time': { follows: ['T6', 'T7', 'T14', 'T15'], react: promotionExpired },
      'preemption-hold-time': { follows: ['T16'], react: preempt },
      'monitor-fail-hold-up-time': { follows: ['T17'], react: leaveForMonitor },
    },
    'peer-heard': { follows: ['T6', 'T7', 'T14', 'T16'], react: settlePassive },
    'peer-lost': { follows: ['T15'], react: settlePassive },
    monitor: { follows: ['T6', 'T7', 'T14', 'T17'], react: settleMonitor },
    dataplane: { follows: ['T17'], react: leaveForDataplane },
    suspend: { follows: ['T18'], react: (step) => suspend(step, 'T18') },
  },
  'non-functional': {
    timer: {
      'monitor-fail-hold-down-time': { follows: ['T19'], react: settleRecovery },
      'loop-suspension': { follows: ['T21'], react: suspendForLoop },
    },
    'peer-heard': { follows: ['T22'], react: settleRecovery },
    monitor: { follows: ['T19', 'T20', 'T22'], react: settleRecovery },
    dataplane: { follows: ['T19', 'T20', 'T22'], react: settleRecovery },
    suspend: { follows: ['T18'], react: (step) => suspend(step, 'T18') },
  },
  suspended: {
    functional: { follows: ['T22'], react: makeFunctional },
  },
};

/** The cell for this role and event, or undefined where the event is only recorded. */
export function reactionTo(role: ActivePassiveRole, event: HaEvent): Reaction | undefined {
  const row = ACTIVE_PASSIVE[role];
  return event.type === 'timer' ? row.timer?.[event.timer] : row[event.type];
}

// --- initial ---------------------------------------------------------------------------------------------------------

function start(step: Step): void {
  step.effects.push({ type: 'announce' });
  settleInitial(step);
}

/** T2, T3, T4, T6, T7: what to do in `initial` with what is known of the peer. */
function settleInitial(step: Step): void {
  const { state, config } = step;
  const { connection, hello } = state.peer;
  if (state.dataplaneFailure !== null) {
    // The dataplane crashed while the firewall was suspended: making it functional does not repair it.
    return step.moved ? setTimer(step, 'initial-timeout', 0) : leaveForDataplane(step);
  }
  if (connection !== 'up' || hello === null) {
    cancelTimer(step, 'session-sync-wait');
    state.synchronizing = false;
    setTimerOnce(step, 'initial-timeout', config.assumptions.initialTimeoutUs);
    return;
  }
  cancelTimer(step, 'initial-timeout');
  if (leaveForMismatch(step, hello)) return;
  if (hello.role === 'active') return synchronizeThenJoin(step);
  if (hello.role === 'passive') return; // It is functional and will take over when it hears us (T14).
  if (hello.role === 'initial' && !winsElection(config, hello)) return; // T3 is the peer's.
  if (step.moved) return setTimer(step, 'initial-timeout', 0);
  enterActive(step, hello.role === 'initial' ? REASON.hasim.wonElection : REASON.hasim.onlyCandidate, 'T3');
}

function initialTimeout(step: Step): void {
  const { peer, dataplaneFailure } = step.state;
  if (peer.connection === 'up' || dataplaneFailure !== null) return settleInitial(step);
  enterActive(step, REASON.hasim.noPeer, 'T4');
}

/** T2: the peer serves; copy its sessions first, if session sync is on. */
function synchronizeThenJoin(step: Step): void {
  const { state, config } = step;
  if (state.synchronizing) return;
  if (!config.stateSynchronization) {
    if (step.moved) return setTimer(step, 'session-sync-wait', 0);
    return join(step, REASON.hasim.joined);
  }
  state.synchronizing = true;
  state.reason = REASON.waitingForSync;
  setTimer(step, 'session-sync-wait', config.assumptions.sessionSyncWaitUs);
  step.effects.push({ type: 'synchronize-sessions' });
}

/** The wait has a length of zero without session sync, where `join` had to wait for the next step. */
function sessionSyncWaitExpired(step: Step): void {
  join(step, step.config.stateSynchronization ? REASON.hasim.syncTimedOut : REASON.hasim.joined);
}

function sessionsSynchronized(step: Step): void {
  if (step.state.synchronizing) join(step, REASON.hasim.synchronized);
}

function join(step: Step, reason: string): void {
  enterPassive(step, reason, 'T2');
}

// --- entering and leaving the service --------------------------------------------------------------------------------

function enterActive(step: Step, reason: string, transition: string): void {
  enterRole(step, 'active', reason, transition);
  step.state.tookByPreemption = transition === 'T16';
  settleHoldUp(step);
}

function enterPassive(step: Step, reason: string, transition: string): void {
  const joining = step.state.role === 'initial';
  enterRole(step, 'passive', reason, transition);
  // A node that was out of service has missed updates; from `initial` the bulk sync has just been made.
  if (!joining && step.config.stateSynchronization) step.effects.push({ type: 'synchronize-sessions' });
  settleMonitor(step);
  settlePassive(step);
}

/** T8, T17: the hold-up has run out and a monitor is still failed. */
function leaveForMonitor(step: Step): void {
  const { state, config } = step;
  if (!monitorFailed(state)) return;
  const wasActive = state.role === 'active';
  if (wasActive && config.assumptions.bothMonitorsFailed === 'stays' && !peerCanServe(state)) return;
  becomeNonFunctional(step, monitorReason(state), wasActive ? 'T8' : 'T17');
  state.failure = 'monitor';
  setTimer(step, 'monitor-fail-hold-down-time', config.monitorFailHoldDownUs);
}

/** T9 (and T17): a dataplane failure is not held up by anything (K05). */
function leaveForDataplane(step: Step): void {
  const { state } = step;
  if (state.dataplaneFailure === null) return;
  becomeNonFunctional(step, state.dataplaneFailure, state.role === 'passive' ? 'T17' : 'T9');
  state.failure = 'dataplane';
}

/** T6, T7: incompatible with the peer. Only a node that joins leaves; one in service goes on serving. */
function leaveForMismatch(step: Step, hello: Hello): boolean {
  const mismatch = findMismatch(step.config.compatibility, hello.compatibility);
  if (mismatch === null) return false;
  if (step.moved) {
    setTimer(step, step.state.role === 'passive' ? 'promotion-hold-time' : 'initial-timeout', 0);
    return true;
  }
  if (mismatch.consequence === 'suspended') enterRole(step, 'suspended', mismatch.reason, 'T6');
  else {
    enterRole(step, 'non-functional', mismatch.reason, 'T7');
    step.state.failure = 'mismatch';
  }
  return true;
}

/** Leaves for `non-functional`; a loop that has reached its limit is suspended in the same instant (T21, C02). */
function becomeNonFunctional(step: Step, reason: string, transition: string): void {
  const { state } = step;
  const wasActive = state.role === 'active';
  if (wasActive) countDeparture(step, state.tookByPreemption ? 'preemption' : 'nonFunctional');
  enterRole(step, 'non-functional', reason, transition);
  if (wasActive && loopDetected(step) !== null) setTimer(step, 'loop-suspension', 0);
}

function suspendForLoop(step: Step): void {
  const reason = loopDetected(step);
  if (reason !== null) enterRole(step, 'suspended', reason, 'T21');
}

/** T10, T18: `request high-availability state suspend`. */
function suspend(step: Step, transition: string): void {
  if (step.state.role === 'active') {
    countDeparture(step, step.state.tookByPreemption ? 'preemption' : 'nonFunctional');
  }
  enterRole(step, 'suspended', REASON.userRequested, transition);
}

/** T22: `request high-availability state functional`; the operator vouches for the cause being fixed. */
function makeFunctional(step: Step): void {
  enterRole(step, 'initial', REASON.hasim.madeFunctional, 'T22');
  cancelTimer(step, 'flap-window');
  forgetFlaps(step);
  settleInitial(step);
}

/** Monitor verdicts in active and passive: hold up, or let go (T8, T17, R-034). */
function settleMonitor(step: Step): void {
  if (settleHoldUp(step)) return leaveForMonitor(step);
  if (step.state.role === 'passive') settlePassive(step);
}

// --- active ----------------------------------------------------------------------------------------------------------

/** T12, T13, T11: the peer preempts, or two actives have met and the loser of the election yields. */
function activeHearsPeer(step: Step): void {
  const { state, config } = step;
  const hello = state.peer.hello;
  if (hello === null) return;
  if (mustYield(config, hello)) return yieldRole(step, 'T12');
  if (hello.role === 'active' && !winsElection(config, hello)) return yieldRole(step, 'T13');
  // With `both-monitors-failed: stays`, a peer that can serve again ends the exception.
  if (monitorFailed(state) && peerCanServe(state) && settleHoldUp(step)) leaveForMonitor(step);
}

function yieldRole(step: Step, transition: 'T12' | 'T13'): void {
  const { config } = step;
  countDeparture(step, transition === 'T12' ? 'preemption' : 'nonFunctional');
  const loop = loopDetected(step);
  if (loop !== null) return enterRole(step, 'suspended', loop, 'T11');
  if (transition === 'T12') return enterPassive(step, REASON.hasim.preempted, 'T12');
  if (config.assumptions.splitBrainLoser === 'passive') {
    return enterPassive(step, REASON.hasim.splitBrainLost, 'T13');
  }
  enterRole(step, 'initial', REASON.hasim.splitBrainLost, 'T13');
  settleInitial(step);
}

// --- passive ---------------------------------------------------------------------------------------------------------

type Claim = 'none' | 'preempt' | 'announced' | 'failed';

/** What a healthy passive may claim, given its view of the peer. */
function claimOf(step: Step): Claim {
  const { state, config } = step;
  const { connection, hello } = state.peer;
  if (!isHealthy(state)) return 'none';
  if (connection !== 'up' || hello === null) return 'failed';
  if (hello.role === 'active') return mayPreempt(config, hello) ? 'preempt' : 'none';
  if (hello.role === 'passive') return winsElection(config, hello) ? 'announced' : 'none';
  return 'announced';
}

/** T14, T15, T16: sets or cancels the holds so that they match the claim. */
function settlePassive(step: Step): void {
  const { config, state } = step;
  if (mismatchesPeer(step)) return;
  const claim = claimOf(step);
  if (claim === 'announced' && state.preempting && state.peer.hello?.role === 'passive') {
    return enterActive(step, REASON.hasim.preempting, 'T16'); // The active has yielded.
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
  else if (step.moved) setTimer(step, 'promotion-hold-time', 0);
  else takeOver(step);
}

/** A passive whose peer turns out not to match it leaves, at the latest when its next hold runs out. */
function mismatchesPeer(step: Step): boolean {
  const { connection, hello } = step.state.peer;
  return connection === 'up' && hello !== null && leaveForMismatch(step, hello);
}

function promotionExpired(step: Step): void {
  if (mismatchesPeer(step)) return;
  const claim = claimOf(step);
  if (claim === 'failed' || claim === 'announced') takeOver(step);
}

function takeOver(step: Step): void {
  const { connection, hello } = step.state.peer;
  if (connection !== 'up' || hello === null) return enterActive(step, REASON.hasim.peerFailed, 'T15');
  enterActive(step, announcedReason(hello), 'T14');
}

function announcedReason(hello: Hello): string {
  if (hello.role === 'suspended') return REASON.hasim.peerSuspended;
  if (hello.role === 'non-functional') return REASON.hasim.peerNonFunctional;
  return REASON.hasim.peerNotActive;
}

/** The hold has passed: asks the active to yield. */
function preempt(step: Step): void {
  if (claimOf(step) !== 'preempt') return;
  step.state.preempting = true;
  step.effects.push({ type: 'announce' });
}

// --- non-functional --------------------------------------------------------------------------------------------------

/** T19, T20, R-053 to R-057: leaves when nothing keeps the firewall out of service any more. */
function settleRecovery(step: Step): void {
  const { state, config } = step;
  if (!isHealthy(state)) return;
  const hello = state.peer.hello;
  if (state.failure === 'dataplane') {
    // The dataplane restarted without its session table, so the node joins anew.
    enterRole(step, 'initial', REASON.hasim.dataplaneRestored, 'T20');
    settleInitial(step);
  } else if (state.failure === 'mismatch') {
    if (hello === null || findMismatch(config.compatibility, hello.compatibility) !== null) return;
    enterRole(step, 'initial', REASON.hasim.mismatchFixed, 'T22');
    settleInitial(step);
  } else if (
    state.running['monitor-fail-hold-down-time'] !== true &&
    state.running['loop-suspension'] !== true
  ) {
    enterPassive(step, REASON.hasim.recovered, 'T19');
  }
}
