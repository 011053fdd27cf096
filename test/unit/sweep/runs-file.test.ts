import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SweepPlan } from '../../../src/sweep/plan.ts';
import { headerLine, readHeader, readRun, runLine } from '../../../src/sweep/runs-file.ts';

const PLAN: SweepPlan = {
  digest: '0123456789abcdef',
  version: '0.1.0',
  scenario: { name: 'x', file: 'x.yaml' },
  axes: [],
  fixed: [],
  sample: null,
  settings: [[]],
  seeds: { first: 1, count: 100 },
  seedsPerRound: 64,
  untilUs: null,
  stop: null,
  metrics: [
    { name: 'failover', unit: 'us', what: '' },
    { name: 'failovers', unit: 'count', what: '' },
  ],
  expectations: 2,
};

describe('headerLine and readHeader', () => {
  test('there and back', () => {
    expect(readHeader(headerLine(PLAN, [10, 20]))).toEqual({
      kind: 'hasim sweep',
      schemaVersion: 1,
      range: [10, 20],
      plan: PLAN,
    });
  });

  test.each([
    ['', 'expected a file that hasim sweep has written, got another'],
    ['[]', 'expected a file that hasim sweep has written, got another'],
    ['{"kind":"other"}', 'expected a file that hasim sweep has written, got another'],
    ['{"kind":"hasim sweep","schemaVersion":2}', 'expected schemaVersion 1, got 2'],
    ['{"kind":"hasim sweep","schemaVersion":1}', 'expected the plan of a sweep, got a broken one'],
    [headerLine(PLAN, [20, 10]), 'expected the plan of a sweep, got a broken one'],
    [headerLine(PLAN, [0, 101]), 'expected the plan of a sweep, got a broken one'],
    [
      headerLine({ ...PLAN, settings: null as never }, [0, 1]),
      'expected the plan of a sweep, got a broken one',
    ],
  ])('%s: %s', (line, message) => {
    expect(readHeader(line)).toBe(message);
  });
});

describe('runLine and readRun', () => {
  test('every outcome: there and back', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.constant(Number.POSITIVE_INFINITY),
      fc.nat(1e12),
      fc.double({ min: 0, max: 100 }),
    );
    fc.assert(
      fc.property(
        fc.nat(99),
        fc.tuple(value, value),
        fc.nat(1e9),
        fc.uniqueArray(fc.nat(1)),
        (index, metrics, events, unmet) => {
          const outcome = { seed: String(index + 1), digest: 'aa', events, unmet, metrics, failure: null };
          expect(readRun(PLAN, runLine(PLAN, index, outcome))).toEqual({ index, outcome });
        },
      ),
    );
  });

  test('a line that is cut short anywhere: none', () => {
    const outcome = { seed: '8', digest: 'aa', events: 5, unmet: [], metrics: [1, null], failure: null };
    const line = runLine(PLAN, 7, outcome).trimEnd();
    for (let length = 0; length < line.length; length++)
      expect(readRun(PLAN, line.slice(0, length))).toBeNull();
  });

  test.each([
    ['another seed than the plan has', { seed: '9' }],
    ['a run that the plan does not have', { run: 100 }],
    ['another number of metrics', { metrics: [1] }],
    ['no digest', { digest: 3 }],
  ])('%s: none', (_title, change) => {
    const right = {
      run: 7,
      setting: 0,
      seed: '8',
      digest: 'aa',
      events: 5,
      unmet: [],
      metrics: [1, null],
      failure: null,
    };
    expect(readRun(PLAN, JSON.stringify(right))).not.toBeNull();
    expect(readRun(PLAN, JSON.stringify({ ...right, ...change }))).toBeNull();
  });
});
