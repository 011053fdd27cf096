/**
 * The records of a run as the rows of a timeline: what a reader needs to follow the story, and no more.
 *
 * Left out is what only repeats (log lines of a role change), what leads nowhere (a hello without consequences) and what is
 * bookkeeping (flap windows, timers of zero length, timers whose end is told by what they set off). What belongs together
 * becomes one row. A row's cause is the nearest one that has a row, so the thread is never cut.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { RecordData, RecordKind } from '../run/record.ts';
import type { DeviceSettings } from '../run/result.ts';
import { describeAddress, describePorts, describeRecord } from './records.ts';
import { counted } from './table.ts';

export interface Row {
  /** Id of its (first) record. */
  readonly id: number;
  readonly timeUs: number;
  readonly kind: RecordKind;
  readonly subject: string;
  readonly text: string;
  /** Id of the row it follows from, 0 for none. */
  readonly cause: number;
  /** The first of its records; the others say the same of another port or moment. */
  readonly record: TraceRecord;
}

/** The rows of a timeline, in order of time. */
export function timelineRows(records: readonly TraceRecord[], devices: readonly DeviceSettings[]): Row[] {
  const hidden = hide(records);
  const rowOf = new Map<number, number>([[0, 0]]);
  const groups: TraceRecord[][] = [];
  const open = new Map<string, TraceRecord[]>();
  for (const record of records) {
    if (hidden.has(record.id)) {
      rowOf.set(record.id, rowOf.get(record.cause) ?? 0);
      continue;
    }
    const key = groupKey(record, rowOf.get(record.cause) ?? 0);
    const group = key === null ? undefined : open.get(key);
    if (group !== undefined) group.push(record);
    else groups.push([record]);
    if (key !== null && group === undefined) open.set(key, groups[groups.length - 1] as TraceRecord[]);
    rowOf.set(record.id, group?.[0]?.id ?? record.id);
  }
  const cancelled = cancellations(records);
  return groups.map((group) => {
    const record = group[0] as TraceRecord;
    const { id, timeUs, subject } = record;
    const kind = record.kind as RecordKind;
    const endUs = cancelled.get(id);
    const text =
      describeGroup(group, devices) + (endUs === undefined ? '' : ` (ended at ${formatClock(endUs, 0)})`);
    return { id, timeUs, kind, subject, text, cause: rowOf.get(record.cause) ?? 0, record };
  });
}

// --- what is left out ------------------------------------------------------------------------------------------------

/** Ids of the records that get no row. Causes come before their consequences, so one pass from the end settles all. */
function hide(records: readonly TraceRecord[]): Set<number> {
  const hidden = new Set<number>();
  const leads = new Set<number>();
  const asked = new Set(records.filter(isBulkRequest).map(({ subject, cause }) => `${subject} ${cause}`));
  for (let i = records.length - 1; i >= 0; i -= 1) {
    const record = records[i] as TraceRecord;
    if (isNoise(record, leads.has(record.id), asked)) {
      hidden.add(record.id);
      if (leads.has(record.id)) leads.add(record.cause);
    } else leads.add(record.cause);
  }
  return hidden;
}

/** @param leads whether a row follows from it */
function isNoise(record: TraceRecord, leads: boolean, asked: ReadonlySet<string>): boolean {
  const { kind, subject, cause } = record;
  if (kind === 'log') return /: Moved from state /.test(String(record.data['text']));
  if (kind === 'peer') {
    const { connection, connecting } = record.data as RecordData['peer'];
    return connection === 'up' && connecting !== true && !leads;
  }
  if (kind === 'sessions') return isEmpty(record.data as RecordData['sessions']);
  if (kind !== 'timer') return false;
  const { timer, step, durationUs } = record.data as RecordData['timer'];
  if (timer === 'flap-window' || step === 'cancelled') return true;
  if (step === 'expired') return leads;
  // The request says the same as the wait for its answer.
  return durationUs === 0 || (timer === 'session-sync-wait' && asked.has(`${subject} ${cause}`));
}

/** A takeover before there was any traffic. */
function isEmpty({ carried, missing, recreated }: RecordData['sessions']): boolean {
  return carried === 0 && recreated === 0 && Object.keys(missing).length === 0;
}

function isBulkRequest({ kind, data }: TraceRecord): boolean {
  return kind === 'session-sync' && data['step'] === 'requested';
}

