/**
 * Holds a scenario's expectations against what the run has measured, each mode by its own small function.
 *
 * An expectation that cannot be judged (a failover that never came, a probe without a reply) has not been met, and says so.
 */

import { formatDuration, SECOND_US } from '../kernel/time.ts';
import { percentOf, type AvailabilityResult } from '../measure/availability.ts';
import type { Failover } from '../measure/failover.ts';
import { PARTS } from '../measure/part.ts';
import type { PairHistory, PairState } from '../measure/history.ts';
import { satisfies, type Comparison } from '../scenario/schema/comparison.ts';
import { writePercent } from '../measure/percent.ts';
import type { Condition, Expectation } from '../scenario/schema/expectation.ts';
import type { WorkloadBooks } from '../traffic/workload-books.ts';
import { directionOf, type ProbeResult } from '../traffic/probe-result.ts';
import type { SyncBooks } from '../traffic/sync-books.ts';
import { conditionHolds, describeCondition, describeState } from './condition.ts';
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
  /** Packets that each firewall sent or dropped over HA3; none in active/passive. */
  readonly ha3: readonly Ha3Books[];
  readonly sync: readonly SyncBooks[];
  readonly availability: AvailabilityResult;
  readonly endedAtUs: number;
  /** The chain of causes of a record, itself first. */
  readonly chain: (record: number) => readonly number[];
}

type Answer = Omit<Verdict, 'index' | 'name'> & { readonly sentence: string };

/** Answers every expectation, in the order of the file. */
export function judge(expectations: readonly Expectation[], evidence: Evidence): Verdict[] {
  return expectations.map((expectation, index) => {
    const { sentence, ...answer } = answerTo(expectation, evidence);
    return { index, name: expectation.name ?? sentence, ...answer };
  });
}

function answerTo(expectation: Expectation, evidence: Evidence): Answer {
  const { at, that, always, never, eventually } = expectation;
  if (at !== undefined && that !== undefined) return holdsAt(at, that, evidence);
  const window = { fromUs: expectation.from ?? 0, toUs: expectation.until ?? evidence.endedAtUs };
  if (always !== undefined) return holdsAlways(always, window, evidence);
  if (never !== undefined) return holdsNever(never, window, evidence);
  if (eventually !== undefined) return holdsEventually(eventually, window, evidence);
  if (expectation.failover !== undefined)
    return failoverMeasures(expectation, expectation.failover, evidence);
  if (expectation.probe !== undefined) return probeMeasures(expectation, expectation.probe, evidence);
  if (expectation.ha3 !== undefined) return ha3Measures(expectation, expectation.ha3, evidence);
  if (expectation.ha2 !== undefined) return ha2Measures(expectation, expectation.ha2, evidence);
  if (expectation.availability !== undefined) return availabilityMeasures(expectation, evidence);
  if (expectation.failovers !== undefined) {
    return measures(
      'the run',
      [['failovers', expectation.failovers, evidence.failovers.length, String]],
      null,
      [],
    );
  }
  return sessionMeasures(expectation, evidence);
}

// --- on the state of the pair ----------------------------------------------------------------------------------------

interface Window {
  readonly fromUs: number;
  readonly toUs: number;
}

/** A moment in seconds, as the timeline counts them. */
function seconds(us: number): string {
  return `${us / SECOND_US}s`;
}

function writeWindow({ fromUs, toUs }: Window): string {
  return `from ${seconds(fromUs)} to ${seconds(toUs)}`;
}

function stateAnswer(
  condition: Condition,
  passed: boolean,
  state: PairState,
  atUs: number | null,
  evidence: Evidence,
  mode: string,
): Answer {
  const expected = `${mode} ${describeCondition(condition, state)}`;
  return {
    passed,
    sentence: expected,
    expected,
    measured: describeState(condition, state),
    atUs,
    causes: passed ? [] : evidence.chain(state.record),
  };
}

/** A run that was cut short bears nothing out about what would have come after. */
function unreached(answer: Answer, evidence: Evidence): Answer {
  return { ...answer, passed: false, measured: `the run ended at ${seconds(evidence.endedAtUs)}` };
}

