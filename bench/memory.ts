/**
 * Memory over a simulated month: a healthy pair with the trace off, heap in use after a collection at every tenth of the run.
 * Flat means that the last tenth needs no more than the first.
 *
 *     npm run bench memory
 */

import { DAY_US } from '../src/kernel/time.ts';
import { startRun } from '../src/run/run.ts';
import { healthyPair } from './scenarios.ts';

export interface MemoryFigures {
  readonly events: number;
  readonly digest: string;
  /** Bytes of heap in use after each tenth of the run. */
  readonly heapBytes: readonly number[];
}

/** @param days simulated length */
export function measureMemory(days: number): MemoryFigures {
  const active = startRun(healthyPair(`${days}d`), { traceLevel: 'off' });
  const heapBytes: number[] = [];
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const untilUs = (tenth * days * DAY_US) / 10;
    while (active.nowUs < untilUs && active.advance(1_000_000) === 'paused');
    globalThis.gc?.();
    heapBytes.push(process.memoryUsage().heapUsed);
  }
  const { events, digests } = active.result();
  return { events, digest: digests.protocol, heapBytes };
}

export function main(smoke: boolean): void {
  const days = smoke ? 0.1 : 30;
  const { events, digest, heapBytes } = measureMemory(days);
  const megabytes = heapBytes.map((bytes) => (bytes / 1e6).toFixed(1));
  console.log(`healthy pair, ${days} days simulated: ${events} events, digest ${digest}`);
  console.log(`  heap in use after each tenth, MB: ${megabytes.join(' ')}`);
}
