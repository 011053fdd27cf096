/**
 * Expectations on the state of the pair: when the window of a mode (modes.ts) opens. At a time, when a condition first comes to hold (`from`),
 * or each time that it does (`whenever`).
 */

import type { Condition } from '../scenario/schema/condition.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import { describeCondition, describeState } from './condition.ts';
import type { Moment } from './course.ts';
import type { Answer } from './measures.ts';
import {
  answerFrom,
  describeAsked,
  lastMoment,
  momentsIn,
  seconds,
  stretchesOf,
  type Observed,
} from './modes.ts';

/** Answers an expectation on the state of the pair; null when it is on something else. */
export function temporalAnswer(expectation: Expectation, observed: Observed): Answer | null {
  const { from = 0, whenever } = expectation;
  if (whenever !== undefined) return answerEach(expectation, whenever, observed);
  if (typeof from === 'number') return answerFrom(expectation, from, observed);
  const [first] = risesOf(from, expectation, observed);
  if (first !== undefined) return answerOpened(expectation, `from ${opening(from, first)}`, first, observed);
  const last = lastMoment(observed);
  const expected = `from ${describeCondition(from, last)}: ${describeAsked(expectation, last)}`;
  const measured = `${describeState(from, last)}, at the end`;
  const causes = observed.chain(last.record);
  return { passed: false, sentence: expected, expected, measured, atUs: null, causes };
}

/** The answer for the first window that does not bear it out, or for the first of all. Without a window there is nothing to bear out. */
function answerEach(expectation: Expectation, whenever: Condition, observed: Observed): Answer {
  const rises = risesOf(whenever, expectation, observed);
  let met: Answer | null = null;
  for (const [index, moment] of rises.entries()) {
    const time = rises.length === 1 ? '' : `, time ${index + 1} of ${rises.length}`;
    const opened = `whenever ${opening(whenever, moment)}${time}`;
    const answer = answerOpened(expectation, opened, moment, observed);
    if (!answer.passed) return answer;
    met ??= answer;
  }
  if (met !== null) return met;
  const last = lastMoment(observed);
  const expected = `whenever ${describeCondition(whenever, last)}: ${describeAsked(expectation, last)}`;
  const measured = 'it never came to that';
  return { passed: true, sentence: expected, expected, measured, atUs: null, causes: [] };
}

function answerOpened(
  expectation: Expectation,
  opened: string,
  { timeUs }: Moment,
  observed: Observed,
): Answer {
  const answer = answerFrom(expectation, timeUs, observed);
  if (answer === null)
    throw new Error('expected a mode beside what opens its window, for the schema asks for one');
  const { sentence, expected } = answer;
  return { ...answer, sentence: `${opened}: ${sentence}`, expected: `${opened}: ${expected}` };
}

/** The moments before the end of all windows in which a condition comes to hold. */
function risesOf(opens: Condition, { until }: Expectation, observed: Observed): readonly Moment[] {
  const { endedAtUs } = observed;
  const window = { fromUs: 0, toUs: typeof until === 'number' ? until : endedAtUs };
  return stretchesOf(opens, momentsIn([opens], window, observed), endedAtUs).map(({ moment }) => moment);
}

function opening(opens: Condition, moment: Moment): string {
  return `${describeCondition(opens, moment)} at ${seconds(moment.timeUs)}`;
}
