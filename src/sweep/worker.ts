/**
 * What a worker of the pool opens: every task under the name by which the pool calls it. Nobody imports it, so it may know the tasks
 * of the suite too.
 */

import { ready } from '../statistics/special.ts';
import { trialTask, type Trial, type TrialTask } from '../suite/shrink/trial.ts';

export { caseTask as case } from '../suite/case-task.ts';
export { outcomesTask as outcomes } from './tasks.ts';
export { coverageTask as coverage } from '../suite/coverage-task.ts';

/** A candidate of `hasim shrink`, and the functions that its statistics rest on. */
export async function trial(task: TrialTask): Promise<Trial> {
  await ready();
  return trialTask(task);
}
