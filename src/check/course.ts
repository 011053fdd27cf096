/**
 * The course of a run as conditions see it: who had which role, whether traffic passed, what was logged and asked of an API by then. It is put
 * together at the end of a run from what its folds have kept, so a run pays for it only where something is expected.
 */

import { lastBy } from '../kernel/last-by.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { AvailabilityResult, AvailabilityState } from '../measure/availability.ts';
import type { PairHistory, PairState } from '../measure/history.ts';
import type { Condition } from '../scenario/schema/condition.ts';
import type { TimelineAction } from '../scenario/schema/timeline.ts';
import type { LossCause } from '../traffic/loss.ts';
import type { LossCourse } from '../traffic/loss-log.ts';
import type { ProbeResult } from '../traffic/probe-result.ts';

/** An instant, with everything that happened in it. Counts are of what has happened by then. */
export interface Moment extends PairState {
  /** Null where nobody has kept it: the pair has changed its state too often. */
  readonly traffic: AvailabilityState | null;
  /** Null for a probe that the run does not have, and where its outages were too many to keep. */
  readonly probe: (name: string) => 'answered' | 'lost' | null;
  readonly calls: (action: string) => number;
  readonly logged: (line: LogPattern) => number;
  /** Sessions lost, of one workload or of all, by one cause or by any. */
  readonly lost: (workload: string | undefined, cause: LossCause | undefined) => number;
  /** Whether this entry of the timeline, the first is 1, has been. */
  readonly carriedOut: (entry: number) => boolean;
}

export interface LogPattern {
  readonly text: string;
  readonly device?: string | undefined;
  readonly severity?: string | undefined;
}

/** Both ends included. */
export interface Window {
  readonly fromUs: number;
  readonly toUs: number;
}

export interface CourseOf {
  readonly history: PairHistory;
  readonly availability: Pick<AvailabilityResult, 'spans' | 'spansOmitted'>;
  readonly probes: readonly ProbeResult[];
  readonly losses: ReadonlyMap<string, LossCourse>;
  /** What the timeline does, of each entry of the file the first thing first. */
  readonly timeline: readonly Pick<TimelineAction, 'atUs' | 'entry'>[];
  /** All records of the run, in order. */
  readonly records: readonly TraceRecord[];
}

export class Course {
  readonly #of: CourseOf;
  readonly #logs: readonly TraceRecord[];
  readonly #calls: readonly TraceRecord[];
  /** By entry of the timeline, from 0: when it was first. */
  readonly #entriesUs: ReadonlyMap<number, number>;
  /** Looked up again for every moment, of which a run can have very many. */
  readonly #found = new Map<string, readonly TraceRecord[]>();
  readonly #changes = new Map<Condition, readonly number[]>();

  constructor(of: CourseOf) {
    this.#of = of;
    this.#logs = of.records.filter(({ kind }) => kind === 'log');
    this.#calls = of.records.filter(({ kind }) => kind === 'api-call');
    this.#entriesUs = new Map(of.timeline.toReversed().map(({ entry, atUs }) => [entry, atUs]));
  }

  at(timeUs: number): Moment {
    const { history, availability, probes } = this.#of;
    const span = availability.spans[lastBy(availability.spans, timeUs, ({ fromUs }) => fromUs)];
    const kept = span !== undefined && (timeUs < span.toUs || availability.spansOmitted === 0);
    return {
      ...history.at(timeUs),
      timeUs,
      traffic: kept ? span.state : null,
      probe: (name) =>
        fateAt(
          probes.find((probe) => probe.name === name),
          timeUs,
        ),
      calls: (action) => countBy(this.#callsOf(action), timeUs),
      logged: (line) => countBy(this.lines(line), timeUs),
      lost: (workload, cause) =>
        this.#lossesOf(workload).reduce((sum, losses) => sum + losses.countBy(timeUs, cause), 0),
      carriedOut: (entry) => (this.#entriesUs.get(entry - 1) ?? Infinity) <= timeUs,
    };
  }

  /** The instant at the start of a window, and each in which something changes that one of the conditions speaks of. */
  during(conditions: readonly Condition[], { fromUs, toUs }: Window): readonly Moment[] {
    const times = conditions.flatMap((condition) => {
      const all = this.#changesOf(condition);
      return all.slice(lastBy(all, fromUs, identity) + 1, lastBy(all, toUs, identity) + 1);
    });
    return [fromUs, ...inOrder(times)].map((timeUs) => this.at(timeUs));
  }

  #lossesOf(workload: string | undefined): readonly LossCourse[] {
    const { losses } = this.#of;
    if (workload === undefined) return [...losses.values()];
    const own = losses.get(workload);
    return own === undefined ? [] : [own];
  }

  #changesOf(condition: Condition): readonly number[] {
    const known = this.#changes.get(condition);
    if (known !== undefined) return known;
    const found = inOrder(this.#changesIn(condition));
    this.#changes.set(condition, found);
    return found;
  }

  #changesIn(condition: Condition): number[] {
    const { history, availability, probes } = this.#of;
    const { traffic, probe = {}, logged, 'api-calls': calls, sessions, timeline } = condition;
    const outages = probes.filter(({ name }) => name in probe).flatMap((one) => one.outages);
    return [
      ...history.states.map(({ timeUs }) => timeUs),
      ...(traffic === undefined ? [] : availability.spans.map(({ fromUs }) => fromUs)),
      ...outages.flatMap(({ fromUs, toUs }) => [fromUs, toUs]),
      ...(logged === undefined ? [] : this.#logs.map(({ timeUs }) => timeUs)),
      ...(sessions === undefined ? [] : this.#lossesOf(undefined).flatMap(({ timesUs }) => timesUs)),
      ...(calls === undefined ? [] : this.#calls.map(({ timeUs }) => timeUs)),
      ...(timeline === undefined ? [] : this.#entriesUs.values()),
    ];
  }

  /** Lines of the system log over the whole run. */
  lines(pattern: LogPattern): readonly TraceRecord[] {
    const { text, device, severity } = pattern;
    return this.#recordsOf(JSON.stringify(['log', text, device ?? null, severity ?? null]), () =>
      this.#logs.filter((log) => matches(log, pattern)),
    );
  }

  #callsOf(action: string): readonly TraceRecord[] {
    return this.#recordsOf(JSON.stringify(['api-call', action]), () =>
      this.#calls.filter(({ data }) => data['action'] === action),
    );
  }

  #recordsOf(key: string, find: () => readonly TraceRecord[]): readonly TraceRecord[] {
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = find();
    this.#found.set(key, found);
    return found;
  }
}

function identity(timeUs: number): number {
  return timeUs;
}

/** Each once. */
function inOrder(times: readonly number[]): number[] {
  return [...new Set(times.toSorted((a, b) => a - b))];
}

function countBy(records: readonly TraceRecord[], timeUs: number): number {
  return lastBy(records, timeUs, (record) => record.timeUs) + 1;
}

function fateAt(probe: ProbeResult | undefined, timeUs: number): 'answered' | 'lost' | null {
  if (probe === undefined) return null;
  const last = probe.outages.at(-1);
  if (probe.moreOutages > 0 && (last === undefined || timeUs >= last.toUs)) return null;
  return probe.outages.some(({ fromUs, toUs }) => fromUs <= timeUs && timeUs < toUs) ? 'lost' : 'answered';
}

function matches({ subject, data }: TraceRecord, { text, device, severity }: LogPattern): boolean {
  if (device !== undefined && device !== subject) return false;
  if (severity !== undefined && severity !== data['severity']) return false;
  return String(data['text']).includes(text);
}
