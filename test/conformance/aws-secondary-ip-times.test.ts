/**
 * How long a takeover by secondary-IP takes, over 2 000 seeds for each case, against the reference's own Monte-Carlo figures
 * (section 7.3); and on the same seeds against interface-move.
 */

import { expect, test, vi } from 'vitest';
import { quantile, samplesOf, shareAbove, sorted, type Case } from '../helpers/aws-statistics.ts';

// Nobody times these; a busy machine takes a while over thousands of runs.
vi.setConfig({ testTimeout: 900_000 });

const RECOMMENDED: Case = { mode: 'secondary-ip' };
const crash = samplesOf(RECOMMENDED);
const aggressive = samplesOf({ ...RECOMMENDED, timers: 'aggressive' });

test('C-008: aggressive timers and a crash: promotion 3.5 to 4.5 s after it', () => {
  const roles = sorted(aggressive, 'role');

  expect(roles[0]).toBeGreaterThanOrEqual(3.5);
  expect(roles.at(-1)).toBeLessThanOrEqual(4.5);
  expect(quantile(roles, 0.5)).toBeCloseTo(4, 0);
});

test('C-040: two network interfaces and a route, recommended, a crash: p50 13 to 16 s, p95 below 22 s', () => {
  const totals = sorted(crash, 'total');

  expect(quantile(totals, 0.5)).toBeGreaterThan(13);
  expect(quantile(totals, 0.5)).toBeLessThan(16);
  expect(quantile(totals, 0.95)).toBeLessThan(22);
});

test('C-041: the same with aggressive timers: p50 8 to 11 s', () => {
  const median = quantile(sorted(aggressive, 'total'), 0.5);

  expect(median).toBeGreaterThan(8);
  expect(median).toBeLessThan(11);
});

test('C-042: the same, suspended by an operator: p50 4 to 7 s', () => {
  const median = quantile(sorted(samplesOf({ ...RECOMMENDED, by: 'suspend' }), 'total'), 0.5);

  expect(median).toBeGreaterThan(4);
  expect(median).toBeLessThan(7);
});

test('C-043: timers and seeds alike: at least 95 % of takeovers are faster than by interface-move', () => {
  const moves = samplesOf({ mode: 'interface-move' });
  const gains = crash.map(({ total }, index) => (moves[index]?.total ?? Infinity) - (total ?? Infinity));

  expect(shareAbove(gains, 0)).toBeGreaterThanOrEqual(0.95);
});

test('C-044: 25 floating addresses on two network interfaces: p50 of the calls 3 to 6 s', () => {
  const median = quantile(sorted(samplesOf({ ...RECOMMENDED, floating: 25 }), 'cloud'), 0.5);

  expect(median).toBeGreaterThan(3);
  expect(median).toBeLessThan(6);
});
