/**
 * Something behind the active does not answer, or a link loses its packets, and path monitoring did not call it a failure (D06; R-037
 * to R-043).
 */

import { formatDuration } from '../../kernel/time.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import type { DestinationGroup, MemberSettings, PathGroup } from '../pair-settings.ts';
import { finding, setting, type Case, type Explanation, type Finding } from './case.ts';

const ROOT = 'monitoring.path-monitoring';

/** A destination became unreachable, but not so many that the policy calls it a failure. */
export const pathIsNoFailure: Explanation = (facts) => {
  const { primary } = facts;
  const lost = facts.followed('path', primary?.name, { reachable: false });
  const last = lost[lost.length - 1];
  if (primary === undefined || last === undefined) return null;
  if (facts.followed('monitor', primary.name, { monitor: 'path', failed: true }).length > 0) return null;
  const before = facts.before(last.id, 'monitor', primary.name, { monitor: 'path' });
  if (before?.data['failed'] === true) {
    const text = `path monitoring of ${primary.name} had failed before, and another destination adds nothing`;
    return finding('monitor-already-failed', 'R-043', null, text, [before, last]);
  }
  return judged(primary, silent(facts, primary.name, last), lost);
};

function judged(
  { pathMonitoring }: MemberSettings,
  silentOnes: ReadonlySet<string>,
  lost: readonly TraceRecord[],
): Finding | null {
  const groups = pathMonitoring.groups.filter(({ enabled }) => enabled);
  const touched = groups.filter((group) =>
    group.destinationGroups.some(({ destinations }) => destinations.some((one) => silentOnes.has(one))),
  );
  for (const group of touched) {
    if (groupFailed(group, silentOnes)) continue;
    const part = group.destinationGroups.find(
      (one) => one.destinations.some((ip) => silentOnes.has(ip)) && !destinationsFailed(one, silentOnes),
    );
    if (part !== undefined) {
      const left = part.destinations.filter((one) => !silentOnes.has(one)).join(', ');
      const text = `the destination group ${part.name} fails only when all of its addresses are silent, and ${left} answered`;
      const name = `${ROOT}.${group.name}.destination-group.${part.name}.failure-condition`;
      return finding('destination-group-all', 'R-041', setting(name, 'all'), text, lost);
    }
    const left = group.destinationGroups
      .filter((one) => !destinationsFailed(one, silentOnes))
      .map(({ name }) => name);
    const text = `the path group ${group.name} fails only when all of its destination groups have failed, and ${left.join(', ')} had not`;
    return finding(
      'path-group-all',
      'R-042',
      setting(`${ROOT}.${group.name}.failure-condition`, 'all'),
      text,
      lost,
    );
  }
  if (pathMonitoring.failureCondition === 'any' || touched.length === 0) return null;
  const well = groups.filter((group) => !groupFailed(group, silentOnes)).map(({ name }) => name);
  const text = `path monitoring fails only when all of its path groups have failed, and ${well.join(', ')} had not`;
  return finding('path-monitoring-all', 'R-043', setting(`${ROOT}.failure-condition`, 'all'), text, lost);
}

function destinationsFailed(
  { failureCondition, destinations }: DestinationGroup,
  silentOnes: ReadonlySet<string>,
): boolean {
  return failureCondition === 'any'
    ? destinations.some((one) => silentOnes.has(one))
    : destinations.every((one) => silentOnes.has(one));
}

function groupFailed(
  { failureCondition, destinationGroups }: PathGroup,
  silentOnes: ReadonlySet<string>,
): boolean {
  return failureCondition === 'any'
    ? destinationGroups.some((one) => destinationsFailed(one, silentOnes))
    : destinationGroups.every((one) => destinationsFailed(one, silentOnes));
}

/** Destinations that did not answer, by the last of these records. */
function silent(facts: Case, device: string, last: TraceRecord): ReadonlySet<string> {
  const silentOnes = new Set<string>();
  for (const { id, kind, subject, data } of facts.records) {
    if (id > last.id) break;
    if (kind !== 'path' || subject !== device) continue;
    if (data['reachable'] === true) silentOnes.delete(String(data['destination']));
    else silentOnes.add(String(data['destination']));
  }
  return silentOnes;
}

