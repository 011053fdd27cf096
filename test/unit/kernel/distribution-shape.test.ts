/** Drawn durations against their distribution functions, on fixed seeds; a parameter 5 % off has to fail the same test. */

import { describe, expect, test } from 'vitest';
import { sampler, type Distribution } from '../../../src/kernel/distribution.ts';
import { RandomStreams } from '../../../src/kernel/random.ts';
import {
  critical,
  distance,
  exponential,
  standardNormal,
  type Distributed,
} from '../../helpers/kolmogorov.ts';

const SECOND = 1_000_000;
const COUNT = 50_000;

function draws(distribution: Distribution): number[] {
  const draw = sampler(distribution, new RandomStreams('1').stream('traffic/web/holding-time'));
  return Array.from({ length: COUNT }, () => draw());
}

const lognormal =
  (median: number, sigma: number): Distributed =>
  (x) =>
    x <= 0 ? 0 : standardNormal(Math.log(x / median) / sigma);
const pareto =
  (min: number, alpha: number): Distributed =>
  (x) =>
    x < min ? 0 : 1 - (min / x) ** alpha;
/** Over whole numbers, both ends included. */
const uniform =
  (min: number, max: number): Distributed =>
  (x) =>
    Math.min(1, Math.max(0, (Math.floor(x) - min + 1) / (max - min + 1)));
const weighted =
  (atoms: readonly (readonly [value: number, share: number])[]): Distributed =>
  (x) =>
    atoms.reduce((sum, [value, share]) => (value <= x ? sum + share : sum), 0);

const VALUES = [1, 2, 3, 4];

describe('sampler: shape', () => {
  test.each<[string, Distribution, right: Distributed, wrong: Distributed]>([
    [
      'exponential',
      { kind: 'exponential', meanUs: 10 * SECOND },
      exponential(10 * SECOND),
      exponential(10.5 * SECOND),
    ],
    [
      'lognormal, its median',
      { kind: 'lognormal', medianUs: 30 * SECOND, sigma: 1 },
      lognormal(30 * SECOND, 1),
      lognormal(31.5 * SECOND, 1),
    ],
    [
      'lognormal, its sigma',
      { kind: 'lognormal', medianUs: SECOND, sigma: 1.5 },
      lognormal(SECOND, 1.5),
      lognormal(SECOND, 1.5 * 1.05),
    ],
    [
      'pareto, its least',
      { kind: 'pareto', minUs: SECOND, alpha: 1.5 },
      pareto(SECOND, 1.5),
      pareto(1.05 * SECOND, 1.5),
    ],
    [
      'pareto, its tail',
      { kind: 'pareto', minUs: SECOND, alpha: 1.2 },
      pareto(SECOND, 1.2),
      pareto(SECOND, 1.2 * 1.05),
    ],
    [
      'uniform',
      { kind: 'uniform', minUs: SECOND, maxUs: 3 * SECOND },
      uniform(SECOND, 3 * SECOND),
      uniform(SECOND * 1.05, 3 * SECOND * 1.05),
    ],
    [
      'empirical',
      { kind: 'empirical', valuesUs: VALUES },
      weighted(VALUES.map((value) => [value, 1 / 4])),
      weighted([0.2625, 0.25, 0.25, 0.2375].map((share, index) => [VALUES[index]!, share])),
    ],
    [
      'empirical, with weights',
      { kind: 'empirical', valuesUs: [900, 5, 70], weights: [1, 6, 3] },
      weighted([
        [5, 0.6],
        [70, 0.3],
        [900, 0.1],
      ]),
      weighted([
        [5, 0.63],
        [70, 0.27],
        [900, 0.1],
      ]),
    ],
  ])('sampler: %s: lies by its distribution, and not by one that is 5 %% off', (_, given, right, wrong) => {
    const sample = draws(given);
    expect(distance(sample, right)).toBeLessThan(critical(COUNT));
    expect(distance(sample, wrong)).toBeGreaterThan(critical(COUNT));
  });

  test('sampler: empirical: one draw from the stream for each value', () => {
    const streams = new RandomStreams('1');
    const draw = sampler({ kind: 'empirical', valuesUs: VALUES, weights: [1, 2, 3, 4] }, streams.stream('x'));
    for (let i = 0; i < 3; i += 1) draw();
    const twin = new RandomStreams('1').stream('x');
    for (let i = 0; i < 3; i += 1) twin.next();
    expect(streams.stream('x').next()).toBe(twin.next());
  });

  test.each<[Distribution, string]>([
    [{ kind: 'empirical', valuesUs: [] }, 'valuesUs'],
    [{ kind: 'empirical', valuesUs: [1, -1] }, 'valuesUs'],
    [{ kind: 'empirical', valuesUs: [1, 2], weights: [1] }, 'weights'],
    [{ kind: 'empirical', valuesUs: [1, 2], weights: [1, 0] }, 'weights'],
  ])('sampler: %o: refused by the name of the parameter', (distribution, name) => {
    expect(() => draws(distribution)).toThrow(name);
  });
});
