/**
 * The active left or fell silent, and the other firewall could not take its place: it was off, suspended, on its way up, or had
 * failed itself (D01, D02, C10; ).
 */

import type { Role } from '../../ha/role.ts';
import { forwardsTraffic } from '../../ha/role.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import { isDualActive } from '../history.ts';
import type { MemberSettings } from '../pair-settings.ts';
import { finding, type Case, type Explanation, type Finding } from './case.ts';

/** The service ended, or the other firewall believes so: somebody has to take over. */
function summons(facts: Case): readonly TraceRecord[] {
  const { primary, standby } = facts;
  return facts.action.consequences.filter(
    ({ kind, subject, data }) =>
      (subject === primary?.name &&
        kind === 'role' &&
        forwardsTraffic(data['from'] as Role | null) &&
        !forwardsTraffic(data['to'] as Role)) ||
      (subject === primary?.name && kind === 'power' && data['state'] === 'off') ||
      (subject === standby?.name && kind === 'peer' && data['connection'] === 'down'),
  );
}

/** The takeover is there, but in the chain of another fault that ended the same service. */
export const otherCause: Explanation = (facts) => {
  const [call] = summons(facts);
  const { primary } = facts;
  if (call === undefined || primary === undefined) return null;
  const takeover = facts.failovers.find(
    ({ from, takeoverRecord }) => from === primary.name && takeoverRecord > call.id,
  );
  const between = facts.records.some(
    ({ id, kind, subject, data }) =>
      id > call.id &&
      id < (takeover?.takeoverRecord ?? 0) &&
      kind === 'role' &&
      subject === primary.name &&
      forwardsTraffic(data['to'] as Role),
  );
  if (takeover === undefined || between) return null;
  const text = `${takeover.to} did take over, in failover ${takeover.ordinal}, which #${takeover.rootRecord} brought about`;
  return {
    ...finding('other-cause', takeover.rule, null, text, [call]),
    records: [call.id, takeover.takeoverRecord],
  };
};

/** The other firewall was active all the same: a split brain, or an agent that hung in its role. */
export const alreadyActive: Explanation = (facts) => {
  const { standby, action } = facts;
  if (standby === undefined || !isDualActive(facts.stateBefore(action.record.id))) return null;
  const became = facts.before(action.record.id, 'role', standby.name);
  return finding('already-active', null, null, 'both firewalls were active already', [became]);
};

export const survivorUnable: Explanation = (facts) => {
  const { standby } = facts;
  if (standby === undefined) return null;
  for (const call of summons(facts)) {
    const found = unableAt(facts, standby, call);
    if (found !== null) return found;
  }
  return null;
};

function unableAt(facts: Case, standby: MemberSettings, call: TraceRecord): Finding | null {
  const role = facts.roleBefore(standby.name, call.id);
  const became = facts.before(call.id, 'role', standby.name) ?? facts.before(call.id, 'power', standby.name);
  const records = [became, call];
  if (role === 'passive' || role === 'active-secondary') {
    return monitored(facts, standby, call);
  }
  return unable(facts, standby.name, role, records);
}

/** Why a role cannot take over. */
function unable(
  { settings }: Case,
  name: string,
  role: Role | null,
  records: readonly (TraceRecord | undefined)[],
): Finding | null {
  switch (role) {
    case null:
      return finding('peer-off', null, null, `${name} was off or on its way up`, records);
    case 'non-functional':
      return finding(
        'peer-non-functional',
        'R-058',
        null,
        `${name} was non-functional and may not serve`,
        records,
      );
    case 'suspended':
      return finding(
        'peer-suspended',
        'R-061',
        null,
        `${name} was suspended and leaves that state only by a command`,
        records,
      );
    case 'initial': {
      const longest = {
        name: 'unpublished.initial-timeout',
        value: settings.unpublished['initial-timeout'] ?? '',
      };
      const text = `${name} was in initial, where it looks for a peer before it serves alone`;
      return finding('peer-initial', 'R-077', longest, text, records);
    }
    case 'tentative':
      return finding('peer-tentative', 'R-121', null, `${name} was tentative`, records);
    default:
      return null;
  }
}

/** In the right role, but with a failed monitor of its own: it claims nothing. */
function monitored(facts: Case, { name }: MemberSettings, call: TraceRecord): Finding | null {
  const monitor = facts.records.findLast(
    ({ id, kind, subject }) => id < call.id && kind === 'monitor' && subject === name,
  );
  if (monitor?.data['failed'] !== true) return null;
  const text = `${name} had a failed monitor of its own and claims nothing`;
  return finding('peer-monitor-failed', 'R-047', null, text, [monitor, call]);
}
