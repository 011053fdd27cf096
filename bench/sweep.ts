/**
 * Many runs: what the pool costs beside the runs themselves, what a second worker gains beside two processes that share nothing, 10 000 runs of the walk-through without traffic,
 * and what they leave in memory. In the same program, in turn: the pair that loses power, and the same pair written for SimPy.
 *
 *     npm run bench sweep
 */

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Digest } from '../src/kernel/digest.ts';
import { metricsOf } from '../src/run/metrics.ts';
import type { Setting } from '../src/scenario/settings.ts';
import { sweep } from '../src/sweep/engine.ts';
import type { RunOutcome } from '../src/sweep/outcome.ts';
import { planSweep } from '../src/sweep/plan.ts';
import { RunPool } from '../src/sweep/pool.ts';
import { loadWithSource, type ScenarioSource } from '../src/sweep/source.ts';
import { outcomesTask, type RunsTask } from '../src/sweep/tasks.ts';
import { ROOT, summarize, type Timing } from './harness.ts';
import { simpyPair } from './peers.ts';

const APART = `${ROOT}bench/apart.mjs`;
const FOLDER = `${ROOT}scenarios/active-passive/`;

/** Without what users do: only the pair. */
const WITHOUT_TRAFFIC: readonly Setting[] = ['workloads', 'probes'].map((name) => ({
  path: [name],
  value: {},
}));
const NO_EXPECTATIONS: Setting = { path: ['expect'], value: [] };

export interface SweepFigures {
  /** Runs per second in this thread, on one worker and on two, of runs of about 1 ms. */
  readonly direct: Timing;
  readonly one: Timing;
  readonly two: Timing;
  /** What the machine gives: runs per second of one process, and of two at once, which share nothing. */
  readonly alone: Timing;
  readonly apart: Timing;
  readonly runs: number;
  /** The long one: 10 000 runs of the walk-through without traffic. */
  readonly long: {
    readonly runs: number;
    readonly seconds: number;
    readonly digest: string;
    readonly heapMb: readonly number[];
    readonly peakMb: number;
  };
  /** Runs per second of the pair that loses power on one core, ours and SimPy's; null where SimPy is not installed. */
  readonly pair: { readonly ours: number; readonly simpy: number | null; readonly events: number };
}

interface Sweep {
  readonly source: ScenarioSource;
  readonly settings: readonly Setting[];
  readonly seeds: number;
  readonly untilUs?: number;
}

function sourceOf(name: string): ScenarioSource {
  const { loaded, source } = loadWithSource(`${FOLDER}${name}.yaml`, (file) => readFileSync(file, 'utf8'));
  if (!loaded.ok) throw new Error(`${name}: ${loaded.diagnostics[0]?.message}`);
  return source;
}

/** A sweep over seeds, as the command does it, without its files. @returns seconds */
async function timed(
  pool: RunPool,
  { source, settings, seeds, untilUs }: Sweep,
  take: (index: number, outcome: RunOutcome) => void,
): Promise<number> {
  const request = {
    source,
    axes: [],
    fixed: settings,
    sample: null,
    seeds: { first: 1, count: seeds },
    ...(untilUs === undefined ? {} : { untilUs }),
  };
  const plan = planSweep(request, {
    name: '',
    metrics: metricsOf({ probes: {}, workloads: {} }),
    expectations: 0,
  });
  const work = {
    plan,
    source,
    settingsOf: () => settings,
    range: [0, seeds] as const,
    known: new Map<number, RunOutcome>(),
    goesOn: null,
    take: async (index: number, outcome: RunOutcome) => take(index, outcome),
  };
  const start = process.hrtime.bigint();
  await sweep(work, pool, new AbortController().signal);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The walk-through without traffic, cut to about a millisecond, by all of these in turn. */
async function short(
  runs: number,
  rounds: number,
  warmUp: number,
): Promise<Pick<SweepFigures, 'direct' | 'one' | 'two' | 'alone' | 'apart' | 'runs'>> {
  const settings = [...WITHOUT_TRAFFIC, NO_EXPECTATIONS];
  const some: Sweep = { source: sourceOf('walkthrough'), settings, seeds: runs, untilUs: 20_000_000 };
  const seeds = Array.from({ length: runs }, (_, index) => String(index + 1));
  const task = { source: some.source, settings, seeds, untilUs: 20_000_000 };
  const pools = [new RunPool({ workers: 1 }), new RunPool({ workers: 2 })] as const;
  const processes = [fork(APART), fork(APART)] as const;
  const works: readonly (() => Promise<unknown>)[] = [
    async () => outcomesTask(task),
    async () => await timed(pools[0], some, () => undefined),
    async () => await timed(pools[1], some, () => undefined),
    async () => await carryOut(processes[0], task),
    async () => await Promise.all(processes.map((item) => carryOut(item, task))),
  ];
  const times: number[][] = works.map(() => []);
  // A worker compiles what this thread has long compiled: its first thousands of runs say nothing of the pool.
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [which, work] of works.entries()) {
      const start = process.hrtime.bigint();
      await work();
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (round >= 0) times[which]?.push((which === 4 ? 2 * runs : runs) / seconds);
    }
  }
  for (const pool of pools) await pool.close();
  for (const item of processes) item.kill();
  const [direct, one, two, alone, apart] = times.map(summarize) as [Timing, Timing, Timing, Timing, Timing];
  return { direct, one, two, alone, apart, runs };
}