/** An address stopped answering that nobody pings. */
export const targetUnmonitored: Explanation = ({ action, primary }) => {
  if (action.action !== 'target-unreachable' || primary === undefined) return null;
  const { enabled, groups } = primary.pathMonitoring;
  if (!enabled) {
    const text = `path monitoring is disabled on ${primary.name}, so nobody misses ${action.target}`;
    return finding('path-monitoring-disabled', 'R-048', setting(`${ROOT}.enabled`, 'false'), text);
  }
  const pinging = groups.filter((group) => destinationsOf(group).includes(action.target));
  if (pinging.length === 0) {
    const value = groups.flatMap(destinationsOf).join(', ') || 'none';
    return finding(
      'unmonitored-destination',
      'R-037',
      setting('destination-ip', value),
      `no path group of ${primary.name} pings ${action.target}`,
    );
  }
  if (pinging.some((group) => group.enabled)) return null;
  const [group] = pinging;
  const text = `the path group ${group?.name}, which pings ${action.target}, is disabled`;
  return finding('path-group-disabled', 'R-043', setting(`${ROOT}.${group?.name}.enabled`, 'false'), text);
};

const LOSING: readonly string[] = ['target-unreachable', 'blackhole', 'impair'];

/** Pings were lost, but not so many in a row; or nobody pings through a link whose carrier stays. */
export const pathUndetected: Explanation = (facts) => {
  const { action, primary } = facts;
  if (primary === undefined || !LOSING.includes(action.action)) return null;
  const target = action.action === 'target-unreachable';
  if (!target && facts.dataPorts.length === 0) return null;
  const { enabled, groups } = primary.pathMonitoring;
  const before = facts.before(
    action.record.id,
    'path',
    primary.name,
    target ? { destination: action.target } : {},
  );
  if (before?.data['reachable'] === false) {
    const text = `${String(before.data['destination'])} did not answer ${primary.name} before either`;
    return finding('already-down', null, null, text, [before]);
  }
  const pinging = groups.filter(
    (group) => group.enabled && (!target || destinationsOf(group).includes(action.target)),
  );
  const [group] = pinging.toSorted((a, b) => a.pingIntervalUs * a.pingCount - b.pingIntervalUs * b.pingCount);
  if (!enabled || group === undefined) {
    if (target) return null;
    const text = `the port keeps its carrier, which is all that link monitoring looks at, and ${primary.name} pings nothing through it`;
    const why = enabled ? setting('destination-ip', 'none') : setting(`${ROOT}.enabled`, 'false');
    return finding('carrier-stays', 'R-037', why, text);
  }
  return counted(facts, primary, group);
};

function counted(
  facts: Case,
  primary: MemberSettings,
  { name, pingIntervalUs, pingCount }: PathGroup,
): Finding {
  const { action } = facts;
  const neededUs = pingIntervalUs * pingCount;
  const needed = setting(
    `${ROOT}.${name}.ping-interval × ping-count`,
    `${formatDuration(pingIntervalUs)} × ${pingCount}`,
  );
  const lastedUs = Math.min(facts.undoneUs, facts.endUs) - action.record.timeUs;
  const words = `${primary.name} calls a destination unreachable after ${pingCount} pings in a row`;
  if (lastedUs >= neededUs + 2 * pingIntervalUs) {
    return finding('pings-answered', 'R-038', needed, `${words}, and no destination lost so many`);
  }
  const lasted = formatDuration(lastedUs);
  return facts.undoneUs <= facts.endUs
    ? finding('too-few-pings', 'R-038', needed, `${words}; it was over after ${lasted}`, [
        action.undoneBy ?? undefined,
      ])
    : finding('pings-running', 'R-037', needed, `${words}; the observation ends after ${lasted}`);
}

function destinationsOf({ destinationGroups }: PathGroup): readonly string[] {
  return destinationGroups.flatMap(({ destinations }) => destinations);
}
