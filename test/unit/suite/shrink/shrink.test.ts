import { expect, test } from 'vitest';
import { isMap, pathsOf, valueAt, type Plain, type PlainMap } from '../../../../src/suite/shrink/plain.ts';
import { shrink, type ShrinkOptions, type Shrunk } from '../../../../src/suite/shrink/shrink.ts';
import type { Symptom } from '../../../../src/suite/shrink/symptom.ts';
import type { Trial } from '../../../../src/suite/shrink/trial.ts';

const BROKEN: Symptom = { kind: 'broke', by: 'a law', told: '' };

const TREE: PlainMap = {
  name: 'x',
  until: '170s',
  devices: { a: { port: 1, zone: 'in' }, b: { port: 2 }, c: { port: 3 } },
  workloads: { web: { rate: '5/s' }, dns: { rate: '9/s' } },
  timeline: Array.from({ length: 9 }, (_, index) => ({
    at: `${index * 10 + 3}s`,
    suspend: `device-${index}`,
  })),
  expect: [{ failover: 1 }],
};

/** It fails where a condition holds, and is no scenario without devices. */
function failsWhere(holds: (tree: PlainMap) => boolean): (tree: PlainMap) => Trial {
  return (tree) => {
    if (!isMap(tree['devices'])) return { kind: 'refused', runs: 0 };
    return { kind: 'ran', tree, symptoms: holds(tree) ? [BROKEN] : [], events: 1, runs: 1 };
  };
}

function search(attempt: (tree: PlainMap) => Trial, options: Partial<ShrinkOptions> = {}): Promise<Shrunk> {
  return shrink(TREE, BROKEN, {
    attempt: async (trees) => trees.map(attempt),
    atOnce: 1,
    maxRuns: 10_000,
    ...options,
  });
}

function has(tree: Plain, wanted: Plain): boolean {
  return pathsOf(tree).some((path) => valueAt(tree, path) === wanted);
}

const TWO = failsWhere((tree) => has(tree, 'device-2') && has(tree, 'device-7') && has(tree, 'in'));

test('shrink: three things make it fail: they are left, with what is never left out', async () => {
  const { tree, end } = await search(TWO);

  expect(end).toBe('smallest');
  expect(tree).toEqual({
    name: 'x',
    devices: { a: { zone: 'in' } },
    timeline: [{ suspend: 'device-2' }, { suspend: 'device-7' }],
    expect: [{ failover: 1 }],
  });
});

test('shrink: several candidates at once: the same result and as many runs, whatever their number', async () => {
  const one = await search(TWO);

  for (const atOnce of [2, 3, 8, 50]) expect(await search(TWO, { atOnce })).toEqual(one);
});

test('shrink: times matter: they become as early and as round as they can be', async () => {
  const atLeast = (value: Plain | undefined, least: number) =>
    typeof value === 'string' && Number.parseFloat(value) >= least;
  const { tree } = await search(
    failsWhere((one) => atLeast(one['until'], 9) && atLeast(valueAt(one, ['timeline', 0, 'at']), 4)),
  );

  expect(tree['until']).toBe('10s');
  expect(tree['timeline']).toEqual([{ at: '5s' }]);
});

test('shrink: a candidate that was mended: what was run is what goes on', async () => {
  const mends = (tree: PlainMap): Trial => {
    const trial = TWO(tree);
    if (trial.kind === 'refused' || 'workloads' in trial.tree) return trial;
    const { until: _, ...rest } = trial.tree;
    return { ...trial, tree: rest };
  };

  const { tree } = await search(mends);

  expect(tree).not.toHaveProperty('until');
});

test('shrink: so many runs are spent: the smallest so far, whatever is tried at once', async () => {
  const { runs, end, tree } = await search(TWO, { maxRuns: 12 });

  expect({ runs, end }).toEqual({ runs: 12, end: 'budget' });
  expect(TWO(tree)).toMatchObject({ symptoms: [BROKEN] });
  expect((await search(TWO, { maxRuns: 12, atOnce: 7 })).tree).toEqual(tree);
});

test('shrink: interrupted: the smallest so far', async () => {
  let left = 5;
  const attempt = async (trees: readonly PlainMap[]) => (left-- === 0 ? null : trees.map(TWO));

  const { end, tree } = await search(TWO, { attempt });

  expect(end).toBe('interrupted');
  expect(TWO(tree)).toMatchObject({ symptoms: [BROKEN] });
});

test('shrink: candidates that are no scenarios: they cost no runs', async () => {
  const counted: boolean[] = [];
  const attempt = async (trees: readonly PlainMap[]) =>
    trees.map((tree) => {
      const trial = TWO(tree);
      counted.push(trial.kind === 'ran');
      return trial;
    });

  const { runs } = await search(TWO, { attempt });

  expect(counted).toContain(false);
  expect(runs).toBe(counted.filter(Boolean).length);
});
