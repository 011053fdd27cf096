import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../../src/cli/read.ts';
import { readAxis, type Axis } from '../../../src/sweep/axis.ts';
import {
  countRuns,
  countSettings,
  planSweep,
  runAt,
  settingTexts,
  settingsOf,
  type SweepPlan,
} from '../../../src/sweep/plan.ts';
import { readSeeds, writeSeeds } from '../../../src/sweep/seeds.ts';
import { loadWithSource } from '../../../src/sweep/source.ts';

const { loaded, source } = loadWithSource('scenarios/active-passive/power-loss.yaml', readTextFile);
if (!loaded.ok) throw new Error('expected a right scenario');
const { tree } = loaded;

function axes(...texts: string[]): Axis[] {
  return texts.map((text) => {
    const axis = readAxis(tree, text);
    if ('message' in axis) throw new Error(axis.message);
    return axis;
  });
}

function plan(texts: string[], seeds = '1..100', sample: number | null = null): SweepPlan {
  const request = { source, axes: axes(...texts), fixed: [], sample, seeds: readSeeds(seeds)! };
  return planSweep(request, { name: 'x', metrics: [], expectations: 0 });
}

describe('planSweep', () => {
  test('two axes: every value with every other, the last the fastest', () => {
    const grid = plan(['timers=recommended,aggressive', 'flap-max=0..2/1']);
    expect(grid.settings).toHaveLength(6);
    expect([0, 1, 5].map((setting) => settingTexts(grid, setting))).toEqual([
      [
        'high-availability.election-option.timers=recommended',
        'high-availability.election-option.timers.advanced.flap-max=0',
      ],
      [
        'high-availability.election-option.timers=recommended',
        'high-availability.election-option.timers.advanced.flap-max=1',
      ],
      [
        'high-availability.election-option.timers=aggressive',
        'high-availability.election-option.timers.advanced.flap-max=2',
      ],
    ]);
  });

  test('no axis: the scenario as it is, once', () => {
    const single = plan([]);
    expect(single.settings).toEqual([[]]);
    expect(countRuns(single)).toBe(100);
  });

  test('labels: the shortest ends that tell paths apart', () => {
    const { axes } = plan([
      'devices.palo-1.high-availability.group-id=1,2',
      'devices.palo-2.high-availability.group-id=1,2',
      'seed=1,2',
    ]);
    expect(axes.map(({ label }) => label)).toEqual([
      'palo-1.high-availability.group-id',
      'palo-2.high-availability.group-id',
      'seed',
    ]);
  });

  test('numbers of an axis: microseconds; of words none', () => {
    const { axes } = plan(['heartbeat-interval=1s,2s', 'timers=recommended,aggressive']);
    expect(axes.map(({ numbers }) => numbers)).toEqual([[1_000_000, 2_000_000], null]);
  });

  test('settings of a combination: what the scenario would have', () => {
    const request = axes('flap-max=0..2/1', 'heartbeat-interval=1s,2s');
    const grid = plan(['flap-max=0..2/1', 'heartbeat-interval=1s,2s']);
    expect(
      settingsOf(grid, { axes: request, fixed: [], source, sample: null, seeds: grid.seeds }, 3).map(
        ({ value }) => value,
      ),
    ).toEqual([1, '2s']);
  });

  test('another value, seed or text of the scenario: another digest', () => {
    const digests = [
      plan(['flap-max=0,1']),
      plan(['flap-max=0,2']),
      plan(['flap-max=0,1'], '1..99'),
      plan(['flap-max=0,1'], '2..101'),
    ];
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(4);
    expect(plan(['flap-max=0,1']).digest).toBe(digests[0]?.digest);
  });

  test('a Latin hypercube: one point in every stratum of every axis', () => {
    const points = 40;
    const sampled = plan(['heartbeat-interval=1s..41s', 'hello-interval=8s..48s'], '1..2', points);
    expect(sampled.settings).toHaveLength(points);
    for (const [axis, { numbers }] of sampled.axes.entries()) {
      const from = [1e6, 8e6][axis] ?? 0;
      const strata = sampled.settings.map((setting) =>
        Math.floor(((numbers?.[setting[axis] ?? 0] ?? 0) - from) / 1e6),
      );
      expect(strata.toSorted((a, b) => a - b)).toEqual(Array.from({ length: points }, (_, index) => index));
    }
  });
});

describe('countSettings', () => {
  test('a grid: the product, whatever its size', () => {
    expect(
      countSettings({ axes: axes('flap-max=0..9/1', 'timers=recommended,aggressive'), sample: null }),
    ).toBe(20);
  });
});

describe('runAt', () => {
  test('every combination with every seed, once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 64 }),
        (settings, count, seedsPerRound) => {
          const small = {
            settings: Array.from({ length: settings }, () => []),
            seeds: { first: 5, count },
            seedsPerRound: Math.min(seedsPerRound, count),
          } as unknown as SweepPlan;
          const runs = Array.from({ length: settings * count }, (_, index) => runAt(small, index));
          expect(new Set(runs.map(({ setting, seed }) => `${setting}/${seed}`)).size).toBe(settings * count);
          expect(runs.every(({ seed }) => Number(seed) >= 5 && Number(seed) < 5 + count)).toBe(true);
          expect(runs.every(({ setting }) => setting >= 0 && setting < settings)).toBe(true);
          const rounds = runs.map(({ round }) => round);
          expect(rounds).toEqual(rounds.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});

describe('readSeeds', () => {
  test.each([
    ['1..100', { first: 1, count: 100 }],
    ['7', { first: 7, count: 1 }],
    [' 0 .. 0 ', { first: 0, count: 1 }],
  ])('%s: %j', (text, seeds) => {
    expect(readSeeds(text)).toEqual(seeds);
    expect(readSeeds(writeSeeds(seeds))).toEqual(seeds);
  });

  test.each(['', '..', '1..', '2..1', '-1..5', '1.5..2', 'a', '0..100000000', '1...3'])(
    '%j: none',
    (text) => {
      expect(readSeeds(text)).toBeNull();
    },
  );
});
