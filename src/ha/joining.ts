/**
 * `initial`, in both modes: who becomes the primary of two that start together, and how a firewall joins a peer that serves
 * (T1 to T7; ).
 */

import { winsElection } from './election.ts';
import { peerIsComing } from './ha3.ts';
import { leaveForDataplane, leaveForMismatch } from './leaving.ts';
import { enterPrimary } from './primary.ts';
import { REASON } from './reason.ts';
import { cancelTimer, postpone, setTimer, setTimerOnce, type Step } from './step.ts';

/** T1: says that it is there. */
export function start(step: Step): void {
  step.effects.push({ type: 'announce' });
  settleInitial(step);
}

/** T2 to T7: what to do in `initial` with what is known of the peer. */
export function settleInitial(step: Step): void {
  const { state, config, mode } = step;
  const { connection, hello } = state.peer;
  if (state.dataplaneFailure !== null) {
    // The dataplane crashed while the firewall was suspended: making it functional does not repair it.
    if (!postpone(step)) leaveForDataplane(step);
    return;
  }
  if (connection !== 'up' || hello === null) {
    cancelTimer(step, 'session-sync-wait');
    state.synchronizing = false;
    setTimerOnce(step, 'initial-timeout', config.assumptions.initialTimeoutUs);
    return;
  }
  cancelTimer(step, 'initial-timeout');
  if (leaveForMismatch(step)) return;
  const comes = hello.role !== 'tentative' || peerIsComing(step, hello);
  if (mode.sources.includes(hello.role) && comes) return synchronizeThenJoin(step);
  if (hello.role === mode.standby) return; // It is functional and will take over when it hears us (T14).
  if (hello.role === 'initial' && !winsElection(config, hello)) return; // T3 is the peer's.
  if (postpone(step)) return;
  const won = hello.role === 'initial';
  enterPrimary(step, won ? REASON.hasim.wonElection : REASON.hasim.onlyCandidate, 'T3');
}

export function initialTimeout(step: Step): void {
  const { peer, dataplaneFailure } = step.state;
  if (peer.connection === 'up' || dataplaneFailure !== null) return settleInitial(step);
  enterPrimary(step, REASON.hasim.noPeer, 'T4');
}

/** T2, T5: the peer serves; copy its sessions first, if session sync is on. */
function synchronizeThenJoin(step: Step): void {
  const { state, config, mode } = step;
  if (state.synchronizing) return;
  if (!config.stateSynchronization) {
    if (step.moved) return setTimer(step, 'session-sync-wait', 0);
    return mode.join(step, REASON.hasim.joined);
  }
  state.synchronizing = true;
  state.reason = REASON.waitingForSync;
  setTimer(step, 'session-sync-wait', config.assumptions.sessionSyncWaitUs);
  step.effects.push({ type: 'synchronize-sessions' });
}

/** The wait has a length of zero without session sync, where joining had to wait for the next step. */
export function sessionSyncWaitExpired(step: Step): void {
  step.mode.join(step, step.config.stateSynchronization ? REASON.hasim.syncTimedOut : REASON.hasim.joined);
}

export function sessionsSynchronized(step: Step): void {
  if (step.state.synchronizing) step.mode.join(step, REASON.hasim.synchronized);
}
