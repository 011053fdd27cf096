/**
 * The active/active state machine: what each role does with each event, as a table like that of active-passive.ts.
 *
 * The reference names the transitions T5 and T23-T29; in joining, suspension, yielding and recovery an active/active member does
 * what its counterpart in active/passive does (T3, T4, T6, T7, T10-T13, T18, T20-T22), with active-primary for active,
 * active-secondary for passive, and tentative as the way back into service.
 */

import { leaveForHa3 } from './ha3.ts';
import {
  initialTimeout,
  sessionsSynchronized,
  sessionSyncWaitExpired,
  settleInitial,
  start,
} from './joining.ts';
import { leaveForDataplane, suspending } from './leaving.ts';
import type { Mode } from './mode.ts';
import { REASON } from './reason.ts';
import { makeFunctional, settleRecovery, suspendLoop } from './returning.ts';
import { PAIR_ROLES, type ActiveActiveRole } from './role.ts';
import { preempt, promotionExpired, settleMonitor, settleStandby } from './standby.ts';
import type { Table } from './table.ts';
import {
  enterTentative,
  leaveForMonitor,
  settleTentative,
  suspendTentativeLoop,
  tentativeHoldOver,
} from './tentative.ts';
import { primaryHearsPeer } from './yielding.ts';

const TABLE: Table<ActiveActiveRole> = {
  initial: {
    start: {
      does: 'Announces itself; looks for a peer until the initial timeout.',
      follows: ['T1'],
      rules: ['R-077'],
      react: start,
    },
    timer: {
      'initial-timeout': {
        does: 'Nobody was heard: active-primary. Of zero length, after a change of role: looks at everything again.',
        follows: ['T3', 'T4', 'T5', 'T6', 'T7', 'T24'],
        rules: ['R-077', 'R-078'],
        react: initialTimeout,
      },
      'session-sync-wait': {
        does: 'Has waited long enough for the sessions: tentative.',
        follows: ['T5'],
        rules: ['R-089', 'R-090'],
        react: sessionSyncWaitExpired,
      },
    },
    'peer-heard': {
      does: 'Mismatch: leaves. Peer serves or will: copies its sessions, then tentative. Peer initial: the winner of the election is active-primary. Peer no candidate: active-primary.',
      follows: ['T3', 'T5', 'T6', 'T7', 'T24'],
      rules: ['R-075', 'R-076', 'R-089', 'R-090', 'R-125', 'R-158', 'R-159'],
      react: settleInitial,
    },
    'peer-lost': {
      does: 'Waits for the initial timeout again.',
      follows: ['T4', 'T24'],
      rules: ['R-077'],
      react: settleInitial,
    },
    dataplane: { does: 'Failed: non-functional.', follows: ['T24'], rules: [], react: leaveForDataplane },
    'sessions-synchronized': {
      does: 'The sessions are here: tentative.',
      follows: ['T5'],
      rules: ['R-089', 'R-093'],
      react: sessionsSynchronized,
    },
    suspend: suspending('T18'),
  },
  'active-primary': {
    timer: {
      'monitor-fail-hold-up-time': {
        does: 'A monitor is still failed: tentative.',
        follows: ['T23'],
        rules: ['R-032', 'R-035', 'R-052'],
        react: leaveForMonitor,
      },
      'promotion-hold-time': {
        does: 'Only of zero length, after a change of role: looks after HA3.',
        follows: ['T24'],
        rules: ['R-124'],
        react: (step) => void leaveForHa3(step),
      },
    },
    'peer-heard': {
      does: 'Peer preempts, or is active-primary too and wins the election: yields, or is suspended for a loop. HA3 lost, and it is the one to leave: non-functional.',
      follows: ['T11', 'T12', 'T13', 'T23', 'T24'],
      rules: ['R-070', 'R-075', 'R-082', 'R-124', 'R-130', 'R-148'],
      react: primaryHearsPeer,
    },
    monitor: {
      does: 'Failed: holds up, with the additional master hold-up. Well again: goes on.',
      follows: ['T23'],
      rules: ['R-033', 'R-034', 'R-035'],
      react: settleMonitor,
    },
    dataplane: {
      does: 'Failed: non-functional at once.',
      follows: ['T24'],
      rules: ['R-018'],
      react: leaveForDataplane,
    },
    ha3: {
      does: 'Lost, and it is the one to leave: non-functional.',
      follows: ['T24'],
      rules: ['R-124'],
      react: (step) => void leaveForHa3(step),
    },
    suspend: suspending('T10'),
  },
  'active-secondary': {
    timer: {
      'promotion-hold-time': {
        does: 'The peer is still failed: active-primary. Of zero length, after a change of role: looks at everything again.',
        follows: ['T6', 'T24', 'T25', 'T26'],
        rules: ['R-028', 'R-029'],
        react: promotionExpired,
      },
      'preemption-hold-time': {
        does: 'Still better and healthy: asks the active-primary to yield.',
        follows: ['T29'],
        rules: ['R-070', 'R-075'],
        react: preempt,
      },
      'monitor-fail-hold-up-time': {
        does: 'A monitor is still failed: tentative.',
        follows: ['T23'],
        rules: ['R-032', 'R-035'],
        react: leaveForMonitor,
      },
    },
    'peer-heard': {
      does: 'Mismatch, or HA3 lost: leaves. Peer not in service: active-primary at once. Peer active-secondary or about to be: the winner of the election claims. Peer has yielded: active-primary. Peer worse and preemptive: preemption hold.',
      follows: ['T6', 'T24', 'T26', 'T29'],
      rules: ['R-022', 'R-023', 'R-069', 'R-070', 'R-075', 'R-076', 'R-124', 'R-125', 'R-158', 'R-159'],
      react: settleStandby,
    },
    'peer-lost': {
      does: 'Waits the promotion hold.',
      follows: ['T25'],
      rules: ['R-028', 'R-072'],
      react: settleStandby,
    },
    monitor: {
      does: 'Failed: holds up, and claims nothing. Well again: claims what it may.',
      follows: ['T6', 'T23', 'T24', 'T26'],
      rules: ['R-034', 'R-035', 'R-050', 'R-073'],
      react: settleMonitor,
    },
    dataplane: {
      does: 'Failed: non-functional at once.',
      follows: ['T24'],
      rules: [],
      react: leaveForDataplane,
    },
    ha3: {
      does: 'Lost, and it is the one to leave: non-functional. Lost to a tentative peer: claims what it may.',
      follows: ['T6', 'T24', 'T26'],
      rules: ['R-124'],
      react: settleStandby,
    },
    suspend: suspending('T10'),
  },
  tentative: {
    timer: {
      'tentative-hold-time': {
        does: 'Peer serves: active-secondary. Peer tentative and healthy: the winner of the election is active-primary. No such peer: active-primary.',
        follows: ['T27'],
        rules: ['R-075', 'R-122', 'R-123'],
        react: tentativeHoldOver,
      },
      'promotion-hold-time': {
        does: 'Only of zero length, after a change of role: looks at everything again.',
        follows: ['T6', 'T7', 'T24', 'T27'],
        rules: ['R-076', 'R-125'],
        react: settleTentative,
      },
      'loop-suspension': {
        does: 'The loop has reached flap-max: suspended. Forgotten in this instant: goes on.',
        follows: ['T6', 'T7', 'T24', 'T27', 'T28'],
        rules: ['R-082', 'R-083', 'R-085', 'R-088'],
        react: suspendTentativeLoop,
      },
    },
    'peer-heard': {
      does: 'Mismatch: leaves. HA3 lost to a peer that serves: the tentative hold waits for it.',
      follows: ['T6', 'T7', 'T27'],
      rules: ['R-076', 'R-125', 'R-158', 'R-159'],
      react: settleTentative,
    },
    'peer-lost': {
      does: 'The tentative hold goes on, whatever became of HA3.',
      follows: ['T27'],
      rules: ['R-122'],
      react: settleTentative,
    },
    monitor: {
      does: 'Failed: the tentative hold is off. Well again: it begins.',
      follows: ['T27'],
      rules: ['R-122', 'R-123'],
      react: settleTentative,
    },
    dataplane: {
      does: 'Failed: non-functional at once.',
      follows: ['T24'],
      rules: [],
      react: settleTentative,
    },
    ha3: {
      does: 'Lost to a peer that serves: the tentative hold is off. Back: it begins.',
      follows: ['T27'],
      rules: ['R-124'],
      react: settleTentative,
    },
    suspend: suspending('T18'),
  },
  'non-functional': {
    timer: {
      'loop-suspension': {
        does: 'The loop has reached flap-max: suspended. Forgotten in this instant: goes on.',
        follows: ['T20', 'T21', 'T22'],
        rules: ['R-082', 'R-083', 'R-085', 'R-088'],
        react: suspendLoop,
      },
    },
    'peer-heard': {
      does: 'The mismatch is gone: joins anew through initial. HA3 is back, or its peer does not serve: tentative.',
      follows: ['T20', 'T22'],
      rules: ['R-057', 'R-124'],
      react: settleRecovery,
    },
    'peer-lost': {
      does: 'HA3 was lost and leads to nobody now: tentative.',
      follows: ['T20'],
      rules: ['R-124'],
      react: settleRecovery,
    },
    dataplane: {
      does: 'Restored: tentative.',
      follows: ['T20', 'T22'],
      rules: [],
      react: settleRecovery,
    },
    ha3: {
      does: 'Back, and it was the cause: tentative.',
      follows: ['T20'],
      rules: ['R-124'],
      react: settleRecovery,
    },
    suspend: suspending('T18'),
  },
  suspended: {
    functional: {
      does: 'Flaps forgotten: tentative.',
      follows: ['T22'],
      rules: ['R-062', 'R-063'],
      react: makeFunctional,
    },
  },
};

export const ACTIVE_ACTIVE: Mode = {
  ...PAIR_ROLES['active-active'],
  table: TABLE,
  numbers: {
    peerFailed: 'T25',
    peerAnnounced: 'T26',
    preempting: 'T29',
    dataplane: 'T24',
    standbyDataplane: 'T24',
    mismatch: 'T7',
    standbyMismatch: 'T24',
  },
  sources: ['active-primary', 'active-secondary', 'tentative'],
  join: (step) => enterTentative(step, REASON.waitingForTentativeHold, 'T5'),
  leaveForMonitor,
};
