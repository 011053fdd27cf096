/**
 * Looks for good values: which timers matter, then a coarse look at the whole space, then narrower and narrower around the best. Bad
 * settings get few runs, good ones all (successive halving). Deterministic: what is drawn comes from a named stream, and every
 * round is finished before the next is thought of.
 */

import { RandomStreams } from '../../kernel/random.ts';
import { paretoFront } from '../pareto.ts';
import type { Bench, Candidate } from './bench.ts';
import { objectiveOf, statusOf } from './judge.ts';
import { computedRate, type FalseFailoverRate } from './false-failovers.ts';
import { besides, coarseValues, ladder, type Timer, type Values } from './space.ts';
import type { Constraint, Objective } from './objective.ts';

/** What a search is for, and how far it may go. */
export interface Aim {
  readonly objectives: readonly Objective[];
  readonly constraints: readonly Constraint[];
  /** Seeds in all. */
  readonly count: number;
  readonly confidence: number;
}

/** Rates below one in a million years are all one: nobody will ever see the difference. */
const NEVER_PER_YEAR = 1e-6;

const ROUNDS = 3;
/** Points of a front around which is searched, and that are measured in full. */
const AROUND = 12;
const FINALISTS = 20;

/** Judges candidates by the first runs of each, so that those with few are compared with those with many on the same luck. */
export class Judge {
  readonly aim: Aim;
  readonly present: Candidate;
  readonly #floor: Values;

  /** @param floor values below which nothing is advised; none where it is empty */
  constructor(aim: Aim, present: Candidate, floor: Values = []) {
    this.aim = aim;
    this.present = present;
    this.#floor = floor;
  }

  /**
   * One number for each axis, all the better the smaller: the objectives, the statistics that constraints are about, and the logarithm
   * of the rate of false failovers.
   */
  axes(candidate: Candidate, count: number): readonly number[] {
    const { objectives, constraints, confidence } = this.aim;
    const present = this.present.outcomes.slice(0, count);
    const outcomes = candidate.outcomes.slice(0, count);
    const limited = constraints.filter((constraint) => constraint.kind === 'runs');
    const values = [...objectives, ...limited.map(towards)].map((objective) => {
      const { value } = objectiveOf(objective, outcomes, present, confidence);
      if (value === null) return Number.POSITIVE_INFINITY;
      return objective.better === 'larger' ? -value : value;
    });
    return this.withRate ? [...values, rateAxis(candidate)] : values;
  }

  /** The rate of false failovers is an axis of its own where it is asked for, or where there is but one other. */
  get withRate(): boolean {
    const { objectives, constraints } = this.aim;
    const alone = objectives.length + constraints.length === 1;
    return alone || constraints.some(({ kind }) => kind === 'false failovers');
  }

  statuses(candidate: Candidate, count: number) {
    const rate = candidate.rate ?? guessedRate(candidate);
    return this.aim.constraints.map((constraint) =>
      statusOf(constraint, candidate.outcomes.slice(0, count), this.present.outcomes.slice(0, count), rate),
    );
  }

  /** How many constraints are certainly not met. */
  unmet(candidate: Candidate, count: number): number {
    return this.statuses(candidate, count).filter((status) => status === 'unmet').length;
  }

  /** Settings that could not be run, that are below the floor, or of which lint says what it does not say of the present ones, are no advice. */
  isSound({ outcomes, findings, values }: Candidate): boolean {
    const broken = outcomes.some(({ failure }) => failure !== null);
    const below = this.#floor.some((least, index) => (values[index] as number) < least);
    return !broken && !below && findings.every((finding) => this.present.findings.includes(finding));
  }

  /** Without those under which something never ends, if there are others: that is no price anybody pays. */
  front(candidates: readonly Candidate[], count: number): Candidate[] {
    const ending = candidates.filter((candidate) => this.axes(candidate, count).every(Number.isFinite));
    const compared = ending.length === 0 ? candidates : ending;
    return paretoFront(compared, (candidate) => this.axes(candidate, count));
  }

  /** The best so many: of the front and of the fronts behind it, and the best that meet the constraints. */
  best(candidates: readonly Candidate[], count: number, most: number): Candidate[] {
    const sound = candidates.filter((candidate) => this.isSound(candidate));
    const allowed = sound.filter((candidate) => this.unmet(candidate, count) === 0);
    const chosen = new Set(this.#fronts(allowed, count, Math.ceil(most / 2)));
    for (const candidate of this.#fronts(sound, count, most)) {
      if (chosen.size < most) chosen.add(candidate);
    }
    return [...chosen];
  }

  #fronts(candidates: readonly Candidate[], count: number, most: number): Candidate[] {
    const chosen: Candidate[] = [];
    let left = candidates;
    while (chosen.length < most && left.length > 0) {
      const front = this.front(left, count);
      chosen.push(...spread(front, most - chosen.length));
      left = left.filter((candidate) => !front.includes(candidate));
    }
    return chosen;
  }
}

