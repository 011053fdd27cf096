/** The front holds what nothing beats and leaves out what something does; the knee lies below the chord, or there is none. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dominates, kneeOf, paretoFront } from '../../../src/sweep/pareto.ts';

type Point = readonly number[];
const itself = (point: Point): Point => point;

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
);
/** Points of two or three objectives, many of them tied. */
const points = fc
  .integer({ min: 2, max: 3 })
  .chain((size) => fc.array(fc.array(value, { minLength: size, maxLength: size }), { maxLength: 40 }));

describe('paretoFront', () => {
  test('front: two objectives: only what nothing beats, from the least of the first objective on', () => {
    const front = paretoFront(
      [
        [3, 3],
        [5, 1],
        [1, 5],
        [4, 4],
        [2, 5],
      ],
      itself,
    );

    expect(front).toEqual([
      [1, 5],
      [3, 3],
      [5, 1],
    ]);
  });

  test('front: ties: all of them stay, in the order in which they were given', () => {
    const named = [
      { name: 'b', at: [1, 1] },
      { name: 'a', at: [1, 1] },
      { name: 'worse', at: [1, 2] },
    ];

    expect(paretoFront(named, ({ at }) => at).map(({ name }) => name)).toEqual(['b', 'a']);
  });

  test('front: a single objective: the least', () => {
    expect(paretoFront([[2], [1], [Number.POSITIVE_INFINITY], [1]], itself)).toEqual([[1], [1]]);
  });

  test('front: nothing: nothing', () => {
    expect(paretoFront([], itself)).toEqual([]);
  });

  test('front: what is no number: refused', () => {
    expect(() => paretoFront([[1, Number.NaN]], itself)).toThrow(RangeError);
  });

  test('front: any points: nothing on it is beaten, and all that is not on it is', () => {
    fc.assert(
      fc.property(points, (given) => {
        const front = paretoFront(given, itself);

        for (const point of given) {
          expect(front.includes(point)).toBe(!given.some((other) => dominates(other, point)));
        }
      }),
    );
  });

  test('front: the points in another order: the same', () => {
    fc.assert(
      fc.property(points, (given) => {
        expect(paretoFront(given.toReversed(), itself)).toEqual(paretoFront(given, itself));
      }),
    );
  });

  test('front: of a front: itself', () => {
    fc.assert(
      fc.property(points, (given) => {
        const front = paretoFront(given, itself);

        expect(paretoFront(front, itself)).toEqual(front);
      }),
    );
  });
});

describe('kneeOf', () => {
  test('knee: a bend: the point farthest from the chord', () => {
    const bend = [
      [0, 100],
      [1, 60],
      [2, 10],
      [5, 5],
      [10, 0],
    ];

    expect(kneeOf(bend, itself)).toEqual([2, 10]);
  });

  test('knee: another unit of an objective: the same point', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rows, (given) => {
        const front = paretoFront<Point>(given, itself);
        const millionfold = kneeOf(front, ([a, b]) => [a! * 1_000_000, b!]);

        expect(millionfold).toEqual(kneeOf(front, itself));
      }),
    );
  });

  test('knee: a front of two objectives: it has none, or one that no other is farther below the chord than', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(rows, (given) => {
        const front = paretoFront<Point>(given, itself);
        fc.pre(front.length > 1);
        const [a, b] = [front[0]!, front.at(-1)!];
        // Twice the area of the triangle over the chord: positive below it.
        const below = ([x, y]: Point) => (b[0]! - a[0]!) * (a[1]! - y!) - (a[1]! - b[1]!) * (x! - a[0]!);
        const farthest = Math.max(...front.map(below));
        const knee = kneeOf(front, itself);

        expect(knee === null ? 0 : below(knee)).toBe(farthest);
      }),
    );
  });

  test.each([
    ['an empty front', [], null],
    ['a single point', [[3, 4]], [3, 4]],
    ['points that are all one', [[3, 4], [3, 4]], [3, 4]], // prettier-ignore
    ['two ends alone', [[0, 1], [1, 0]], null], // prettier-ignore
    ['a straight front', [[0, 0.3], [0.1, 0.2], [0.2, 0.1], [0.3, 0]], null], // prettier-ignore
    ['a front that bulges outwards', [[0, 10], [8, 8], [10, 0]], null], // prettier-ignore
    ['an objective that never changes', [[0, 7, 9], [1, 7, 1], [9, 7, 0]], [1, 7, 1]], // prettier-ignore
    ['one point with an end', [[1, Number.POSITIVE_INFINITY], [2, 3]], [2, 3]], // prettier-ignore
    ['an objective without end everywhere', [[0, 9, Infinity], [1, 1, Infinity], [9, 0, Infinity]], [1, 1, Infinity]], // prettier-ignore
    ['three objectives', [[0, 1, 1], [1, 0, 1], [1, 1, 0], [0.3, 0.3, 0.3]], [0.3, 0.3, 0.3]], // prettier-ignore
  ] as [string, Point[], Point | null][])('knee: %s: found or none, as defined', (_, front, knee) => {
    expect(kneeOf(front, itself)).toEqual(knee);
  });
});
