/**
 * The real model at work: a healthy pair for a simulated day, with heartbeats, hellos, four path monitors on each firewall, jitter
 * and loss on HA1, trace off. In the same run, in turn: SimPy's bare heartbeat workload.
 *
 *     npm run bench pair
 */

import { run } from '../src/run/run.ts';
import { summarize, timeMs, writeTiming, type Timing } from './harness.ts';
import { simpy } from './peers.ts';
import { healthyPair } from './scenarios.ts';

export interface PairFigures {
  readonly events: number;
  readonly digest: string;
  readonly timing: Timing;
  /** Million events per second, by the median. */
  readonly rate: number;
  /** Our rate over SimPy's, or null where SimPy is not installed. */
  readonly overSimpy: number | null;
}

/** @param until simulated length; @param runs counted runs, after one that is not; @param withPeer compare with SimPy */
export function measurePair(until: string, runs: number, withPeer: boolean): PairFigures {
  const scenario = healthyPair(until);
  const peer = withPeer ? simpy('hb') : null;
  const times: number[] = [];
  const peerRates: number[] = [];
  let events = 0;
  let digest = '';
  for (let round = -1; round < runs; round += 1) {
    const ms = timeMs(() => {
      const result = run(scenario, { traceLevel: 'off' });
      events = result.events;
      digest = result.digests.protocol;
    });
    if (round < 0) continue;
    times.push(ms);
    if (peer !== null) peerRates.push(peer(3_000).rate);
  }
  const timing = summarize(times);
  const rate = events / timing.medianMs / 1e3;
  const overSimpy = peerRates.length === 0 ? null : rate / summarize(peerRates).medianMs;
  return { events, digest, timing, rate, overSimpy };
}

export function main(smoke: boolean): void {
  const until = smoke ? '10min' : '1d';
  const { events, digest, timing, rate, overSimpy } = measurePair(until, smoke ? 1 : 5, !smoke);
  console.log(`healthy pair, ${until} simulated: ${events} events, digest ${digest}`);
  console.log(`  ${writeTiming(timing)}, ${rate.toFixed(2)} M events/s`);
  if (overSimpy === null) console.log('  SimPy (Debian: python3-simpy3) was not compared with');
  else console.log(`  ${overSimpy.toFixed(1)} x SimPy's bare heartbeat workload with callbacks`);
}
