/**
 * What a worker of the pool opens: every task under the name by which the pool calls it. Nobody imports it, so it may know the tasks
 * of the suite too.
 */

import type { Trial, TrialTask } from '../suite/shrink/trial.ts';

export { caseTask as case } from '../suite/case-task.ts';
export { outcomesTask as outcomes } from './tasks.ts';
export { coverageTask as coverage } from '../suite/coverage-task.ts';

/** A candidate of `hasim shrink`. It may need statistics, which the workers of every other command would open for nothing. */
export async function trial(task: TrialTask): Promise<Trial> {
  const [{ trialTask }, { ready }] = await Promise.all([
    import('../suite/shrink/trial.ts'),
    import('../statistics/special.ts'),
  ]);
  await ready();
  return trialTask(task);
}
