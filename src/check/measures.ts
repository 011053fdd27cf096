/**
 * Expectations on measured values: each names a subject, and holds some of its measures against what is expected of them.
 */

import { formatDuration } from '../kernel/time.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import { percentOf, type AvailabilityResult } from '../measure/availability.ts';
import type { Failover } from '../measure/failover.ts';
import type { CallStatistics } from '../measure/data-path.ts';
import type { PairHistory } from '../measure/history.ts';
import { PARTS } from '../measure/part.ts';
import { writePercent } from '../measure/percent.ts';
import { satisfies, type Comparison } from '../scenario/schema/comparison.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { TimelineAction } from '../scenario/schema/timeline.ts';
import type { LossCourse } from '../traffic/loss-log.ts';
import { directionOf, type ProbeResult } from '../traffic/probe-result.ts';
import type { SyncBooks } from '../traffic/sync-books.ts';
import type { WorkloadBooks } from '../traffic/workload-books.ts';
import type { Course } from './course.ts';
import type { Verdict } from './verdict.ts';

/** What a firewall put on HA3: packets for the session's owner, packets for its set-up, and all that HA3 did not take. */
interface Ha3Books {
  readonly device: string;
  readonly packets: Readonly<Record<'owner' | 'set-up', number>>;
  readonly dropped: Readonly<Record<string, number>>;
}

/** What expectations are held against. */
export interface Evidence {
  readonly history: PairHistory;
  readonly failovers: readonly Failover[];
  readonly probes: readonly ProbeResult[];
  readonly workloads: readonly WorkloadBooks[];
  /** Of each workload: how many sessions were lost by when. */
  readonly losses: ReadonlyMap<string, LossCourse>;
  /** Packets that each firewall sent or dropped over HA3; none in active/passive. */
  readonly ha3: readonly Ha3Books[];
  readonly sync: readonly SyncBooks[];
  /** Calls of a cloud's API, by action; empty outside of a cloud. */
  readonly calls: readonly CallStatistics[];
  readonly availability: AvailabilityResult;
  readonly timeline: readonly Pick<TimelineAction, 'atUs' | 'entry'>[];
  /** All records of the run, in order. */
  readonly records: readonly TraceRecord[];
  readonly endedAtUs: number;
  /** The chain of causes of a record, itself first. */
  readonly chain: (record: number) => readonly number[];
}

/** A verdict without its place in the file. */
export type Answer = Omit<Verdict, 'index' | 'name'> & { readonly sentence: string };

/** A measure: its name, what is expected of it, what it is (null = it does not exist), how it is written. */
export type Measure = readonly [
  name: string,
  comparison: Comparison | undefined,
  value: number | null,
  write: (value: number) => string,
];

export function measures(
  subject: string,
  list: readonly Measure[],
  atUs: number | null,
  causes: readonly number[],
): Answer {
  const asked = list.filter(([, comparison]) => comparison !== undefined);
  const passed = asked.every(
    ([, comparison, value]) => value !== null && satisfies(comparison as Comparison, value),
  );
  const expected = asked.map(([name, comparison]) => `${name} ${comparison?.text}`).join(', ');
  const measured = asked
    .map(([name, , value, write]) => `${name} ${value === null ? 'none' : write(value)}`)
    .join(', ');
  return {
    passed,
    sentence: `${subject}: ${expected}`,
    expected,
    measured,
    atUs,
    causes: passed ? [] : causes,
  };
}

export function failoverMeasures(expectation: Expectation, ordinal: number, evidence: Evidence): Answer {
  const failover = evidence.failovers[ordinal - 1];
  const list = [...PARTS, 'total' as const].map((name): Measure => {
    const value = failover?.[`${name}Us`] ?? null;
    return [name, expectation[name], value, formatDuration];
  });
  const causes = failover === undefined ? [] : evidence.chain(failover.takeoverRecord);
  const answer = measures(`failover ${ordinal}`, list, failover?.takeoverUs ?? null, causes);
  if (failover !== undefined) return answer;
  const count = evidence.failovers.length;
  const happened = ['no failover', 'only 1 failover'][count] ?? `only ${count} failovers`;
  return { ...answer, measured: `${happened} happened` };
}

