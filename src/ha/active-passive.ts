/**
 * The active/passive state machine: what each role does with each event, as a table.
 *
 * Rows are roles, columns are edges; every cell names the transitions of the reference (section 1.3, T1-T22) that may come of
 * it. A cell that is missing records what the event says and does nothing else, so the protocol is total. What it shares
 * with active/active is in joining, primary, standby, yielding and leaving.
 */

import { findMismatch } from './compatibility.ts';
import { forgiveFlaps } from './flap.ts';
import { isHealthy, monitorFailed, monitorReason } from './health.ts';
import {
  initialTimeout,
  sessionsSynchronized,
  sessionSyncWaitExpired,
  settleInitial,
  start,
} from './joining.ts';
import {
  becomeNonFunctional,
  leaveForDataplane,
  loopSuspended,
  staysWithFailedMonitor,
  suspending,
} from './leaving.ts';
import type { Mode } from './mode.ts';
import { REASON } from './reason.ts';
import { PAIR_ROLES, type ActivePassiveRole } from './role.ts';
import { enterStandby, preempt, promotionExpired, settleMonitor, settleStandby } from './standby.ts';
import { enterRole, isRunning, setTimer, type Step } from './step.ts';
import type { Table } from './table.ts';
import { primaryHearsPeer } from './yielding.ts';

const TABLE: Table<ActivePassiveRole> = {
  initial: {
    start: {
      does: 'Announces itself; looks for a peer until the initial timeout.',
      follows: ['T1'],
      rules: ['R-077'],
      react: start,
    },
    timer: {
      'initial-timeout': {
        does: 'Nobody was heard: active. Of zero length, after a change of role: looks at everything again.',
        follows: ['T2', 'T3', 'T4', 'T6', 'T7', 'T9'],
        rules: ['R-077', 'R-078'],
        react: initialTimeout,
      },
      'session-sync-wait': {
        does: 'Has waited long enough for the sessions: passive.',
        follows: ['T2'],
        rules: ['R-089', 'R-090'],
        react: sessionSyncWaitExpired,
      },
    },
    'peer-heard': {
      does: 'Mismatch: leaves. Peer active: copies its sessions, then passive. Peer initial: the winner of the election is active. Peer no candidate: active.',
      follows: ['T2', 'T3', 'T6', 'T7', 'T9'],
      rules: ['R-066', 'R-067', 'R-089', 'R-090', 'R-092', 'R-158', 'R-159'],
      react: settleInitial,
    },
    'peer-lost': {
      does: 'Waits for the initial timeout again.',
      follows: ['T4', 'T9'],
      rules: ['R-077'],
      react: settleInitial,
    },
    dataplane: { does: 'Failed: non-functional.', follows: ['T9'], rules: [], react: leaveForDataplane },
    'sessions-synchronized': {
      does: 'The sessions are here: passive.',
      follows: ['T2'],
      rules: ['R-092', 'R-093'],
      react: sessionsSynchronized,
    },
    suspend: suspending('T18'),
  },
  active: {
    timer: {
      'monitor-fail-hold-up-time': {
        does: 'A monitor is still failed: non-functional.',
        follows: ['T8'],
        rules: ['R-032', 'R-033', 'R-035', 'R-052'],
        react: leaveForMonitor,
      },
    },
    'peer-heard': {
      does: 'Peer preempts, or is active too and wins the election: yields, or is suspended for a loop.',
      follows: ['T8', 'T11', 'T12', 'T13'],
      rules: ['R-070', 'R-082', 'R-148'],
      react: primaryHearsPeer,
    },
    monitor: {
      does: 'Failed: holds up, with the additional master hold-up. Well again: goes on.',
      follows: ['T8'],
      rules: ['R-033', 'R-034', 'R-035'],
      react: settleMonitor,
    },
    dataplane: {
      does: 'Failed: non-functional at once.',
      follows: ['T9'],
      rules: ['R-018'],
      react: leaveForDataplane,
    },
    suspend: suspending('T10'),
  },
  passive: {
    timer: {
      'promotion-hold-time': {
        does: 'The peer is still failed: active. Of zero length, after a change of role: looks at everything again.',
        follows: ['T6', 'T7', 'T14', 'T15'],
        rules: ['R-021', 'R-029'],
        react: promotionExpired,
      },
      'preemption-hold-time': {
        does: 'Still better and healthy: asks the active to yield.',
        follows: ['T16'],
        rules: ['R-070', 'R-071'],
        react: preempt,
      },
      'monitor-fail-hold-up-time': {
        does: 'A monitor is still failed: non-functional.',
        follows: ['T17'],
        rules: ['R-035', 'R-047'],
        react: leaveForMonitor,
      },
    },
    'peer-heard': {
      does: 'Mismatch: leaves. Peer not in service: active at once. Peer has yielded: active. Peer worse and preemptive: preemption hold.',
      follows: ['T6', 'T7', 'T14', 'T16'],
      rules: ['R-022', 'R-023', 'R-068', 'R-069', 'R-070', 'R-071', 'R-072', 'R-158', 'R-159'],
      react: settleStandby,
    },
    'peer-lost': {
      does: 'Waits the promotion hold.',
      follows: ['T15'],
      rules: ['R-021', 'R-072'],
      react: settleStandby,
    },
    monitor: {
      does: 'Failed: holds up, and claims nothing. Well again: claims what it may.',
      follows: ['T6', 'T7', 'T14', 'T17'],
      rules: ['R-035', 'R-047', 'R-050', 'R-073'],
      react: settleMonitor,
    },
    dataplane: {
      does: 'Failed: non-functional at once.',
      follows: ['T17'],
      rules: [],
      react: leaveForDataplane,
    },
    suspend: suspending('T18'),
  },
  'non-functional': {
    timer: {
      'monitor-fail-hold-down-time': {
        does: 'No monitor is failed, or none can be seen: passive.',
        follows: ['T19'],
        rules: ['R-053', 'R-055', 'R-056'],
        react: settleRecovery,
      },
      'loop-suspension': {
        does: 'The loop has reached flap-max: suspended.',
        follows: ['T21'],
        rules: ['R-082', 'R-083', 'R-085', 'R-087', 'R-088'],
        react: (step) => void loopSuspended(step, 'T21'),
      },
    },
    'peer-heard': {
      does: 'The mismatch is gone: joins anew through initial.',
      follows: ['T22'],
      rules: ['R-057'],
      react: settleRecovery,
    },
    monitor: {
      does: 'Well again after the hold-down: passive.',
      follows: ['T19', 'T20', 'T22'],
      rules: ['R-053', 'R-055'],
      react: settleRecovery,
    },
    dataplane: {
      does: 'Restored: joins anew through initial, for its sessions are gone.',
      follows: ['T19', 'T20', 'T22'],
      rules: [],
      react: settleRecovery,
    },
    suspend: suspending('T18'),
  },
  suspended: {
    functional: {
      does: 'Flaps forgotten: joins anew through initial.',
      follows: ['T22'],
      rules: ['R-062', 'R-063'],
      react: makeFunctional,
    },
  },
};

