import { expect, test } from 'vitest';
import { Reachability } from '../../../src/cloud/reachability.ts';

test('reachability: nothing is broken: everybody reaches the API', () => {
  expect(new Reachability().unreachable('palo-1')).toBeNull();
});

test('reachability: one node is cut off: that one does not, because of that, until it is over', () => {
  const reachability = new Reachability();

  reachability.unavailable('palo-1', 7);

  expect(reachability.unreachable('palo-1')).toBe(7);
  expect(reachability.unreachable('palo-2')).toBeNull();
  reachability.available('palo-1');
  expect(reachability.unreachable('palo-1')).toBeNull();
});

test('reachability: the control plane is down while one node is cut off: each ends for itself', () => {
  const reachability = new Reachability();
  reachability.unavailable('palo-1', 7);

  reachability.unavailable(null, 9);

  expect(reachability.unreachable('palo-1')).toBe(9);
  expect(reachability.unreachable('palo-2')).toBe(9);
  reachability.available(null);
  expect(reachability.unreachable('palo-1')).toBe(7);
  expect(reachability.unreachable('palo-2')).toBeNull();
});
