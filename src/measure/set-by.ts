/**
 * What sets the length of a stretch in a chain of causes: from each record to the one that follows from it, time passes by a timer,
 * by a count of unanswered messages, by a message on its way. The later record tells by which.
 */

import type { TraceRecord } from '../kernel/trace.ts';
import { REASON } from '../ha/reason.ts';
import {
  inWords,
  latencyAt,
  ofDevice,
  portWait,
  writeValue,
  type DeviceInForce,
  type SettingsInForce,
} from './in-force.ts';
import type { SetBy } from './part.ts';

/**
 * What a stretch of a chain was set by, in the order of its causes.
 *
 * @param chain the latest record first, as `causesOf` gives it
 * @returns empty for a stretch without length, else at least one
 */
export function setByDuring(
  chain: readonly TraceRecord[],
  fromUs: number,
  toUs: number,
  settings: SettingsInForce,
): readonly SetBy[] {
  if (toUs <= fromUs) return [];
  const found = new Map<string, SetBy>();
  for (let index = chain.length - 1; index > 0; index -= 1) {
    const [cause, effect] = [chain[index] as TraceRecord, chain[index - 1] as TraceRecord];
    if (Math.min(effect.timeUs, toUs) <= Math.max(cause.timeUs, fromUs)) continue;
    for (const item of between(cause, effect, settings)) {
      found.set(`${item.setting} ${item.device} ${item.value}`, item);
    }
  }
  return found.size === 0 ? [inWords('what was under way')] : [...found.values()];
}

/** What time passes by from a record to one that follows from it. */
function between(cause: TraceRecord, effect: TraceRecord, settings: SettingsInForce): readonly SetBy[] {
  const named = namesOf(cause, effect, settings);
  return named.length > 0 ? named : [inWords(`from ${cause.kind} to ${effect.kind}`)];
}

function namesOf(cause: TraceRecord, effect: TraceRecord, settings: SettingsInForce): readonly SetBy[] {
  const { kind, subject, data } = effect;
  const sinceUs = effect.timeUs - cause.timeUs;
  const detectionUs = settings.devices[subject]?.durations['link-down-detection'] ?? 0;
  const own = (...names: string[]): SetBy[] => names.flatMap((name) => ofDevice(settings, subject, name));
  switch (kind) {
    case 'timer':
      return data['step'] === 'expired' ? timer(effect, cause, settings) : edge(effect, sinceUs, settings);
    case 'link':
      return own(...portWait(settings, subject, sinceUs - detectionUs), 'link-down-detection');
    case 'ha3':
      return own('link-down-detection');
    case 'path':
      return pathPings(effect, settings);
    case 'control-path':
      return data['up'] === true ? own('heartbeat-interval') : pathDown(cause, effect, settings);
    case 'peer':
      return data['connection'] === 'up' ? message(cause, effect, settings) : silence(effect, settings);
    case 'dataplane':
      return own('dataplane-restart-time');
    case 'session-sync':
      return own('bulk-session-sync');
    case 'role':
      if (data['rule'] !== 'T1') return edge(effect, sinceUs, settings);
      return own(data['reason'] === REASON.hasim.started ? 'boot-time' : 'ha-agent-restart-time');
    default:
      return edge(effect, sinceUs, settings);
  }
}

/** The protocol answers an edge in the instant of its cause, unless the dataplane lacks its policy or the management plane stalls. */
function edge({ subject }: TraceRecord, sinceUs: number, settings: SettingsInForce): readonly SetBy[] {
  const pushUs = settings.devices[subject]?.durations['policy-push-time'];
  if (sinceUs === pushUs) return ofDevice(settings, subject, 'policy-push-time');
  return [inWords(`until the management plane of ${subject} goes on`)];
}

/** The active holds a failed monitor up for the sum of two settings (D04). */
function timer({ subject, data }: TraceRecord, set: TraceRecord, settings: SettingsInForce): SetBy[] {
  const setting = String(data['timer']);
  const us = Number(set.data['durationUs'] ?? 0);
  const value = writeValue(setting, us);
  const holds = ['monitor-fail-hold-up-time', 'additional-master-hold-up-time'];
  const durations = settings.devices[subject]?.durations;
  if (setting === holds[0] && us !== durations?.[setting]) {
    const sum = holds.flatMap((name) => ofDevice(settings, subject, name));
    if (sum.length > 0) return sum;
  }
  return [{ setting, value, device: subject }];
}

function pathPings({ subject, data }: TraceRecord, settings: SettingsInForce): SetBy[] {
  const pings = settings.devices[subject]?.pathPings ?? [];
  return pings
    .filter(({ destination }) => destination === data['destination'])
    .flatMap(({ intervalUs, count }) => [
      { setting: 'ping-interval', value: writeValue('ping-interval', intervalUs), device: subject },
      { setting: 'ping-count', value: String(count), device: subject },
    ]);
}

/** Carrier that was missing for exactly the hold time was what ended the path; else heartbeats were. */
function pathDown(
  cause: TraceRecord,
  { subject, timeUs, data }: TraceRecord,
  settings: SettingsInForce,
): SetBy[] {
  const device = settings.devices[subject];
  if (device === undefined) return [];
  const monitorHoldUs = device.controlPaths[String(data['path'])]?.monitorHoldUs;
  if (data['reason'] === REASON.ha1LinkDown && timeUs - cause.timeUs === monitorHoldUs) {
    const setting = 'monitor-hold-time';
    return [{ setting, value: writeValue(setting, monitorHoldUs), device: subject }];
  }
  return [
    times('heartbeat-interval', device.heartbeatLosses, subject, device),
    ...ofDevice(settings, subject, 'heartbeat-reply-timeout'),
  ];
}

/** The peer's agent was not heard any more. */
function silence({ subject, data }: TraceRecord, settings: SettingsInForce): SetBy[] {
  const device = settings.devices[subject];
  if (device === undefined || data['reason'] !== REASON.helloFailure) return [];
  return [
    times('hello-interval', device.helloLosses, subject, device),
    { setting: 'hello-losses', value: String(device.helloLosses), device: subject },
  ];
}

function times(setting: string, count: number, device: string, { durations }: DeviceInForce): SetBy {
  return { setting, value: `${writeValue(setting, durations[setting] ?? 0)} × ${count}`, device };
}

/** News of the peer: as long as its links take, or longer if it had to be sent again. */
function message(
  cause: TraceRecord,
  { subject, timeUs, data }: TraceRecord,
  settings: SettingsInForce,
): SetBy[] {
  const again = settings.devices[subject]?.durations['control-retransmission'] ?? Infinity;
  const ends = [cause.subject, subject].flatMap((name) => {
    const port = settings.devices[name]?.controlPaths[String(data['path'])]?.port;
    return port === undefined ? [] : [`${name}:${port}`];
  });
  return [
    ...(timeUs - cause.timeUs >= again ? ofDevice(settings, subject, 'control-retransmission') : []),
    ...ends.map((end) => latencyAt(settings, end)),
  ];
}