export const ACTIVE_PASSIVE: Mode = {
  ...PAIR_ROLES['active-passive'],
  table: TABLE,
  numbers: {
    peerFailed: 'T15',
    peerAnnounced: 'T14',
    preempting: 'T16',
    dataplane: 'T9',
    standbyDataplane: 'T17',
    mismatch: 'T7',
    standbyMismatch: 'T7',
  },
  sources: ['active'],
  join: (step, reason) => enterStandby(step, reason, 'T2'),
  leaveForMonitor,
};

/** T8, T17: the hold-up has run out and a monitor is still failed. */
function leaveForMonitor(step: Step): void {
  const { state, config } = step;
  if (!monitorFailed(state) || staysWithFailedMonitor(step)) return;
  becomeNonFunctional(step, monitorReason(state), state.role === 'active' ? 'T8' : 'T17');
  state.failure = 'monitor';
  setTimer(step, 'monitor-fail-hold-down-time', config.monitorFailHoldDownUs);
}

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
  } else if (!isRunning(step, 'monitor-fail-hold-down-time') && !isRunning(step, 'loop-suspension')) {
    enterStandby(step, REASON.hasim.recovered, 'T19');
  }
}

/** T22: `request high-availability state functional`; the operator vouches for the cause being fixed. */
function makeFunctional(step: Step): void {
  enterRole(step, 'initial', REASON.hasim.madeFunctional, 'T22');
  forgiveFlaps(step);
  settleInitial(step);
}
