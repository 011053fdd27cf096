/**
 * The trace as lines of JSON, for jq and DuckDB. The first line is the run (`"type":"run"`): version, scenario, seed, length, digests,
 * and the command that repeats it.
 * Then a line for each record (`"type":"record"`, with its text as the timeline says it) and, at trace level full, for each executed
 * event (`"type":"event"`), together in order of time; a record comes before the events of its instant.
 */

import type { EventRecord, TraceRecord } from '../../kernel/trace.ts';
import type { RunResult } from '../../run/result.ts';
import { describeRecord } from '../records.ts';
import type { ExportContext, Exporter } from './exporter.ts';

export const ndjson: Exporter = { extension: 'ndjson', binary: false, packets: false, render };

function* render(result: RunResult, { replay }: ExportContext): Generator<string> {
  const { schemaVersion, version, scenario, seed, endedAtUs, end, digests, traceLevel } = result;
  yield line({
    type: 'run',
    schemaVersion,
    version,
    scenario: { name: scenario.name, file: scenario.file },
    seed,
    endedAtUs,
    end,
    digests,
    traceLevel,
    replay,
  });
  const { records, trace } = result;
  let at = 0;
  for (const record of records) {
    for (; at < trace.length && trace[at]!.timeUs < record.timeUs; at += 1) yield eventLine(trace[at]!);
    yield recordLine(record, result);
  }
  for (; at < trace.length; at += 1) yield eventLine(trace[at]!);
}

function recordLine(record: TraceRecord, { devices }: RunResult): string {
  const { id, timeUs, kind, subject, cause, data } = record;
  const text = describeRecord(record, devices);
  return line({ type: 'record', id, timeUs, kind, subject, cause: cause === 0 ? null : cause, text, data });
}

function eventLine({ ordinal, timeUs, kind, target, a, b, cause }: EventRecord): string {
  return line({ type: 'event', ordinal, timeUs, kind, target, a, b, cause: cause === 0 ? null : cause });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
