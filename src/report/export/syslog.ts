/**
 * What the two firewalls write into their system logs, as they forward it: RFC 5424 lines whose message has the fields of a PAN-OS SYSTEM
 * log of subtype ha in their documented order ("System Log Fields", PAN-OS 10.0 and later). A run begins at midnight on 1 January 2000.
 *
 * Texts that PAN-OS publishes stand as they are. All else that a firewall is known to log, but nobody has published how, says so:
 * `[hasim: text not published]`. Event IDs are not published for HA; the field holds `ha-simulated`. Whether a data interface has carrier
 * is not here: PAN-OS logs it under subtype `port`; what link monitoring makes of it is.
 */

import type { TraceRecord } from '../../kernel/trace.ts';
import type { RunResult } from '../../run/result.ts';
import { textCell } from '../csv.ts';
import { describeRecord } from '../records.ts';
import { panOsTime, rfc3339 } from './clock.ts';
import type { Exporter } from './exporter.ts';

export const syslog: Exporter = { extension: 'log', binary: false, packets: false, render };

/** Patterns of texts that are public: reference, section 1.2 (K/C, C02, K03). */
const PUBLIC = [
  /^HA Group \d+: Moved from state [\w-]+ to state [\w-]+$/,
  /^HA Group \d+: Going to Suspended state due to detection of a (preemption|Tentative) loop after \d+ loops$/,
];

const UNPUBLISHED = '[hasim: text not published] ';

type Severity = 'informational' | 'critical';

/** Kinds of records beside `log` of which a firewall is known to write a line, with the severity that fits. */
const LOGGED: Readonly<Record<string, (data: Readonly<Record<string, unknown>>) => Severity | null>> = {
  'control-path': ({ up }) => (up === true ? 'informational' : 'critical'),
  // The connection, not every hello that says something new.
  peer: ({ connection, connecting }) =>
    connection === 'down' ? 'critical' : connecting === true ? 'informational' : null,
  monitor: ({ failed }) => (failed === true ? 'critical' : 'informational'),
  path: ({ reachable }) => (reachable === true ? 'informational' : 'critical'),
  ha2: ({ step }) => (step === 'failed' ? 'critical' : 'informational'),
  'configuration-sync': ({ step }) => (step === 'failed' ? 'critical' : 'informational'),
};

/** "up to a maximum of 512 bytes" (System Log Fields, Description). */
const LONGEST_DESCRIPTION = 512;

/** Facility user (1); severity critical 2, informational 6 (RFC 5424, PAN-OS forwards with facility LOG_USER unless told). */
const PRIORITIES: Readonly<Record<Severity, number>> = { critical: 1 * 8 + 2, informational: 1 * 8 + 6 };

function* render(result: RunResult): Generator<string> {
  const numbers = new Map(result.devices.map(({ name }) => [name, 0]));
  for (const record of result.records) {
    const sequence = numbers.get(record.subject);
    const entry = sequence === undefined ? null : entryOf(record, result);
    if (entry === null || sequence === undefined) continue;
    numbers.set(record.subject, sequence + 1);
    yield logLine(record, entry, sequence + 1, result);
  }
}

interface Entry {
  readonly severity: Severity;
  readonly text: string;
}

/** Null for what no firewall logs. */
function entryOf(record: TraceRecord, { devices }: RunResult): Entry | null {
  if (record.kind === 'log') {
    const { severity, text } = record.data as { severity: Severity; text: string };
    const isPublic = PUBLIC.some((pattern) => pattern.test(text));
    return { severity, text: isPublic ? text : UNPUBLISHED + text };
  }
  const severity = LOGGED[record.kind]?.(record.data);
  return severity === undefined || severity === null
    ? null
    : { severity, text: UNPUBLISHED + describeRecord(record, devices) };
}

function logLine(
  { timeUs, subject }: TraceRecord,
  { severity, text }: Entry,
  sequence: number,
  result: RunResult,
): string {
  const serial = result.devices.find(({ name }) => name === subject)?.serialNumber ?? subject;
  const received = panOsTime(timeUs);
  const fields = [
    '1', // FUTURE_USE
    received,
    serial,
    'SYSTEM',
    'ha',
    '0', // FUTURE_USE
    received, // generated
    '', // virtual system
    'ha-simulated', // event ID
    '', // object
    '0', // FUTURE_USE
    '0', // FUTURE_USE
    'general', // module
    severity,
    `"${description(text).replaceAll('"', '""')}"`,
    String(sequence),
    '0x0', // action flags
    '0', // device group hierarchy 1 to 4
    '0',
    '0',
    '0',
    '', // virtual system name
    textCell(subject), // device name
    '0', // FUTURE_USE
    '0', // FUTURE_USE
    rfc3339(timeUs, '+00:00', 3), // high resolution timestamp
  ];
  return `<${PRIORITIES[severity]}>1 ${rfc3339(timeUs)} ${host(subject)} - - - - ${fields.join(',')}\n`;
}

/** One line, as long as PAN-OS has room for; never half a character. */
function description(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+| {2,}/gu, ' ');
  let bytes = 0;
  const characters = [...line].filter(
    (character) => (bytes += Buffer.byteLength(character)) <= LONGEST_DESCRIPTION,
  );
  return characters.join('');
}

/** RFC 5424 takes printable ASCII without blanks, at most 255. */
function host(name: string): string {
  return name.replace(/[^!-~]/g, '_').slice(0, 255) || '-';
}
