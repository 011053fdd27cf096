import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTextFile } from '../../../src/cli/read.ts';
import { RunPool, WorkerDeath } from '../../../src/sweep/pool.ts';
import { loadWithSource } from '../../../src/sweep/source.ts';
import { outcomesTask } from '../../../src/sweep/tasks.ts';

describe('RunPool', () => {
  test('a task in a worker: what it gives here', async () => {
    const { source } = loadWithSource('scenarios/active-passive/ha1-cut.yaml', readTextFile);
    const task = { source, settings: [{ path: ['until'], value: '30s' }], seeds: ['1', '2'] };
    const pool = new RunPool({ workers: 2 });
    try {
      const both = await Promise.all([pool.run('outcomes', task), pool.run('outcomes', task)]);
      expect(both).toEqual([outcomesTask(task), outcomesTask(task)]);
    } finally {
      await pool.close();
    }
  });
});

describe('RunPool, with workers that die', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-pool-'));
  const settings = [{ path: ['memory'], value: join(folder, 'died') }];
  const source = { file: 'x', texts: {} };
  let pool: RunPool;

  beforeAll(() => {
    pool = new RunPool({ workers: 2, worker: pathToFileURL('test/fixtures/mortal-worker.mjs') });
  });

  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true });
  });

  test('once: the task is done again, by another', async () => {
    await expect(pool.run('outcomes', { source, settings, seeds: ['unlucky'] })).resolves.toEqual([
      { seed: 'unlucky' },
    ]);
  });

  test('twice: given back as such, and others go on', async () => {
    const [dead, alive] = await Promise.allSettled([
      pool.run('outcomes', { source, settings, seeds: ['1', 'fatal'] }),
      pool.run('outcomes', { source, settings, seeds: ['2'] }),
    ]);
    expect(dead).toMatchObject({ status: 'rejected', reason: expect.any(WorkerDeath) });
    expect(alive).toEqual({ status: 'fulfilled', value: [{ seed: '2' }] });
  });

  test('an error of the task: is no death', async () => {
    await expect(pool.run('outcomes', { source, settings, seeds: ['wrong'] })).rejects.toThrow(
      'a mistake of ours',
    );
  });
});

describe('outcomesTask', () => {
  test('settings that cannot stand together: every run says so', () => {
    const { source } = loadWithSource('scenarios/active-passive/ha1-cut.yaml', readTextFile);
    const [outcome] = outcomesTask({ source, settings: [{ path: ['until'], value: 'soon' }], seeds: ['1'] });
    expect(outcome?.failure).toEqual({
      kind: 'mistake',
      message: expect.stringContaining('expected a duration'),
    });
  });

  test('stopped before it began: nothing', () => {
    const { source } = loadWithSource('scenarios/active-passive/ha1-cut.yaml', readTextFile);
    const stop = new Int32Array(new SharedArrayBuffer(4));
    stop[0] = 1;
    expect(outcomesTask({ source, settings: [], seeds: ['1', '2'], stop })).toEqual([]);
  });
});
