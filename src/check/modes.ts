/**
 * The modes of an expectation on the state of the pair: `at`, `always`, `always … until`, `never`, `eventually`, with a window or a length of
 * time. Each mode takes any condition, and looks only at the instants in which something changes that the condition speaks of.
 */

import { SECOND_US } from '../kernel/time.ts';
import type { Condition } from '../scenario/schema/condition.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import { conditionHolds, describeCondition, describeState } from './condition.ts';
import type { Course, Moment, Window } from './course.ts';
import type { Answer } from './measures.ts';

/** What a mode is held against. */
export interface Observed {
  readonly course: Course;
  readonly endedAtUs: number;
  /** The chain of causes of a record, itself first. */
  readonly chain: (record: number) => readonly number[];
}

/** Answers an expectation on the state of the pair, for the window that begins then; null when it is on something else. */
export function answerFrom(expectation: Expectation, fromUs: number, observed: Observed): Answer | null {
  const { at, that, always, never, eventually, until, within } = expectation;
  if (at !== undefined && that !== undefined) return holdsAt(fromUs + at, that, observed);
  const toUs = typeof until === 'number' ? until : observed.endedAtUs;
  const window = { fromUs, toUs: within === undefined ? toUs : fromUs + within };
  if (always !== undefined) {
    return typeof until === 'object'
      ? holdsUntil(always, until, window, observed)
      : holdsAlways(always, window, observed);
  }
  if (never !== undefined) return holdsNever(never, window, observed);
  if (eventually === undefined) return null;
  return holdsEventually(eventually, window, expectation['stays-for'] ?? 0, observed);
}

/** What an expectation on the state of the pair asks, of a window without a time. */
export function describeAsked(expectation: Expectation, moment: Moment): string {
  const { at = 0, that, always, never, eventually } = expectation;
  const asked = { [`at ${seconds(at)}`]: that, always, never, eventually };
  return Object.entries(asked)
    .flatMap(([mode, condition]) =>
      condition === undefined ? [] : `${mode} ${describeCondition(condition, moment)}`,
    )
    .join('');
}

/** A moment in seconds, as the timeline counts them. */
export function seconds(us: number): string {
  return `${us / SECOND_US}s`;
}

function writeWindow({ fromUs, toUs }: Window): string {
  return `from ${seconds(fromUs)} to ${seconds(toUs)}`;
}

function stateAnswer(
  condition: Condition,
  passed: boolean,
  moment: Moment,
  atUs: number | null,
  { chain }: Observed,
  mode: string,
): Answer {
  const expected = `${mode} ${describeCondition(condition, moment)}`;
  return {
    passed,
    sentence: expected,
    expected,
    measured: describeState(condition, moment),
    atUs,
    causes: passed ? [] : chain(moment.record),
  };
}

/** A run that was cut short bears nothing out about what would have come after. */
function unreached(answer: Answer, { endedAtUs }: Observed): Answer {
  return { ...answer, passed: false, measured: `the run ended at ${seconds(endedAtUs)}` };
}

/** The moments within a window, as far as the run got. */
export function momentsIn(
  conditions: readonly Condition[],
  { fromUs, toUs }: Window,
  { course, endedAtUs }: Observed,
): readonly Moment[] {
  return fromUs > endedAtUs ? [] : course.during(conditions, { fromUs, toUs: Math.min(toUs, endedAtUs) });
}

/** As the run left the pair. */
export function lastMoment({ course, endedAtUs }: Observed): Moment {
  return course.at(endedAtUs);
}

function holdsAt(atUs: number, condition: Condition, observed: Observed): Answer {
  const moment = observed.course.at(atUs);
  const passed = conditionHolds(condition, moment);
  const answer = stateAnswer(condition, passed, moment, atUs, observed, `at ${seconds(atUs)}`);
  return atUs <= observed.endedAtUs ? answer : unreached(answer, observed);
}

function holdsAlways(condition: Condition, window: Window, observed: Observed): Answer {
  const moments = momentsIn([condition], window, observed);
  const broken = moments.find((moment) => !conditionHolds(condition, moment));
  return holdsThroughout(condition, broken, broken ?? moments[0], window, observed, 'always');
}

