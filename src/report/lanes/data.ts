/** Records by their kind, with the data that the kind has. */

import type { TraceRecord } from '../../kernel/trace.ts';
import type { RecordData, RecordKind } from '../../run/record.ts';

export type RecordOf<Kind extends RecordKind> = Omit<TraceRecord, 'data'> & {
  readonly data: RecordData[Kind];
};

/** Those of one kind, of one subject if told, in order. */
export function recordsOf<Kind extends RecordKind>(
  records: readonly TraceRecord[],
  kind: Kind,
  subject?: string,
): readonly RecordOf<Kind>[] {
  const found = records.filter(
    (record) => record.kind === kind && (subject === undefined || record.subject === subject),
  );
  return found as unknown as readonly RecordOf<Kind>[];
}