/** When waits were cut short, by the id of the record that began them. */
function cancellations(records: readonly TraceRecord[]): Map<number, number> {
  const running = new Map<string, number>();
  const ends = new Map<number, number>();
  for (const { id, kind, subject, timeUs, data } of records) {
    if (kind !== 'timer') continue;
    const key = `${subject} ${String(data['timer'])}`;
    const begun = running.get(key);
    if (data['step'] === 'set') running.set(key, id);
    else if (data['step'] === 'cancelled' && begun !== undefined) ends.set(begun, timeUs);
  }
  return ends;
}

// --- what becomes one row --------------------------------------------------------------------------------------------

/** Records of one key are one row; null for records that stand alone. */
function groupKey({ kind, subject, cause, timeUs, data }: TraceRecord, causeRow: number): string | null {
  if (kind === 'learned')
    return `${kind} ${subject} ${causeRow} ${String(data['address'] ?? data['towards'])}`;
  if (kind === 'garp') return `${kind} ${subject} ${cause} ${String(data['addresses'] !== undefined)}`;
  if (kind === 'address') return `${kind} ${subject} ${cause} ${timeUs} ${String(data['held'])}`;
  if (kind === 'port') return `${kind} ${subject} ${cause} ${timeUs}`;
  if (kind === 'asset') return `${kind} ${subject} ${cause} ${timeUs} ${String(data['state'])}`;
  if (kind === 'link')
    return `${kind} ${subject} ${cause} ${timeUs} ${String(data['up'])} ${String(data['visible'])}`;
  return null;
}

function describeGroup(group: readonly TraceRecord[], devices: readonly DeviceSettings[]): string {
  const first = group[0] as TraceRecord;
  if (first.kind === 'garp') return describeGarp(group);
  if (group.length === 1) return describeRecord(first, devices);
  if (first.kind === 'address') return describeAddresses(group);
  if (first.kind === 'asset') return describeAssets(first, group, devices);
  if (first.kind === 'learned')
    return `${describeRecord(first, devices)}; ${counted(group.length - 1, 'more time')}`;
  const ports = group.map(({ data }) => String(data['interface'])).join(', ');
  return describeRecord({ ...first, data: { ...first.data, interface: ports } }, devices);
}

/** Several at once, told without their MAC addresses. */
function describeAddresses(group: readonly TraceRecord[]): string {
  const addresses = group.map(({ data }) => describeAddress(data as unknown as RecordData['address']));
  return `${group[0]?.data['held'] === true ? 'holds' : 'gives up'} ${addresses.join(', ')}`;
}

/** As many as anybody would read, for a pair may have hundreds of routes. */
const MOST_ASSETS = 4;

function describeAssets(
  first: TraceRecord,
  group: readonly TraceRecord[],
  devices: readonly DeviceSettings[],
): string {
  const names = group.map(({ data }) => String(data['asset']));
  const rest = names.length - MOST_ASSETS;
  const more = rest > 0 ? ` and ${counted(rest, 'more asset')}:` : ':';
  const asset = `${names.slice(0, MOST_ASSETS).join(', ')}${more} each`;
  return describeRecord({ ...first, data: { ...first.data, asset } }, devices);
}

/** Two at the takeover, and one more each second: told once, with what was lost on the way. */
function describeGarp(group: readonly TraceRecord[]): string {
  const all = group.map(({ data }) => data as unknown as RecordData['garp']);
  const [first, second] = group as [TraceRecord, TraceRecord | undefined];
  const now = (first.data as RecordData['garp']).times;
  const later = all.slice(1).reduce((sum, { times }) => sum + times, 0);
  const spacing = second === undefined ? '' : formatDuration(second.timeUs - first.timeUs);
  const lost = all.filter((garp) => garp.lost.length > 0).reduce((sum, { times }) => sum + times, 0);
  const ports = (key: 'sent' | 'lost'): string[] => [...new Set(all.flatMap((garp) => garp[key]))];
  const more = later === 0 ? '' : `, ${later} more at ${spacing}`;
  if (lost === 0) return `gratuitous ARP: ${now} now${more}${describePorts(ports('sent'), [])}`;
  const share = `${lost} of ${now + later} lost without carrier (${ports('lost').join(', ')})`;
  return `gratuitous ARP: ${now} now${more}; ${share}`;
}
