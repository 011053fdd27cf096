/**
 * The file of a sweep's runs: JSON lines, the plan first and then a line for every run, in the order of the plan. The same plan gives the
 * same lines, whoever wrote them and in however many parts; so a sweep can go on where it stopped, and parts can be merged.
 *
 * A number without end (a failover after which traffic never passed) is written `"never"`, since JSON has none.
 */

import type { RunOutcome } from './outcome.ts';
import { countRuns, runAt, type SweepPlan } from './plan.ts';

/** Changes when a key of the file does. */
export const RUNS_FILE_VERSION = 1;

/** First line of a file. */
export interface RunsHeader {
  readonly kind: 'hasim sweep';
  readonly schemaVersion: typeof RUNS_FILE_VERSION;
  /** Indices of the runs that it is to have: from the first up to but without the second. */
  readonly range: readonly [from: number, to: number];
  readonly plan: SweepPlan;
}

export interface RunLine {
  readonly index: number;
  readonly outcome: RunOutcome;
}

/** The header of a file, with its line break. */
export function headerLine(plan: SweepPlan, range: RunsHeader['range']): string {
  const header: RunsHeader = { kind: 'hasim sweep', schemaVersion: RUNS_FILE_VERSION, range, plan };
  return `${JSON.stringify(header)}\n`;
}

/** One run, with its line break. */
export function runLine(plan: SweepPlan, index: number, outcome: RunOutcome): string {
  const { seed, digest, events, unmet, metrics, failure } = outcome;
  const written = metrics.map((value) => (value === Number.POSITIVE_INFINITY ? 'never' : value));
  const { setting } = runAt(plan, index);
  return `${JSON.stringify({ run: index, setting, seed, digest, events, unmet, metrics: written, failure })}\n`;
}

/** Reads a header; what is wrong with it, as "expected X, got Y". */
export function readHeader(line: string): RunsHeader | string {
  const value = parse(line);
  if (value === null || value['kind'] !== 'hasim sweep')
    return 'expected a file that hasim sweep has written, got another';
  if (value['schemaVersion'] !== RUNS_FILE_VERSION) {
    return `expected schemaVersion ${RUNS_FILE_VERSION}, got ${JSON.stringify(value['schemaVersion'])}`;
  }
  const header = value as unknown as RunsHeader;
  const [from, to] = Array.isArray(header.range) ? header.range : [];
  const whole = isPlan(header.plan) ? countRuns(header.plan) : -1;
  if (!isIndex(from) || !isIndex(to) || from > to || to > whole)
    return 'expected the plan of a sweep, got a broken one';
  return header;
}

/** Reads a run of a plan; null when the line is cut short or is no such run. */
export function readRun(plan: SweepPlan, line: string): RunLine | null {
  const value = parse(line);
  if (value === null || !isIndex(value['run']) || value['run'] >= countRuns(plan)) return null;
  const { run: index, seed, digest, events, unmet, metrics, failure } = value;
  const right =
    seed === runAt(plan, index).seed &&
    typeof digest === 'string' &&
    isIndex(events) &&
    Array.isArray(unmet) &&
    Array.isArray(metrics) &&
    (metrics.length === plan.metrics.length || failure !== null);
  if (!right) return null;
  const outcome = {
    seed,
    digest,
    events,
    unmet: unmet as number[],
    metrics: (metrics as (number | null | 'never')[]).map((one) =>
      one === 'never' ? Number.POSITIVE_INFINITY : one,
    ),
    failure: failure as RunOutcome['failure'],
  };
  return { index, outcome };
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isPlan(plan: unknown): plan is SweepPlan {
  if (typeof plan !== 'object' || plan === null) return false;
  const { settings, seeds, axes, metrics, seedsPerRound } = plan as Partial<SweepPlan>;
  const lists = [settings, axes, metrics].every(Array.isArray);
  return (
    lists && isIndex(seeds?.first) && isIndex(seeds?.count) && isIndex(seedsPerRound) && seedsPerRound > 0
  );
}
