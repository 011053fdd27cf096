/**
 * Why a step of a chain took the time it took: the rule of the reference that it follows, and the setting behind it.
 *
 * A table by kind of record, so that an explanation of a failover names for each step what to read and what to change.
 */

import { formatDuration } from '../kernel/time.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import { memberNamed, type MemberSettings, type PairSettings, type Setting } from './pair-settings.ts';

export interface Grounds {
  /** Rule or transition; null where the reference has none. */
  readonly rule: string | null;
  readonly setting: Setting | null;
}

const NONE: Grounds = { rule: null, setting: null };

type Ground = (record: TraceRecord, member: MemberSettings, settings: PairSettings) => Grounds;

/** Rule of each timer of the protocol, and the name under which its length is set. */
const TIMERS: Readonly<Record<string, Grounds['rule']>> = {
  'promotion-hold-time': 'R-021',
  'preemption-hold-time': 'R-070',
  'monitor-fail-hold-down-time': 'R-053',
  'tentative-hold-time': 'R-122',
  'session-sync-wait': 'R-089',
  'loop-suspension': 'R-082',
};

/** Rules of aws-ha.md, section 8: what a takeover does with each call, what an error of one means, and what becomes of an asset. */
const CALLS: Readonly<Record<string, string>> = {
  DetachNetworkInterface: 'C-019',
  AttachNetworkInterface: 'C-019',
  AssignPrivateIpAddresses: 'C-034',
  AssociateAddress: 'C-036',
  ReplaceRoute: 'C-038',
};

const CALL_ERRORS: Readonly<Record<string, string>> = {
  NoCredentials: 'C-050',
  UnauthorizedOperation: 'C-056',
  RequestLimitExceeded: 'C-056',
  ConnectTimeout: 'C-054',
  'InvalidNetworkInterface.InUse': 'C-022',
  'InvalidAttachmentID.NotFound': 'C-060',
};

const ASSETS: Readonly<Record<string, string>> = {
  available: 'C-023',
  attached: 'C-059',
  usable: 'C-024',
  moving: 'C-039',
  unassigned: 'C-037',
  disassociated: 'C-037',
};