/** What a constraint limits is the better the farther it is from the limit. */
function towards(constraint: Constraint & { readonly kind: 'runs' }): Objective {
  return { ...constraint, better: constraint.comparison.maximum === null ? 'larger' : 'smaller' };
}

export function guessedRate({ closed }: Candidate): FalseFailoverRate {
  return computedRate(typeof closed === 'number' ? closed : 0);
}

function rateAxis(candidate: Candidate): number {
  return Math.log10(Math.max(NEVER_PER_YEAR, (candidate.rate ?? guessedRate(candidate)).high));
}

/** So many of a row, evenly, with both ends. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  if (most === 1) return items.slice(0, 1);
  const picked = Array.from({ length: most }, (_, index) =>
    Math.round((index * (items.length - 1)) / (most - 1)),
  );
  return picked.map((index) => items[index] as Item);
}

/** Runs of the first, the second and the last look at a setting. */
export function looks(count: number): readonly [few: number, some: number, all: number] {
  const few = Math.min(count, Math.max(3, Math.ceil(count / 10)));
  return [few, Math.min(count, Math.max(few, Math.ceil(count / 3))), count];
}

/**
 * Searches the values of timers.
 *
 * @returns what was measured with all seeds, as far as the budget went
 */
export async function search(
  bench: Bench,
  judge: Judge,
  timers: readonly Timer[],
  seed: string,
): Promise<Candidate[]> {
  const [few, some, all] = looks(judge.aim.count);
  const share = (part: number): number => Math.floor(bench.left * part);
  const first = sample(timers, Math.max(4, Math.min(256, Math.floor(share(0.35) / few))), seed);
  let pool = await look(bench, first, few);
  for (let round = 0; round < ROUNDS && bench.left > 0; round += 1) {
    const promising = judge.best(pool, few, AROUND);
    const next = promising
      .flatMap(({ values }) => around(timers, values))
      .filter((values) => !bench.has(values));
    const room = Math.floor(share(0.4) / few);
    if (next.length === 0 || room === 0) break;
    pool = [...pool, ...(await look(bench, next.slice(0, room), few))];
  }
  const better = judge.best(pool, few, 2 * FINALISTS);
  await bench.measure(better.slice(0, Math.floor(share(0.4) / Math.max(1, some - few))), some);
  const seen = pool.filter(({ outcomes }) => outcomes.length >= some);
  const finalists = judge.best(seen, some, FINALISTS);
  await bench.measure(finalists, all);
  return finalists.filter(({ outcomes }) => outcomes.length >= all);
}

async function look(bench: Bench, all: readonly Values[], count: number): Promise<Candidate[]> {
  const candidates = all.map((values) => bench.candidate(values)).filter((one) => one !== null);
  await bench.measure(candidates, count);
  return candidates.filter(({ outcomes }) => outcomes.length >= count);
}

/** The whole grid of coarse values, or where it is too large a Latin hypercube of it. */
export function sample(timers: readonly Timer[], most: number, seed: string): Values[] {
  const columns = timers.map(coarseValues);
  const size = columns.reduce((product, values) => product * values.length, 1);
  if (size <= most) {
    return columns.reduce<Values[]>(
      (rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])),
      [[]],
    );
  }
  const stream = new RandomStreams(seed).stream('tune/sample');
  const drawn = columns.map((values) => {
    const column = Array.from(
      { length: most },
      (_, index) => values[Math.floor((index * values.length) / most)] as number,
    );
    for (let index = most - 1; index > 0; index -= 1) {
      const other = stream.int(index + 1);
      [column[index], column[other]] = [column[other] as number, column[index] as number];
    }
    return column;
  });
  return Array.from({ length: most }, (_, index) => drawn.map((column) => column[index] as number));
}

/** One rung up or down in every timer, and half of the way to the next coarse value. */
function around(timers: readonly Timer[], values: Values): Values[] {
  return timers.flatMap((timer, index) => {
    const steps = [...besides(timer, values[index] as number), ...halfway(timer, values[index] as number)];
    return [...new Set(steps)].map((step) => values.map((value, other) => (other === index ? step : value)));
  });
}

function halfway(timer: Timer, value: number): number[] {
  const coarse = coarseValues(timer);
  const fine = ladder(timer);
  const ends = [coarse.findLast((step) => step < value), coarse.find((step) => step > value)];
  return ends.flatMap((end) => {
    if (end === undefined) return [];
    const between = fine.filter((step) => step > Math.min(end, value) && step < Math.max(end, value));
    const middle = between[Math.floor(between.length / 2)];
    return middle === undefined ? [] : [middle];
  });
}
