import { beforeAll, describe, expect, test } from 'vitest';
import { metricsOf } from '../../../../src/run/metrics.ts';
import { ready } from '../../../../src/statistics/special.ts';
import { computedRate } from '../../../../src/sweep/tune/false-failovers.ts';
import { differenceOf, objectiveOf, statusOf, valuesOf } from '../../../../src/sweep/tune/judge.ts';
import { parseConstraint } from '../../../../src/sweep/tune/objective.ts';
import { orThrow, outcome, scenarioWith } from '../../../helpers/tune.ts';

beforeAll(ready);

const metrics = metricsOf(scenarioWith('active-passive/power-loss.yaml').scenario);
const rows = (values: readonly (number | null)[]) =>
  values.map((value, index) => outcome(String(index), [value]));
const constraint = (text: string) => ({ ...orThrow(parseConstraint(text, metrics)), metric: 0 });
const NONE = computedRate(0);

describe('values of runs', () => {
  test('no failover where the present settings have one: endless, not missing', () => {
    expect(valuesOf(0, rows([1, null, null]), rows([5, 5, null]))).toEqual([
      1,
      Number.POSITIVE_INFINITY,
      null,
    ]);
  });

  test('a run that broke off: no value', () => {
    const broken = { ...outcome('1', [1]), failure: { kind: 'limit' as const, message: '' } };
    expect(valuesOf(0, [broken], rows([5]))).toEqual([null]);
  });

  test('a mean over an endless run: endless', () => {
    const { value } = objectiveOf(
      { statistic: { kind: 'mean' }, metric: 0 },
      rows([1, null]),
      rows([1, 1]),
      0.95,
    );
    expect(value).toBe(Number.POSITIVE_INFINITY);
  });

  test('differences: run by run, so that luck which both share does not count', () => {
    const difference = differenceOf(0, rows([10, 20, 30]), rows([11, 21, 31]), 0.95);
    expect(difference).toMatchObject({ value: -1, low: -1, high: -1 });
  });
});

describe('constraints', () => {
  const hundreds = (value: number) => rows(Array.from({ length: 400 }, () => value));

  test('a quantile: is met only when the sample is large enough to bound it', () => {
    const few = rows([1e6, 1e6, 1e6]);
    const p99 = constraint('p99 failover < 4s');
    expect(statusOf(p99, few, few, NONE)).toBe('undecided');
    expect(statusOf(p99, hundreds(1e6), hundreds(1e6), NONE)).toBe('met');
    expect(statusOf(p99, hundreds(5e6), hundreds(5e6), NONE)).toBe('unmet');
  });

  test('the maximum of the runs: a fact', () => {
    const most = constraint('maximum failovers <= 1');
    expect(statusOf(most, rows([1, 1]), rows([1, 1]), NONE)).toBe('met');
    expect(statusOf(most, rows([1, 2]), rows([1, 1]), NONE)).toBe('unmet');
  });

  test('false failovers: the whole interval has to be below', () => {
    const rare = orThrow(parseConstraint('false failovers < 1 per year', metrics));
    const counted = (low: number, high: number) => ({ ...NONE, method: 'simulation' as const, low, high });
    expect(statusOf(rare, [], [], counted(0.1, 0.5))).toBe('met');
    expect(statusOf(rare, [], [], counted(0.5, 2))).toBe('undecided');
    expect(statusOf(rare, [], [], counted(2, 3))).toBe('unmet');
    expect(statusOf(rare, [], [], { ...counted(0, 270), method: 'bound' })).toBe('undecided');
  });
});
