/**
 * `hasim check-determinism`: are two runs of one scenario and seed the same run, event by event and record by record?
 *
 * Both go on side by side, the first in even slices and the second in odd ones, and what they do is compared and forgotten, so that
 * the length of a run costs no memory. It stops at the first thing that only one of them did. How they begin is handed in: a scenario
 * gives the same run twice if the simulator is right, and a test gives two that are not the same.
 */

import { canonicalJson, causesOf, type EventRecord, type TraceRecord } from '../kernel/trace.ts';
import type { DeviceSettings, RunResult } from '../run/result.ts';
import type { ActiveRun, RunObserver } from '../run/run.ts';

/** Begins a run at trace level full that tells the observer of everything. */
export type Start = (observer: RunObserver) => ActiveRun;

/** Something that a run did: an executed event, a record noted, or its end (with the words of the error it broke off with). */
export type Deed =
  | { readonly kind: 'event'; readonly event: EventRecord }
  | { readonly kind: 'record'; readonly record: TraceRecord }
  | { readonly kind: 'end'; readonly timeUs: number; readonly error: string | null };

/** The first place at which the two runs differ. */
export interface Difference {
  /** So many deeds before it were the same. */
  readonly after: number;
  readonly first: Deed;
  readonly second: Deed;
  /** The names of the fields that differ; empty when the deeds are of different kinds. */
  readonly fields: readonly string[];
  /** The records that led to each, the latest first. */
  readonly chains: readonly [readonly TraceRecord[], readonly TraceRecord[]];
}

export interface Digests {
  readonly protocol: string;
  readonly full: string | null;
}

/** What the comparison found. */
export interface Agreement {
  readonly events: number;
  readonly records: number;
  readonly endedAtUs: number;
  /** The error with which both broke off; null when they came to their end. */
  readonly error: string | null;
  readonly digests: readonly [Digests, Digests];
  readonly difference: Difference | null;
  /** Of the first run; what sentences about records are told with. */
  readonly devices: readonly DeviceSettings[];
}

/** Events of a slice of the first run. */
const SLICE = 8_192;
/** Of the slices of the second, in turn: no multiple of anything. */
const ODD_SLICES = [1, 7, 89, 997, 4_099];

export class Comparison {
  readonly #sides: readonly [Side, Side];
  #odd = 0;
  #compared = 0;
  #difference: Difference | null = null;

  constructor(first: Start, second: Start) {
    this.#sides = [new Side(first), new Side(second)];
    this.#compare();
  }

  /** Goes on for a while; done when both runs are over, or differ. */
  advance(): 'paused' | 'done' {
    const [first, second] = this.#sides;
    if (this.#isDone) return 'done';
    first.advance(SLICE);
    while (second.events < first.events && !second.ended) {
      const slice = ODD_SLICES[this.#odd++ % ODD_SLICES.length] ?? 1;
      second.advance(Math.min(slice, first.events - second.events));
    }
    // One more, for a second run that does not know its end.
    if (first.ended && !second.ended) second.advance(1);
    this.#compare();
    return this.#isDone ? 'done' : 'paused';
  }

  get #isDone(): boolean {
    return this.#difference !== null || this.#sides.every(({ ended }) => ended);
  }

  /** What was found so far. */
  result(): Agreement {
    const [first, second] = this.#sides;
    return {
      events: first.events,
      records: first.records,
      endedAtUs: first.nowUs,
      error: first.error,
      digests: [first.result().digests, second.result().digests],
      difference: this.#difference,
      devices: first.result().devices,
    };
  }

  #compare(): void {
    const [first, second] = this.#sides;
    const [left, right] = [first.take(), second.take()];
    const count = Math.max(left.length, right.length);
    for (let index = 0; index < count; index++) {
      const one = left[index] ?? first.end();
      const other = right[index] ?? second.end();
      const fields = differences(one, other);
      if (fields === null) continue;
      const chains = [first.chain(one), second.chain(other)] as const;
      this.#difference = { after: this.#compared + index, first: one, second: other, fields, chains };
      return;
    }
    this.#compared += count;
  }
}

/** One of the two runs, and what it has done since it was last asked. */
class Side implements RunObserver {
  events = 0;
  records = 0;
  ended = false;
  error: string | null = null;
  readonly #run: ActiveRun;
  #deeds: Deed[] = [];

  constructor(start: Start) {
    this.#run = start(this);
  }

  get nowUs(): number {
    return this.#run.nowUs;
  }

  record(record: TraceRecord): void {
    this.records++;
    this.#deeds.push({ kind: 'record', record });
  }

  event(event: EventRecord): void {
    this.events++;
    this.#deeds.push({ kind: 'event', event });
  }

  advance(budget: number): void {
    try {
      if (this.#run.advance(budget) === 'paused') return;
    } catch (error) {
      this.error = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    }
    this.ended = true;
    this.#deeds.push(this.end());
  }

  end(): Deed {
    return { kind: 'end', timeUs: this.nowUs, error: this.error };
  }

  take(): readonly Deed[] {
    const deeds = this.#deeds;
    this.#deeds = [];
    return deeds;
  }

  result(): RunResult {
    return this.#run.result();
  }

  chain(deed: Deed): readonly TraceRecord[] {
    if (deed.kind === 'end') return [];
    const { cause } = deed.kind === 'event' ? deed.event : deed.record;
    return causesOf(this.result().records, cause);
  }
}

/** The names of the fields that differ; null when none does. */
function differences(one: Deed, other: Deed): string[] | null {
  if (one.kind === 'event' && other.kind === 'event' && isSame(one.event, other.event)) return null;
  if (one.kind !== other.kind) return [];
  const left = fieldsOf(one);
  const right = fieldsOf(other);
  const names = Object.keys(left).filter((name) => left[name] !== right[name]);
  return names.length === 0 ? null : names;
}

/** Millions of events are compared: without a list of their fields. */
function isSame(one: EventRecord, other: EventRecord): boolean {
  return (
    one.timeUs === other.timeUs &&
    one.kind === other.kind &&
    one.target === other.target &&
    one.a === other.a &&
    one.b === other.b &&
    one.cause === other.cause &&
    one.ordinal === other.ordinal
  );
}

function fieldsOf(deed: Deed): Record<string, unknown> {
  switch (deed.kind) {
    case 'event':
      return { ...deed.event };
    case 'record':
      return { ...deed.record, data: canonicalJson(deed.record.data) };
    case 'end':
      return { timeUs: deed.timeUs, error: deed.error };
  }
}
