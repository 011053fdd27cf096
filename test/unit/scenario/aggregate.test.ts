import { describe, expect, test } from 'vitest';
import { metricsOf } from '../../../src/run/metrics.ts';
import { parseAggregate, type Aggregate } from '../../../src/scenario/schema/aggregate.ts';
import { unitOfMetric } from '../../../src/scenario/schema/metric-names.ts';

function aggregate(text: string): Aggregate {
  const read = parseAggregate(text);
  if ('message' in read) throw new Error(read.message);
  return read;
}

const YEAR_US = 365 * 86_400e6;

describe('parseAggregate', () => {
  test.each([
    [
      'p99 failover',
      { statistic: { kind: 'quantile', quantile: 0.99 }, metric: 'failover', unit: 'us', confidence: 0.95 },
    ],
    [
      'p99.9 failover < 4.2s',
      {
        statistic: { kind: 'quantile', quantile: 0.999 },
        comparison: { maximum: 4_200_000, maximumOpen: true },
      },
    ],
    ['p99 failover < 4.2s with 95 % confidence', { comparison: { text: '< 4.2s' }, confidence: 0.95 }],
    ['p99 failover < 4.2s with 99.9% confidence', { confidence: 0.999 }],
    [
      'median outage of ping <= 3s',
      { statistic: { kind: 'quantile', quantile: 0.5 }, metric: 'outage of ping' },
    ],
    [
      'mean sessions lost < 2.5',
      { statistic: { kind: 'mean' }, metric: 'sessions lost', comparison: { maximum: 2.5 } },
    ],
    ['max sessions in-flight = 0', { statistic: { kind: 'maximum' }, metric: 'sessions in-flight' }],
    [
      'minimum availability > 99.9 %',
      { statistic: { kind: 'minimum' }, unit: 'percent', comparison: { minimum: 99.9 } },
    ],
    [
      'share with dual-active > 0s < 1 %',
      {
        statistic: { kind: 'share', range: { minimum: 0, minimumOpen: true } },
        metric: 'dual-active',
        comparison: { maximum: 0.01 },
      },
    ],
    [
      'share with failovers = 1',
      { statistic: { kind: 'share', range: { minimum: 1, maximum: 1 } }, metric: 'failovers' },
    ],
    ['share with failover 3s to 4s', { message: 'x' }],
    [
      'false failovers < 1 per 10 years',
      {
        statistic: { kind: 'rate', perUs: 10 * YEAR_US },
        metric: 'false failovers',
        comparison: { maximum: 1 },
      },
    ],
    ['false failovers per year', { statistic: { kind: 'rate', perUs: YEAR_US } }],
    ['false failovers', { statistic: { kind: 'rate', perUs: YEAR_US } }],
    [
      'false failovers < 0.5 per day',
      { statistic: { kind: 'rate', perUs: 86_400e6 }, comparison: { maximum: 0.5 } },
    ],
    ['failovers <= 3 per 30d', { statistic: { kind: 'rate', perUs: 30 * 86_400e6 } }],
  ])('%s', (text, expected) => {
    if ('message' in expected) expect(parseAggregate(text)).toHaveProperty('message');
    else expect(aggregate(text)).toMatchObject(expected);
  });

  test.each([
    ['', 'expected a statistic (p99, median, mean, minimum, maximum, share with) of a metric, got ', ''],
    [
      'failover',
      'expected a statistic (p99, median, mean, minimum, maximum, share with) of a metric, got failover',
      'Did you mean p99 failover?',
    ],
    [
      'failover < 4s',
      'expected a statistic (p99, median, mean, minimum, maximum, share with) of a metric, got failover < 4s',
      'Did you mean p99 failover?',
    ],
    [
      'meadian failover',
      'expected a statistic (p99, median, mean, minimum, maximum, share with) of a metric, got meadian failover',
      'Did you mean median?',
    ],
    [
      'p100 failover',
      'expected a statistic (p99, median, mean, minimum, maximum, share with) of a metric, got p100 failover',
      '',
    ],
    [
      'p99 failovr',
      'expected a metric, such as failover, outage of PROBE or sessions lost, got p99 failovr',
      'Did you mean failover?',
    ],
    [
      'p99 outage',
      'expected a metric, such as failover, outage of PROBE or sessions lost, got p99 outage',
      'Did you mean outage of PROBE?',
    ],
    [
      'p99 outige of ping',
      'expected a metric, such as failover, outage of PROBE or sessions lost, got p99 outige of ping',
      'Did you mean outage of ping?',
    ],
    ['p99 failover < 4', 'expected a comparison with a duration, such as < 4.2s, got p99 failover < 4', ''],
    [
      'mean sessions lost < 4s',
      'expected a comparison with a number, such as <= 5, got mean sessions lost < 4s',
      '',
    ],
    [
      'p99 constructor < 4s',
      'expected a metric, such as failover, outage of PROBE or sessions lost, got p99 constructor < 4s',
      '',
    ],
    [
      'share with failover',
      'expected a comparison of failover with a duration, such as < 4.2s, got share with failover',
      '',
    ],
    [
      'share with failover < 4s < 101 %',
      'expected a comparison of the share with a percentage, got share with failover < 4s < 101 %',
      '',
    ],
    [
      'false failovers < 1 per 10 parsecs',
      'expected a rate per time, such as < 1 per 10 years, per day or per 30d, got false failovers < 1 per 10 parsecs',
      '',
    ],
    [
      'failover < 1 per year',
      'expected a rate of what can be counted, such as false failovers, got failover < 1 per year',
      '',
    ],
    [
      'p99 failover < 4s with 50 % confidence',
      'expected a confidence above 50 % and below 100 %, got p99 failover < 4s with 50 % confidence',
      '',
    ],
  ])('%j: a mistake', (text, message, hint) => {
    expect(parseAggregate(text)).toEqual({ message, hint });
  });
});

describe('unitOfMetric', () => {
  test('every metric of a run has a name that statements know, with its unit', () => {
    const metrics = metricsOf({
      probes: { ping: {} as never },
      workloads: { web: {} as never },
      aws: {} as never,
    });
    expect(metrics.map(({ name }) => [name, unitOfMetric(name)])).toEqual(
      metrics.map(({ name, unit }) => [name, unit]),
    );
  });
});