async function carryOut(item: ChildProcess, task: RunsTask): Promise<void> {
  item.send(task);
  await once(item, 'message');
}

/** How much the heap of this thread holds after each tenth, and the most the process has held at any time. */
async function long(runs: number): Promise<SweepFigures['long']> {
  const pool = new RunPool({ workers: 2 });
  const digest = new Digest();
  const heapMb: number[] = [];
  const settings = [...WITHOUT_TRAFFIC, NO_EXPECTATIONS];
  const seconds = await timed(
    pool,
    { source: sourceOf('walkthrough'), settings, seeds: runs },
    (index, outcome) => {
      digest.addString(outcome.digest);
      if ((index + 1) % Math.floor(runs / 10) !== 0) return;
      globalThis.gc?.();
      heapMb.push(process.memoryUsage().heapUsed / 1e6);
    },
  );
  await pool.close();
  return { runs, seconds, digest: digest.hex(), heapMb, peakMb: process.resourceUsage().maxRSS / 1e3 };
}

/** In turn, each on one core. */
function pair(runs: number, rounds: number): SweepFigures['pair'] {
  const peer = simpyPair();
  const source = sourceOf('power-loss');
  const settings = [...WITHOUT_TRAFFIC, NO_EXPECTATIONS];
  const seeds = Array.from({ length: runs }, (_, index) => String(index + 1));
  const [ours, theirs]: [number[], number[]] = [[], []];
  let events = 0;
  for (let round = -1; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    events = outcomesTask({ source, settings, seeds })[0]?.events ?? 0;
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const rate = peer?.(runs);
    if (round < 0) continue;
    ours.push(runs / seconds);
    if (rate !== undefined) theirs.push(rate);
  }
  return { ours: summarize(ours).medianMs, simpy: peer === null ? null : summarize(theirs).medianMs, events };
}

export async function measureSweep(smoke: boolean): Promise<SweepFigures> {
  return {
    ...(await short(smoke ? 40 : 1_000, smoke ? 1 : 7, smoke ? 1 : 6)),
    pair: pair(smoke ? 3 : 200, smoke ? 1 : 5),
    long: await long(smoke ? 20 : 10_000),
  };
}

export async function main(smoke: boolean): Promise<void> {
  const { direct, one, two, alone, apart, runs, long: all, pair: both } = await measureSweep(smoke);
  const rate = ({ medianMs, minMs, maxMs }: Timing): string =>
    `${medianMs.toFixed(0)} runs/s (${minMs.toFixed(0)} to ${maxMs.toFixed(0)})`;
  console.log(`short runs (${runs} of ${(1000 / direct.medianMs).toFixed(2)} ms)`);
  console.log(`  in this thread   ${rate(direct)}`);
  console.log(
    `  one worker       ${rate(one)}, overhead of the pool ${((direct.medianMs / one.medianMs - 1) * 100).toFixed(1)} %`,
  );
  console.log(`  two workers      ${rate(two)}, ${(two.medianMs / one.medianMs).toFixed(2)} x one`);
  console.log(
    `  two processes    ${rate(apart)}, ${(apart.medianMs / alone.medianMs).toFixed(2)} x one: what this machine gives`,
  );
  const { ours, simpy, events } = both;
  const ratio =
    simpy === null
      ? 'SimPy is not installed (apt-get install python3-simpy): not compared'
      : `${(ours / simpy).toFixed(1)} x SimPy, ${simpy.toFixed(1)} runs/s`;
  console.log(
    `pair that loses power, 300 s, ${events} events, one core: ${ours.toFixed(1)} runs/s; ${ratio}`,
  );
  console.log(
    `walk-through without traffic: ${all.runs} runs in ${all.seconds.toFixed(1)} s on two workers, digest ${all.digest}`,
  );
  console.log(
    `  heap after each tenth, MB: ${all.heapMb.map((mb) => mb.toFixed(1)).join(' ')}; peak resident set ${all.peakMb.toFixed(0)} MB`,
  );
}
