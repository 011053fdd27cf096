/**
 * The engines that ours is compared with, in the same run and in turn: SimPy (Debian's python3-simpy3) and our own 4-ary heap in C++ as
 * the limit of the design. Each is a small program of our own under bench/peers/; one that cannot run here is left out.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './harness.ts';

const FOLDER = `${ROOT}bench/peers/`;

/** What a peer did: million events per second by its own clock, and the counters it ended with, where it tells them. */
export interface PeerRun {
  readonly rate: number;
  readonly counters: readonly number[] | null;
}

/** Runs a workload once. */
export type Peer = (...args: readonly (string | number)[]) => PeerRun;

function output(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** SimPy running one of our programs (`hb`, `hold`), or null where it is not installed. */
export function simpy(program: 'hb' | 'hold'): Peer | null {
  const python = pythonWithSimpy();
  if (python === undefined) return null;
  return (...args) => {
    const answer = JSON.parse(output(python, [`${FOLDER}${program}.py`, ...args.map(String)])) as {
      events: number;
      seconds: number;
    };
    return { rate: answer.events / answer.seconds / 1e6, counters: null };
  };
}

/** The pair that loses power, written for SimPy: runs per second of so many runs; null where SimPy is not installed. */
export function simpyPair(): ((runs: number) => number) | null {
  const python = pythonWithSimpy();
  if (python === undefined) return null;
  return (runs) => {
    const answer = JSON.parse(output(python, [`${FOLDER}pair.py`, String(runs)])) as { seconds: number };
    return runs / answer.seconds;
  };
}

function pythonWithSimpy(): string | undefined {
  const candidates = ['/usr/bin/python3', 'python3'];
  return candidates.find((name) => spawnSync(name, ['-c', 'import simpy']).status === 0);
}

/** The heap in C++, compiled now, or null where there is no compiler. */
export function cppHeap(): Peer | null {
  if (spawnSync('g++', ['--version']).status !== 0) return null;
  const binary = join(mkdtempSync(join(tmpdir(), 'hasim-bench-')), 'heap');
  output('g++', ['-O2', '-o', binary, `${FOLDER}heap.cpp`]);
  return (...args) => {
    const [events = 0, seconds = 1, ...counters] = output(binary, args.map(String)).split(' ').map(Number);
    return { rate: events / seconds / 1e6, counters };
  };
}
