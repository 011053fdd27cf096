/**
 * The firewalls still heard each other, or heard each other again in time: another control path, too little silence, a promotion
 * hold that was not over (D02, D03, D05; ).
 */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import { CONTROL_DUTIES, type MemberSettings } from '../pair-settings.ts';
import { finding, setting, type Case, type Explanation, type Finding } from './case.ts';

/** A control path went down, and another carried on. */
export const backupPath: Explanation = (facts) => {
  const { standby, settings } = facts;
  if (standby === undefined) return null;
  const down = settings.members.flatMap(({ name }) => facts.followed('control-path', name, { up: false }));
  const last = down.findLast(({ subject }) => subject === standby.name) ?? down[0];
  if (last === undefined || lost(facts) !== undefined) return null;
  const left = standby.controlPaths.filter((path) => isUp(facts, last, path));
  const [path] = left;
  if (path === undefined) return null;
  const text = `${String(last.data['path'])} went down, but ${left.join(' and ')} kept the firewalls together`;
  return path === 'heartbeat-backup'
    ? finding('backup-path', 'R-014', setting('election-option.heartbeat-backup', 'true'), text, [last])
    : finding('backup-path', 'R-013', setting(`interface.${path}`, portOf(standby, path)), text, [last]);
};

function portOf({ duties }: MemberSettings, path: string): string {
  return duties.find(({ duty }) => duty === path)?.port ?? 'none';
}

function isUp(facts: Case, { id, subject }: TraceRecord, path: string): boolean {
  const record = facts.before(id + 1, 'control-path', subject, { path });
  return record === undefined || record.data['up'] === true;
}

/** The one who would take over loses its peer. */
function lost(facts: Case): TraceRecord | undefined {
  return facts.followed('peer', facts.standby?.name, { connection: 'down' })[0];
}

/** The peer was declared failed, and the promotion hold decided. */
export const promotionHold: Explanation = (facts) => {
  const { standby } = facts;
  if (standby === undefined) return null;
  const set = facts.followed('timer', standby.name, { timer: 'promotion-hold-time', step: 'set' })[0];
  if (set === undefined) return null;
  const hold = setting('promotion-hold-time', formatDuration(standby.promotionHoldUs));
  const dueUs = set.timeUs + Number(set.data['durationUs']);
  const end = facts.after(set.id, 'timer', standby.name, { timer: 'promotion-hold-time' });
  if (end?.data['step'] === 'cancelled') {
    const heard = facts.before(end.id, 'peer', standby.name);
    const again = heard?.data['connection'] === 'up';
    const why = again ? 'heard its peer again' : 'could not serve itself any more';
    const text = `${standby.name} ${why} ${formatDuration(end.timeUs - set.timeUs)} later, before its hold was over`;
    return finding('promotion-cancelled', again ? 'R-022' : 'R-047', hold, text, [
      lost(facts),
      set,
      heard,
      end,
    ]);
  }
  if (end !== undefined || dueUs <= facts.endUs) return null;
  const text = `${standby.name} waits the promotion hold: it would take over at ${formatClock(dueUs, 0)}`;
  return finding('promotion-running', 'R-021', hold, text, [lost(facts), set]);
};

const CARRIER: readonly string[] = ['interface-down', 'link-down'];
const SILENCE: readonly string[] = ['blackhole', 'impair', 'management-plane-stall', ...CARRIER];

/** Nobody noticed: carrier was back within the monitor hold, or heartbeats or hellos came again before the third was missed. */
export const tooLittleSilence: Explanation = (facts) => {
  const { action, primary, standby } = facts;
  if (primary === undefined || standby === undefined) return null;
  const touches = action.touches.filter(({ duties }) => duties.some((duty) => CONTROL_DUTIES.includes(duty)));
  const agent = action.device === primary.name;
  if (touches.length === 0 && !agent) return null;
  if (facts.followed('peer', standby.name, { connection: 'down' }).length > 0) return null;
  const down = alreadyDown(facts, standby.name);
  if (down !== null) return down;
  if (agent && action.action === 'ha-agent-hang') return tooFewHellos(facts, standby);
  if (!SILENCE.includes(action.action)) return null;
  if (CARRIER.includes(action.action)) return carrierBack(facts, standby);
  const interval = formatDuration(standby.heartbeatIntervalUs);
  const { heartbeatLosses } = facts.settings;
  const text = `${until(facts)}${standby.name} did not miss ${inARow(heartbeatLosses)}`;
  return finding(
    'too-few-heartbeats',
    'R-004',
    setting('heartbeat-interval', `${interval} × ${heartbeatLosses}`),
    text,
    [action.undoneBy ?? undefined],
  );
};

function inARow(heartbeats: number): string {
  if (heartbeats === 1) return 'a heartbeat';
  return `${heartbeats === 3 ? 'three' : heartbeats} heartbeats in a row`;
}

/** Each path that is touched was down before. */
function alreadyDown(facts: Case, standby: string): Finding | null {
  const { id } = facts.action.record;
  const paths = facts.action.touches.flatMap(({ duties }) =>
    duties.filter((duty) => CONTROL_DUTIES.includes(duty)),
  );
  const records = [...new Set(paths)].map((path) => facts.before(id, 'control-path', standby, { path }));
  if (records.length === 0 || !records.every((record) => record?.data['up'] === false)) return null;
  return finding(
    'already-down',
    null,
    null,
    `${standby} did not hear its peer over ${[...new Set(paths)].join(' or ')} before either`,
    records,
  );
}

function carrierBack(facts: Case, { name, monitorHoldUs }: MemberSettings): Finding {
  if (Math.min(facts.undoneUs, facts.endUs) > facts.action.record.timeUs + monitorHoldUs) {
    return finding('already-down', null, null, `${name} did not hear its peer over that port before either`);
  }
  const hold = setting('interface.ha1.monitor-hold-time', formatDuration(monitorHoldUs));
  const text = `${until(facts)}${name} waits ${formatDuration(monitorHoldUs)} before it calls HA1 down`;
  return finding('monitor-hold-outlasted', 'R-009', hold, text, [facts.action.undoneBy ?? undefined]);
}

function tooFewHellos(facts: Case, { name, helloIntervalUs }: MemberSettings): Finding {
  const { helloLosses } = facts.settings;
  const interval = setting(
    'hello-interval × unpublished.hello-losses',
    `${formatDuration(helloIntervalUs)} × ${helloLosses}`,
  );
  const text = `${until(facts)}the kernel answers heartbeats meanwhile, and ${name} did not miss ${helloLosses} hellos in a row`;
  return finding('too-few-hellos', 'R-006', interval, text, [facts.action.undoneBy ?? undefined]);
}

/** How long it lasted, in words. */
function until({ action, undoneUs, endUs }: Case): string {
  const lasted = formatDuration(Math.min(undoneUs, endUs) - action.record.timeUs);
  return undoneUs <= endUs ? `it was over after ${lasted}: ` : `the observation ends after ${lasted}: `;
}
