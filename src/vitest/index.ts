/**
 * `hasim/vitest`: scenarios in a user's own tests. Importing it adds the matchers to vitest's `expect`; docs/vitest.md is its page.
 */

import { expect } from 'vitest';
import { matchers, type HasimMatchers } from './matchers.ts';

export { scenario, type Scenario } from './scenario.ts';
export type { Run, Seeds } from './run.ts';
export type { Sweep, SweepOptions } from './sweep.ts';
export { ScenarioMistake } from './mistake.ts';
export type { HasimMatchers } from './matchers.ts';
export type {
  Action,
  ComparisonWords,
  ConditionWords,
  Duration,
  ExpectationWords,
  FailoverWords,
  LogWords,
  ReachWindow,
  StayWindow,
  When,
  Window,
} from './words.ts';

expect.extend(matchers);

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any, typescript/no-empty-object-type -- vitest's own declaration, which this adds to
  interface Matchers<T = any> extends HasimMatchers {}
}
