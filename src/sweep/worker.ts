/** What a worker of the pool opens: every task under the name by which the pool calls it. */

export { outcomesTask as outcomes } from './tasks.ts';
