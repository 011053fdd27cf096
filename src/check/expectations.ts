/**
 * Holds a scenario's expectations against what the run has measured, each mode by its own small function.
 *
 * An expectation that cannot be judged (a failover that never came, a probe without a reply) has not been met, and says so.
 */

import { SECOND_US } from '../kernel/time.ts';
import type { PairState } from '../measure/history.ts';
import type { Condition, Expectation } from '../scenario/schema/expectation.ts';
import { conditionHolds, describeCondition, describeState } from './condition.ts';
import {
  availabilityMeasures,
  failoverMeasures,
  callMeasures,
  ha2Measures,
  ha3Measures,
  measures,
  probeMeasures,
  type Answer,
  type Evidence,
} from './measures.ts';
import { sessionMeasures } from './session-measures.ts';
import type { Unjudged, Verdict } from './verdict.ts';

export type { Evidence } from './measures.ts';

/** Answers every expectation that one run can answer, in the order of the file. */
export function judge(expectations: readonly Expectation[], evidence: Evidence): Verdict[] {
  return expectations.flatMap((expectation, index) => {
    if (expectation['over-seeds'] !== undefined) return [];
    const { sentence, ...answer } = answerTo(expectation, evidence);
    return [{ index, name: expectation.name ?? sentence, ...answer }];
  });
}

/** The expectations that only runs with many seeds can answer. */
export function unjudged(expectations: readonly Expectation[]): Unjudged[] {
  return expectations.flatMap(({ name, 'over-seeds': aggregate }, index) =>
    aggregate === undefined ? [] : [{ index, name: name ?? aggregate.text }],
  );
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
  const action = expectation['api-calls'];
  if (action !== undefined) return callMeasures(expectation, action, evidence);
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
