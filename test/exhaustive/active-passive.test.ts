/**
 * Active/passive: every world that two firewalls can reach within the bounds of models.ts, in every order of messages, timers,
 * faults and orders. model.ts says what the models leave out, laws.ts and side.ts which laws hold.
 */

import { expect, test } from 'vitest';
import { checkModel, reached } from './check.ts';
import { MODELS } from './models.ts';

test.each(Object.keys(MODELS['active-passive']))(
  'active/passive: %s: every reachable world keeps the laws',
  (name) => checkModel('active-passive', name),
);

test('active/passive: the models together: make every transition of the table but the boot', () => {
  // T1 is the start of the agent, which the engine makes; T5 is of active/active.
  const table = [2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22];
  expect(reached('active-passive')).toEqual(table.map((number) => `T${number}`));
});
