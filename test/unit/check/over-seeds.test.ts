import { beforeAll, describe, expect, test } from 'vitest';
import { judgeOverSeeds } from '../../../src/check/over-seeds.ts';
import { parseAggregate } from '../../../src/scenario/schema/aggregate.ts';
import type { Expectation } from '../../../src/scenario/schema/expectation.ts';
import { ready } from '../../../src/statistics/special.ts';

beforeAll(ready);

function verdict(text: string, values: readonly (number | null)[], totalUs = 1e6) {
  const aggregate = parseAggregate(text);
  if ('message' in aggregate) throw new Error(aggregate.message);
  const expectations = [
    { failovers: {} } as unknown as Expectation,
    { 'over-seeds': aggregate } as Expectation,
  ];
  return judgeOverSeeds(expectations, { valuesOf: () => values, totalUs })[0]!;
}

/** So many runs of 3 s, and so many of 5 s. */
function runs(short: number, long: number): number[] {
  return [
    ...Array.from({ length: short }, () => 3_000_000),
    ...Array.from({ length: long }, () => 5_000_000),
  ];
}

describe('judgeOverSeeds: a quantile', () => {
  test('299 runs below and none above: p99 holds with 95 %', () => {
    expect(verdict('p99 failover < 4.2s', runs(299, 0))).toEqual({
      index: 1,
      name: 'p99 failover < 4.2s',
      status: 'passed',
      expected: 'p99 failover < 4.2s',
      measured: '3s (3s to 3s, each with 95 % confidence) in 299 runs',
      advice: '',
    });
  });

  test('298 runs below and none above: one too few to tell, and says so', () => {
    expect(verdict('p99 failover < 4.2s', runs(298, 0))).toMatchObject({
      status: 'undecided',
      advice: '299 seeds would tell, if the others are like these.',
    });
  });

  test('5 of 100 above: p99 does not hold', () => {
    expect(verdict('p99 failover < 4.2s', runs(95, 5)).status).toBe('failed');
  });

  test('1 of 200 above: undecided, and how many would tell', () => {
    expect(verdict('p99 failover < 4.2s', runs(199, 1))).toMatchObject({
      status: 'undecided',
      advice: expect.stringMatching(/^About [\d,]+ seeds would tell\.$/),
    });
  });

  test('exactly at the limit: no number of seeds would tell', () => {
    expect(verdict('p99 failover < 4.2s', runs(99, 1)).advice).toContain('so near to the limit');
  });

  test('more confidence asks for more runs', () => {
    expect(verdict('p99 failover < 4.2s with 99 % confidence', runs(299, 0)).status).toBe('undecided');
    expect(verdict('p99 failover < 4.2s with 99 % confidence', runs(459, 0)).status).toBe('passed');
  });

  test('a value at the bound: on the wrong side of <, on the right one of <=', () => {
    expect(verdict('median failover < 3s', runs(50, 0)).status).toBe('failed');
    expect(verdict('median failover <= 3s', runs(50, 0)).status).toBe('passed');
  });

  test('from below: median > 2s', () => {
    expect(verdict('median failover > 2s', runs(20, 0)).status).toBe('passed');
    expect(verdict('median failover > 4s', runs(20, 0)).status).toBe('failed');
    expect(verdict('median failover > 2s', runs(3, 0)).status).toBe('undecided');
  });

  test('runs without end: longer than any bound', () => {
    const values = [...runs(90, 0), ...Array.from({ length: 10 }, () => Number.POSITIVE_INFINITY)];
    expect(verdict('p99 failover < 1h', values)).toMatchObject({
      status: 'failed',
      measured: expect.stringContaining('without end'),
    });
  });

  test('runs that have no value: left out, and told', () => {
    expect(verdict('median failover < 4s', [...runs(30, 0), null, null]).measured).toContain(
      'in 30 of 32 runs; the others have none',
    );
    expect(verdict('median failover < 4s', [null, null])).toMatchObject({
      status: 'failed',
      measured: 'none of 2 runs has a value of failover',
    });
  });
});

