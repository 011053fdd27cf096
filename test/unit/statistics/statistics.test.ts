import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { beforeAll, describe, expect, test } from 'vitest';
import { Mean } from '../../../src/statistics/mean.ts';
import { lowerBound, shareOf, upperBound } from '../../../src/statistics/proportion.ts';
import { quantileOf, quantileRanks, runsToBound } from '../../../src/statistics/quantile.ts';
import { Sample } from '../../../src/statistics/sample.ts';
import { binomialCdf, chiSquaredQuantile, ready, tQuantile } from '../../../src/statistics/special.ts';

beforeAll(ready);

describe('special functions', () => {
  test('quantiles of t and chi-squared: as in printed tables', () => {
    expect(tQuantile(0.975, 1)).toBeCloseTo(12.7062047, 6);
    expect(tQuantile(0.975, 10)).toBeCloseTo(2.2281389, 6);
    expect(tQuantile(0.95, 30)).toBeCloseTo(1.6972609, 6);
    expect(chiSquaredQuantile(0.95, 2)).toBeCloseTo(5.9914645, 6);
    expect(chiSquaredQuantile(0.025, 10)).toBeCloseTo(3.2469728, 6);
  });

  test('the binomial distribution: summed up term by term', () => {
    const term = (k: number): number =>
      [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1][k]! * 0.3 ** k * 0.7 ** (10 - k);
    let sum = 0;
    for (let k = 0; k <= 10; k++) {
      sum += term(k);
      expect(binomialCdf(k, 10, 0.3)).toBeCloseTo(sum, 12);
    }
    expect(binomialCdf(-1, 10, 0.3)).toBe(0);
  });
});

describe('shareOf', () => {
  // Clopper-Pearson intervals as R's binom.test gives them.
  test.each([
    [3, 100, 0.95, 0.006229972, 0.08517605],
    [8, 10, 0.95, 0.4439045, 0.9747893],
    [1, 2, 0.95, 0.01257912, 0.98742088],
  ])('%i of %i at %d: %d to %d', (hits, count, confidence, low, high) => {
    const share = shareOf(hits, count, confidence);
    expect(share.low).toBeCloseTo(low, 6);
    expect(share.high).toBeCloseTo(high, 6);
  });

  test('by definition: with the probability at an end, so many hits or more, or fewer, are as unlikely as promised', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 3_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, part) => {
          const hits = Math.min(count - 1, Math.max(1, Math.round(part * count)));
          const { low, high } = shareOf(hits, count, 0.99);
          expect(1 - binomialCdf(hits - 1, count, low!)).toBeCloseTo(0.005, 9);
          expect(binomialCdf(hits, count, high!)).toBeCloseTo(0.005, 9);
        },
      ),
    );
  });

  test('none of n: not 0 but about 3/n', () => {
    expect(shareOf(0, 300, 0.95)).toMatchObject({ value: 0, low: 0 });
    expect(shareOf(0, 300, 0.95).high).toBeCloseTo(1 - 0.05 ** (1 / 300), 12);
    expect(shareOf(300, 300, 0.95).low).toBeCloseTo(0.05 ** (1 / 300), 12);
  });

  test('no runs: nothing is known', () => {
    expect(shareOf(0, 0, 0.95)).toEqual({ value: null, low: null, high: null, confidence: 0.95, count: 0 });
  });

  test('bounds: the share itself lies between them, and more confidence moves them apart', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, part) => {
          const hits = Math.round(part * count);
          const bounds = [0.9, 0.95, 0.999].map(
            (confidence) =>
              [lowerBound(hits, count, confidence), upperBound(hits, count, confidence)] as const,
          );
          for (const [low, high] of bounds) {
            expect(low).toBeLessThanOrEqual(hits / count);
            expect(high).toBeGreaterThanOrEqual(hits / count);
          }
          expect(bounds[2]![0]).toBeLessThanOrEqual(bounds[0]![0]);
          expect(bounds[2]![1]).toBeGreaterThanOrEqual(bounds[0]![1]);
        },
      ),
    );
  });
});

describe('quantileRanks', () => {
  // Order statistics of the median with at least 95 %, as in tables of the sign test.
  test.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [25, 8, 18],
    [50, 18, 33],
    [100, 40, 61],
  ])('the median of %i: between the %i. and the %i.', (count, low, high) => {
    expect(quantileRanks(count, 0.5, 0.95)).toMatchObject({ low, high });
  });

  test('a sample that is too small: no bound', () => {
    expect(quantileRanks(5, 0.5, 0.95)).toEqual({ at: 3, low: null, high: null });
    expect(quantileRanks(100, 0.99, 0.95)).toMatchObject({ at: 99, high: null });
  });

  test('the ranks lie around the quantile, and cover it as often as promised', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (count, quantile) => {
          const { at, low, high } = quantileRanks(count, quantile, 0.95);
          expect(low ?? 0).toBeLessThanOrEqual(at);
          expect(high ?? count + 1).toBeGreaterThanOrEqual(at);
          const missedBelow = low === null ? 0 : binomialCdf(low - 1, count, quantile);
          const missedAbove = high === null ? 0 : 1 - binomialCdf(high - 1, count, quantile);
          expect(missedBelow).toBeLessThanOrEqual(0.025);
          expect(missedAbove).toBeLessThanOrEqual(0.025 + 1e-12);
        },
      ),
    );
  });

  test('a share of the sample that is a whole number of runs: that rank, whatever floating point makes of it', () => {
    for (let percent = 1; percent <= 99; percent++) {
      for (const hundreds of [1, 2, 3, 7, 1_000]) {
        expect(quantileRanks(hundreds * 100, percent / 100, 0.95).at).toBe(hundreds * percent);
      }
    }
  });

  test('how many runs it takes to bound the 99th percentile: 299 at 95 %', () => {
    expect(runsToBound(0.99, 0.95)).toBe(299);
    expect(runsToBound(0.5, 0.95)).toBe(5);
    expect(upperBound(0, 299, 0.95)).toBeLessThan(0.01);
    expect(upperBound(0, 298, 0.95)).toBeGreaterThan(0.01);
  });

  test('intervals of the median of 500 samples: they hold it in at least 95 %, and no more than 99 %', () => {
    const draw = seedrandom.alea('median');
    const held = Array.from({ length: 500 }, () => {
      const values = Array.from({ length: 40 }, () => -Math.log(1 - draw())).toSorted((a, b) => a - b);
      const { low, high } = quantileOf(40, (rank) => values[rank - 1]!, 0.5, 0.95);
      return low! <= Math.LN2 && Math.LN2 <= high!;
    });
    const share = held.filter(Boolean).length / 500;
    expect(share).toBeGreaterThan(0.94);
    expect(share).toBeLessThan(0.99);
  });
});

