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
