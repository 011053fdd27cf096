/**
 * The laws of a run (architecture, section 4) as functions that throw: over a result, and over what a tap has seen.
 */

import { Switch } from '../../src/network/segment.ts';
import { formatMac, virtualMac } from '../../src/network/address.ts';
import { forwardsTraffic, type Role } from '../../src/ha/role.ts';
import { REASON } from '../../src/ha/reason.ts';
import type { Port } from '../../src/network/link.ts';
import { PARTS } from '../../src/measure/part.ts';
import type { RunResult } from '../../src/run/result.ts';
import type { PacketTap } from './packet-tap.ts';
import type { RandomCase } from './random-run.ts';

const SECOND = 1_000_000;
/** The end of a run, in which a healed pair is watched. */
export const WATCHED_US = 20 * SECOND;

/** Suspended by its own flaps: only an operator brings it back. */
function isLooping({ role, reason }: RunResult['final'][number]): boolean {
  return role === 'suspended' && (reason === REASON.nonFunctionalLoop || reason === REASON.preemptionLoop);
}

/** The roles of the pair after its last fault, in words, or what is wrong with them. */
function wholeness({ final, ha3 }: RunResult): string {
  const left = final.filter((device) => !isLooping(device));
  const roles = left.map(({ role }) => role).toSorted();
  const pair = ha3 === null ? ['active', 'passive'] : ['active-primary', 'active-secondary'];
  const whole = pair.slice(0, left.length);
  if (JSON.stringify(roles) !== JSON.stringify(whole)) {
    return final.map(({ device, role, reason }) => `${device} ${role} (${reason})`).join(', ');
  }
  return left.length === 0 ? 'nobody left' : 'whole';
}

/** Records in order: time never runs backwards, and every cause precedes its effect. */
function checkForest({ records }: RunResult): void {
  let lastUs = 0;
  for (const [index, record] of records.entries()) {
    if (record.id !== index + 1) throw new Error(`record ${record.id} is in place ${index + 1}`);
    if (record.timeUs < lastUs) throw new Error(`record ${record.id} is earlier than the one before`);
    if (record.cause >= record.id || record.cause < 0)
      throw new Error(`record ${record.id} is caused by ${record.cause}`);
    const cause = records[record.cause - 1];
    if (cause !== undefined && cause.timeUs > record.timeUs)
      throw new Error(`record ${record.id} precedes its cause`);
    lastUs = record.timeUs;
  }
}

function checkBooks({ workloads, probes }: RunResult): void {
  for (const { name, started, completed, failed, open, lost } of workloads) {
    const booked = Object.values(lost).reduce((sum, count) => sum + count, completed + failed + open);
    if (booked !== started) throw new Error(`workload ${name}: ${started} started, ${booked} booked`);
  }
  for (const { name, sent, received, lost, outages } of probes) {
    if (received + lost > sent)
      throw new Error(`probe ${name}: ${sent} sent, ${received + lost} accounted for`);
    const inOutages = outages.reduce((sum, outage) => sum + outage.lost, 0);
    if (inOutages > lost) throw new Error(`probe ${name}: ${lost} lost, ${inOutages} in outages`);
  }
}