describe('judgeOverSeeds: shares, means, extremes and rates', () => {
  test('a share of which nothing was seen: a bound, never 0', () => {
    expect(
      verdict(
        'share with dual-active > 0s < 1 %',
        Array.from({ length: 300 }, () => 0),
      ),
    ).toMatchObject({
      status: 'passed',
      measured: 'none, so below 0.993 % with 95 % confidence in 300 runs',
    });
    expect(
      verdict(
        'share with dual-active > 0s < 1 %',
        Array.from({ length: 100 }, () => 0),
      ).status,
    ).toBe('undecided');
  });

  test('a share', () => {
    expect(verdict('share with failover < 4s > 50 %', runs(90, 10)).status).toBe('passed');
    expect(verdict('share with failover < 4s > 99 %', runs(90, 10)).status).toBe('failed');
  });

  test('a share of all that were seen: a bound, and how many more would tell', () => {
    expect(verdict('share with failover < 4s > 99 %', runs(299, 0))).toMatchObject({
      status: 'passed',
      measured: 'all, so above 99.003 % with 95 % confidence in 299 runs',
    });
    expect(verdict('share with failover < 4s > 99 %', runs(100, 0))).toMatchObject({
      status: 'undecided',
      advice: '299 seeds would tell, if the others are like these.',
    });
  });

  test('a share of exactly everything: no sample can say so', () => {
    expect(verdict('share with failover < 4s = 100 %', runs(50, 0))).toMatchObject({
      status: 'undecided',
      advice: expect.stringContaining('no number of seeds would tell'),
    });
    expect(verdict('share with failover < 4s = 100 %', runs(49, 1)).status).toBe('failed');
    expect(verdict('share with failover > 4s > 0 %', runs(50, 0)).advice).toContain('no number of seeds');
  });

  test('a share that holds: the bound that is shown is within the limit', () => {
    expect(verdict('share with failover > 4s < 5 %', runs(198, 2))).toMatchObject({
      status: 'passed',
      measured: expect.stringContaining('1.000 % (0.177 % to 3.114 %, each with 95 % confidence)'),
    });
  });

  test('a mean', () => {
    const values = Array.from({ length: 100 }, (_, index) => 3_000_000 + (index % 10) * 1_000);
    expect(verdict('mean failover < 3.01s', values).status).toBe('passed');
    expect(verdict('mean failover < 3.004s', values).status).toBe('failed');
    expect(verdict('mean failover < 3.0046s', values).status).toBe('undecided');
    expect(verdict('mean failover < 1h', [...values, Number.POSITIVE_INFINITY]).status).toBe('failed');
    expect(verdict('mean failover < 1h', [1]).status).toBe('undecided');
  });

  test('the greatest: of these runs', () => {
    expect(verdict('maximum failover < 4s', runs(9, 0))).toMatchObject({
      status: 'passed',
      measured: '3s in 9 runs',
    });
    expect(verdict('maximum failover < 4s', runs(9, 1)).status).toBe('failed');
    expect(verdict('minimum failover > 2s', runs(9, 1)).status).toBe('passed');
  });

  test('a rate: of three events, by an exact Poisson bound', () => {
    const day = 86_400e6;
    expect(verdict('false failovers < 8 per day', [1, 0, 2], day)).toMatchObject({
      status: 'passed',
      measured: '3 in 1d: 0.818 to 7.75, each with 95 % confidence, in 3 runs',
    });
    expect(verdict('false failovers < 0.5 per day', [1, 0, 2], day).status).toBe('failed');
    expect(verdict('false failovers < 2 per day', [1, 0, 2], day).status).toBe('undecided');
    expect(verdict('false failovers < 1 per year', [0, 0, 0], 3.1 * 365 * day).status).toBe('passed');
  });
});