describe('Mean', () => {
  test('mean and interval: as by hand', () => {
    const mean = new Mean();
    for (const value of [4, 5, 6, 9]) mean.add(value);
    const { value, low, high } = mean.estimate(0.95);
    expect(value).toBe(6);
    expect(mean.deviation).toBeCloseTo(Math.sqrt(14 / 3), 12);
    expect(high! - 6).toBeCloseTo((3.1824463 * Math.sqrt(14 / 3)) / 2, 6);
    expect(6 - low!).toBeCloseTo(high! - 6, 12);
  });

  test('intervals of the mean of 1 000 samples: they hold it as often as promised', () => {
    const draw = seedrandom.alea('mean');
    const held = Array.from({ length: 1_000 }, () => {
      const mean = new Mean();
      for (let index = 0; index < 20; index++) mean.add(draw() + draw() + draw());
      const { low, high } = mean.estimate(0.95);
      return low! <= 1.5 && 1.5 <= high!;
    });
    // Five standard deviations of such a share are 3.4 %.
    expect(Math.abs(held.filter(Boolean).length / 1_000 - 0.95)).toBeLessThan(0.034);
  });

  test('one value: no interval', () => {
    const mean = new Mean();
    mean.add(3);
    expect(mean.estimate(0.95)).toEqual({ value: 3, low: null, high: null, confidence: 0.95, count: 1 });
    expect(new Mean().estimate(0.95).value).toBeNull();
  });
});

describe('Sample', () => {
  test('few values: exact quantiles', () => {
    const sample = new Sample();
    for (const value of [5, 1, 4, 2, 3]) sample.add(value);
    expect(sample.quantile(0.5, 0.95).value).toBe(3);
    expect(sample.quantile(0.99, 0.95).value).toBe(5);
    expect([sample.minimum, sample.maximum, sample.count]).toEqual([1, 5, 5]);
  });

  test('many values: quantiles to a thousandth of their size, however large', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e13 }), { minLength: 129, maxLength: 800 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (values, quantile) => {
          const sample = new Sample();
          for (const value of values) sample.add(value);
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[quantileRanks(values.length, quantile, 0.95).at - 1]!;
          expect(Math.abs(sample.quantile(quantile, 0.95).value! - exact)).toBeLessThanOrEqual(
            Math.max(1, exact * 0.001),
          );
        },
      ),
    );
  });

  test('many values: every rank is its own value', () => {
    const count = 1_000;
    const sample = new Sample();
    for (let value = 1; value <= count; value++) sample.add(value);
    for (let rank = 1; rank <= count; rank++) {
      expect(sample.quantile(rank / count, 0.95).value).toBe(rank);
    }
  });

  test('percentages: six digits behind the point', () => {
    const sample = new Sample(1e6);
    for (let index = 0; index < 1_000; index++) sample.add(99 + index / 1_000);
    expect(sample.quantile(0.5, 0.95).value).toBeCloseTo(99.499, 0);
    expect(sample.maximum).toBe(99.999);
  });

  test('values without end: longer than all others', () => {
    const sample = new Sample();
    for (let index = 1; index <= 98; index++) sample.add(index);
    sample.add(Number.POSITIVE_INFINITY);
    sample.add(Number.POSITIVE_INFINITY);
    expect(sample.quantile(0.99, 0.95).value).toBe(Number.POSITIVE_INFINITY);
    expect(sample.quantile(0.98, 0.95).value).toBe(98);
    expect([sample.count, sample.endless, sample.maximum]).toEqual([100, 2, 98]);
  });

  test('bins: every value in one, from the least to the greatest', () => {
    for (const count of [100, 1_000]) {
      const sample = new Sample();
      for (let index = 0; index < count; index++) sample.add(index);
      const bins = sample.bins(10);
      expect(bins).toHaveLength(10);
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(count);
      expect([bins[0]?.from, bins.at(-1)?.to]).toEqual([0, count - 1]);
    }
    const single = new Sample();
    single.add(7);
    expect(single.bins(10)).toEqual([{ from: 7, to: 7, count: 1 }]);
    expect(new Sample().bins(10)).toEqual([]);
  });

  test('nothing: nothing is known', () => {
    const sample = new Sample();
    expect(sample.quantile(0.5, 0.95)).toEqual({
      value: null,
      low: null,
      high: null,
      confidence: 0.95,
      count: 0,
    });
    expect([sample.minimum, sample.maximum]).toEqual([null, null]);
  });
});
