/**
 * The kernel alone: events per second of the real Simulation with the trace off, on the workloads of bench/workloads.ts, beside SimPy and
 * a heap in C++ in turn; and bytes per pending event.
 *
 *     npm run bench kernel
 */

import { Simulation } from '../src/kernel/simulation.ts';
import { summarize, timeMs } from './harness.ts';
import { cppHeap, simpy, type Peer } from './peers.ts';
import { hb, hold, timers, type Outcome, type Prepare } from './workloads.ts';

interface Contest {
  readonly name: string;
  readonly prepare: Prepare;
  readonly size: number;
  readonly cpp: readonly (string | number)[] | null;
  readonly simpy: { readonly peer: Peer; readonly args: readonly number[] } | null;
}

export interface KernelFigure {
  readonly name: string;
  readonly outcome: Outcome;
  /** Million events per second: median, least, most. */
  readonly rates: { readonly median: number; readonly min: number; readonly max: number };
  /** Our median over the peer's; null where the peer cannot run here or does not know the workload. */
  readonly overSimpy: number | null;
  readonly overCpp: number | null;
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : summarize(values).medianMs;
}

function measure(contest: Contest, runs: number, cpp: Peer | null): KernelFigure {
  const rates: number[] = [];
  const cppRates: number[] = [];
  const simpyRates: number[] = [];
  let outcome: Outcome = { events: 0, counters: [] };
  for (let round = -1; round < runs; round += 1) {
    const work = contest.prepare(contest.size);
    const ms = timeMs(() => {
      outcome = work();
    });
    if (round < 0) continue; // Warm-up.
    rates.push(outcome.events / ms / 1e3);
    if (cpp !== null && contest.cpp !== null) {
      const { rate, counters } = cpp(...contest.cpp);
      if (counters?.join(' ') !== outcome.counters.join(' ')) {
        throw new Error(
          `${contest.name}: the C++ heap did other work, its counters are ${counters?.join(' ')}`,
        );
      }
      cppRates.push(rate);
    }
    if (contest.simpy !== null) simpyRates.push(contest.simpy.peer(...contest.simpy.args).rate);
  }
  const { medianMs, minMs, maxMs } = summarize(rates);
  const over = (peer: number | null): number | null => (peer === null ? null : medianMs / peer);
  return {
    name: contest.name,
    outcome,
    rates: { median: medianMs, min: minMs, max: maxMs },
    overSimpy: over(median(simpyRates)),
    overCpp: over(median(cppRates)),
  };
}

/** Memory of so many pending events, per event, payload aside. */
export function bytesPerEvent(pending: number): number {
  const used = (): number => {
    // Array buffers are given back behind a collection's back; a few of them settle it.
    for (let i = 0; i < 4; i += 1) globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const simulation = new Simulation({ seed: 'bytes', kinds: ['tick'] });
  for (let i = 0; i < pending; i += 1) simulation.schedule(i, 0, i);
  const bytes = (used() - before) / simulation.pending;
  return bytes;
}

export function measureKernel(smoke: boolean): KernelFigure[] {
  const cpp = smoke ? null : cppHeap();
  const py = smoke ? null : simpy('hold');
  const pyHb = smoke ? null : simpy('hb');
  const events = smoke ? 2_000 : 3_000_000;
  const seconds = smoke ? 20 : 40_000;
  const holds = [100, 10_000, smoke ? 20_000 : 1_000_000].map((pending) => ({
    name: `hold ${pending}`,
    prepare: hold(pending),
    size: events,
    cpp: ['hold', events, pending],
    simpy: py === null ? null : { peer: py, args: [200_000, pending] },
  }));
  const contests: Contest[] = [
    {
      name: 'hb',
      prepare: hb,
      size: seconds,
      cpp: ['hb', seconds],
      simpy: pyHb === null ? null : { peer: pyHb, args: [3_000] },
    },
    ...holds,
    {
      name: 'timers',
      prepare: timers,
      size: events / 3,
      cpp: ['timers', Math.round(events / 3)],
      simpy: null,
    },
  ];
  return contests.map((contest) => measure(contest, smoke ? 1 : 5, cpp));
}

export function main(smoke: boolean): void {
  for (const { name, outcome, rates, overSimpy, overCpp } of measureKernel(smoke)) {
    const spread = `${rates.min.toFixed(1)} to ${rates.max.toFixed(1)}`;
    const simpyText = overSimpy === null ? '' : `, ${overSimpy.toFixed(1)} x SimPy`;
    const cppText = overCpp === null ? '' : `, ${overCpp.toFixed(2)} x C++ heap`;
    const size = `${outcome.events} events, counters ${outcome.counters.join(' ')}`;
    console.log(
      `${name.padEnd(13)} ${rates.median.toFixed(2)} M events/s (${spread})${simpyText}${cppText}; ${size}`,
    );
  }
  const pending = smoke ? 1_000 : 1_000_000;
  console.log(
    `memory        ${bytesPerEvent(pending).toFixed(0)} bytes per pending event, ${pending} pending`,
  );
}
