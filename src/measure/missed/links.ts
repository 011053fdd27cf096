/**
 * The active lost carrier on a port, and link monitoring did not call it a failure (D02, D06; ).
 */

import { formatDuration } from '../../kernel/time.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import type { LinkGroup, MemberSettings } from '../pair-settings.ts';
import { finding, setting, type Case, type Explanation, type Finding } from './case.ts';

const GROUPS = 'monitoring.link-monitoring.link-group';

/** Known to the agent, but not a failure by its policy. */
export const linkIsNoFailure: Explanation = (facts) => {
  const { primary } = facts;
  const link = facts.followed('link', primary?.name, { up: false })[0];
  if (primary === undefined || link === undefined) return null;
  if (facts.followed('monitor', primary.name, { monitor: 'link', failed: true }).length > 0) return null;
  return judged(facts, primary, link);
};

function judged(facts: Case, { name, linkMonitoring }: MemberSettings, link: TraceRecord): Finding | null {
  const port = String(link.data['interface']);
  const where = `${port} of ${name}`;
  const { enabled, failureCondition, groups } = linkMonitoring;
  if (!enabled) {
    const text = `link monitoring is disabled on ${name}, so the loss of ${port} is no failure`;
    return finding(
      'link-monitoring-disabled',
      'R-032',
      setting('monitoring.link-monitoring.enabled', 'false'),
      text,
      [link],
    );
  }
  const holding = groups.filter(({ interfaces }) => interfaces.includes(port));
  const inForce = holding.filter((group) => group.enabled);
  if (holding.length === 0) {
    const value = groups.length === 0 ? 'none' : groups.map(membersOf).join('; ');
    return finding(
      'unmonitored-interface',
      'R-030',
      setting(GROUPS, value),
      `${where} is in no link group, so its loss is no failure`,
      [link],
    );
  }
  if (inForce.length === 0) {
    const [group] = holding;
    const text = `the link group ${group?.name} of ${port} is disabled, so its loss is no failure`;
    return finding(
      'link-group-disabled',
      'R-031',
      setting(`${GROUPS}.${group?.name}.enabled`, 'false'),
      text,
      [link],
    );
  }
  const before = facts.before(link.id, 'monitor', name, { monitor: 'link' });
  if (before?.data['failed'] === true) {
    return finding(
      'monitor-already-failed',
      'R-031',
      null,
      `link monitoring of ${name} had failed before, and a second link adds nothing`,
      [before, link],
    );
  }
  const down = downPorts(facts, name, link);
  const whole = inForce.find(
    (group) => group.failureCondition === 'all' && !group.interfaces.every((one) => down.has(one)),
  );
  if (whole !== undefined && !inForce.some((group) => isFailed(group, down))) {
    const left = whole.interfaces.filter((one) => !down.has(one)).join(', ');
    const text = `the link group ${whole.name} fails only when all of its interfaces are down, and ${left} had carrier`;
    return finding(
      'link-group-all',
      'R-030',
      setting(`${GROUPS}.${whole.name}.failure-condition`, 'all'),
      text,
      [link],
    );
  }
  if (failureCondition === 'all') {
    const well = groups.filter((group) => group.enabled && !isFailed(group, down)).map((group) => group.name);
    const text = `link monitoring fails only when all of its groups have failed, and ${well.join(', ')} had not`;
    return finding(
      'link-monitoring-all',
      'R-031',
      setting('monitoring.link-monitoring.failure-condition', 'all'),
      text,
      [link],
    );
  }
  return null;
}

function membersOf({ name, failureCondition, interfaces }: LinkGroup): string {
  return `${name}: ${failureCondition} of ${interfaces.join(', ')}`;
}

function isFailed({ failureCondition, interfaces }: LinkGroup, down: ReadonlySet<string>): boolean {
  return failureCondition === 'any'
    ? interfaces.some((one) => down.has(one))
    : interfaces.every((one) => down.has(one));
}

/** Ports that the agent knew to be down, this one included. */
function downPorts(facts: Case, device: string, last: TraceRecord): ReadonlySet<string> {
  const down = new Set<string>();
  for (const { id, kind, subject, data } of facts.records) {
    if (id > last.id) break;
    if (kind !== 'link' || subject !== device) continue;
    if (data['up'] === true) down.delete(String(data['interface']));
    else down.add(String(data['interface']));
  }
  return down;
}

const CARRIER: readonly string[] = ['interface-down', 'link-down'];

/** The agent never knew: the carrier was back, or the run over, before its detection latency. */
export const linkUndetected: Explanation = (facts) => {
  const { action, primary, settings, dataPorts } = facts;
  const [touch] = dataPorts;
  if (touch === undefined || primary === undefined || !CARRIER.includes(action.action)) return null;
  if (facts.followed('link', primary.name).length > 0) return null;
  const latencyUs = settings.linkDownDetectionUs;
  const latency = setting('unpublished.link-down-detection', formatDuration(latencyUs));
  const before = facts.before(action.record.id, 'link', primary.name, { interface: touch.port });
  if (before?.data['up'] === false) {
    const text = `${touch.port} of ${primary.name} had no carrier before`;
    return finding('already-down', null, null, text, [before]);
  }
  const lostUs = facts.undoneUs - action.record.timeUs;
  if (lostUs <= latencyUs) {
    const text = `${touch.port} of ${primary.name} had carrier again after ${formatDuration(lostUs)}, before the HA agent looked`;
    return finding('link-back-before-detection', 'R-034', latency, text, [action.undoneBy ?? undefined]);
  }
  if (facts.endUs >= action.record.timeUs + latencyUs) return null;
  const text = `the HA agent of ${primary.name} does not know yet that ${touch.port} has lost carrier`;
  return finding('detection-running', 'R-032', latency, text);
};
