/**
 * `hasim tune` from its beginning to its result: measures the present settings and PAN-OS's profiles, finds the timers that matter, searches
 * them, and judges what was found.
 */

import type { TimerProfile } from '../../ha/timers.ts';
import { PARTS } from '../../measure/part.ts';
import { metricsOf } from '../../run/metrics.ts';
import { Mean } from '../../statistics/mean.ts';
import { kneeOf } from '../pareto.ts';
import { Bench, type BenchOptions, type Candidate } from './bench.ts';
import { objectiveOf } from './judge.ts';
import { recommend } from './recommendation.ts';
import type { Constraint, Objective } from './objective.ts';
import {
  TUNE_SCHEMA_VERSION,
  type TuneResult,
  type TunedConstraint,
  type TunedPoint,
  type TunedTimer,
  type TunedUnit,
} from './result.ts';
import { screen } from './screening.ts';
import { guessedRate, Judge, looks, search, type Aim } from './search.ts';
import type { ResolvedScenario } from '../../scenario/schema/scenario.ts';
import { pickTimers, profileValues, timersIn, writeValueOf, type Timer, type Values } from './space.ts';

export interface TuneRequest extends Omit<BenchOptions, 'timers'> {
  readonly aim: Aim;
  /** Named by `--timers`; null = whatever matters. */
  readonly names: readonly string[] | null;
  /** Of the search itself. */
  readonly seed: string;
  readonly version: string;
  readonly file: string;
  /** As given. */
  readonly seedsText: string;
}

/** The search cannot begin: "expected X, got Y", and a hint. */
export class TuneMistake extends Error {
  override readonly name = 'TuneMistake';
  readonly hint: string;
  /** The option that it is about, or the command. */
  readonly where: string;

  constructor(message: string, hint = '', where = 'tune') {
    super(message);
    this.hint = hint;
    this.where = where;
  }
}

const PROFILES: readonly TimerProfile[] = ['recommended', 'aggressive'];

/** What the search leaves of the budget, for going back on the way to what was found: so many trials of each timer, but not more than this share. */
const TRIALS_HELD = 3;
const SHARE_HELD = 0.15;

/** Searches. @throws TuneMistake */
export async function tune(request: TuneRequest): Promise<TuneResult> {
  const { aim, scenario, names } = request;
  const every = timersIn(scenario);
  const picked = pickTimers(every, names);
  if ('message' in picked) throw new TuneMistake(picked.message, picked.hint, '--timers');
  const [few, , all] = looks(aim.count);

  // The first bench finds out which timers matter; what it has measured of the present settings goes on to the second.
  const screening = new Bench({ ...request, timers: picked });
  const present = screening.candidate(picked.map((timer) => timer.present)) as Candidate;
  await screening.measure([present], all);
  refuseEmpty(aim, present);
  const judge = new Judge(aim, present);
  const treated =
    names === null ? await screen(screening, judge, picked, few) : picked.map(() => 'searched' as const);
  const timers = picked.filter((_, index) => treated[index] === 'searched');

  const bench = new Bench({ ...request, timers, budget: request.budget - screening.spent });
  bench.interrupted = screening.interrupted;
  const start = bench.candidate(timers.map((timer) => timer.present)) as Candidate;
  start.outcomes = present.outcomes;
  const own = new Judge(aim, start, floorOf(scenario, timers, start));
  const named = namedPoints(bench, request, timers, start);
  await bench.measure(
    named.map(({ candidate }) => candidate),
    all,
  );
  bench.held = Math.min(all * timers.length * TRIALS_HELD, Math.floor(bench.left * SHARE_HELD));
  const found = timers.length === 0 ? [] : await search(bench, own, timers, request.seed);
  bench.held = 0;
  const measured = unique([...named.map(({ candidate }) => candidate), ...found]).filter(
    ({ outcomes }) => outcomes.length >= all,
  );
  await bench.rate(measured);
  const advice = await recommend(bench, own, timers, measured);
  const points = unique([...measured, ...(advice === null ? [] : [advice.candidate])]);
  const front = own.front(
    points.filter((point) => own.isSound(point)),
    all,
  );
  const knee = kneeOf(front, (point) => own.axes(point, all));
  const place = (candidate: Candidate): number => points.indexOf(candidate);
  const { candidate, ...recommendation } = advice ?? { candidate: null };
  return {
    schemaVersion: TUNE_SCHEMA_VERSION,
    version: request.version,
    scenario: { name: scenario.name, file: request.file },
    seeds: request.seedsText,
    budget: request.budget,
    runs: screening.spent + bench.spent,
    tried: bench.tried,
    refused: bench.refused,
    objectives: aim.objectives.map((objective) => {
      return { text: objective.text, unit: unitOf(objective), better: objective.better };
    }),
    constraints: aim.constraints.map(tunedConstraint),
    timers: every.map((timer) => tunedTimer(timer, treated[picked.indexOf(timer)] ?? 'left out')),
    points: points.map((point) => tunedPoint(own, timers, point, nameOf(named, point))),
    front: front.map(place),
    knee: knee === null ? null : place(knee),
    recommendation:
      candidate === null || !('status' in recommendation)
        ? null
        : { point: place(candidate), ...recommendation },
    end: bench.interrupted ? 'interrupted' : 'complete',
  };
}

