/**
 * How long a takeover by interface-move takes, over 2 000 seeds for each case: detection and promotion against the formula of
 * section 7.1, totals against the reference's own Monte-Carlo figures (section 7.3). C-030 and C-031 compare medians of one set of
 * seeds.
 */

import { expect, test, vi } from 'vitest';
import { quantile, samplesOf, shareAbove, sorted, type Case } from '../helpers/aws-statistics.ts';

// Nobody times these; a busy machine takes a while over thousands of runs.
vi.setConfig({ testTimeout: 900_000 });

const RECOMMENDED: Case = { mode: 'interface-move' };
const crash = samplesOf(RECOMMENDED);
const totals = sorted(crash, 'total');
const medianOf = (interfaces: number): number =>
  quantile(sorted(samplesOf({ ...RECOMMENDED, interfaces }), 'total'), 0.5);

test('C-007: recommended timers and a crash: promotion 8 to 10 s after it', () => {
  const roles = sorted(crash, 'role');

  expect(roles[0]).toBeGreaterThanOrEqual(8);
  expect(roles.at(-1)).toBeLessThanOrEqual(10);
  expect(quantile(roles, 0.5)).toBeCloseTo(9, 0);
});

test('C-026: two network interfaces, serial, recommended, a crash: p50 28 to 36 s, p5 20 to 26 s', () => {
  expect(quantile(totals, 0.5)).toBeGreaterThan(28);
  expect(quantile(totals, 0.5)).toBeLessThan(36);
  expect(quantile(totals, 0.05)).toBeGreaterThan(20);
  expect(quantile(totals, 0.05)).toBeLessThan(26);
});

test('C-027: the same: 1 to 6 % take more than 60 s', () => {
  expect(shareAbove(totals, 60)).toBeGreaterThan(0.01);
  expect(shareAbove(totals, 60)).toBeLessThan(0.06);
});

test('C-028: the same: less than 1 % take less than 18 s', () => {
  expect(1 - shareAbove(totals, 18)).toBeLessThan(0.01);
});

test('C-029: the network interfaces alone, two, serial: p50 17 to 23 s', () => {
  const none = { median: '0s' };
  const latency = { describe: none, 'bind-interface-move': none };
  const phase = sorted(samplesOf({ ...RECOMMENDED, latency }), 'cloud');

  expect(quantile(phase, 0.5)).toBeGreaterThan(17);
  expect(quantile(phase, 0.5)).toBeLessThan(23);
});

test('C-030: one more network interface, from one to four: p50 grows by 8 to 13 s', () => {
  const medians = [medianOf(1), quantile(totals, 0.5), medianOf(3), medianOf(4)];

  for (const [index, median] of medians.slice(1).entries()) {
    expect(median - (medians[index] as number)).toBeGreaterThan(8);
    expect(median - (medians[index] as number)).toBeLessThan(13);
  }
});

test('C-031: parallel, two network interfaces: p50 at least 6 s below the serial one', () => {
  const parallel = samplesOf({ ...RECOMMENDED, unpublished: { 'aws-concurrency': 'parallel' } });

  expect(quantile(totals, 0.5) - quantile(sorted(parallel, 'total'), 0.5)).toBeGreaterThan(6);
});
