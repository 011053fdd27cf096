/**
 * A firewall's real size: a million sessions at once, 50 000 new ones a second, through a power loss of the active, on one core.
 * Memory is what V8 and the columns hold after a collection, less what the same run held before its first session; per session of the
 * active's table, so both firewalls' rows, the client's and HA2's queue are in it.
 *
 *     npm run bench sessions
 */

import { SECOND_US } from '../src/kernel/time.ts';
import { startRun, type ActiveRun } from '../src/run/run.ts';
import { timeMs } from './harness.ts';
import { manySessions } from './scenarios.ts';

/** Phases of the run, by their ends in seconds: `later` shows that memory does not follow its length; then the power fails. */
const PHASES = { filling: 80, steady: 100, later: 160, failover: 170, after: 190 } as const;

/** Sessions stay open for 20 s on average, so that so many seconds' worth of them are open at once. */
const HOLDING_S = 20;

export interface SessionsFigures {
  readonly started: number;
  readonly lost: number;
  readonly digest: string;
  readonly phases: readonly Phase[];
}

export interface Phase {
  readonly name: string;
  /** Wall time for a second simulated. */
  readonly msPerSecond: number;
  /** At its end: sessions in the table of the firewall that serves, and bytes for each. */
  readonly sessions: number;
  readonly bytesPerSession: number;
  readonly usedBytes: number;
}

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function advanceTo(active: ActiveRun, untilUs: number): void {
  while (active.nowUs < untilUs && active.advance(10_000) === 'paused');
}

/** @param perSecond new sessions in each second */
export function measureSessions(perSecond: number): SessionsFigures {
  const active = startRun(manySessions(perSecond, HOLDING_S, PHASES.later, PHASES.after), {
    traceLevel: 'off',
  });
  const before = usedBytes();
  let fromS = 0;
  const phases = Object.entries(PHASES).map(([name, untilS]): Phase => {
    const ms = timeMs(() => advanceTo(active, untilS * SECOND_US));
    const used = usedBytes();
    const sessions = Math.max(...active.result().final.map((device) => device.sessions));
    const phase = {
      name,
      msPerSecond: ms / (untilS - fromS),
      sessions,
      bytesPerSession: (used - before) / sessions,
      usedBytes: used,
    };
    fromS = untilS;
    return phase;
  });
  const { workloads, digests } = active.result();
  const started = workloads.reduce((sum, books) => sum + books.started, 0);
  const lost = workloads.flatMap(({ losses }) => losses).reduce((sum, { count }) => sum + count, 0);
  return { started, lost, digest: digests.protocol, phases };
}

export function main(smoke: boolean): void {
  const perSecond = smoke ? 200 : 50_000;
  const { started, lost, digest, phases } = measureSessions(perSecond);
  console.log(`${perSecond} new sessions a second: ${started} in all, ${lost} lost, digest ${digest}`);
  for (const { name, msPerSecond, sessions, bytesPerSession, usedBytes: used } of phases) {
    const speed = `${(1_000 / msPerSecond).toFixed(1)} x real time`;
    const memory = `${(used / 1e6).toFixed(0)} MB, ${bytesPerSession.toFixed(0)} bytes per session`;
    console.log(`  ${name.padEnd(9)} ${speed}; ${sessions} sessions, ${memory}`);
  }
  console.log(`  peak resident set: ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`);
}
