/** Figures have as many digits as their intervals leave meaning, and nothing that was never seen is zero. */

import { expect, test } from 'vitest';
import {
  boundOfNone,
  estimate,
  interval,
  neverSeen,
  scaleOf,
  share,
} from '../../../../src/report/sweep/figure.ts';
import type { Estimate } from '../../../../src/statistics/interval.ts';

const of = (value: number | null, low: number | null, high: number | null): Estimate => ({
  value,
  low,
  high,
  confidence: 0.95,
  count: 100,
});
const SECONDS = scaleOf('us', [5_000_000]);

test.each([
  [of(2_312_345, 2_280_000, 2_400_000), '2.31s (2.28–2.40)'],
  [of(2_312_345, 2_000_000, 4_000_000), '2.3s (2.0–4.0)'],
  [of(2_312_345, 2_312_345, 2_312_345), '2.31s (2.31–2.31)'],
  [of(2_000_000, 2_000_000, 2_000_000), '2s (2–2)'],
  [of(2_300_000, 2_000_000, null), '2.30s (≥ 2.00)'],
  [of(2_300_000, null, null), '2.30s (?)'],
  [of(null, 4_000_000, null), 'never (≥ 4)'],
  [of(null, null, null), 'never'],
  [of(0, -3_000, 3_000), '0.0000s (−0.0030 to 0.0030)'],
  [of(100_000, 1_000, 200_000), '0.100s (0.001–0.200)'],
])('estimate: %o: as many digits as mean something', (given, text) => {
  expect(estimate(given, SECONDS, 'never')).toBe(text);
});

test('estimate: of an empty sample: a dash', () => {
  expect(estimate(of(null, null, null), SECONDS)).toBe('–');
});

test('estimate: a change: with its sign', () => {
  expect(estimate(of(900_000, 880_000, 920_000), SECONDS, '–', true)).toBe('+0.900s (0.880–0.920)');
});

test('interval: an endless end: never', () => {
  expect(interval(of(null, 1_000_000, Number.POSITIVE_INFINITY), SECONDS, 1)).toBe('1.0–never');
});

test.each([
  ['us', [3, null], 'us'],
  ['us', [250_000], 'ms'],
  ['us', [Number.POSITIVE_INFINITY, 70_000_000], 's'],
  ['us', [3_000_000_000], 'min'],
  ['us', [], 'us'],
  ['count', [5], ''],
  ['percent', [99.5], '%'],
] as const)('scale: %s up to %o: %s', (unit, values, suffix) => {
  expect(scaleOf(unit, values).suffix).toBe(suffix);
});

test.each([
  [of(1, 0.9963, 1), 'all (≥ 99.63%)'],
  [of(0, 0, 0.0037), 'none (≤ 0.37%)'],
  [of(0.972, 0.959, 0.981), '97.2% (95.9–98.1)'],
  [of(null, null, null), '–'],
])('share: %o: of all and none the bound alone', (given, text) => {
  expect(share(given)).toBe(text);
});

test.each([
  [1, 'none in 1 run: too few to say'],
  [100, 'none in 100 runs: below 3%'],
  [1_000, 'none in 1,000 runs: below 0.3%'],
  [64, 'none in 64 runs: below 4.7%'],
  [10_000_000, 'none in 10,000,000 runs: below 0.00003%'],
])('never seen: in %i runs: %s', (runs, text) => {
  expect(neverSeen(runs)).toBe(text);
});

test('never seen: any number of runs: the bound is never below 3/n', () => {
  for (let runs = 4; runs < 3_000; runs++) {
    expect(Number.parseFloat(boundOfNone(runs))).toBeGreaterThanOrEqual((300 / runs) * (1 - 1e-9));
  }
});
