import { describe, expect, test } from 'vitest';
import { metricsOf } from '../../../../src/run/metrics.ts';
import { parseConstraint, parseObjective } from '../../../../src/sweep/tune/objective.ts';
import { scenarioWith } from '../../../helpers/tune.ts';

const metrics = metricsOf(scenarioWith('active-passive/power-loss.yaml').scenario);

describe('objectives', () => {
  test('a statistic of a metric: the less the better; of availability the more', () => {
    expect(parseObjective('p99 failover', metrics)).toMatchObject({
      metric: metrics.findIndex(({ name }) => name === 'failover'),
      statistic: { kind: 'quantile', quantile: 0.99 },
      better: 'smaller',
    });
    expect(parseObjective('mean availability', metrics)).toMatchObject({ better: 'larger' });
  });

  test.each([
    ['p99 failover < 4s', 'expected an objective without a comparison, got p99 failover < 4s'],
    ['p99 outage of web-probe', 'expected a metric of this scenario, got outage of web-probe'],
    ['false failovers', 'expected a statistic of the runs, such as p99 failover, got false failovers'],
  ])('%s: is refused', (text, message) => {
    expect(parseObjective(text, metrics)).toMatchObject({ message });
  });

  test('a probe of another name: the nearest metric is named', () => {
    expect(parseObjective('p99 outage of pin', metrics)).toMatchObject({
      hint: 'Did you mean outage of ping?',
    });
  });
});

describe('constraints', () => {
  test('a rate of false failovers: per year', () => {
    expect(parseConstraint('false failovers < 1 per 10 years', metrics)).toMatchObject({
      kind: 'false failovers',
      comparison: { maximum: 0.1, maximumOpen: true },
      confidence: 0.95,
    });
  });

  test('a statistic of the runs: in the unit of its metric', () => {
    expect(parseConstraint('p95 outage of ping <= 4s with 99 % confidence', metrics)).toMatchObject({
      kind: 'runs',
      comparison: { maximum: 4_000_000, maximumOpen: false },
      confidence: 0.99,
    });
  });

  test.each([
    ['p99 failover', /with a comparison/],
    ['p99 failover < 3 apples', /comparison with a duration/],
    ['failovers < 3 per year', /such as p99 failover/],
  ])('%s: is refused', (text, message) => {
    expect(parseConstraint(text, metrics)).toMatchObject({
      message: expect.stringMatching(message) as unknown,
    });
  });
});
