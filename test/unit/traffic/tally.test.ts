import { expect, test } from 'vitest';
import { Tally } from '../../../src/traffic/tally.ts';

test('tally: durations: counted, quantiles to four digits, the longest exactly', () => {
  const tally = new Tally();
  for (const us of [200_000, 200_000, 600_000, 6_203_999]) tally.add(us);
  expect([
    tally.count,
    tally.quantileUs(0.5),
    tally.quantileUs(0.75),
    tally.quantileUs(1),
    tally.longestUs,
  ]).toEqual([4, 200_000, 600_000, 6_203_000, 6_203_999]);
});

test('tally: a million different durations: a few thousand counts', () => {
  const tally = new Tally();
  for (let us = 1; us <= 1_000_000; us += 1) tally.add(us);
  expect(tally.quantileUs(0.5)).toBe(500_000);
});
