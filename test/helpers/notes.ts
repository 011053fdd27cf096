/** Records as a trace would hold them, for what folds over a trace. */

import type { TraceRecord } from '../../src/kernel/trace.ts';
import { Collector } from '../../src/measure/collector.ts';
import { PairHistory } from '../../src/measure/history.ts';
import type { RecordData, RecordKind } from '../../src/run/record.ts';

export class Notes {
  readonly history: PairHistory;
  readonly collector: Collector;
  readonly records: TraceRecord[] = [];

  constructor(begins = { converged: true, configurationSynchronized: true }) {
    this.history = new PairHistory(['palo-1', 'palo-2'], begins);
    this.collector = new Collector(this.history);
  }

  /** Notes a fact, and shows it to the collector, which shows it to the history. */
  note<K extends RecordKind>(
    timeUs: number,
    kind: K,
    subject: string,
    data: RecordData[K],
    cause = 0,
  ): number {
    const id = this.records.length + 1;
    const record: TraceRecord = {
      id,
      timeUs,
      kind,
      subject,
      cause,
      data: { ...data } as TraceRecord['data'],
    };
    this.records.push(record);
    this.collector.observe(record);
    return id;
  }

  /** A change of role; its reason is the rule's number. */
  role(timeUs: number, subject: string, from: string | null, to: string, rule: string, cause = 0): number {
    return this.note(timeUs, 'role', subject, { from, to, reason: rule, rule }, cause);
  }

  /** palo-1 active and palo-2 passive from the start. */
  converged(): this {
    this.role(0, 'palo-1', null, 'active', 'converged');
    this.role(0, 'palo-2', null, 'passive', 'converged');
    return this;
  }
}
