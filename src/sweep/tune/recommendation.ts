/**
 * Which setting to advise: the best that meets every constraint as surely as was asked for; failing that the best that does by what
 * was measured; failing that the nearest, with the constraints that nothing meets.
 *
 * What does not pay is not changed: every timer that is put back to its present value without making anything worse is put back.
 */

import type { Bench, Candidate } from './bench.ts';
import { differenceOf } from './judge.ts';
import type { Recommendation } from './result.ts';
import type { Judge } from './search.ts';
import { setCommands } from './set-commands.ts';
import { timersIn, writeValueOf, type Timer } from './space.ts';
import { kneeOf } from '../pareto.ts';

type Advice = Omit<Recommendation, 'point'> & { readonly candidate: Candidate };

/** The best of these, and what may be put back of it. @param candidates measured with all seeds, with their rates */
export async function recommend(
  bench: Bench,
  judge: Judge,
  timers: readonly Timer[],
  candidates: readonly Candidate[],
): Promise<Advice | null> {
  const best = bestOf(judge, candidates);
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
function bestOf(judge: Judge, candidates: readonly Candidate[]): Candidate | null {
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
  return minimumBy(eligible, (candidate) => [...axes(candidate), changesOf(judge, candidate)]);
}

function rateMissed(judge: Judge, candidates: readonly Candidate[]): boolean {
  const index = judge.aim.constraints.findIndex(({ kind }) => kind === 'false failovers');
  return index >= 0 && candidates.every((one) => judge.statuses(one, judge.aim.count)[index] === 'unmet');
}

function changesOf(judge: Judge, { values }: Candidate): number {
  return values.filter((value, index) => value !== judge.present.values[index]).length;
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

/** Puts timers back to their present values, one after the other, as long as nothing that is asked for gets worse. */
async function putBack(
  bench: Bench,
  judge: Judge,
  timers: readonly Timer[],
  best: Candidate,
): Promise<Candidate> {
  const { count } = judge.aim;
  let chosen = best;
  for (const [index, timer] of timers.entries()) {
    if (chosen.values[index] === timer.present) continue;
    const values = chosen.values.map((value, other) => (other === index ? timer.present : value));
    const trial = bench.candidate(values);
    if (trial === null) continue;
    await bench.measure([trial], count);
    if (trial.outcomes.length < count) continue;
    await bench.rate([trial]);
    if (isNoWorse(judge, trial, chosen)) chosen = trial;
  }
  return chosen;
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
    objectives.every((_, axis) => (a[axis] as number) <= (b[axis] as number))
  );
}
