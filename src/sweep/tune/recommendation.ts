/**
 * Which setting to advise: the best that meets every constraint as surely as was asked for; failing that the best that does by what
 * was measured; failing that the nearest, with the constraints that nothing meets.
 *
 * What does not pay is not changed: every timer that is put back to its present value without making anything worse is put back, and of one
 * that is not, as much of the way as makes no difference.
 */

import type { Bench, Candidate } from './bench.ts';
import { differenceOf } from './judge.ts';
import type { Recommendation } from './result.ts';
import type { Judge } from './search.ts';
import { setCommands } from './set-commands.ts';
import { ladder, timersIn, writeValueOf, type Timer } from './space.ts';
import { kneeOf } from '../pareto.ts';

/**
 * A share of an objective. Getting better by less than the first is not worth a change; by less than the second only where the runs, each beside
 * the one with the same luck, show that it is no chance.
 */
const PAYS = 0.01;
const PAYS_IF_SHOWN = 0.1;

type Advice = Omit<Recommendation, 'point'> & { readonly candidate: Candidate };

/** The best of these, and what may be put back of it. @param candidates measured with all seeds, with their rates */
export async function recommend(
  bench: Bench,
  judge: Judge,
  timers: readonly Timer[],
  candidates: readonly Candidate[],
): Promise<Advice | null> {
  const best = bestOf(judge, timers, candidates);
  if (best === null) return null;
  const candidate = await putBack(bench, judge, timers, best);
  const { aim, present } = judge;
  const unmet = wordsOf(judge, candidate, 'unmet');
  const undecided = wordsOf(judge, candidate, 'undecided');
  const all = bench.candidates().filter((one) => one.outcomes.length > 0);
  const changed = timers.flatMap((timer, index) => {
    const value = candidate.values[index] as number;
    if (value === timer.present) return [];
    return [{ timer: timer.name, from: writeValueOf(timer, timer.present), to: writeValueOf(timer, value) }];
  });
  const every = timersIn(present.scenario);
  const settings = bench.changed(candidate);
  return {
    candidate,
    status: unmet.length > 0 ? 'nearest' : undecided.length > 0 ? 'probably meets' : 'meets',
    unmet: [...unmet, ...undecided],
    hopeless: aim.constraints.flatMap(({ text }, index) =>
      all.every((one) => judge.statuses(one, aim.count)[index] === 'unmet') ? [text] : [],
    ),
    changes: changed,
    differences: aim.objectives.map(({ metric }) =>
      differenceOf(metric, candidate.outcomes, present.outcomes, aim.confidence),
    ),
    commands: settings.length === 0 ? [] : setCommands(present.scenario, every, settings),
    settings: bench.options(settings),
  };
}

function wordsOf(judge: Judge, candidate: Candidate, wanted: string): string[] {
  const statuses = judge.statuses(candidate, judge.aim.count);
  return judge.aim.constraints.flatMap(({ text }, index) => (statuses[index] === wanted ? [text] : []));
}

/** Fewest constraints missed, then fewest undecided; then the objective, or the knee where there are several. */
function bestOf(judge: Judge, timers: readonly Timer[], candidates: readonly Candidate[]): Candidate | null {
  const { count } = judge.aim;
  const sound = candidates.filter((candidate) => judge.isSound(candidate));
  const missed = sound.map((candidate) => {
    const statuses = judge.statuses(candidate, count);
    return (
      statuses.filter((status) => status === 'unmet').length * 1000 +
      statuses.filter((status) => status === 'undecided').length
    );
  });
  const least = Math.min(...missed);
  const eligible = sound.filter((_, index) => missed[index] === least);
  if (eligible.length === 0) return null;
  const axes = (candidate: Candidate) => judge.axes(candidate, count);
  // Where something is missed, what misses least: the rate of false failovers comes first if it is what is missed.
  if (least >= 1000 && judge.withRate && rateMissed(judge, eligible)) {
    return minimumBy(eligible, (candidate) => [axes(candidate).at(-1) as number, ...axes(candidate)]);
  }
  if (judge.aim.objectives.length > 1) {
    const front = judge.front(eligible, count);
    return kneeOf(front, axes) ?? front[0] ?? null;
  }
  return minimumBy(eligible, (candidate) => [
    ...axes(candidate),
    changesOf(judge, candidate),
    distanceOf(timers, candidate),
  ]);
}

function rateMissed(judge: Judge, candidates: readonly Candidate[]): boolean {
  const index = judge.aim.constraints.findIndex(({ kind }) => kind === 'false failovers');
  return index >= 0 && candidates.every((one) => judge.statuses(one, judge.aim.count)[index] === 'unmet');
}

function changesOf(judge: Judge, { values }: Candidate): number {
  return values.filter((value, index) => value !== judge.present.values[index]).length;
}