/**
 * Where nothing is ever lost, short election timers cost nothing in simulation, and would be advised for want of evidence: then none is
 * that is shorter than PAN-OS's own aggressive profile has it, unless it is so already.
 */
function floorOf(scenario: ResolvedScenario, timers: readonly Timer[], { closed }: Candidate): Values {
  if (closed !== 0) return [];
  const aggressive = profileValues(scenario, timers, 'aggressive');
  return timers.map(({ election, present }, index) => {
    return election === null ? 0 : Math.min(present, aggressive[index] as number);
  });
}

interface Named {
  readonly name: string;
  readonly candidate: Candidate;
}

function namedPoints(
  bench: Bench,
  { scenario }: TuneRequest,
  timers: readonly Timer[],
  present: Candidate,
): readonly Named[] {
  const profiles = PROFILES.flatMap((name): Named[] => {
    const candidate = bench.candidate(profileValues(scenario, timers, name));
    return candidate === null ? [] : [{ name: `PAN-OS ${name}`, candidate }];
  });
  return [{ name: 'present', candidate: present }, ...profiles];
}

function nameOf(named: readonly Named[], point: Candidate): string {
  return named
    .filter(({ candidate }) => candidate === point)
    .map(({ name }) => name)
    .join(', ');
}

function unique(candidates: readonly Candidate[]): Candidate[] {
  return [...new Set(candidates)];
}

/** An objective without a single value cannot be made better. */
function refuseEmpty({ objectives, count }: Aim, present: Candidate): void {
  if (present.outcomes.length === 0) return;
  for (const objective of objectives) {
    const { value } = objectiveOf(objective, present.outcomes, present.outcomes, 0.95);
    if (value === null) {
      const runs = `${Math.min(count, present.outcomes.length)} runs of the present settings`;
      throw new TuneMistake(
        `expected a value of ${objective.text}, got none in ${runs}`,
        'The scenario needs a timeline that makes the pair fail over.',
      );
    }
  }
}

function tunedTimer(timer: Timer, treatment: TunedTimer['treatment']): TunedTimer {
  const { name, range, present } = timer;
  return { name, treatment, range: range.words, rule: range.rule, present: writeValueOf(timer, present) };
}

function tunedConstraint(constraint: Constraint): TunedConstraint {
  const { text } = constraint;
  if (constraint.kind !== 'runs') return { text, about: null };
  // What stands before the last comparison: that of a share has one of its own.
  const statistic = text.slice(0, text.lastIndexOf(constraint.comparison.text)).trim();
  return { text, about: { statistic, unit: unitOf(constraint) } };
}

function unitOf({ statistic, unit }: Pick<Objective, 'statistic' | 'unit'>): TunedUnit {
  return statistic.kind === 'share' ? 'share' : unit;
}

function tunedPoint(judge: Judge, timers: readonly Timer[], point: Candidate, name: string): TunedPoint {
  const { aim, present } = judge;
  return {
    name,
    values: timers.map((timer, index) => writeValueOf(timer, point.values[index] as number)),
    runs: point.outcomes.length,
    failures: point.outcomes.filter(({ failure }) => failure !== null).length,
    objectives: aim.objectives.map((objective) =>
      objectiveOf(objective, point.outcomes, present.outcomes, aim.confidence),
    ),
    parts: meanParts(point),
    falseFailovers: point.rate ?? guessedRate(point),
    constraints: judge.statuses(point, aim.count).map((status, index) => {
      const constraint = aim.constraints[index] as Constraint;
      if (constraint.kind !== 'runs') return { status, estimate: null };
      return { status, estimate: objectiveOf(constraint, point.outcomes, present.outcomes, aim.confidence) };
    }),
    findings: point.findings.filter((finding) => !present.findings.includes(finding)),
  };
}

/** Where the time of the failovers of a point went. */
function meanParts({ scenario, outcomes }: Candidate): TunedPoint['parts'] {
  const names = metricsOf(scenario).map(({ name }) => name);
  return PARTS.flatMap((part) => {
    const column = names.indexOf(part);
    const mean = new Mean();
    for (const { metrics } of outcomes) {
      const us = metrics[column] ?? null;
      if (us !== null && Number.isFinite(us)) mean.add(us);
    }
    return mean.count === 0 ? [] : [{ part, us: mean.value }];
  });
}
