/**
 * Expectations on the state of the pair: when the window of a mode (modes.ts) opens. At a time, when a condition first comes to hold (`from`),
 * or each time that it does (`whenever`).
 */

import type { Condition } from '../scenario/schema/condition.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import { describeCondition, describeState } from './condition.ts';
import type { Moment, Window } from './course.ts';
import type { Answer } from './measures.ts';
import { lastMoment, modeOf, momentsIn, seconds, stretchesOf, type Asked, type Observed } from './modes.ts';

/** Answers an expectation on the state of the pair; null when it is on something else. */
export function temporalAnswer(expectation: Expectation, observed: Observed): Answer | null {
  const asked = modeOf(expectation);
  if (asked === null) return null;
  const { from = 0, whenever } = expectation;
  if (whenever === undefined && typeof from === 'number') return asked.answer(from, observed);
  const until = typeof expectation.until === 'number' ? expectation.until : observed.endedAtUs;
  const opens = whenever ?? (from as Condition);
  const all = risesOf(opens, { fromUs: 0, toUs: until }, observed);
  const each = whenever === undefined ? all.slice(0, 1) : all;
  if (each.length === 0) return neverOpened(asked, opens, whenever !== undefined, observed);
  const answers = each.map((moment) => asked.answer(moment.timeUs, observed));
  const index = Math.max(
    0,
    answers.findIndex(({ passed }) => !passed),
  );
  const opened = openedBy(opens, each, index, whenever !== undefined);
  const { sentence, expected, ...answer } = answers[index] as Answer;
  return { ...answer, sentence: `${opened}: ${sentence}`, expected: `${opened}: ${expected}` };
}

/** The moments in which a condition comes to hold. */
function risesOf(condition: Condition, window: Window, observed: Observed): readonly Moment[] {
  const moments = momentsIn([condition], window, observed);
  return stretchesOf(condition, moments, observed.endedAtUs).map(({ moment }) => moment);
}

function openedBy(condition: Condition, each: readonly Moment[], index: number, whenever: boolean): string {
  const moment = each[index] as Moment;
  const what = `${describeCondition(condition, moment)} at ${seconds(moment.timeUs)}`;
  if (!whenever) return `from ${what}`;
  return each.length === 1 ? `whenever ${what}` : `whenever ${what}, time ${index + 1} of ${each.length}`;
}

/** `from` waits for what never came: nothing is borne out. `whenever` asks nothing of a run in which it never is. */
function neverOpened(
  { mode, condition }: Asked,
  opens: Condition,
  whenever: boolean,
  observed: Observed,
): Answer {
  const last = lastMoment(observed);
  const word = whenever ? 'whenever' : 'from';
  const expected = `${word} ${describeCondition(opens, last)}: ${mode} ${describeCondition(condition, last)}`;
  const measured = whenever ? 'it never came to that' : `${describeState(opens, last)}, at the end`;
  const causes = whenever ? [] : observed.chain(last.record);
  return { passed: whenever, sentence: expected, expected, measured, atUs: null, causes };
}
