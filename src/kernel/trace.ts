/**
 * The trace: what the model notes, each fact with the one it follows from, and the digests that identify a run.
 *
 * Records form a forest from injected faults to consequences: "why did it fail over?" is a walk up that forest. Ids and
 * both digests depend on the run alone, never on how much of it is kept, so any trace level proves the same run.
 */

import { Digest } from './digest.ts';
import type { TimeUs } from './time.ts';

/** How much is kept: nothing, the records, or the records and every executed event. */
export type TraceLevel = 'off' | 'protocol' | 'full';

/** A fact that the model noted. */
export interface TraceRecord {
  /** 1, 2, 3 … in order of noting, the same at every level. */
  readonly id: number;
  readonly timeUs: TimeUs;
  readonly kind: string;
  readonly subject: string;
  /** Id of the record it follows from, 0 for a root. */
  readonly cause: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An executed queue entry. */
export interface EventRecord {
  /** 1, 2, 3 … in order of execution. */
  readonly ordinal: number;
  readonly timeUs: TimeUs;
  /** Name of the event kind. */
  readonly kind: string;
  readonly target: number;
  readonly a: number;
  readonly b: number;
  /** Id of the record in force when it was scheduled, 0 for none. */
  readonly cause: number;
}

const NO_DATA: Readonly<Record<string, unknown>> = Object.freeze({});

/** Collects records and events and folds them into digests. */
export class Trace {
  readonly level: TraceLevel;
  private readonly keptRecords: TraceRecord[] = [];
  private readonly keptEvents: EventRecord[] = [];
  private readonly subscribers: ((record: TraceRecord) => void)[] = [];
  private watcher: ((event: EventRecord) => void) | null = null;
  private readonly protocol = new Digest();
  private readonly full: Digest | null;
  private recordCount = 0;

  constructor(level: TraceLevel) {
    this.level = level;
    this.full = level === 'full' ? new Digest() : null;
  }

  /** The records kept so far; empty when the level is off. */
  get records(): readonly TraceRecord[] {
    return this.keptRecords;
  }

  /** The executed events kept so far; empty unless the level is full. */
  get events(): readonly EventRecord[] {
    return this.keptEvents;
  }

  /** Digest of all records, 16 hexadecimal characters; the same at every level. */
  get protocolDigest(): string {
    return this.protocol.hex();
  }

  /** Digest of all records and executed events, or null unless the level is full. */
  get fullDigest(): string | null {
    return this.full === null ? null : this.full.hex();
  }

  /** Calls a function with every record from now on, at every level. */
  subscribe(listener: (record: TraceRecord) => void): void {
    this.subscribers.push(listener);
  }

  /** Hands every executed event from now on to a function instead of keeping it, so that a long run fits; at level full only. */
  watch(watcher: (event: EventRecord) => void): void {
    this.watcher = watcher;
  }

  /**
   * Takes down a fact. The data belongs to the trace from here on and must not be changed.
   *
   * @returns the record's id
   */
  note(timeUs: TimeUs, kind: string, subject: string, cause: number, data: object = NO_DATA): number {
    const id = ++this.recordCount;
    const record: TraceRecord = { id, timeUs, kind, subject, cause, data: data as TraceRecord['data'] };
    const text = canonicalJson(data);
    foldRecord(this.protocol, record, text);
    if (this.full !== null) foldRecord(this.full, record, text);
    if (this.level !== 'off') this.keptRecords.push(record);
    for (const listener of this.subscribers) listener(record);
    return id;
  }

  /** Takes down an executed event; to be called at level full only. */
  event(kindNumber: number, event: EventRecord): void {
    const { full } = this;
    if (full === null) return;
    full.addInt(event.timeUs);
    full.addInt(kindNumber);
    full.addInt(event.target);
    full.addInt(event.a);
    full.addInt(event.b);
    if (this.watcher === null) this.keptEvents.push(event);
    else this.watcher(event);
  }
}

/**
 * The chain of causes of a record: the record itself first, its root last.
 *
 * @param records in order of id, as a trace keeps them; the chain ends early at a cause that is not among them
 */
export function causesOf(records: readonly TraceRecord[], id: number): TraceRecord[] {
  const chain: TraceRecord[] = [];
  for (let record = find(records, id); record !== undefined; record = find(records, record.cause)) {
    chain.push(record);
  }
  return chain;
}

/** JSON with object keys sorted, so that equal data gives equal text however it was put together. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    const entries = Object.entries(part);
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)));
  });
}

function foldRecord(digest: Digest, record: TraceRecord, dataText: string): void {
  digest.addInt(record.timeUs);
  digest.addString(record.kind);
  digest.addString(record.subject);
  digest.addInt(record.cause);
  digest.addString(dataText);
}

function find(records: readonly TraceRecord[], id: number): TraceRecord | undefined {
  let low = 0;
  let high = records.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const record = records[middle]!;
    if (record.id === id) return record;
    if (record.id < id) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
