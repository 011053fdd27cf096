import { expect, test } from 'vitest';
import { LimitError, Simulation, type SimulationOptions } from '../../../src/kernel/simulation.ts';
import type { TraceLevel } from '../../../src/kernel/trace.ts';

const TICK = 0;
const ECHO = 1;

function simulation(options: Partial<SimulationOptions> = {}): Simulation {
  return new Simulation({ seed: '1', kinds: ['tick', 'echo'], ...options });
}

/** Ten targets that tick at random, echo, note some of it and keep pushing a timer back: a bit of everything. */
function busy(traceLevel: TraceLevel = 'off', seed = '1'): { sim: Simulation; log: string[] } {
  const sim = simulation({ traceLevel, seed });
  const log: string[] = [];
  const timers = Array.from({ length: 10 }, () => 0);
  const stream = sim.random.stream('gaps');
  sim.on(TICK, (target, a) => {
    log.push(`${sim.nowUs} tick ${target} ${a} cause ${sim.cause}`);
    if (a % 7 === 0) sim.cause = sim.note('seventh', `node-${target}`, { a });
    if (!sim.rearm(timers[target]!, 25)) timers[target] = sim.schedule(25, ECHO, target, a);
    sim.schedule(stream.int(40), TICK, target, a + 1);
  });
  sim.on(ECHO, (target, a, b, payload) => {
    log.push(`${sim.nowUs} echo ${target} ${a} ${b} ${String(payload)} cause ${sim.cause}`);
  });
  for (let target = 0; target < 10; target++) sim.schedule(target, TICK, target);
  return { sim, log };
}

test('schedule: fields and payload: reach the handler of the kind', () => {
  const sim = simulation();
  const calls: unknown[] = [];
  sim.on(TICK, (...fields) => calls.push(['tick', sim.nowUs, ...fields]));
  sim.on(ECHO, (...fields) => calls.push(['echo', sim.nowUs, ...fields]));
  sim.schedule(20, ECHO, 3);
  sim.scheduleAt(10, TICK, -1, 2 ** 40, -2, 'p');
  sim.run(100);
  expect(calls).toEqual([
    ['tick', 10, -1, 2 ** 40, -2, 'p'],
    ['echo', 20, 3, 0, 0, null],
  ]);
});

test('run: events up to and at the time: are executed, later ones stay', () => {
  const sim = simulation();
  const times: number[] = [];
  sim.on(TICK, () => times.push(sim.nowUs));
  for (const delayUs of [1, 10, 11]) sim.schedule(delayUs, TICK, 0);
  expect(sim.run(10)).toBe('until');
  expect([times, sim.nowUs, sim.executed, sim.pending]).toEqual([[1, 10], 10, 2, 1]);
  expect(sim.run(50)).toBe('idle');
  expect([times, sim.nowUs, sim.executed, sim.pending]).toEqual([[1, 10, 11], 50, 3, 0]);
});

test('run: a delay of zero: is executed at the same time, after what was due before it', () => {
  const sim = simulation();
  const order: number[] = [];
  sim.on(TICK, (target) => {
    order.push(target);
    if (target === 1) sim.schedule(0, TICK, 3);
  });
  sim.schedule(5, TICK, 1);
  sim.schedule(5, TICK, 2);
  sim.run(5);
  expect(order).toEqual([1, 2, 3]);
});

test('stop: from a handler: ends the run after that event, and it can go on', () => {
  const sim = simulation();
  sim.on(TICK, (target) => {
    if (target === 1) sim.stop();
  });
  sim.schedule(1, TICK, 1);
  sim.schedule(1, TICK, 2);
  expect([sim.run(10), sim.nowUs, sim.pending]).toEqual(['stopped', 1, 1]);
  expect([sim.run(10), sim.nowUs, sim.pending]).toEqual(['idle', 10, 0]);
});

test('run: sliced by any budget: gives what an unsliced run gives', () => {
  const whole = busy('full');
  expect(whole.sim.run(5_000)).toBe('until');
  for (const budget of [1, 2, 7, 1_000]) {
    const sliced = busy('full');
    let slices = 1;
    while (sliced.sim.run(5_000, { budget }) === 'paused') slices++;
    expect(slices).toBeGreaterThanOrEqual(Math.floor(whole.sim.executed / budget));
    expect(sliced.log).toEqual(whole.log);
    expect(sliced.sim.trace.records).toEqual(whole.sim.trace.records);
    expect(sliced.sim.trace.events).toEqual(whole.sim.trace.events);
    expect(sliced.sim.trace.fullDigest).toBe(whole.sim.trace.fullDigest);
    expect(sliced.sim.nowUs).toBe(5_000);
  }
});

