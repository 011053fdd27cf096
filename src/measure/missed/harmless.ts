/**
 * Nothing to take over from: what was done repairs something, hit the firewall without the service, or touched only what no role
 * depends on.
 */

import { formatDuration } from '../../kernel/time.ts';
import { forwardsTraffic, PAIR_ROLES, type Role } from '../../ha/role.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import { isDualActive } from '../history.ts';
import { STATE_DUTIES } from '../pair-settings.ts';
import { finding, setting, type Explanation } from './case.ts';

const CONFIGURATION: readonly string[] = ['candidate', 'commit', 'sync-to-remote', 'clear-session-all'];

/** A change of configuration that no role depends on. */
export const configuration: Explanation = ({ action }) => {
  if (!CONFIGURATION.includes(action.action)) return null;
  if (action.consequences.some(({ kind }) => kind === 'role')) return null;
  return finding('configuration', 'R-104', null, 'a change of configuration ends no service');
};

/** Undoes what was done before. */
export const repair: Explanation = ({ action }) => {
  if (!action.repairs || action.consequences.some(endsService)) return null;
  return finding('repair', null, null, 'it undoes a fault and ends no service');
};

function endsService({ kind, data }: TraceRecord): boolean {
  if (kind !== 'role') return false;
  return forwardsTraffic(data['from'] as Role | null) && !forwardsTraffic(data['to'] as Role);
}

/** Two actives hear each other again. The control path comes up by itself, so what follows is no consequence in the trace. */
export const splitBrainHealed: Explanation = (facts) => {
  const { action } = facts;
  if (!action.repairs || !isDualActive(facts.stateBefore(action.record.id))) return null;
  const later = facts.records.filter(({ id }) => id > action.record.id);
  const yielded = later.find(({ kind, data }) => kind === 'role' && data['rule'] === 'T13');
  const next = later.find(({ kind }) => kind === 'fault' || kind === 'operator');
  if (yielded === undefined || (next !== undefined && next.id < yielded.id)) return null;
  const text = `it ends a split brain: ${yielded.subject} lost the election and yielded`;
  return finding('split-brain-healed', 'R-148', null, text, [yielded]);
};

/** A port that is neither for HA nor for traffic. */
export const unusedPort: Explanation = ({ action: { touches } }) => {
  const [touch] = touches;
  if (touch === undefined || touches.some(({ duties, data }) => data || duties.length > 0)) return null;
  return finding(
    'unused-port',
    null,
    null,
    `${touch.port} of ${touch.device} carries neither HA nor traffic`,
  );
};

/** The firewall without the service was hit. */
export const standbyOnly: Explanation = (facts) => {
  const { action, primary, standby, settings } = facts;
  if (primary === undefined || standby === undefined) return null;
  const data =
    action.touches.length > 0 && action.touches.every((touch) => touch.device === standby.name && touch.data);
  if (!data && action.device !== standby.name) return null;
  const role = facts.roleBefore(standby.name);
  const [port] = action.touches;
  const left = facts.followed('role', standby.name)[0];
  const dark = settings.mode === 'active-passive' && standby.passiveLinkState === 'shutdown';
  if (data && dark && role !== null && left === undefined) {
    const text = `${standby.name} keeps ${port?.port} dark while it is ${role ?? 'off'}: it cannot see that, and has no service to lose`;
    return finding(
      'undetectable',
      'R-046',
      setting('passive-link-state', 'shutdown'),
      text,
      facts.followed('link', standby.name),
    );
  }
  const text = `${standby.name} was ${role ?? 'off'}: ${primary.name} stayed ${PAIR_ROLES[settings.mode].primary}`;
  // T1 is a start anew: not what ended its role.
  const began = left === undefined || left.data['rule'] === 'T1';
  const rule = began ? (role === 'passive' ? 'R-142' : null) : String(left.data['rule']);
  return finding('standby-only', rule, null, text, [left]);
};