export function probeMeasures(expectation: Expectation, name: string, evidence: Evidence): Answer {
  const probe = evidence.probes.find((candidate) => candidate.name === name);
  const { direction } = expectation;
  const losses = direction === undefined || probe === undefined ? probe : directionOf(probe, direction);
  const transactions = probe?.type === 'tcp-transaction' ? probe : undefined;
  const longest = transactions?.longestTransactionUs ?? null;
  const list: Measure[] = [
    ['lost', expectation.lost, losses?.lost ?? null, String],
    ['longest-gap', expectation['longest-gap'], losses?.longestGapUs ?? null, formatDuration],
    ['outage', expectation.outage, losses?.lossDerivedUs ?? null, formatDuration],
    ['failed', expectation.failed, transactions?.lost ?? null, String],
    ['longest-transaction', expectation['longest-transaction'], longest, formatDuration],
  ];
  return measures(`probe ${name}${direction === undefined ? '' : ` ${direction}`}`, list, null, []);
}

export function availabilityMeasures(expectation: Expectation, { availability }: Evidence): Answer {
  const { timesUs, lengthUs } = availability;
  const { zones } = expectation;
  if (zones === undefined) {
    const list: Measure[] = [
      ['availability', expectation.availability, availability.percent, writePercent],
      ['degraded', expectation.degraded, timesUs.degraded, formatDuration],
      ['dual-active', expectation['dual-active'], timesUs['dual-active'], formatDuration],
      ['down', expectation.down, timesUs.down, formatDuration],
    ];
    return measures('the pair', list, null, []);
  }
  const { from, to } = zones;
  const found = availability.directions.find((item) => item.from === from && item.to === to);
  const percent = found === undefined ? null : percentOf(found.upUs, lengthUs);
  const list: Measure[] = [
    ['availability', expectation.availability, percent, writePercent],
    ['down', expectation.down, found?.downUs ?? null, formatDuration],
  ];
  return measures(`${from} → ${to}`, list, null, []);
}

export function ha3Measures(expectation: Expectation, device: string, evidence: Evidence): Answer {
  const books = evidence.ha3.find((candidate) => candidate.device === device);
  const dropped = books && Object.values(books.dropped).reduce((sum, count) => sum + count, 0);
  const list: Measure[] = [
    ['to-owner', expectation['to-owner'], books?.packets.owner ?? null, String],
    ['set-up', expectation['set-up'], books?.packets['set-up'] ?? null, String],
    ['dropped', expectation.dropped, dropped ?? null, String],
  ];
  return measures(`HA3 of ${device}`, list, null, []);
}

function sumOf(counts: object | undefined): number | null {
  if (counts === undefined) return null;
  return Object.values(counts).reduce((sum: number, count: number) => sum + count, 0);
}

export function ha2Measures(expectation: Expectation, device: string, evidence: Evidence): Answer {
  const books = evidence.sync.find((candidate) => candidate.device === device);
  const list: Measure[] = [
    ['peak-backlog', expectation['peak-backlog'], books?.peakBacklog ?? null, String],
    ['backlog', expectation.backlog, books?.backlog ?? null, String],
    ['drain', expectation.drain, books?.drainUs ?? null, formatDuration],
    ['messages', expectation.messages, sumOf(books?.sent), String],
    ['not-sent', expectation['not-sent'], sumOf(books?.dropped), String],
  ];
  return measures(`HA2 of ${device}`, list, books?.peakUs ?? null, []);
}

export function callMeasures(expectation: Expectation, action: string, evidence: Evidence): Answer {
  const calls = evidence.calls.find((candidate) => candidate.action === action);
  const list = (['attempts', 'succeeded', 'throttled', 'failed'] as const).map((name): Measure => [
    name,
    expectation[name],
    calls?.[name] ?? 0,
    String,
  ]);
  return measures(`calls of ${action}`, list, null, []);
}

/** Lines of the system log; at least one unless told how many. */
export function logMeasures(
  expectation: Expectation,
  text: string,
  evidence: Evidence,
  course: Course,
): Answer {
  const { device, severity, times = AT_LEAST_ONE } = expectation;
  const lines = course.lines({ text, device, severity });
  const of = [device, severity].filter((word) => word !== undefined).map((word) => ` ${word}`);
  const subject = `log "${text}"${of.join('')}`;
  const [first] = lines;
  const list: Measure[] = [['times', times, lines.length, String]];
  return measures(subject, list, first?.timeUs ?? null, first === undefined ? [] : evidence.chain(first.id));
}

const AT_LEAST_ONE: Comparison = {
  text: '>= 1',
  minimum: 1,
  maximum: null,
  minimumOpen: false,
  maximumOpen: false,
};
