/**
 * What a worker of the pool opens: every task under the name by which the pool calls it. Nobody imports it, so it may know the tasks
 * of the suite too.
 */

export { caseTask as case } from '../suite/case-task.ts';
export { outcomesTask as outcomes } from './tasks.ts';
export { coverageTask as coverage } from '../suite/coverage-task.ts';
export { trialTask as trial } from '../suite/shrink/trial.ts';