/** The parts sum to the whole to the microsecond, and whatever takes time says by what. */
export function checkFailovers({ failovers }: Pick<RunResult, 'failovers'>): void {
  for (const failover of failovers) {
    const { ordinal, parts, startUs, takeoverUs, restoredUs, totalUs } = failover;
    const wrong = (what: string): Error => new Error(`failover ${ordinal} ${what}: ${JSON.stringify(parts)}`);
    const lengths = parts.map(({ us }) => us ?? 0);
    // Only in a cloud is there something to wait for between the role and the ports.
    const names = PARTS.filter((part) => part !== 'cloud' || failover.cloudUs !== undefined);
    if (parts.map(({ part }) => part).join() !== names.join()) throw wrong('has other parts');
    for (const { part, us, setBy } of parts) {
      if (failover[`${part}Us`] !== us) throw wrong(`says something else of ${part}`);
      if (us !== null && (us < 0 || !Number.isInteger(us))) throw wrong(`has a ${part} of ${us} us`);
      if (us !== null && us > 0 !== setBy.length > 0) throw wrong(`does not say what sets ${part}`);
      if (setBy.some(({ setting, value }) => setting === '' || value === '' || /NaN|undefined/.test(value)))
        throw wrong(`says nothing of what sets ${part}`);
    }
    const sum = lengths.reduce((total, us) => total + us, 0);
    const [detectionUs = 0, holdUs = 0, promotionUs = 0] = lengths;
    if (detectionUs + holdUs + promotionUs !== takeoverUs - startUs) throw wrong('does not add up');
    if ((totalUs === null) !== (restoredUs === null)) throw wrong('has no end');
    if (restoredUs !== null && (totalUs !== sum || sum !== restoredUs - startUs))
      throw wrong(`of ${totalUs} us does not add up`);
    const ends = parts.findIndex(({ us }) => us === null);
    if (ends >= 0 !== (restoredUs === null) || parts.slice(ends).some(({ us }) => ends >= 0 && us !== null))
      throw wrong('goes on after it has stopped');
  }
}

/**
 * Every timer that is set fires when it is due or is cancelled, and one that is cancelled does not fire. A start, a lost
 * power and a hung agent end all timers of a firewall without a word; a stalled management plane fires late, when it goes on.
 */
function checkTimers({ records }: RunResult): void {
  const dueUs = new Map<string, number>();
  const resumedUs = new Map<string, number>();
  const stalled = new Set<string>();
  for (const { id, kind, subject, timeUs, data } of records) {
    const ends = (kind === 'role' && data['rule'] === 'T1') || (kind === 'power' && data['state'] === 'off');
    const hangs = kind === 'fault' && String(data['action']).startsWith('ha-agent-');
    if (ends || hangs) {
      for (const timer of dueUs.keys()) if (timer.startsWith(`${subject} `)) dueUs.delete(timer);
    }
    if (data['action'] === 'management-plane-stall') stalled.add(subject);
    if (data['action'] === 'management-plane-resume') {
      stalled.delete(subject);
      resumedUs.set(subject, timeUs);
    }
    if (kind !== 'timer') continue;
    const timer = `${subject} ${String(data['timer'])}`;
    const due = dueUs.get(timer);
    if (data['step'] === 'set') {
      dueUs.set(timer, timeUs + (data['durationUs'] as number));
      continue;
    }
    if (due === undefined)
      throw new Error(`record ${id}: ${timer} ${String(data['step'])}, but does not run`);
    const onTime = due === timeUs || (due < timeUs && resumedUs.get(subject) === timeUs);
    if (data['step'] === 'expired' && !onTime) throw new Error(`record ${id}: ${timer} was due at ${due} us`);
    dueUs.delete(timer);
  }
  const endUs = records.at(-1)?.timeUs ?? 0;
  for (const [timer, due] of dueUs) {
    if (due < endUs && !stalled.has(timer.split(' ')[0] as string))
      throw new Error(`${timer} was due at ${due} us and never fired`);
  }
}

/** A healed pair is at rest: connected, nothing failed, no timer but the flap window's, one configuration. */
export function checkRest({ firewalls }: PacketTap): void {
  for (const { name, state, configuration } of firewalls.values()) {
    const { link, path } = state.monitors;
    if (state.peer.connection !== 'up') throw new Error(`${name}: peer connection ${state.peer.connection}`);
    if (link || path || state.dataplaneFailure !== null)
      throw new Error(`${name}: failed: link ${link}, path ${path}`);
    if (state.synchronizing || state.preempting) throw new Error(`${name}: has not finished`);
    const timers = Object.keys(state.running).filter((timer) => timer !== 'flap-window');
    if (timers.length > 0) throw new Error(`${name}: still runs ${timers.join(', ')}`);
    if (!configuration.synchronized) throw new Error(`${name}: configuration not synchronized`);
  }
}

