/**
 * The workloads that the kernel is measured with, all through the real Simulation with the trace off.
 *
 * They are small enough to be written again for other engines (peers/): the same rules, the same generator of luck and the
 * same counters at the end, so that a ratio compares like with like and a peer that does something else is found out.
 */

import { SECOND_US } from '../src/kernel/time.ts';
import { Simulation, type Handle } from '../src/kernel/simulation.ts';

/** What a run has done; the counters depend on every event, so no run can be cut short unnoticed. */
export interface Outcome {
  readonly events: number;
  readonly counters: readonly number[];
}

/** Sets a workload up, untimed, and returns what is to be timed. */
export type Prepare = (size: number) => () => Outcome;

/** A linear congruential generator of 32 bits: cheap, and the same in every language. */
export class Luck {
  private bits = 1;

  /** The generator's state as a number from 0 to 2^32 - 1. */
  get state(): number {
    return this.bits >>> 0;
  }

  /** The next 32 bits, as a signed integer: V8 keeps those unboxed. */
  next(): number {
    this.bits = (Math.imul(this.bits, 1_664_525) + 1_013_904_223) | 0;
    return this.bits;
  }

  /** An exponential delay with a mean of one second, in whole microseconds. */
  exponentialUs(): number {
    return Math.round(-Math.log(((this.next() >>> 0) + 1) / 2 ** 32) * SECOND_US);
  }
}

const HEARTBEAT = 0;
const ARRIVE = 1;
const DEAD = 2;
const PING = 3;
const REPLY = 4;
const PATHS = 4;

/**
 * Workload hb: two nodes, a heartbeat each second over a link of 1 ms with jitter, a dead timer of 3 s pushed back by each,
 * and four path pings per node every 200 ms with replies: 84 events and 2 re-arms per simulated second.
 *
 * @param size simulated seconds
 */
export const hb: Prepare = (size) => {
  const simulation = new Simulation({ seed: 'hb', kinds: ['heartbeat', 'arrive', 'dead', 'ping', 'reply'] });
  const luck = new Luck();
  const deadTimers: Handle[] = [0, 0];
  const replies: number[] = [0, 0];
  let arrivals = 0;
  let deaths = 0;
  simulation.on(HEARTBEAT, (node) => {
    simulation.schedule(SECOND_US, HEARTBEAT, node);
    simulation.schedule(1_000 + (luck.next() >>> 22), ARRIVE, 1 - node);
  });
  simulation.on(ARRIVE, (node) => {
    arrivals++;
    simulation.rearm(deadTimers[node]!, 3 * SECOND_US);
  });
  simulation.on(DEAD, () => {
    deaths++;
  });
  simulation.on(PING, (node, path) => {
    simulation.schedule(200_000, PING, node, path);
    simulation.schedule(2_000 + (luck.next() >>> 22), REPLY, node, path);
  });
  simulation.on(REPLY, (node, path) => {
    replies[node]! += path;
  });
  for (let node = 0; node < 2; node++) {
    simulation.schedule(SECOND_US, HEARTBEAT, node);
    deadTimers[node] = simulation.schedule(3 * SECOND_US, DEAD, node);
    for (let path = 0; path < PATHS; path++) simulation.schedule(200_000, PING, node, path);
  }
  return () => {
    simulation.run(size * SECOND_US);
    const counters = [arrivals, deaths, replies[0]!, replies[1]!, luck.state];
    return { events: simulation.executed, counters };
  };
};

/**
 * Workload hold: so many pending events; executing one schedules one after an exponential second.
 *
 * @param pending number of pending events; the size is the number of events to execute
 */
export const hold =
  (pending: number): Prepare =>
  (size) => {
    const simulation = new Simulation({ seed: 'hold', kinds: ['hold'] });
    const luck = new Luck();
    simulation.on(0, (target) => {
      simulation.schedule(luck.exponentialUs(), 0, target);
    });
    for (let target = 0; target < pending; target++) simulation.schedule(luck.exponentialUs(), 0, target);
    return () => {
      simulation.run(Number.MAX_SAFE_INTEGER, { budget: size });
      return { events: simulation.executed, counters: [luck.state, simulation.nowUs] };
    };
  };

const TIMERS = 100;

/**
 * Workload timers: a hundred timers; the one that fires is set again, and four others are pushed back or, every second
 * time, cancelled and set anew: five pushes and four cancels per event, half of the four pairs as re-arms.
 *
 * @param size number of events to execute
 */
export const timers: Prepare = (size) => {
  const simulation = new Simulation({ seed: 'timers', kinds: ['timer'] });
  const luck = new Luck();
  const handles: Handle[] = [];
  const delayUs = (): number => 1 + (luck.next() >>> 12);
  simulation.on(0, (target) => {
    handles[target] = simulation.schedule(delayUs(), 0, target);
    for (let i = 0; i < 4; i++) {
      const other = (luck.next() >>> 8) % TIMERS;
      if (i % 2 === 0) simulation.rearm(handles[other]!, delayUs());
      else {
        simulation.cancel(handles[other]!);
        handles[other] = simulation.schedule(delayUs(), 0, other);
      }
    }
  });
  for (let target = 0; target < TIMERS; target++) handles.push(simulation.schedule(delayUs(), 0, target));
  return () => {
    simulation.run(Number.MAX_SAFE_INTEGER, { budget: size });
    return { events: simulation.executed, counters: [luck.state, simulation.nowUs, simulation.pending] };
  };
};
