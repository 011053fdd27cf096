/**
 * The active knew of a failed monitor and did not leave: its hold-up was not over, it was well in time, or it stays for want of a
 * peer (D03, D04; ).
 */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import type { MemberSettings, Setting } from '../pair-settings.ts';
import { finding, setting, type Case, type Explanation, type Finding } from './case.ts';

const TIMER = 'monitor-fail-hold-up-time';

export const holdUp: Explanation = (facts) => {
  const { primary } = facts;
  const failed = facts.followed('monitor', primary?.name, { failed: true })[0];
  if (primary === undefined || failed === undefined) return null;
  if (facts.roleBefore(primary.name, failed.id) !== facts.roleBefore(primary.name)) {
    const left = facts.before(failed.id, 'role', primary.name);
    return finding('no-longer-active', 'R-058', null, `${primary.name} had left its role before it knew`, [
      left,
      failed,
    ]);
  }
  const set = facts.followed('timer', primary.name, { timer: TIMER, step: 'set' })[0];
  if (set !== undefined) return held(facts, primary, failed, set);
  const other = facts.before(failed.id, 'timer', primary.name, { timer: TIMER });
  if (other?.data['step'] === 'set') {
    const text = `another monitor of ${primary.name} had failed before, and its hold was running`;
    return finding('monitor-already-failed', 'R-048', holdOf(primary), text, [other, failed]);
  }
  return stays(facts, primary, failed);
};

function held(facts: Case, primary: MemberSettings, failed: TraceRecord, set: TraceRecord): Finding | null {
  const durationUs = Number(set.data['durationUs']);
  const dueUs = set.timeUs + durationUs;
  const end = facts.records.find(
    ({ id, kind, subject, data }) =>
      id > set.id && kind === 'timer' && subject === primary.name && data['timer'] === TIMER,
  );
  if (end?.data['step'] === 'cancelled' && end.timeUs < dueUs) {
    const well = facts.before(end.id, 'monitor', primary.name, { failed: false });
    const text = `${primary.name} was well again ${formatDuration(end.timeUs - set.timeUs)} later, before its hold of ${formatDuration(durationUs)} was over`;
    return finding('hold-outlasted', 'R-034', holdOf(primary), text, [failed, set, well, end]);
  }
  if (end === undefined && dueUs > facts.endUs) {
    const text = `${primary.name} still holds: it would leave at ${formatClock(dueUs, 0)}`;
    return finding('hold-running', 'R-035', holdOf(primary), text, [failed, set]);
  }
  if (end?.data['step'] === 'expired') return stays(facts, primary, failed, [set, end]);
  return null;
}

/** `both-monitors-failed: stays`: nobody is there who could serve better. */
function stays(
  facts: Case,
  primary: MemberSettings,
  failed: TraceRecord,
  records: readonly TraceRecord[] = [],
): Finding | null {
  if (facts.settings.unpublished['both-monitors-failed'] !== 'stays') return null;
  const role = facts.standby === undefined ? null : facts.roleBefore(facts.standby.name, failed.id);
  const text = `${primary.name} stays: ${facts.standby?.name} is ${role ?? 'off'} and could not serve either`;
  return finding(
    'both-monitors-failed',
    'R-052',
    setting('unpublished.both-monitors-failed', 'stays'),
    text,
    [failed, ...records],
  );
}

/** The active waits the sum of two timers. */
function holdOf({ monitorFailHoldUpUs, additionalMasterHoldUpUs }: MemberSettings): Setting {
  const value = `${formatDuration(monitorFailHoldUpUs)} + ${formatDuration(additionalMasterHoldUpUs)}`;
  return setting(`${TIMER} + additional-master-hold-up-time`, value);
}