/** One clock of each kind for each port, however often it was stopped and started. */
export function checkClocks({ ticks }: PacketTap, { pair: { timers } }: RandomCase): void {
  const intervalMs = { heartbeat: timers.heartbeat, hello: timers.hello, 'path ping': timers.pingInterval };
  for (const [name, count] of ticks) {
    const clock = name.slice(name.indexOf(' ') + 1) as keyof typeof intervalMs;
    const most = Math.floor(WATCHED_US / (intervalMs[clock] * 1000)) + 1;
    if (count > most || count < most - 1)
      throw new Error(`${name}: ${count} times, expected ${most} or one less`);
  }
}

/** The sessions of which the firewalls have told each other. */
export function toldSessions({ firewalls }: PacketTap): ReadonlySet<number> {
  const told = [...firewalls.values()].flatMap(({ table }) =>
    [...table].filter(({ sync }) => sync === 'sent'),
  );
  return new Set(told.map(({ flow }) => flow));
}

/**
 * The passive has a copy of every session that the active has had for a while.
 *
 * @param told a while ago
 */
export function checkCopies({ firewalls }: PacketTap, told: ReadonlySet<number>): void {
  const [active, passive] = [...firewalls.values()].toSorted((a) => (a.role === 'active' ? -1 : 1));
  if (active?.role !== 'active' || passive?.role !== 'passive') return;
  for (const session of active.table) {
    const fresh = session.sync === 'queued' || !told.has(session.flow);
    if (session.protocol === 'icmp' || fresh || passive.table.has(session.flow)) continue;
    throw new Error(
      `${passive.name} has no copy of session ${session.flow} (${session.protocol}, ${session.sync})`,
    );
  }
}

/** HA3 takes a packet to the peer, or there and back, and never again. */
function checkCrossings({ ha3 }: RunResult): void {
  if (ha3 !== null && ha3.crossings.length > 3)
    throw new Error(`packets crossed HA3 more than twice: ${ha3.crossings.join(', ')}`);
}

interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Stretches in which no firewall has a role that forwards, read from the roles alone. */
function nobodyServes({ records, endedAtUs }: RunResult): Stretch[] {
  const serving = new Set<string>();
  const stretches: Stretch[] = [];
  let sinceUs: number | null = 0;
  for (const { kind, subject, data, timeUs } of records) {
    if (kind !== 'role' && kind !== 'power') continue;
    if (kind === 'role' && forwardsTraffic(data['to'] as Role)) serving.add(subject);
    else serving.delete(subject);
    if (serving.size === 0) sinceUs ??= timeUs;
    else if (sinceUs !== null) {
      stretches.push({ fromUs: sinceUs, toUs: timeUs });
      sinceUs = null;
    }
  }
  if (sinceUs !== null) stretches.push({ fromUs: sinceUs, toUs: endedAtUs });
  return stretches.filter(({ fromUs, toUs }) => toUs > fromUs);
}

/** The spans cover the run, the sums are those of the spans, and other accounts of the same run say the same. */
function checkAvailability(result: RunResult): void {
  const { availability, dualActive, endedAtUs } = result;
  const { spans, timesUs, directions } = availability;
  let atUs = 0;
  const sums: Record<string, number> = { up: 0, degraded: 0, 'dual-active': 0, down: 0 };
  for (const { fromUs, toUs, state, reasons } of spans) {
    if (fromUs !== atUs || toUs <= fromUs)
      throw new Error(`a span from ${fromUs} to ${toUs} us after ${atUs}`);
    if ((state === 'degraded') !== reasons.length > 0)
      throw new Error(`${state} with ${reasons.length} reasons`);
    sums[state] = (sums[state] as number) + toUs - fromUs;
    atUs = toUs;
  }
  if (availability.spansOmitted > 0) return;
  if (atUs !== endedAtUs) throw new Error(`spans end at ${atUs} of ${endedAtUs} us`);
  if (JSON.stringify(sums) !== JSON.stringify(timesUs))
    throw new Error(`sums ${JSON.stringify({ sums, timesUs })}`);

  const of = (wanted: string): string => told(spans.filter(({ state }) => state === wanted));
  const dual = told(dualActive.filter(({ fromUs, toUs }) => toUs > fromUs));
  if (of('dual-active') !== dual)
    throw new Error(`dual-active ${of('dual-active')}, the history has ${dual}`);
  const downs = spans.filter(({ state }) => state === 'down');
  for (const span of nobodyServes(result)) {
    if (!downs.some(({ fromUs, toUs }) => fromUs <= span.fromUs && span.toUs <= toUs))
      throw new Error(`nobody serves from ${span.fromUs} to ${span.toUs} us, and it is not down`);
  }
  for (const { from, to, upUs, downUs, spans: gaps } of directions) {
    const inGaps = gaps.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0);
    if (upUs + downUs !== endedAtUs || inGaps !== downUs) throw new Error(`${from} → ${to} does not add up`);
    if (downUs < timesUs.down) throw new Error(`${from} → ${to} is up while the pair is down`);
  }
}

