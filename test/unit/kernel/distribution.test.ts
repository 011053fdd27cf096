import { expect, test } from 'vitest';
import {
  LONGEST_DRAW_US,
  geometricGap,
  sampler,
  type Distribution,
} from '../../../src/kernel/distribution.ts';
import { RandomStreams, type RandomStream } from '../../../src/kernel/random.ts';

const ALL: readonly Distribution[] = [
  { kind: 'constant', valueUs: 1_500 },
  { kind: 'uniform', minUs: 10, maxUs: 20 },
  { kind: 'exponential', meanUs: 1_000_000 },
  { kind: 'normal', meanUs: 50_000, stdDevUs: 10_000 },
  { kind: 'lognormal', medianUs: 750_000, sigma: 0.5 },
  { kind: 'pareto', minUs: 1_000, alpha: 2.5 },
];

function draws(distribution: Distribution, count: number, seed = '1'): number[] {
  const draw = sampler(distribution, new RandomStreams(seed).stream(distribution.kind));
  return Array.from({ length: count }, draw);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function scripted(...values: number[]): RandomStream {
  return { name: 'scripted', next: () => values.shift() ?? 0.5, int: () => 0 };
}

// What a seed generates is part of a scenario's meaning. These values may only change with a new major version.
test('sampler: seed "1": the first draws of every distribution are pinned', () => {
  expect(Object.fromEntries(ALL.map((distribution) => [distribution.kind, draws(distribution, 4)])))
    .toMatchInlineSnapshot(`
    {
      "constant": [
        1500,
        1500,
        1500,
        1500,
      ],
      "exponential": [
        48214,
        255706,
        684934,
        78507,
      ],
      "lognormal": [
        378788,
        1112604,
        425640,
        872961,
      ],
      "normal": [
        49289,
        53277,
        28699,
        65610,
      ],
      "pareto": [
        1042,
        1254,
        1222,
        1268,
      ],
      "uniform": [
        20,
        20,
        14,
        20,
      ],
    }
  `);
});

test.each(ALL)('sampler: $kind: every draw is a non-negative safe integer', (distribution) => {
  for (const value of draws(distribution, 5_000)) {
    expect(Number.isSafeInteger(value) && value >= 0 && value <= LONGEST_DRAW_US).toBe(true);
  }
});

test('sampler: uniform: covers both ends and all between alike', () => {
  const counts = new Map<number, number>();
  for (const value of draws({ kind: 'uniform', minUs: 3, maxUs: 7 }, 50_000)) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((x, y) => x - y)).toEqual([3, 4, 5, 6, 7]);
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('sampler: exponential, normal, pareto: the mean is the theoretical one', () => {
  expect(mean(draws(ALL[2]!, 100_000)) / 1_000_000).toBeCloseTo(1, 1);
  expect(mean(draws(ALL[3]!, 100_000)) / 50_000).toBeCloseTo(1, 2);
  expect(mean(draws(ALL[5]!, 100_000)) / ((2.5 / 1.5) * 1_000)).toBeCloseTo(1, 1);
});

test('sampler: lognormal: half the draws lie below the median', () => {
  const below = draws(ALL[4]!, 50_000).filter((value) => value < 750_000).length;
  expect(below / 50_000).toBeCloseTo(0.5, 1);
});

test('sampler: normal far below zero: is cut off at zero', () => {
  expect(draws({ kind: 'normal', meanUs: -1_000, stdDevUs: 1 }, 10)).toEqual(Array(10).fill(0));
});

test('sampler: pareto with an endless tail: is capped', () => {
  const draw = sampler({ kind: 'pareto', minUs: 1_000, alpha: 0.01 }, scripted(0.999999));
  expect(draw()).toBe(LONGEST_DRAW_US);
});

test('sampler: no spread: gives the value itself', () => {
  expect(draws({ kind: 'normal', meanUs: 500, stdDevUs: 0 }, 3)).toEqual([500, 500, 500]);
  expect(draws({ kind: 'uniform', minUs: 9, maxUs: 9 }, 3)).toEqual([9, 9, 9]);
  expect(draws({ kind: 'exponential', meanUs: 0 }, 3)).toEqual([0, 0, 0]);
});

test('sampler: constant: draws nothing from its stream', () => {
  const stream = new RandomStreams('1').stream('x');
  sampler({ kind: 'constant', valueUs: 5 }, stream)();
  expect(stream.next()).toBe(new RandomStreams('1').stream('x').next());
});

test.each([
  [{ kind: 'constant', valueUs: -1 }, 'valueUs'],
  [{ kind: 'uniform', minUs: 5, maxUs: 4 }, 'maxUs'],
  [{ kind: 'exponential', meanUs: NaN }, 'meanUs'],
  [{ kind: 'normal', meanUs: 1, stdDevUs: -1 }, 'stdDevUs'],
  [{ kind: 'lognormal', medianUs: 1, sigma: Infinity }, 'sigma'],
  [{ kind: 'pareto', minUs: 1, alpha: 0 }, 'alpha'],
] as const)('sampler: %o: is refused by the name of the parameter', (distribution, name) => {
  expect(() => sampler(distribution, scripted())).toThrow(name);
});

test('geometricGap: seed "1": the first gaps are pinned', () => {
  const stream = new RandomStreams('1').stream('gaps');
  expect(Array.from({ length: 6 }, () => geometricGap(0.01, stream))).toMatchInlineSnapshot(`
    [
      82,
      3,
      34,
      78,
      32,
      175,
    ]
  `);
});

test('geometricGap: never and always: are Infinity and 0 and draw nothing', () => {
  const stream = new RandomStreams('1').stream('x');
  expect([geometricGap(0, stream), geometricGap(1, stream)]).toEqual([Infinity, 0]);
  expect(stream.next()).toBe(new RandomStreams('1').stream('x').next());
});

test('geometricGap: probability 0.2: gaps follow the closed form', () => {
  const stream = new RandomStreams('1').stream('form');
  const gaps = Array.from({ length: 100_000 }, () => geometricGap(0.2, stream));
  expect(mean(gaps)).toBeCloseTo(0.8 / 0.2, 1);
  for (const length of [0, 1, 2, 5]) {
    const share = gaps.filter((gap) => gap === length).length / gaps.length;
    expect(share).toBeCloseTo(0.2 * 0.8 ** length, 2);
  }
});

test('geometricGap: a hit too far away to count to: is Infinity', () => {
  expect(geometricGap(1e-300, scripted(0.5))).toBe(Infinity);
});

test.each([-0.1, 1.1, NaN])('geometricGap: probability %d: is refused', (probability) => {
  expect(() => geometricGap(probability, scripted())).toThrow('probability: expected a number from 0 to 1');
});
