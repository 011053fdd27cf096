/** Running a suite: what it finds does not depend on who finishes first, and nothing is lost when something dies or stops. */

import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../../src/cli/read.ts';
import { replayCommand } from '../../../src/report/text.ts';
import { caseTask, type CasePart } from '../../../src/suite/case-task.ts';
import { readCases } from '../../../src/suite/cases.ts';
import type { CaseOutcome, SuiteResult } from '../../../src/suite/outcome.ts';
import { runSuite, type SuiteTestCase } from '../../../src/suite/run-suite.ts';
import { withReasons } from '../../../src/suite/selection.ts';
import { RunPool, WorkerDeath } from '../../../src/sweep/pool.ts';
import type { RunsTask } from '../../../src/sweep/tasks.ts';

const TOPOLOGY = `${process.cwd()}/scenarios/topology/active-passive-pair.yaml`;

/** Files by name; each is laid over the pair of the repository. */
function suiteOf(texts: Readonly<Record<string, string>>): SuiteTestCase[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const whole = `name: ${name}\nextends: ${TOPOLOGY}\nuntil: ${name === 'power.yaml' ? '10s' : '5s'}\n${text}`;
    const of = readCases(name, (file) => (file === name ? whole : readTextFile(file)));
    return of.cases.map((one) => ({ ...one, of }));
  });
}

/** Passes, fails with every seed, is not run, cannot be read. */
const CASES = suiteOf({
  'passes.yaml': 'seeds: 1..25\nmatrix: { group-id: [1, 2] }\nexpect: [{ failovers: 0 }]\n',
  'fails.yaml': `seeds: 1..25
matrix: { group-id: [1, 2] }
expect:
  - failovers: 0
  - name: what nobody does
    failovers: 7
`,
  'skipped.yaml': 'skip: not yet\nexpect: [{ failovers: 7 }]\n',
  'broken.yaml': 'expect: [{ failover: 0.5 }]\n',
});

interface FakePool {
  readonly workers: number;
  run(name: 'case', task: RunsTask): Promise<CasePart>;
}

/** Workers of this process, each of which takes a time of its own for every task. */
function poolOf(workers: number, run: (task: RunsTask) => CasePart = caseTask): FakePool {
  let count = 0;
  return {
    workers,
    async run(_, task) {
      await delay((++count * 7) % 5);
      return run(task);
    },
  };
}

async function runAll(
  pool: FakePool,
  {
    cases = CASES,
    bail = Infinity,
    take = () => undefined as void,
    signal = new AbortController().signal,
  } = {},
): Promise<SuiteResult & { readonly told: readonly string[] }> {
  const told: string[] = [];
  const result = await runSuite(
    {
      cases: withReasons(cases),
      pool: () => pool as RunPool,
      bail,
      replay: (file, seed, settings) =>
        replayCommand(
          file,
          seed,
          settings.flatMap((one) => ['--set', one]),
        ),
      take: async (outcome) => {
        told.push(outcome.case.id);
        take();
      },
    },
    signal,
  );
  return { ...result, told };
}

/** Without what a clock has measured. */
function timeless({ cases, end }: SuiteResult) {
  return { end, cases: cases.map((outcome) => ({ ...outcome, milliseconds: 0 })) };
}

function find({ cases }: SuiteResult, id: string): CaseOutcome {
  const found = cases.find((outcome) => outcome.case.id === id);
  if (found === undefined) throw new Error(`expected a case ${id}`);
  return found;
}

describe('what a suite finds', () => {
  test('the order of files and cells, and of what is told', async () => {
    const result = await runAll(poolOf(3));
    const ids = [
      'passes.yaml › group-id=1',
      'passes.yaml › group-id=2',
      'fails.yaml › group-id=1',
      'fails.yaml › group-id=2',
      'skipped.yaml',
      'broken.yaml',
    ];
    expect(result.cases.map((outcome) => outcome.case.id)).toEqual(ids);
    expect(result.told).toEqual(ids);
    expect(result.end).toBe('complete');
    expect(result.cases.map(({ status }) => status)).toEqual([
      'passed',
      'passed',
      'failed',
      'failed',
      'skipped',
      'broken',
    ]);
  });

  test('any number of workers, also real ones: the same', async () => {
    const one = timeless(await runAll(poolOf(1)));
    expect(timeless(await runAll(poolOf(4)))).toEqual(one);
    const pool = new RunPool({ workers: 2 });
    try {
      expect(timeless(await runAll(pool as unknown as FakePool))).toEqual(one);
    } finally {
      await pool.close();
    }
  });

  test('a case that fails: the first runs in full with their replay and excerpt, the others counted', async () => {
    const outcome = find(await runAll(poolOf(2)), 'fails.yaml › group-id=2');
    expect(outcome).toMatchObject({ runs: 25, unmet: 25, expectations: 2, unmetBy: { 1: 25 } });
    expect(outcome.failed.map(({ seed }) => seed)).toEqual(['1', '2', '3']);
    expect(outcome.failed[1]).toMatchObject({
      replay: 'hasim run fails.yaml --seed 2 --set high-availability.group-id=2',
      excerpts: { 1: 'fails.yaml:8\n   8 |   - name: what nobody does\n   9 |     failovers: 7' },
      result: { seed: '2', scenario: { file: 'fails.yaml' }, passed: false },
    });
  });

  test('what is skipped or broken: says why, and is not run', async () => {
    const result = await runAll(poolOf(2));
    expect(find(result, 'skipped.yaml')).toMatchObject({ why: 'not yet', runs: 0 });
    expect(find(result, 'broken.yaml')).toMatchObject({ runs: 0 });
    expect(find(result, 'broken.yaml').diagnostics).toContain('broken.yaml:4:');
  });
});

