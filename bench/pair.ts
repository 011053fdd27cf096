/**
 * The real model at work: a healthy pair for a simulated day, with heartbeats, hellos, four path monitors on each firewall, jitter
 * and loss on HA1, trace off. In the same run, in turn: SimPy's bare heartbeat workload, where Debian's python3-simpy is there.
 *
 *     npx tsx bench/pair.ts [--smoke]
 */

import { run } from '../src/run/run.ts';
import { isSmoke, measureInTurn, writeTiming, type Timing } from './harness.ts';
import { healthyPair } from './scenarios.ts';
import { simpyHeartbeats } from './simpy.ts';

export interface PairFigures {
  readonly events: number;
  readonly digest: string;
  readonly timing: Timing;
  /** Million events per second, by the median. */
  readonly rate: number;
  /** Our rate over SimPy's, or null where SimPy is not installed. */
  readonly overSimpy: number | null;
}

/** @param days simulated length; @param runs counted runs */
export function measurePair(until: string, runs: number, simpySeconds: number): PairFigures {
  const scenario = healthyPair(until);
  let events = 0;
  let digest = '';
  const ours = (): void => {
    const result = run(scenario, { traceLevel: 'off' });
    events = result.events;
    digest = result.digests.protocol;
  };
  const peer = simpyHeartbeats(simpySeconds);
  const [timing, simpy] = measureInTurn(peer === null ? [ours] : [ours, peer.run], runs);
  const rate = events / (timing as Timing).medianMs / 1000;
  // SimPy times itself, without the start of Python.
  const overSimpy = peer === null || simpy === undefined ? null : rate / peer.medianRate();
  return { events, digest, timing: timing as Timing, rate, overSimpy };
}

export function main(smoke: boolean): void {
  const until = smoke ? '10min' : '1d';
  const figures = measurePair(until, smoke ? 1 : 5, smoke ? 60 : 3000);
  console.log(`healthy pair, ${until} simulated: ${figures.events} events, digest ${figures.digest}`);
  console.log(`  ${writeTiming(figures.timing)}, ${figures.rate.toFixed(2)} M events/s`);
  if (figures.overSimpy === null) console.log('  SimPy is not installed (Debian: python3-simpy), no ratio');
  else console.log(`  ${figures.overSimpy.toFixed(1)} x SimPy's bare heartbeat workload with callbacks`);
}

if (import.meta.url === `file://${process.argv[1]}`) main(isSmoke());