test('run: sliced by time: gives what an unsliced run gives', () => {
  const whole = busy('full');
  whole.sim.run(5_000);
  const sliced = busy('full');
  for (let untilUs = 0; untilUs <= 5_000; untilUs += 13) sliced.sim.run(untilUs);
  sliced.sim.run(5_000);
  expect(sliced.log).toEqual(whole.log);
  expect(sliced.sim.trace.fullDigest).toBe(whole.sim.trace.fullDigest);
});

test('digests: same seed: are the same at every level; another seed: differ', () => {
  const digests = (level: TraceLevel, seed?: string): (string | null)[] => {
    const { sim } = busy(level, seed);
    sim.run(5_000);
    return [sim.trace.protocolDigest, sim.trace.fullDigest];
  };
  const [protocol, full] = digests('full');
  expect(digests('full')).toEqual([protocol, full]);
  expect(digests('protocol')).toEqual([protocol, null]);
  expect(digests('off')).toEqual([protocol, null]);
  expect(digests('off', '2')[0]).not.toBe(protocol);
});

// A change of these values makes every stored digest of every scenario void: bump the version and say so.
test('digests: a known run: are pinned', () => {
  const { sim } = busy('full');
  sim.run(5_000);
  expect([sim.trace.protocolDigest, sim.trace.fullDigest]).toMatchInlineSnapshot(`
    [
      "a74f0de24ecff13d",
      "826faf579375f0f4",
    ]
  `);
});

test('cause: what a handler schedules: inherits the record in force then', () => {
  const sim = simulation({ traceLevel: 'protocol' });
  sim.on(TICK, () => {
    sim.note('before', 'x');
    sim.schedule(1, ECHO, 1);
    sim.cause = sim.note('fault', 'x');
    sim.schedule(2, ECHO, 2);
  });
  sim.on(ECHO, (target) => {
    sim.note('echo', String(target));
    sim.cause = 77;
  });
  sim.schedule(1, TICK, 0);
  sim.run(10);
  expect(sim.trace.records.map(({ kind, cause }) => [kind, cause])).toEqual([
    ['before', 0],
    ['fault', 0],
    ['echo', 0],
    ['echo', 2],
  ]);
  expect(sim.cause).toBe(0);
});

test('note: a cause given: counts, and the record in force stays', () => {
  const sim = simulation({ traceLevel: 'protocol' });
  sim.cause = 5;
  expect(sim.note('x', 'y', { z: 1 }, 3)).toBe(1);
  expect(sim.cause).toBe(5);
  expect(sim.trace.records).toEqual([
    { id: 1, timeUs: 0, kind: 'x', subject: 'y', cause: 3, data: { z: 1 } },
  ]);
});

test('re-arm: a timer moved or cancelled: keeps the cause it was scheduled with', () => {
  const sim = simulation();
  const causes: number[] = [];
  sim.on(TICK, () => causes.push(sim.cause));
  sim.cause = 4;
  const handle = sim.schedule(5, TICK, 0);
  sim.cause = 9;
  expect(sim.rearm(handle, 8)).toBe(true);
  expect(sim.cancel(sim.schedule(6, TICK, 0))).toBe(true);
  sim.run(7);
  expect(causes).toEqual([]);
  sim.run(8);
  expect(causes).toEqual([4]);
});

test('handles: inside the handler of their own event: are no longer pending', () => {
  const sim = simulation();
  const answers: boolean[] = [];
  let handle = 0;
  sim.on(TICK, () => answers.push(sim.isPending(handle), sim.cancel(handle), sim.rearm(handle, 1)));
  handle = sim.schedule(1, TICK, 0);
  expect(sim.isPending(handle)).toBe(true);
  sim.run(5);
  expect(answers).toEqual([false, false, false]);
});

test('a handler that throws: the run can go on behind it', () => {
  const sim = simulation();
  sim.on(TICK, (target) => {
    if (target === 0) throw new Error('boom');
  });
  sim.schedule(1, TICK, 0);
  sim.schedule(2, TICK, 1);
  expect(() => sim.run(5)).toThrow('boom');
  expect([sim.nowUs, sim.pending, sim.run(5), sim.executed]).toEqual([1, 1, 'idle', 2]);
});

