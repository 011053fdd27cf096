/**
 * SimPy's bare heartbeat workload as a yardstick (bench/peers/hb.py, our own program), where SimPy is installed.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('peers/hb.py', import.meta.url));

export interface SimpyPeer {
  run(): void;
  /** Million events per second, the median of the runs so far. */
  medianRate(): number;
}

/** Python that can import SimPy: Debian's own, or the one on the path. Null where there is none. */
function python(): string | null {
  const candidates = ['/usr/bin/python3', 'python3'];
  return candidates.find((name) => spawnSync(name, ['-c', 'import simpy']).status === 0) ?? null;
}

/** @param seconds simulated length */
export function simpyHeartbeats(seconds: number): SimpyPeer | null {
  const interpreter = python();
  if (interpreter === null) return null;
  const rates: number[] = [];
  return {
    run() {
      const { stdout, status, stderr } = spawnSync(interpreter, [PROGRAM, String(seconds)], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`SimPy: ${stderr}`);
      const { events, seconds: took } = JSON.parse(stdout) as { events: number; seconds: number };
      rates.push(events / took / 1e6);
    },
    medianRate: () => rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] as number,
  };
}
