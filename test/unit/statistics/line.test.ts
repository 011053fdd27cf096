/** The line against figures of another program, and its intervals against what they promise. */

import { beforeAll, expect, test } from 'vitest';
import { RandomStreams } from '../../../src/kernel/random.ts';
import { lineThrough } from '../../../src/statistics/line.ts';
import { ready } from '../../../src/statistics/special.ts';

beforeAll(ready);

test('a textbook case: slopes, intervals and the part explained are those of another program', () => {
  // By NumPy 2.4, from the normal equations, with t = 3.182446 of three degrees of freedom.
  const points = [0, 0.2, 0.4, 0.6, 0.8, 1].map((a, index) => [a, index % 2]);
  const line = lineThrough(points, [1.1, 1.9, 3.2, 3.9, 5.3, 5.8], 0.95);

  const [first, second] = line!.slopes;
  expect(first?.value).toBeCloseTo(5.0625, 8);
  expect(first?.low).toBeCloseTo(4.70545838, 7);
  expect(second?.value).toBeCloseTo(-0.34583333, 7);
  expect(second?.low).toBeCloseTo(-0.58973919, 7);
  expect(line?.explained).toBeCloseTo(0.9985861934, 9);
});

test('intervals hold the true slope as often as they say', () => {
  const stream = new RandomStreams('line').stream('points');
  const samples = 2_000;
  let held = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const points = Array.from({ length: 12 }, () => [stream.next(), stream.next()]);
    // A sum of twelve is nearly normal.
    const noise = (): number => Array.from({ length: 12 }, () => stream.next()).reduce((a, b) => a + b) - 6;
    const line = lineThrough(
      points,
      points.map(([a = 0, b = 0]) => 7 + 4 * a - 2 * b + noise()),
      0.9,
    );
    const { low, high } = line!.slopes[1]!;
    if (low! <= -2 && high! >= -2) held += 1;
  }
  // Five standard deviations of a share of 2,000 are 3.4 %.
  expect(held / samples).toBeGreaterThan(0.866);
  expect(held / samples).toBeLessThan(0.934);
});

test('too few points, or two dimensions that always change together: no line', () => {
  const points = [[0], [1]];
  expect(lineThrough(points, [1, 2], 0.95)).toBeNull();
  const twins = [0, 0.3, 0.5, 1, 0.8].map((place) => [place, place]);
  expect(lineThrough(twins, [1, 2, 3, 4, 5], 0.95)).toBeNull();
  expect(lineThrough([], [], 0.95)).toBeNull();
});

test('values that do not vary: slopes of nothing, without luck', () => {
  const line = lineThrough([[0], [0.5], [1]], [0.1, 0.1, 0.1], 0.95);
  expect(line).toMatchObject({ slopes: [{ value: 0, low: 0, high: 0 }], explained: null });
});

test('a slope that is none beside values that lie on a line: not said to matter', () => {
  const points = Array.from({ length: 20 }, (_, index) => [index / 19, ((index * 7) % 20) / 19]);
  const line = lineThrough(
    points,
    points.map(([a = 0]) => 3_000_000 + 1e9 * a),
    0.95,
  );
  const { low, high } = line!.slopes[1]!;
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0);
});