const GROUNDS: Readonly<Record<string, Ground>> = {
  link: ({ data }, _member, settings) =>
    data['visible'] === false
      ? { rule: 'R-046', setting: null }
      : unpublished(null, 'link-down-detection', settings),
  path: ({ data }, { pathMonitoring }) => {
    const group = pathMonitoring.groups.find(({ destinationGroups }) =>
      destinationGroups.some(({ destinations }) => destinations.includes(String(data['destination']))),
    );
    if (group === undefined || data['reachable'] === true) return { rule: 'R-037', setting: null };
    const value = `${formatDuration(group.pingIntervalUs)} × ${group.pingCount}`;
    return { rule: 'R-037', setting: { name: 'ping-interval × ping-count', value } };
  },
  monitor: ({ data }, { linkMonitoring, pathMonitoring }) => {
    const link = data['monitor'] === 'link';
    const { failureCondition: value } = link ? linkMonitoring : pathMonitoring;
    const name = `${String(data['monitor'])}-monitoring.failure-condition`;
    return { rule: link ? 'R-031' : 'R-043', setting: { name, value } };
  },
  timer: timerGrounds,
  'control-path': ({ data }, member, settings) => {
    if (data['up'] === true) return { rule: 'R-020', setting: null };
    const carrier = data['reason'] === 'HA1 link went down';
    return carrier
      ? { rule: 'R-008', setting: { name: 'monitor-hold-time', value: formatDuration(member.monitorHoldUs) } }
      : { rule: 'R-001', setting: heartbeats(member, settings) };
  },
  peer: ({ data }, member, { helloLosses }) => {
    if (data['connection'] === 'up') return NONE;
    if (data['reason'] !== 'Hello protocol failure') return NONE; // Told by the control path that it follows from.
    const value = `${formatDuration(member.helloIntervalUs)} × ${helloLosses}`;
    return { rule: 'R-006', setting: { name: 'hello-interval × hello-losses', value } };
  },
  role: ({ data }) => ({ rule: String(data['rule']), setting: null }),
  dataplane: () => ({ rule: 'R-018', setting: null }),
  ha3: () => ({ rule: 'R-124', setting: null }),
  address: () => ({ rule: 'R-131', setting: null }),
  garp: () => ({ rule: 'R-138', setting: null }),
  port: (_record, { passiveLinkState }, settings) =>
    unpublished(
      'R-065',
      passiveLinkState === 'auto' ? 'port-bring-up-auto' : 'port-bring-up-shutdown',
      settings,
    ),
  lacp: (_record, _member, settings) => unpublished('R-145', 'lacp-negotiation', settings),
  sessions: () => ({ rule: 'R-112', setting: null }),
  ike: (_record, _member, settings) => unpublished('R-110', 'ike-negotiation-time', settings),
  adjacency: () => ({ rule: 'R-137', setting: null }),
  routes: () => ({ rule: 'R-156', setting: null }),
  takeover: ({ data }, { additionalMasterHoldUpUs: us }, { unpublished: all }) => {
    if (data['step'] !== 'begun')
      return { rule: data['step'] === 'complete' ? null : 'C-012', setting: null };
    const name = 'additional-master-hold-up-time';
    const holds = all['aws-takeover-hold'] === name && us > 0;
    return { rule: 'C-011', setting: holds ? { name, value: formatDuration(us) } : null };
  },
  'api-call': ({ data }) => ({
    rule: CALL_ERRORS[String(data['error'])] ?? CALLS[String(data['action'])] ?? null,
    setting: null,
  }),
  asset: ({ data }, { dpdk }) => {
    if (data['state'] === 'unusable') return { rule: dpdk === true ? 'C-032' : 'C-058', setting: null };
    return { rule: ASSETS[String(data['state'])] ?? null, setting: null };
  },
};

/** The rule and the setting of one step; both null where nothing but the laws of the simulated network is behind it. */
export function groundsOf(record: TraceRecord, settings: PairSettings): Grounds {
  const member = memberNamed(settings, record.subject) ?? settings.members[0];
  return Object.hasOwn(GROUNDS, record.kind)
    ? (GROUNDS[record.kind] as Ground)(record, member, settings)
    : NONE;
}

/** What a timer waits for is told by its end. */
function timerGrounds(
  { subject, data }: TraceRecord,
  member: MemberSettings,
  settings: PairSettings,
): Grounds {
  if (data['step'] !== 'expired') return NONE;
  const timer = String(data['timer']);
  if (timer === 'monitor-fail-hold-up-time') return holdUp(member);
  if (timer === 'initial-timeout') return unpublished('R-077', timer, settings);
  const lengths: Readonly<Record<string, number>> = {
    'promotion-hold-time': member.promotionHoldUs,
    'preemption-hold-time': member.preemptionHoldUs,
  };
  const us = subject === member.name ? lengths[timer] : undefined;
  const setting = us === undefined ? null : { name: timer, value: formatDuration(us) };
  return { rule: TIMERS[timer] ?? null, setting };
}

function holdUp({ monitorFailHoldUpUs, additionalMasterHoldUpUs }: MemberSettings): Grounds {
  const value = `${formatDuration(monitorFailHoldUpUs)} + ${formatDuration(additionalMasterHoldUpUs)}`;
  return {
    rule: 'R-035',
    setting: { name: 'monitor-fail-hold-up-time + additional-master-hold-up-time', value },
  };
}

function heartbeats({ heartbeatIntervalUs }: MemberSettings, { heartbeatLosses }: PairSettings): Setting {
  return { name: 'heartbeat-interval', value: `${formatDuration(heartbeatIntervalUs)} × ${heartbeatLosses}` };
}

function unpublished(rule: string | null, name: string, { unpublished: all }: PairSettings): Grounds {
  return { rule, setting: { name: `unpublished.${name}`, value: all[name] ?? '' } };
}
