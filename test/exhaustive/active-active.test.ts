/**
 * Active/active: every world that two firewalls can reach within the bounds of models.ts, in every order of messages, timers,
 * faults and orders. model.ts says what the models leave out, laws.ts and side.ts which laws hold.
 */

import { expect, test } from 'vitest';
import { checkModel, reached } from './check.ts';
import { MODELS } from './models.ts';

test.each(Object.keys(MODELS['active-active']))(
  'active/active: %s: every reachable world keeps the laws',
  (name) => checkModel('active-active', name),
);

test('active/active: the models together: make every transition of the table that is theirs', () => {
  // T5 and T23 to T29 are of active/active; the others are those that it shares with active/passive.
  const table = [3, 4, 5, 6, 7, 10, 11, 12, 13, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];
  expect(reached('active-active')).toEqual(table.map((number) => `T${number}`));
});