describe('expectations over seeds', () => {
  const cases = suiteOf({
    'power.yaml': `seeds: 1..40
timeline: [{ at: 500ms, power-off: palo-1 }]
matrix:
  limit:
    generous: {}
    small: { 'expect[0].over-seeds': 'median failover < 1s' }
expect:
  - over-seeds: median failover < 8s
  - over-seeds: p99 failover < 8s
`,
  });

  test('decided by all runs of a case, also where a cell sets it; what is undecided is not met', async () => {
    const { cases: found } = await runAll(poolOf(2), { cases });
    expect(found.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(found.map(({ aggregates }) => aggregates.map(({ status }) => status))).toEqual([
      ['passed', 'undecided'],
      ['failed', 'undecided'],
    ]);
    expect(found[0]).toMatchObject({
      unmet: 0,
      failed: [],
      expectations: 2,
      excerpts: { 1: 'power.yaml:12\n  12 |   - over-seeds: p99 failover < 8s' },
    });
  });
});

describe('what goes wrong', () => {
  test('a run that kills its worker: is broken with its replay line, and the others count', async () => {
    const deadly = (task: RunsTask): CasePart => {
      if (task.seeds.includes('13')) throw new WorkerDeath('a worker died twice');
      return caseTask(task);
    };
    const result = await runAll(poolOf(2, deadly), { cases: CASES.slice(0, 1) });
    expect(result.cases[0]).toMatchObject({
      status: 'broken',
      runs: 25,
      unmet: 1,
      failed: [
        {
          seed: '13',
          result: null,
          failure: { kind: 'killed' },
          replay: 'hasim run passes.yaml --seed 13 --set high-availability.group-id=1',
        },
      ],
    });
  });

  test('a real worker that dies of a run: that run is broken, and the case has all others', async () => {
    const cases = suiteOf({ 'deadly.yaml': 'seeds: [1, 2, fatal, 4]\nexpect: [{ failovers: 0 }]\n' });
    const pool = new RunPool({ workers: 2, worker: pathToFileURL('test/fixtures/mortal-worker.mjs') });
    try {
      const { cases: found } = await runAll(pool as unknown as FakePool, { cases });
      expect(found[0]).toMatchObject({ status: 'broken', runs: 4, unmet: 1 });
      expect(found[0]?.failed).toMatchObject([
        { seed: 'fatal', failure: { kind: 'killed' }, replay: 'hasim run deadly.yaml --seed fatal' },
      ]);
    } finally {
      await pool.close();
    }
  });

  test('a run that breaks off among others that fail: is the first to be told', async () => {
    const breaking = (task: RunsTask): CasePart => {
      if (task.seeds.includes('13')) throw new WorkerDeath('a worker died twice');
      return caseTask(task);
    };
    const result = await runAll(poolOf(2, breaking), { cases: CASES.slice(2, 3) });
    expect(result.cases[0]?.failed.map(({ seed }) => seed)).toEqual(['13', '1', '2']);
    expect(result.cases[0]?.status).toBe('broken');
  });

  test('bail: ends with that failure, whoever was faster', async () => {
    const result = await runAll(poolOf(4), { bail: 1 });
    expect(result.end).toBe('bail');
    expect(result.cases.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed']);
  });

  test('an interruption: keeps what is done, and no case with a part of its runs', async () => {
    const controller = new AbortController();
    const result = await runAll(poolOf(1), { take: () => controller.abort(), signal: controller.signal });
    expect(result.end).toBe('interrupted');
    expect(result.cases.length).toBeGreaterThanOrEqual(1);
    expect(result.cases.length).toBeLessThan(CASES.length);
    const run = result.cases.filter(({ status }) => status === 'passed' || status === 'failed');
    for (const outcome of run) expect(outcome.runs).toBe(outcome.case.seeds.length);
  });

  test('interrupted before it began: nothing is run', async () => {
    const result = await runAll(poolOf(1), { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ cases: [], end: 'interrupted' });
  });
});
