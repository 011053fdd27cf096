import { beforeAll, describe, expect, test } from 'vitest';
import { ready } from '../../../../src/statistics/special.ts';
import { sample } from '../../../../src/sweep/tune/search.ts';
import { timersIn } from '../../../../src/sweep/tune/space.ts';
import { tune } from '../../../../src/sweep/tune/tune.ts';
import { madeUp, scenarioWith, tuneRequest } from '../../../helpers/tune.ts';

beforeAll(ready);

const SECOND = 1_000_000;
/** Three heartbeats and the hold, and a little luck. */
const failover = madeUp((timer, seed) => ({
  failover: 3 * (timer('heartbeat-interval') ?? SECOND) + (timer('promotion-hold-time') ?? 2 * SECOND) + seed,
}));

describe('a search', () => {
  test('one objective, false failovers rare: the quickest setting that is calm enough, of those that matter', async () => {
    const result = await tune(tuneRequest({ runs: failover }));

    const searched = result.timers
      .filter(({ treatment }) => treatment === 'searched')
      .map(({ name }) => name);
    expect(searched).toEqual(['heartbeat-interval', 'promotion-hold-time']);
    expect(result.recommendation).toMatchObject({ status: 'meets', unmet: [], hopeless: [] });
    const advised = result.points[result.recommendation?.point ?? -1];
    expect(advised?.values).toEqual(['1s', '2500ms']); // A hold of 2 s has room for two more heartbeats, 2.5 s for three.
    expect(advised?.falseFailovers).toMatchObject({ method: 'closed form' });
    expect(advised?.falseFailovers.perYear).toBeLessThan(0.1);
    expect(result.recommendation?.changes).toEqual([
      { timer: 'promotion-hold-time', from: '2s', to: '2500ms' },
    ]);
    expect(result.recommendation?.settings).toEqual(['promotion-hold-time=2500ms']);
  });

  test('the same request twice: the same result, to the letter', async () => {
    const [one, other] = [
      await tune(tuneRequest({ runs: failover })),
      await tune(tuneRequest({ runs: failover })),
    ];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  test('the budget: is kept, and bad settings get few of its runs', async () => {
    const seedsOf = new Map<string, number>();
    const runs = madeUp(
      (timer, seed) => ({ failover: 3 * (timer('heartbeat-interval') ?? SECOND) + seed }),
      (settings, seeds) => {
        const key = JSON.stringify(settings);
        seedsOf.set(key, (seedsOf.get(key) ?? 0) + seeds.length);
      },
    );
    const result = await tune(tuneRequest({ runs, count: 30, budget: 900 }));

    const counts = [...seedsOf.values()];
    expect(result.runs).toBeLessThanOrEqual(900);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(result.runs);
    expect(counts.filter((count) => count <= 10).length).toBeGreaterThan(counts.length / 2);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(30);
  });

  test('the present settings are the best: nothing is to be changed', async () => {
    const runs = madeUp((timer, seed) => {
      const hold = timer('promotion-hold-time') ?? 2 * SECOND;
      return { failover: Math.abs(hold - 2 * SECOND) + seed };
    });
    const result = await tune(tuneRequest({ runs, constraints: [], names: ['promotion-hold-time'] }));
    expect(result.recommendation).toMatchObject({ changes: [], commands: [], settings: [] });
  });

  test('a timer that costs nothing: is changed no farther than it makes a difference', async () => {
    const runs = madeUp((timer, seed) => ({
      failover:
        3 * (timer('heartbeat-interval') ?? SECOND) +
        ((timer('promotion-hold-time') ?? 2 * SECOND) < SECOND ? 10 * SECOND : 0) +
        seed,
    }));
    const result = await tune(tuneRequest({ runs, names: ['promotion-hold-time'] }));

    // From here on fewer than one in a million years; any longer hold would be as quick here, and slower where the peer is silent.
    expect(result.points[result.recommendation?.point ?? -1]?.values).toEqual(['8s']);
  });

  test('a constraint that nothing meets: it is named, with the nearest setting', async () => {
    const result = await tune(tuneRequest({ runs: failover, constraints: ['maximum failover < 1s'] }));
    expect(result.recommendation).toMatchObject({
      status: 'nearest',
      unmet: ['maximum failover < 1s'],
      hopeless: ['maximum failover < 1s'],
    });
  });

  test('no setting changes anything: nothing is searched, and the present one is advised', async () => {
    const runs = madeUp((_, seed) => ({ failover: seed }));
    const result = await tune(tuneRequest({ runs, set: ['network.links.palo-2-management.loss=0%'] }));
    expect(result.timers.every(({ treatment }) => treatment !== 'searched')).toBe(true);
    expect(result.recommendation).toMatchObject({ changes: [] });
  });

  test('a scenario that loses nothing: nothing shorter than the aggressive profile is advised, for want of evidence', async () => {
    const set = ['network.links.palo-2-management.loss=0%'];
    const result = await tune(tuneRequest({ runs: failover, set, names: ['promotion-hold-time'] }));
    const advised = result.points[result.recommendation?.point ?? -1];
    expect(advised).toMatchObject({ values: ['500ms'], name: 'PAN-OS aggressive' });
    expect(advised?.falseFailovers.note).toMatch(/give HA1 a loss/);
  });

  test('two objectives: a front over both, and its knee', async () => {
    const runs = madeUp((timer, seed) => {
      const hold = (timer('promotion-hold-time') ?? 2 * SECOND) / SECOND;
      return { failover: (1 + hold) * SECOND + seed, down: (SECOND * 60) / (1 + hold) };
    });
    const request = {
      runs,
      objectives: ['median failover', 'mean down'],
      constraints: [],
      names: ['promotion-hold-time'],
    };
    const result = await tune(tuneRequest(request));
    expect(result.front.length).toBeGreaterThan(3);
    expect(result.knee).not.toBeNull();
    expect(result.recommendation?.point).toBe(result.knee);
  });

  test('a setting under which nobody takes over: endless, and not on the front', async () => {
    const runs = madeUp((timer, seed) => {
      const hold = timer('promotion-hold-time') ?? 2 * SECOND;
      return { failover: hold > 10 * SECOND ? null : hold + seed };
    });
    const result = await tune(tuneRequest({ runs, names: ['promotion-hold-time'] }));
    const values = result.front.map((index) => result.points[index]?.objectives[0]?.value ?? 0);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test('what lint finds in a setting: keeps it from being advised', async () => {
    const lint: Parameters<typeof tuneRequest>[0]['lint'] = (scenario) => {
      const { timers } = Object.values(scenario.devices)[0]!['high-availability']['election-option'];
      const hold = typeof timers === 'string' ? 1 : timers.advanced['promotion-hold-time'];
      return hold === 0 ? ['H20: promotion-hold-time is 0'] : [];
    };
    const request = { runs: failover, constraints: [], names: ['promotion-hold-time'] };
    const free = await tune(tuneRequest(request));
    const bound = await tune(tuneRequest({ ...request, lint }));
    expect(free.points[free.recommendation?.point ?? -1]?.values).toEqual(['0s']);
    expect(bound.points[bound.recommendation?.point ?? -1]?.values).not.toEqual(['0s']);
  });

  test('interrupted: the best so far, and it says so', async () => {
    let calls = 0;
    const whole = failover;
    const runs: typeof failover = (source, metrics) => {
      const inner = whole(source, metrics);
      return async (settings, seeds) => {
        calls += 1;
        return (await inner(settings, seeds)).slice(0, calls > 30 ? 0 : seeds.length);
      };
    };
    const result = await tune(tuneRequest({ runs }));
    expect(result.end).toBe('interrupted');
    expect(result.recommendation).not.toBeNull();
  });

  test('no value of the objective in any run: a mistake', async () => {
    const runs = madeUp(() => ({ failover: null }));
    await expect(tune(tuneRequest({ runs }))).rejects.toThrow(
      'expected a value of p99 failover, got none in 12 runs',
    );
  });
});

describe('a first look', () => {
  const timers = timersIn(scenarioWith('active-passive/power-loss.yaml').scenario).slice(0, 3);

  test('a small space: all of it', () => {
    const grid = sample(timers.slice(0, 1), 100, '1');
    expect(new Set(grid.map(String)).size).toBe(grid.length);
  });

  test('a large one: a Latin hypercube, the same for the same seed', () => {
    const drawn = sample(timers, 20, '1');
    expect(drawn).toHaveLength(20);
    expect(drawn).toEqual(sample(timers, 20, '1'));
    expect(drawn).not.toEqual(sample(timers, 20, '2'));
    expect(drawn.flat().every((value, index) => timers[index % 3]?.range.accepts(value))).toBe(true);
  });
});