/** The states within a window, as far as the run got. */
function statesIn({ fromUs, toUs }: Window, { history, endedAtUs }: Evidence): readonly PairState[] {
  return fromUs > endedAtUs ? [] : history.during(fromUs, Math.min(toUs, endedAtUs));
}

function holdsAt(atUs: number, condition: Condition, evidence: Evidence): Answer {
  const state = evidence.history.at(atUs);
  const passed = conditionHolds(condition, state);
  const answer = stateAnswer(condition, passed, state, atUs, evidence, `at ${seconds(atUs)}`);
  return atUs <= evidence.endedAtUs ? answer : unreached(answer, evidence);
}

function holdsAlways(condition: Condition, window: Window, evidence: Evidence): Answer {
  const states = statesIn(window, evidence);
  const broken = states.find((state) => !conditionHolds(condition, state));
  const state = broken ?? states[0] ?? evidence.history.last;
  return holdsThroughout(condition, broken, state, window, evidence, 'always');
}

function holdsNever(condition: Condition, window: Window, evidence: Evidence): Answer {
  const states = statesIn(window, evidence);
  const broken = states.find((state) => conditionHolds(condition, state));
  const state = broken ?? states[states.length - 1] ?? evidence.history.last;
  return holdsThroughout(condition, broken, state, window, evidence, 'never');
}

function holdsThroughout(
  condition: Condition,
  broken: PairState | undefined,
  state: PairState,
  window: Window,
  evidence: Evidence,
  mode: string,
): Answer {
  const atUs = broken === undefined ? null : Math.max(broken.timeUs, window.fromUs);
  const statement = `${mode} ${writeWindow(window)}`;
  const answer = stateAnswer(condition, broken === undefined, state, atUs, evidence, statement);
  const reached = broken !== undefined || window.toUs <= evidence.endedAtUs;
  return reached ? answer : unreached(answer, evidence);
}

function holdsEventually(condition: Condition, window: Window, evidence: Evidence): Answer {
  const met = statesIn(window, evidence).find((state) => conditionHolds(condition, state));
  const state = met ?? evidence.history.at(Math.min(window.toUs, evidence.endedAtUs));
  const atUs = met === undefined ? null : Math.max(met.timeUs, window.fromUs);
  const mode = `eventually ${writeWindow(window)}`;
  const answer = stateAnswer(condition, met !== undefined, state, atUs, evidence, mode);
  const reached = met !== undefined || window.toUs <= evidence.endedAtUs;
  return reached ? answer : unreached(answer, evidence);
}

// --- on measured values ----------------------------------------------------------------------------------------------

/** A measure: its name, what is expected of it, what it is (null = it does not exist), how it is written. */
type Measure = readonly [
  name: string,
  comparison: Comparison | undefined,
  value: number | null,
  write: (value: number) => string,
];

function measures(
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

function failoverMeasures(expectation: Expectation, ordinal: number, evidence: Evidence): Answer {
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

function probeMeasures(expectation: Expectation, name: string, evidence: Evidence): Answer {
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

function availabilityMeasures(expectation: Expectation, { availability }: Evidence): Answer {
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

function ha3Measures(expectation: Expectation, device: string, evidence: Evidence): Answer {
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

function ha2Measures(expectation: Expectation, device: string, evidence: Evidence): Answer {
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

function sessionMeasures(expectation: Expectation, evidence: Evidence): Answer {
  const lost = evidence.workloads
    .flatMap((books) => Object.values(books.lost))
    .reduce((sum, count) => sum + count, 0);
  const booked = (key: 'failed' | 'undecrypted' | 'recreated'): number =>
    evidence.workloads.reduce((sum, books) => sum + books[key], 0);
  const carried = evidence.failovers.reduce((sum, failover) => sum + failover.sessions.carried, 0);
  const list: Measure[] = [
    ['lost', expectation.sessions?.lost, lost, String],
    ['carried', expectation.sessions?.carried, carried, String],
    ['failed', expectation.sessions?.failed, booked('failed'), String],
    ['undecrypted', expectation.sessions?.undecrypted, booked('undecrypted'), String],
    ['recreated', expectation.sessions?.recreated, booked('recreated'), String],
  ];
  return measures('sessions', list, null, []);
}