/** Only the firewall without the service lost what it monitors. */
export const standbyMonitor: Explanation = (facts) => {
  const { primary, standby } = facts;
  if (primary === undefined || standby === undefined) return null;
  const [failed] = facts.followed('monitor', standby.name, { failed: true });
  if (failed === undefined || facts.followed('monitor', primary.name, { failed: true }).length > 0)
    return null;
  const [left] = facts.followed('role', standby.name);
  const role = facts.roleBefore(standby.name);
  const text = `only ${standby.name} lost what it monitors, and it was ${role ?? 'off'}`;
  return finding('standby-only', left === undefined ? 'R-047' : String(left.data['rule']), null, text, [
    failed,
    left,
  ]);
};

/** HA2 carries state, and its loss changes no role. */
export const stateLink: Explanation = ({ action, settings, primary }) => {
  const { touches, consequences } = action;
  const duties = touches.flatMap((touch) => touch.duties);
  if (duties.length === 0 || !duties.every((duty) => STATE_DUTIES.includes(duty))) return null;
  const known = consequences.filter(({ kind }) => kind === 'ha2');
  const keepAliveUs = primary?.keepAliveUs ?? null;
  const keepAlive = setting(
    'state-synchronization.ha2-keep-alive',
    keepAliveUs === null ? 'off' : `threshold ${formatDuration(keepAliveUs)}`,
  );
  const blind = action.action !== 'interface-down' && action.action !== 'link-down' && keepAliveUs === null;
  const split = settings.mode === 'active-active' ? ' (split-datapath changes only who owns sessions)' : '';
  // The backup takes over when somebody notices, and when it is not hit itself.
  const carried =
    !blind &&
    (primary?.duties ?? []).some(({ duty }) => STATE_DUTIES.includes(duty) && !duties.includes(duty));
  const rest = carried
    ? '; the other link carries state synchronization on'
    : `${blind ? '; without keep-alive nobody even notices it' : ''}, but new sessions are not synchronized`;
  const text = `the loss of HA2 changes no role${split}${rest}`;
  return finding('ha2-is-no-trigger', blind ? 'R-098' : 'R-094', keepAlive, text, known);
};

/** The loss of HA3 takes the active-secondary out, which has no role to hand over. */
export const forwardingLink: Explanation = ({ action }) => {
  const known = action.consequences.find(({ kind }) => kind === 'ha3');
  const { touches } = action;
  if (touches.length === 0 || !touches.every(({ duties }) => duties.includes('ha3'))) return null;
  const text = 'the loss of HA3 takes the active-secondary out of service; the active-primary keeps its role';
  return finding('ha3-is-no-trigger', 'R-124', null, text, [known]);
};

/** What the HA of a firewall hears of; routing protocols go their own ways. */
const HEARD: readonly string[] = ['link', 'path', 'control-path', 'peer', 'role'];

/** Neither a firewall, nor a monitored port, nor anything that is pinged. */
export const nothingMonitored: Explanation = ({ action, primary }) => {
  if (primary === undefined)
    return finding('nobody-active', null, null, 'nobody had the service, so there was nothing to take over');
  if (action.touches.length > 0 || action.device !== null) return null;
  if (action.consequences.some(({ kind }) => HEARD.includes(kind))) return null;
  const { linkMonitoring, pathMonitoring } = primary;
  const links = linkMonitoring.enabled ? linkMonitoring.groups.flatMap(({ interfaces }) => interfaces) : [];
  const paths = pathMonitoring.enabled
    ? pathMonitoring.groups.flatMap(({ destinationGroups }) =>
        destinationGroups.flatMap(({ destinations }) => destinations),
      )
    : [];
  const value = [...new Set([...links, ...paths])].join(', ') || 'nothing';
  return finding(
    'nothing-monitored',
    'R-048',
    setting('monitoring', value),
    `nothing that ${primary.name} monitors was lost because of it`,
  );
};