/** How many steps of their ladders the timers are from where they are now. */
function distanceOf(timers: readonly Timer[], { values }: Candidate): number {
  return timers.reduce(
    (sum, timer, index) => sum + between(timer, timer.present, values[index] as number).length,
    0,
  );
}

/** The values of a timer's ladder from one, without it, to the other. */
function between(timer: Timer, from: number, to: number): readonly number[] {
  const rising = ladder(timer).filter(
    (value) => value !== from && value >= Math.min(from, to) && value <= Math.max(from, to),
  );
  return from <= to ? rising : rising.toReversed();
}

/** The first of those with the least, compared number by number. */
function minimumBy(
  candidates: readonly Candidate[],
  key: (candidate: Candidate) => readonly number[],
): Candidate {
  return candidates.reduce((best, one) => {
    const [a, b] = [key(one), key(best)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at >= 0 && (a[at] as number) < (b[at] as number) ? one : best;
  });
}

/**
 * Puts timers back to their present values, one after the other, as long as nothing that is asked for gets worse; and where it does, as far
 * on the way back as all stays as it is.
 */
async function putBack(
  bench: Bench,
  judge: Judge,
  timers: readonly Timer[],
  best: Candidate,
): Promise<Candidate> {
  let chosen = best;
  for (const [index, timer] of timers.entries()) {
    if (chosen.values[index] === timer.present) continue;
    const back = await tried(bench, judge, chosen, index, timer.present, (one) =>
      staysCalm(judge, one, chosen),
    );
    chosen =
      back !== null && isNoWorse(judge, back, chosen)
        ? back
        : await nearer(bench, judge, timer, index, chosen);
  }
  return chosen;
}

/** By halving the way to the present value: what is worse in nothing at all is taken. */
async function nearer(
  bench: Bench,
  judge: Judge,
  timer: Timer,
  index: number,
  far: Candidate,
): Promise<Candidate> {
  const way = between(timer, timer.present, far.values[index] as number);
  let chosen = far;
  let [low, high] = [0, way.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const trial = await tried(bench, judge, far, index, way[middle] as number, (one) =>
      isAsCalm(judge, one, far),
    );
    if (trial !== null && isAsGood(judge, trial, far)) [high, chosen] = [middle, trial];
    else low = middle + 1;
  }
  return chosen;
}

/**
 * The candidate with another value of one timer, measured in full; null where there is none, no budget for it, or no need of runs, because the
 * closed form has refused it already.
 */
async function tried(
  bench: Bench,
  { aim: { count } }: Judge,
  { values }: Candidate,
  index: number,
  value: number,
  allowed: (trial: Candidate) => boolean,
): Promise<Candidate | null> {
  const trial = bench.candidate(values.map((other, at) => (at === index ? value : other)));
  if (trial === null || (typeof trial.closed === 'number' && !allowed(trial))) return null;
  await bench.measure([trial], count);
  if (trial.outcomes.length < count) return null;
  await bench.rate([trial]);
  return trial;
}

/** Meets what is asked of false failovers, if the other does. */
function staysCalm(judge: Judge, one: Candidate, other: Candidate): boolean {
  const { constraints, count } = judge.aim;
  const [statuses, than] = [judge.statuses(one, count), judge.statuses(other, count)];
  return constraints.every(
    ({ kind }, index) => kind !== 'false failovers' || than[index] !== 'met' || statuses[index] === 'met',
  );
}

/** Has no more false failovers. */
function isAsCalm(judge: Judge, one: Candidate, other: Candidate): boolean {
  if (!judge.withRate) return true;
  const [rate, than] = [one, other].map(
    (candidate) => judge.axes(candidate, judge.aim.count).at(-1) as number,
  );
  return (rate as number) <= (than as number);
}

/** As good in all that is asked for, and with no more false failovers. */
function isAsGood(judge: Judge, one: Candidate, other: Candidate): boolean {
  return isAsCalm(judge, one, other) && isNoWorse(judge, one, other);
}

function isNoWorse(judge: Judge, one: Candidate, other: Candidate): boolean {
  const { count, objectives } = judge.aim;
  if (!judge.isSound(one)) return false;
  const [a, b] = [judge.axes(one, count), judge.axes(other, count)];
  const statuses = judge.statuses(one, count);
  const holds = judge
    .statuses(other, count)
    .every((status, index) => status !== 'met' || statuses[index] === 'met');
  return (
    holds &&
    judge.unmet(one, count) <= judge.unmet(other, count) &&
    objectives.every(({ metric }, axis) => {
      const [value, than] = [a[axis] as number, b[axis] as number];
      if (value <= than + PAYS * Math.abs(than)) return true;
      const difference = differenceOf(metric, one.outcomes, other.outcomes, judge.aim.confidence);
      const { low, high } = difference ?? { low: null, high: null };
      const shown = low === null || high === null || low > 0 || high < 0;
      return !shown && value <= than + PAYS_IF_SHOWN * Math.abs(than);
    })
  );
}
