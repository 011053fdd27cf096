/**
 * The records of a run as CSV (RFC 4180), for a spreadsheet. Columns: `id`, `time_s` with six decimals, `time_us`, `subject`, `kind`,
 * `text` as the timeline says it, `cause` (an id, empty for a root), and `data`, what the record carries, as JSON.
 */

import { canonicalJson } from '../../kernel/trace.ts';
import type { RunResult } from '../../run/result.ts';
import { csvLine, textCell } from '../csv.ts';
import { describeRecord } from '../records.ts';
import type { Exporter } from './exporter.ts';

const COLUMNS = ['id', 'time_s', 'time_us', 'subject', 'kind', 'text', 'cause', 'data'];

export const csv: Exporter = { extension: 'csv', binary: false, packets: false, render };

function* render({ records, devices }: RunResult): Generator<string> {
  yield csvLine(COLUMNS);
  for (const record of records) {
    const { id, timeUs, subject, kind, cause, data } = record;
    yield csvLine([
      String(id),
      (timeUs / 1e6).toFixed(6),
      String(timeUs),
      textCell(subject),
      kind,
      textCell(describeRecord(record, devices)),
      cause === 0 ? '' : String(cause),
      textCell(canonicalJson(data)),
    ]);
  }
}
