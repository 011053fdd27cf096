/** Benches run at smoke size, so that they never rot; nothing here looks at a time. */

import { expect, test } from 'vitest';
import { bytesPerEvent, measureKernel } from '../../../bench/kernel.ts';
import { measureMemory } from '../../../bench/memory.ts';
import { measurePair } from '../../../bench/pair.ts';
import { measureSessions } from '../../../bench/sessions.ts';
import { measureSweep } from '../../../bench/sweep.ts';
import { measureWalkthrough } from '../../../bench/walkthrough.ts';

test('bench kernel: run twice: the same events and the same counters, every time', () => {
  const [first, second] = [measureKernel(true), measureKernel(true)];

  expect(first.map(({ name }) => name)).toEqual(['hb', 'hold 100', 'hold 10000', 'hold 20000', 'timers']);
  expect(second.map(({ outcome }) => outcome)).toEqual(first.map(({ outcome }) => outcome));
  for (const { outcome } of first) expect(outcome.events).toBeGreaterThan(600);
  expect(bytesPerEvent(1_000)).toBeGreaterThan(0);
});

test('bench pair: run twice: the same events and the same digest', () => {
  const [first, second] = [measurePair('2min', 1, false), measurePair('2min', 1, false)];

  expect(first.events).toBeGreaterThan(10_000);
  expect([second.events, second.digest]).toEqual([first.events, first.digest]);
});

test('bench memory: a tenth of a day: ten figures, and the digest of the same run in one go', () => {
  const { heapBytes, digest } = measureMemory(0.01);

  expect(heapBytes).toHaveLength(10);
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
});

test('bench sessions: two hundred a second, run twice: the same sessions, and a takeover that loses few', () => {
  const [first, second] = [measureSessions(200), measureSessions(200)];

  expect(first.phases.map(({ name }) => name)).toEqual(['filling', 'steady', 'later', 'failover', 'after']);
  expect(first.started).toBeGreaterThan(25_000);
  expect(first.lost).toBeLessThan(100);
  expect([second.started, second.lost, second.digest]).toEqual([first.started, first.lost, first.digest]);
});

test('bench walkthrough: one round: the built command and the built library run the same walk-through', () => {
  const { events, digest } = measureWalkthrough(1);

  expect(events).toBeGreaterThan(10_000);
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
});

test('bench sweep: at smoke size: every part runs, and the runs are the same whoever carries them out', async () => {
  const [first, second] = [await measureSweep(true), await measureSweep(true)];

  expect(first.long).toMatchObject({ runs: 20, digest: second.long.digest });
  expect(first.long.heapMb).toHaveLength(10);
  expect(first.pair.events).toBeGreaterThan(5_000);
  expect(second.pair.events).toBe(first.pair.events);
});