function holdsNever(condition: Condition, window: Window, observed: Observed): Answer {
  const moments = momentsIn([condition], window, observed);
  const broken = moments.find((moment) => conditionHolds(condition, moment));
  return holdsThroughout(condition, broken, broken ?? moments.at(-1), window, observed, 'never');
}

function holdsThroughout(
  condition: Condition,
  broken: Moment | undefined,
  told: Moment | undefined,
  window: Window,
  observed: Observed,
  mode: string,
): Answer {
  const atUs = broken?.timeUs ?? null;
  const statement = `${mode} ${writeWindow(window)}`;
  const moment = told ?? lastMoment(observed);
  const answer = stateAnswer(condition, broken === undefined, moment, atUs, observed, statement);
  const reached = broken !== undefined || window.toUs <= observed.endedAtUs;
  return reached ? answer : unreached(answer, observed);
}

/** The one holds until the other comes, and the other comes. In the instant in which it comes the one need not hold any more. */
function holdsUntil(condition: Condition, end: Condition, window: Window, observed: Observed): Answer {
  const moments = momentsIn([condition, end], window, observed);
  const index = moments.findIndex((moment) => conditionHolds(end, moment));
  const before = index === -1 ? moments : moments.slice(0, index);
  const broken = before.find((moment) => !conditionHolds(condition, moment));
  const moment = broken ?? moments[index] ?? lastMoment(observed);
  const passed = broken === undefined && index !== -1;
  const expected = `always from ${seconds(window.fromUs)} ${describeCondition(condition, moment)}, until ${describeCondition(end, moment)}`;
  const told = broken === undefined ? end : condition;
  const measured = describeState(told, moment);
  return {
    passed,
    sentence: expected,
    expected,
    measured: broken === undefined && index === -1 ? `${measured}, at the end` : measured,
    atUs: broken === undefined && index === -1 ? null : moment.timeUs,
    causes: passed ? [] : observed.chain(moment.record),
  };
}

function holdsEventually(condition: Condition, window: Window, staysUs: number, observed: Observed): Answer {
  const { endedAtUs, course } = observed;
  const moments = momentsIn(
    [condition],
    // It may go on behind the window, for so long as it has to.
    { fromUs: window.fromUs, toUs: window.toUs + staysUs },
    observed,
  );
  const stretches = stretchesOf(condition, moments, endedAtUs).filter(
    ({ moment }) => moment.timeUs <= window.toUs,
  );
  const met = stretches.find(({ toUs, moment }) => toUs - moment.timeUs >= staysUs);
  const longest = stretches.reduce((most, { toUs, moment }) => Math.max(most, toUs - moment.timeUs), 0);
  const moment = met?.moment ?? course.at(Math.min(window.toUs, endedAtUs));
  const stays = staysUs === 0 ? '' : ` for ${seconds(staysUs)}`;
  const mode = `eventually ${writeWindow(window)}${stays}`;
  const answer = stateAnswer(
    condition,
    met !== undefined,
    moment,
    met?.moment.timeUs ?? null,
    observed,
    mode,
  );
  const reached = met !== undefined || window.toUs <= endedAtUs;
  if (!reached) return unreached(answer, observed);
  if (met !== undefined || longest === 0) return answer;
  return { ...answer, measured: `for ${seconds(longest)} at most` };
}

/** Stretches of time in which a condition holds without a break: the moment in which each begins, and its end. */
export function stretchesOf(
  condition: Condition,
  moments: readonly Moment[],
  endUs: number,
): { readonly moment: Moment; readonly toUs: number }[] {
  const holds = moments.map((moment) => conditionHolds(condition, moment));
  return moments.flatMap((moment, index) => {
    if (holds[index] !== true || holds[index - 1] === true) return [];
    const after = holds.indexOf(false, index);
    return [{ moment, toUs: after === -1 ? endUs : (moments[after]?.timeUs ?? endUs) }];
  });
}
