import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweep, type SweepWork } from '../../../src/sweep/engine.ts';
import type { RunOutcome } from '../../../src/sweep/outcome.ts';
import type { SweepPlan } from '../../../src/sweep/plan.ts';
import { runAt } from '../../../src/sweep/plan.ts';
import { WorkerDeath } from '../../../src/sweep/pool.ts';
import { failed, type RunsTask } from '../../../src/sweep/tasks.ts';

function planOf(settings: number, seeds: number, seedsPerRound = Math.min(seeds, 64)): SweepPlan {
  return {
    settings: Array.from({ length: settings }, (_, index) => [index]),
    seeds: { first: 1, count: seeds },
    seedsPerRound,
    untilUs: null,
  } as unknown as SweepPlan;
}

function outcome(seed: string, setting: number): RunOutcome {
  return { seed, digest: `${setting}/${seed}`, events: 1, unmet: [], metrics: [], failure: null };
}

/** A pool whose tasks take turns at random, and end between two runs when they are stopped. */
function poolOf(workers: number, pauses: () => number, dies: (seed: string) => boolean = () => false) {
  const carried: string[] = [];
  return {
    workers,
    carried,
    async run(_name: 'outcomes', task: RunsTask): Promise<RunOutcome[]> {
      for (let pause = pauses(); pause > 0; pause--) await Promise.resolve();
      if (task.seeds.some(dies)) throw new WorkerDeath('a worker died twice: it was killed');
      const setting = task.settings[0]?.value as number;
      const done: RunOutcome[] = [];
      for (const seed of task.seeds) {
        if (Atomics.load(task.stop!, 0) !== 0) break;
        carried.push(`${setting}/${seed}`);
        done.push(outcome(seed, setting));
      }
      return done;
    },
  };
}

type Pool = Parameters<typeof sweep>[1];

function workOf(plan: SweepPlan, taken: [number, RunOutcome][], more: Partial<SweepWork> = {}): SweepWork {
  return {
    plan,
    source: { file: 'x.yaml', texts: {} },
    settingsOf: (setting) => [{ path: ['x'], value: setting }],
    range: [0, plan.settings.length * plan.seeds.count],
    known: new Map(),
    goesOn: null,
    take: async (index, outcome) => void taken.push([index, outcome]),
    ...more,
  };
}

const NEVER = new AbortController().signal;

describe('sweep', () => {
  test('whoever finishes first, with any number of workers: every run once, in the order of the plan', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 20 })),
        async (settings, seeds, workers, pauses) => {
          const plan = planOf(settings, seeds);
          const taken: [number, RunOutcome][] = [];
          const pool = poolOf(workers, () => pauses.next().value as number);
          const { end } = await sweep(workOf(plan, taken), pool as unknown as Pool, NEVER);
          expect(end).toBe('complete');
          expect(taken.map(([index]) => index)).toEqual(
            Array.from({ length: settings * seeds }, (_, index) => index),
          );
          expect(
            taken.every(
              ([index, { digest }]) => digest === `${runAt(plan, index).setting}/${runAt(plan, index).seed}`,
            ),
          ).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('what is known already: handed on, not carried out again', async () => {
    const plan = planOf(1, 40);
    const known = new Map(
      [3, 4, 5, 30].map((index) => [index, { ...outcome(String(index + 1), 0), digest: 'known' }]),
    );
    const taken: [number, RunOutcome][] = [];
    const pool = poolOf(2, () => 0);
    await sweep(workOf(plan, taken, { known }), pool as unknown as Pool, NEVER);
    expect(taken.filter(([, { digest }]) => digest === 'known').map(([index]) => index)).toEqual([
      3, 4, 5, 30,
    ]);
    expect(pool.carried).toHaveLength(36);
  });

  test('a range: its runs alone', async () => {
    const taken: [number, RunOutcome][] = [];
    await sweep(
      workOf(planOf(3, 100), taken, { range: [150, 217] }),
      poolOf(2, () => 1) as unknown as Pool,
      NEVER,
    );
    expect(taken.map(([index]) => index)).toEqual(Array.from({ length: 67 }, (_, index) => 150 + index));
  });

  test('interrupted: what was handed on is in order, and what came out of turn is given back', async () => {
    const plan = planOf(2, 64);
    const controller = new AbortController();
    const taken: [number, RunOutcome][] = [];
    const take = async (index: number, one: RunOutcome): Promise<void> => {
      taken.push([index, one]);
      if (taken.length === 20) controller.abort();
    };
    const pool = poolOf(2, () => 3);
    const { end, outOfTurn } = await sweep(
      workOf(plan, taken, { take }),
      pool as unknown as Pool,
      controller.signal,
    );
    expect(end).toBe('interrupted');
    expect(taken.map(([index]) => index)).toEqual(taken.map((_, index) => index));
    expect(taken.length + outOfTurn.size).toBe(pool.carried.length);
    expect(taken.length).toBeLessThan(128);
  });

  test('known runs that an interrupted sweep does not reach: given back', async () => {
    const controller = new AbortController();
    controller.abort();
    const known = new Map([[50, outcome('51', 0)]]);
    const work = workOf(planOf(1, 64), [], { known });
    expect((await sweep(work, poolOf(1, () => 0) as unknown as Pool, controller.signal)).outOfTurn).toEqual(
      known,
    );
  });

  test('a combination that does not go on: no more of its runs; the others as before', async () => {
    const plan = planOf(2, 10, 4);
    const taken: [number, RunOutcome][] = [];
    const asked: string[] = [];
    const goesOn = (setting: number, round: number): boolean => {
      asked.push(`${taken.length} taken before round ${round}`);
      return setting === 0 || round === 0;
    };
    await sweep(workOf(plan, taken, { goesOn }), poolOf(2, () => 2) as unknown as Pool, NEVER);
    expect(taken.filter(([index]) => runAt(plan, index).setting === 1)).toHaveLength(4);
    expect(taken.filter(([index]) => runAt(plan, index).setting === 0)).toHaveLength(10);
    // Asked when all runs of the rounds before are known, and so always with the same answer.
    expect(new Set(asked)).toEqual(
      new Set(['0 taken before round 0', '8 taken before round 1', '12 taken before round 2']),
    );
  });

  test('a run that kills its workers: found and told, and none of the others is lost', async () => {
    const taken: [number, RunOutcome][] = [];
    const pool = poolOf(
      2,
      () => 1,
      (seed) => seed === '7' || seed === '8',
    );
    await sweep(workOf(planOf(1, 40), taken), pool as unknown as Pool, NEVER);
    expect(taken).toHaveLength(40);
    expect(
      taken
        .filter(([, { failure }]) => failure !== null)
        .map(([index, { seed, failure }]) => [index, seed, failure?.kind]),
    ).toEqual([
      [6, '7', 'killed'],
      [7, '8', 'killed'],
    ]);
  });

  test('whoever takes the outcomes cannot: the sweep ends with that error', async () => {
    const take = async (index: number): Promise<void> => {
      if (index === 5) throw new Error('no space left on device');
    };
    const work = workOf(planOf(1, 500), [], { take });
    const pool = poolOf(2, () => 1);
    await expect(sweep(work, pool as unknown as Pool, NEVER)).rejects.toThrow('no space left on device');
    expect(pool.carried.length).toBeLessThan(200);
  });
});

describe('failed', () => {
  test('a run of which nothing else can be told: its seed and why', () => {
    expect(failed('3', { kind: 'limit', message: 'too many events' })).toEqual({
      seed: '3',
      digest: '',
      events: 0,
      unmet: [],
      metrics: [],
      failure: { kind: 'limit', message: 'too many events' },
    });
  });
});
