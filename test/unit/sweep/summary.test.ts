import { beforeAll, describe, expect, test } from 'vitest';
import type { RunOutcome } from '../../../src/sweep/outcome.ts';
import { SweepSummary, type SummaryOptions } from '../../../src/sweep/summary.ts';
import { ready } from '../../../src/statistics/special.ts';

beforeAll(ready);

const WORDS = (values: string[]) => ({ values, numbers: null, scale: 'linear' }) as const;

/** Two axes of two and three values, two metrics. */
const OPTIONS: SummaryOptions = {
  axes: [WORDS(['a', 'b']), WORDS(['x', 'y', 'z'])],
  settings: [0, 1].flatMap((one) =>
    [0, 1, 2].map((other) => ({ values: [`${one}`, `${other}`], places: [one, other], replay: '' })),
  ),
  grid: true,
  metrics: [
    { name: 'failover', unit: 'us', what: '' },
    { name: 'failovers', unit: 'count', what: '' },
  ],
  expectations: 1,
  confidence: 0.95,
};

function outcome(seed: number, metrics: (number | null)[], more: Partial<RunOutcome> = {}): RunOutcome {
  return { seed: String(seed), digest: '', events: 0, unmet: [], metrics, failure: null, ...more };
}

describe('SweepSummary', () => {
  test('runs of a combination: counted, with what failed and what met its expectations', () => {
    const summary = new SweepSummary(OPTIONS);
    summary.add(2, outcome(1, [100, 1]));
    summary.add(2, outcome(2, [Number.POSITIVE_INFINITY, 2], { unmet: [0] }));
    summary.add(2, outcome(3, [null, 0]));
    summary.add(2, outcome(4, [], { failure: { kind: 'limit', message: '' } }));
    const setting = summary.settings()[2]!;
    expect(setting).toMatchObject({ index: 2, runs: 4, failures: 1, passed: { value: 2 / 3, count: 3 } });
    expect(setting.metrics[0]).toMatchObject({
      metric: 'failover',
      count: 2,
      endless: 1,
      minimum: 100,
      maximum: 100,
    });
    expect(setting.metrics[1]).toMatchObject({ count: 3, mean: { value: 1 } });
  });

  test('effects: paired differences against the first value, averaged over the other axis', () => {
    const summary = new SweepSummary(OPTIONS);
    for (let seed = 0; seed < 20; seed++) {
      for (const [setting, { places }] of OPTIONS.settings.entries()) {
        // Luck moves all alike; b adds 50, y adds 10 and z adds 20 and a little noise.
        const value = 1_000 * seed + 50 * places[0]! + 10 * places[1]! + (places[1] === 2 ? seed % 2 : 0);
        summary.add(setting, outcome(seed, [value, 1]));
      }
      if (seed % 7 === 6) summary.endRound();
    }
    summary.endRound();
    const effects = summary.effects().filter(({ metric }) => metric === 'failover');
    expect(effects.map(({ axis, from, to, difference }) => [axis, from, to, difference.value])).toEqual([
      [0, 'a', 'b', 50],
      [1, 'x', 'y', 10],
      [1, 'x', 'z', 20.5],
    ]);
    expect(effects[0]?.difference).toMatchObject({ low: 50, high: 50, count: 20 });
    expect(effects[2]!.difference.low!).toBeLessThan(20.5);
  });

  test('pairs of which one has no value or no end: left out, and counted', () => {
    const summary = new SweepSummary({
      ...OPTIONS,
      axes: [WORDS(['a', 'b'])],
      settings: [0, 1].map((place) => ({ values: [`${place}`], places: [place], replay: '' })),
    });
    const pairs: [number | null, number | null][] = [
      [100, 130],
      [null, 5],
      [100, Number.POSITIVE_INFINITY],
      [100, 150],
    ];
    pairs.forEach(([from, to], seed) => {
      summary.add(0, outcome(seed, [from, 1]));
      summary.add(1, outcome(seed, [to, 1]));
    });
    summary.endRound();
    expect(summary.effects()[0]).toMatchObject({ difference: { value: 40, count: 2 }, leftOut: 2 });
  });

  test('a sample: effects along a straight line through its points, those without an end left out', () => {
    const numbers = [1, 2, 4, 8, 16, 32];
    const axes = [
      { values: numbers.map((value) => `${value}s`), numbers, scale: 'log' },
      { ...WORDS(['slow', 'fast']) },
    ] as const;
    const settings = numbers.flatMap((_, place) =>
      [0, 1].map((word) => ({ values: [], places: [place, word], replay: '' })),
    );
    const summary = new SweepSummary({ ...OPTIONS, axes, settings, grid: false });
    // Each doubling adds 10, `fast` takes 3 away; the luck of a point is what averages out.
    settings.forEach(({ places: [place = 0, word = 0] }, setting) => {
      for (const luck of [-1, 1]) {
        summary.add(setting, outcome(1, [100 + 10 * place - 3 * word + luck, 1]));
      }
    });
    summary.add(11, outcome(2, [Number.POSITIVE_INFINITY, 1]));
    summary.endRound();

    const [steps, words, ...others] = summary.effects();
    expect(steps).toMatchObject({
      axis: 0,
      metric: 'failover',
      from: '1s',
      to: '32s',
      basis: 'line',
      leftOut: 1,
    });
    expect(steps?.difference.value).toBeCloseTo(50, 9);
    expect(steps?.difference.count).toBe(11);
    expect(words).toMatchObject({ axis: 1, from: 'slow', to: 'fast' });
    expect(words?.difference.value).toBeCloseTo(-3, 9);
    expect(steps?.explained).toBeCloseTo(1, 9);
    expect(others.map(({ metric, difference }) => [metric, difference.value, difference.low])).toEqual([
      ['failovers', 0, 0],
      ['failovers', 0, 0],
    ]);
  });

  test('a sample of too few points: effects without figures', () => {
    const settings = [0, 1].map((place) => ({ values: [], places: [place], replay: '' }));
    const summary = new SweepSummary({ ...OPTIONS, axes: [WORDS(['a', 'b'])], settings, grid: false });
    for (const setting of settings.keys()) summary.add(setting, outcome(1, [setting, 1]));
    expect(summary.effects()[0]).toMatchObject({ difference: { value: null, low: null }, explained: null });
  });

  test('estimate: any statistic of a metric', () => {
    const summary = new SweepSummary(OPTIONS);
    for (let seed = 1; seed <= 100; seed++) summary.add(0, outcome(seed, [seed, seed % 2]));
    const base = { text: '', metric: 'failover', unit: 'us', confidence: 0.95 } as const;
    const range = { text: '> 90', minimum: 90, maximum: null, minimumOpen: true, maximumOpen: false };
    expect(summary.estimate(0, { ...base, statistic: { kind: 'quantile', quantile: 0.9 } })).toMatchObject({
      value: 90,
    });
    expect(summary.estimate(0, { ...base, statistic: { kind: 'mean' } })).toMatchObject({ value: 50.5 });
    expect(summary.estimate(0, { ...base, statistic: { kind: 'maximum' } })).toMatchObject({ value: 100 });
    expect(summary.estimate(0, { ...base, statistic: { kind: 'share', range } })).toMatchObject({
      value: 0.1,
      count: 100,
    });
    expect(() => summary.estimate(0, { ...base, metric: 'other', statistic: { kind: 'mean' } })).toThrow(
      'expected a metric of the sweep',
    );
  });
});
