/**
 * A firewall that failed is back, and the role did not go back to it: who is the better one, who preempts, and is the hold over (D09,
 * D04; )?
 */

import { formatDuration } from '../../kernel/time.ts';
import { forwardsTraffic, PAIR_ROLES } from '../../ha/role.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import type { MemberSettings } from '../pair-settings.ts';
import { finding, setting, type Case, type Explanation, type Finding } from './case.ts';

/** The firewall that failed is back: does it take the role back? Preemption says (D09). */
export const preemption: Explanation = (facts) => {
  const { action, standby, primary, settings } = facts;
  if (!action.repairs || standby === undefined || primary === undefined) return null;
  const touched = action.touches.some(({ device, data }) => device === standby.name && data);
  if (!touched && action.device !== standby.name) return null;
  if (!standby.winsElection) {
    const [name, rule] =
      settings.mode === 'active-active' ? ['device-id', 'R-075'] : ['device-priority', 'R-066'];
    const value = `${standby.name} ${standby.rank}, ${primary.name} ${primary.rank}`;
    const text = `${standby.name} is not the better one: it has no claim to the role`;
    return finding('not-better', rule, setting(name, value), text);
  }
  if (!standby.preemptive || !primary.preemptive) return notEnabled(standby, primary);
  return preempts(facts, standby);
};

function notEnabled(standby: MemberSettings, primary: MemberSettings): Finding {
  const nobody = !standby.preemptive && !primary.preemptive;
  const value = [standby, primary]
    .map(({ name, preemptive }) => `${name} ${preemptive ? 'yes' : 'no'}`)
    .join(', ');
  const enabled = setting('election-option.preemptive', value);
  return nobody
    ? finding(
        'preemption-disabled',
        'R-068',
        enabled,
        `${standby.name} is the better one, but nobody preempts`,
      )
    : finding(
        'preemption-one-sided',
        'R-069',
        enabled,
        `${standby.name} is the better one, but only one of the two preempts`,
      );
}

/** Both preempt: how far has it come, until something else was done? */
function preempts(facts: Case, standby: MemberSettings): Finding | null {
  const { name } = standby;
  const { id } = facts.action.record;
  const timer = { timer: 'preemption-hold-time' };
  const next = facts.records.find(
    (record) => record.id > id && (record.kind === 'fault' || record.kind === 'operator'),
  );
  const hold = setting(timer.timer, formatDuration(standby.preemptionHoldUs));
  const set = facts.after(id, 'timer', name, { ...timer, step: 'set' });
  if (set === undefined || (next !== undefined && set.id > next.id)) {
    const role = facts.roleBefore(name, next?.id ?? Number.POSITIVE_INFINITY);
    if (forwardsTraffic(role) || role === PAIR_ROLES[facts.settings.mode].standby) return null;
    const text = `${name} is ${role ?? 'off'}: it has to be in service before it preempts`;
    return finding('not-ready', 'R-070', hold, text);
  }
  const end = facts.after(set.id, 'timer', name, timer);
  if (end === undefined) {
    return finding('preemption-running', 'R-070', hold, `the preemption hold of ${name} was still running`, [
      set,
    ]);
  }
  if (end.data['step'] === 'cancelled') {
    return finding('preemption-cancelled', 'R-073', hold, `the preemption hold of ${name} was broken off`, [
      set,
      end,
    ]);
  }
  return preemptedLater(facts, standby, set, end);
}

/** It did take the role back, in a chain of its own. */
function preemptedLater(
  facts: Case,
  { name }: MemberSettings,
  set: TraceRecord,
  end: TraceRecord,
): Finding | null {
  const back = facts.failovers.find(({ rootRecord }) => rootRecord === end.id);
  if (back === undefined) return null;
  const text = `${name} took the role back when its preemption hold had passed: failover ${back.ordinal}`;
  return finding('preempted-later', 'R-070', null, text, [set, end]);
}
