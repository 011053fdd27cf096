/** What a worker of the pool opens: every task under the name by which the pool calls it. */

export { caseTask as case } from '../suite/case-task.ts';
export { outcomesTask as outcomes } from './tasks.ts';