test('limits: events without end at one instant: stop with kind and time', () => {
  const sim = simulation({ limits: { maxEventsPerInstant: 1_000 } });
  sim.on(ECHO, () => sim.schedule(0, ECHO, 0));
  sim.schedule(20_550_000, ECHO, 0);
  const error = failure(() => sim.run(60_000_000));
  expect(error).toMatchObject({ limit: 'instant', timeUs: 20_550_000, kind: 'echo' });
  expect(error.message).toBe(
    '1000 events at the same instant 20.550 s, last kind echo: the scenario makes no progress',
  );
  expect(sim.executed).toBe(1_000);
});

test('limits: exactly the allowed events at one instant, in slices too: pass', () => {
  const sim = simulation({ limits: { maxEventsPerInstant: 10 } });
  sim.on(TICK, () => {});
  for (const timeUs of [1, 2]) for (let i = 0; i < 10; i++) sim.scheduleAt(timeUs, TICK, i);
  while (sim.run(5, { budget: 3 }) === 'paused');
  expect(sim.executed).toBe(20);
});

test('limits: too many events: stop with kind and time', () => {
  const sim = simulation({ limits: { maxEvents: 100 } });
  sim.on(TICK, () => sim.schedule(10, TICK, 0));
  sim.schedule(0, TICK, 0);
  const error = failure(() => {
    while (sim.run(1_000_000, { budget: 7 }) === 'paused');
  });
  expect(error).toMatchObject({ limit: 'events', timeUs: 990, kind: 'tick' });
  expect(error.message).toBe('100 events by 0.001 s, last kind tick: the run reached its limit of events');
});

test('limits: events past the last time: stop, an idle run does not', () => {
  const sim = simulation({ limits: { maxTimeUs: 1_000_000 } });
  sim.on(TICK, () => {});
  sim.schedule(1_000_000, TICK, 0);
  expect(sim.run(2_000_000)).toBe('idle');
  sim.schedule(0, TICK, 0);
  const error = failure(() => sim.run(3_000_000));
  expect(error).toMatchObject({ limit: 'time', timeUs: 2_000_000, kind: 'tick' });
  expect(error.message).toBe(
    'events still pending after 1.000 s, last kind tick: the run reached its limit of time',
  );
});

test('misuse: wrong delays, times, kinds and budgets: are refused', () => {
  const sim = simulation();
  sim.on(TICK, () => {});
  sim.run(100);
  for (const delayUs of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
    expect(() => sim.schedule(delayUs, TICK, 0)).toThrow(RangeError);
  }
  expect(() => sim.scheduleAt(99, TICK, 0)).toThrow('expected integer microseconds from 100 on, got 99');
  expect(() => sim.rearm(sim.schedule(1, TICK, 0), -1)).toThrow(RangeError);
  for (const kind of [-1, 2, 0.5, NaN]) expect(() => sim.schedule(1, kind, 0)).toThrow(RangeError);
  for (const untilUs of [99, 100.5, Infinity]) expect(() => sim.run(untilUs)).toThrow(RangeError);
  for (const budget of [0, -1, NaN]) expect(() => sim.run(200, { budget })).toThrow(RangeError);
});

test('misuse: a second handler, none at all, an unknown or doubled name: are refused', () => {
  const sim = simulation();
  sim.on(TICK, () => {});
  expect(() => sim.on(TICK, () => {})).toThrow('event kind tick already has a handler');
  sim.schedule(1, ECHO, 0);
  expect(() => sim.run(5)).toThrow('event kind echo has no handler');
  expect(sim.kindOf('echo')).toBe(ECHO);
  expect(() => sim.kindOf('eco')).toThrow('no event kind is named eco');
  expect(() => simulation({ kinds: ['a', 'a'] })).toThrow('two event kinds have one name');
});

test('misuse: run inside a handler: is refused', () => {
  const sim = simulation();
  sim.on(TICK, () => sim.run(10));
  sim.schedule(1, TICK, 0);
  expect(() => sim.run(5)).toThrow('run called from inside a handler');
});

function failure(act: () => unknown): LimitError {
  try {
    act();
  } catch (error) {
    if (error instanceof LimitError) return error;
    throw error;
  }
  throw new Error('expected a LimitError');
}
