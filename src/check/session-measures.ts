/**
 * Expectations on sessions: how many ended how, of one workload or of all, and what those felt that went on.
 */

import { formatDuration } from '../kernel/time.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import { LOSS_CAUSES } from '../traffic/loss.ts';
import type { Stalls, WorkloadBooks } from '../traffic/workload-books.ts';
import { measures, type Answer, type Evidence, type Measure } from './measures.ts';

/** Answers `sessions:`. */
export function sessionMeasures({ sessions = {} }: Expectation, evidence: Evidence): Answer {
  const { workload } = sessions;
  const books = evidence.workloads.filter(({ name }) => workload === undefined || name === workload);
  const sum = (count: (one: WorkloadBooks) => number): number =>
    books.reduce((total, one) => total + count(one), 0);
  const carried = evidence.failovers.reduce((total, failover) => total + failover.sessions.carried, 0);
  const causes = LOSS_CAUSES.map((cause): Measure => [
    cause,
    sessions[cause],
    sum(({ lost }) => lost[cause] ?? 0),
    String,
  ]);
  const list: Measure[] = [
    ['started', sessions.started, sum(({ started }) => started), String],
    ['completed', sessions.completed, sum(({ completed }) => completed), String],
    ['lost', sessions.lost, sum(lostOf), String],
    ...causes,
    // A takeover carries the sessions of all workloads.
    ['carried', sessions.carried, workload === undefined ? carried : null, String],
    ['failed', sessions.failed, sum(({ failed }) => failed), String],
    ['undecrypted', sessions.undecrypted, sum(({ undecrypted }) => undecrypted), String],
    ['recreated', sessions.recreated, sum(({ recreated }) => recreated), String],
    ['stalled', sessions.stalled, sum(({ stalls }) => stalls?.count ?? 0), String],
    ['median-stall', sessions['median-stall'], worst(books, 'medianUs'), formatDuration],
    ['longest-stall', sessions['longest-stall'], worst(books, 'longestUs'), formatDuration],
  ];
  return measures(workload === undefined ? 'sessions' : `sessions of ${workload}`, list, null, []);
}

function lostOf({ lost }: WorkloadBooks): number {
  return Object.values(lost).reduce((total, count) => total + count, 0);
}

/** Of several workloads the one that suffered most. */
function worst(books: readonly WorkloadBooks[], of: keyof Stalls): number {
  return Math.max(0, ...books.map(({ stalls }) => stalls?.[of] ?? 0));
}
