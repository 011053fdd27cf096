/**
 * Holds a scenario's expectations against what the run has measured, each mode by its own small function.
 *
 * An expectation that cannot be judged (a failover that never came, a probe without a reply) has not been met, and says so.
 */

import type { Expectation } from '../scenario/schema/expectation.ts';
import { Course } from './course.ts';
import {
  availabilityMeasures,
  failoverMeasures,
  callMeasures,
  ha2Measures,
  ha3Measures,
  logMeasures,
  measures,
  probeMeasures,
  type Answer,
  type Evidence,
} from './measures.ts';
import { sessionMeasures } from './session-measures.ts';
import { temporalAnswer } from './temporal.ts';
import type { Unjudged, Verdict } from './verdict.ts';

export type { Evidence } from './measures.ts';

/** Answers every expectation that one run can answer, in the order of the file. */
export function judge(expectations: readonly Expectation[], evidence: Evidence): Verdict[] {
  const course = new Course(evidence);
  return expectations.flatMap((expectation, index) => {
    if (expectation['over-seeds'] !== undefined) return [];
    const { sentence, ...answer } = answerTo(expectation, evidence, course);
    return [{ index, name: expectation.name ?? sentence, ...answer }];
  });
}

/** The expectations that only runs with many seeds can answer. */
export function unjudged(expectations: readonly Expectation[]): Unjudged[] {
  return expectations.flatMap(({ name, 'over-seeds': aggregate }, index) =>
    aggregate === undefined ? [] : [{ index, name: name ?? aggregate.text }],
  );
}

function answerTo(expectation: Expectation, evidence: Evidence, course: Course): Answer {
  const temporal = temporalAnswer(expectation, { ...evidence, course });
  if (temporal !== null) return temporal;
  if (expectation.failover !== undefined)
    return failoverMeasures(expectation, expectation.failover, evidence);
  if (expectation.probe !== undefined) return probeMeasures(expectation, expectation.probe, evidence);
  if (expectation.ha3 !== undefined) return ha3Measures(expectation, expectation.ha3, evidence);
  const action = expectation['api-calls'];
  if (action !== undefined) return callMeasures(expectation, action, evidence);
  if (expectation.log !== undefined) return logMeasures(expectation, expectation.log, evidence, course);
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
