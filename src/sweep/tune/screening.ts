/**
 * Which timers matter: each is set to the shortest and to the longest that PAN-OS accepts, alone and on the same luck. One with which
 * not a single number changes has no part in what the scenario is about; one that is only worse at both ends stays where it is. What
 * is left is searched.
 */

import type { Bench, Candidate } from './bench.ts';
import { valuesOf } from './judge.ts';
import type { TimerTreatment } from './result.ts';
import type { Judge } from './search.ts';
import type { Timer } from './space.ts';

/** What to do with each timer, in their order. */
export async function screen(
  bench: Bench,
  judge: Judge,
  timers: readonly Timer[],
  count: number,
): Promise<readonly TimerTreatment[]> {
  const trials = timers.map((timer) => endsOf(timer).flatMap((value) => bench.trial([timer], [value]) ?? []));
  await bench.measure(trials.flat(), count);
  return trials.map((ends) => {
    if (ends.every((trial) => !differs(judge, trial, count))) return 'no effect';
    const before = judge.axes(judge.present, count);
    const gains = ends.some((trial) =>
      judge.axes(trial, count).some((value, axis) => value < (before[axis] as number)),
    );
    return gains || leadsOut(judge, ends, count) ? 'searched' : 'no gain';
  });
}

function endsOf({ range, present }: Timer): number[] {
  const shortest = range.accepts(0) ? 0 : range.from;
  return [shortest, range.to].filter((value) => value !== present);
}

/** Any number that is asked for is another in any run, or the closed form of false failovers is. */
function differs({ aim, present, withRate }: Judge, trial: Candidate, count: number): boolean {
  const columns = [
    ...aim.objectives.map(({ metric }) => metric),
    ...aim.constraints.flatMap((constraint) => (constraint.kind === 'runs' ? [constraint.metric] : [])),
  ];
  const row = (candidate: Candidate) =>
    columns.map((metric) => valuesOf(metric, candidate.outcomes.slice(0, count), present.outcomes).join());
  if (row(trial).join('\n') !== row(present).join('\n')) return true;
  return withRate && typeof trial.closed === 'number' && trial.closed !== present.closed;
}

/** The present settings miss a constraint that one of these meets. */
function leadsOut(judge: Judge, ends: readonly Candidate[], count: number): boolean {
  const before = judge.unmet(judge.present, count);
  return ends.some((trial) => judge.unmet(trial, count) < before);
}
