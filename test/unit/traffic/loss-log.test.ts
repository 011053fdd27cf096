import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LossLog } from '../../../src/traffic/loss-log.ts';

test('loss log: one entry for each cause and record, in the order of their first loss', () => {
  const log = new LossLog();
  log.add('in-flight', 10, 7);
  log.add('not-synced', 20, 7);
  log.add('in-flight', 30, 7);
  log.add('in-flight', 40, 9);
  log.add('asymmetric', 50, 0);
  expect(log.entries()).toEqual([
    { cause: 'in-flight', count: 2, firstUs: 10, lastUs: 30, record: 7 },
    { cause: 'not-synced', count: 1, firstUs: 20, lastUs: 20, record: 7 },
    { cause: 'in-flight', count: 1, firstUs: 40, lastUs: 40, record: 9 },
    { cause: 'asymmetric', count: 1, firstUs: 50, lastUs: 50, record: 0 },
  ]);
});

test('loss log: how many were lost by when, as a list of all losses says', () => {
  const loss = fc.tuple(
    fc.constantFrom('in-flight' as const, 'timed-out' as const),
    fc.integer({ min: 0, max: 20 }),
  );
  fc.assert(
    fc.property(fc.array(loss), fc.integer({ min: -1, max: 21 }), (unsorted, at) => {
      const losses = unsorted.toSorted(([, a], [, b]) => a - b);
      const log = new LossLog();
      for (const [cause, timeUs] of losses) log.add(cause, timeUs, 1);
      const by = losses.filter(([, timeUs]) => timeUs <= at);
      expect(log.countBy(at)).toBe(by.length);
      expect(log.countBy(at, 'timed-out')).toBe(by.filter(([cause]) => cause === 'timed-out').length);
      expect(new Set(log.timesUs)).toEqual(new Set(losses.map(([, timeUs]) => timeUs)));
    }),
  );
});