/** As one list: two that meet are one. */
function told(stretches: readonly Stretch[]): string {
  const merged: [number, number][] = [];
  for (const { fromUs, toUs } of stretches) {
    const last = merged.at(-1);
    if (last?.[1] === fromUs) last[1] = toUs;
    else merged.push([fromUs, toUs]);
  }
  return JSON.stringify(merged);
}

/** The laws that hold whatever goes wrong, and however it ends. */
export function checkLaws(result: RunResult): void {
  checkForest(result);
  checkBooks(result);
  checkFailovers(result);
  checkTimers(result);
  checkCrossings(result);
  checkAvailability(result);
}

/**
 * Nothing is wrong any more: nothing changes, one is active, the other is its passive, and users are served.
 *
 * @param answers pings are answered; not where both directions of one use different firewalls and ICMP sessions are unknown
 */
export function checkHealed(result: RunResult, boundUs: number, answers = true): void {
  const state = wholeness(result);
  if (state === 'nobody left') return;
  if (state !== 'whole') throw new Error(state);
  const last = result.records.findLast(({ kind }) => kind === 'role');
  if ((last?.timeUs ?? 0) > boundUs)
    throw new Error(`a role changed at ${last?.timeUs} us, after ${boundUs} us`);
  for (const { name, outages } of answers ? result.probes : []) {
    const outage = outages.at(-1);
    if (outage !== undefined && outage.toUs > result.endedAtUs - WATCHED_US)
      throw new Error(`${name} still loses pings: ${JSON.stringify(outage)}`);
  }
}

/**
 * Every virtual address of a whole active/active pair has exactly one holder, and every switch that knows its MAC address sends to
 * the holder.
 *
 * @param claims how many addresses there are, one for each virtual MAC address
 */
export function checkHolders({ firewalls }: PacketTap, claims: number): void {
  const serving = [...firewalls.values()].filter(({ role }) => forwardsTraffic(role));
  if (serving.length === 0) return;
  const held = serving.flatMap(({ virtualAddresses }) => virtualAddresses);
  if (held.length !== claims || new Set(held).size !== claims)
    throw new Error(`expected ${claims} virtual addresses with one holder each, got ${held.join(', ')}`);
  for (const firewall of serving) {
    for (const name of ['ethernet1/1', 'ethernet1/2']) {
      const port = firewall.port(name);
      const far: Port | undefined = port.link?.ends[port.side === 0 ? 1 : 0];
      if (!(far?.node instanceof Switch)) throw new Error(`${firewall.name}:${name} has no switch`);
      for (const device of [0, 1] as const) {
        const mac = virtualMac(firewall.settings.ha.compatibility.groupId, name, device);
        if (!firewall.virtualAddresses.some((address) => address.endsWith(formatMac(mac)))) continue;
        const known: Port | null = far.node.portOf(mac);
        if (known === null || known === far) continue;
        throw new Error(`${far.node.name} sends ${formatMac(mac)} elsewhere than to ${firewall.name}`);
      }
    }
  }
}
