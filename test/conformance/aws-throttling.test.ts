/**
 * How EC2 throttles, and what a client makes of it (reference aws-ha.md, sections 1.8 and 7.4): many calls fired together, on an engine
 * without firewalls. The closed forms are those of a client that is always there when a token is; the one that comes closest waits
 * a second at most, and does not give up.
 */

import { expect, test } from 'vitest';
import { LATENCIES, throttleOf, type ThrottlePreset } from '../../src/cloud/aws/presets.ts';
import type { ApiError } from '../../src/cloud/api.ts';
import { CallBench, RETRY, SECOND_US, type BenchOptions } from '../helpers/call-bench.ts';
import { critical, distance } from '../helpers/kolmogorov.ts';

const SEEDS = ['1', '2'];
const PERSISTENT = { attempts: Infinity, backoffUs: SECOND_US, backoffLimitUs: SECOND_US };
const latency = LATENCIES.reference['replace-route-call'];

/** So many calls of ReplaceRoute at once, run to their end. */
function burst(calls: number, preset: ThrottlePreset, options: BenchOptions = {}): CallBench {
  const bench = new CallBench({ throttle: throttleOf(preset), ...options });
  bench.sendMany(calls, { latency });
  bench.run();
  expect(bench.outcomes).toHaveLength(calls);
  return bench;
}

/** Seconds until the last of so many calls has succeeded, for each seed. */
function drains(calls: number, preset: ThrottlePreset): number[] {
  return SEEDS.map((seed) => {
    const bench = burst(calls, preset, { seed, retry: PERSISTENT });
    expect(bench.carriedOut).toHaveLength(calls);
    return (bench.outcomes.at(-1)?.atUs as number) / SECOND_US;
  });
}

test('C-045: ReplaceRoute on 100 to 1000 routes at once, 50 + 5/s: done after (n - 50)/5 s within 15 % (partly: for a client that waits a second at most and never gives up; the default one gives up on all but some 120 routes; the floor of 5 s is not of the bucket)', () => {
  for (const calls of [100, 200, 500, 1_000]) {
    const closed = (calls - 50) / 5;
    for (const seconds of drains(calls, 'documented')) {
      expect(seconds / closed).toBeGreaterThan(0.85);
      expect(seconds / closed).toBeLessThan(1.15);
    }
  }
  // Where the floor of 5 s holds, the bucket takes no longer than that.
  for (const seconds of drains(50, 'documented')) expect(seconds).toBeLessThan(5);
});

test('C-046: calibrated-f5: 100 routes in 10 s at most, 200 in 15 to 25 s, 500 in 75 to 95 s (partly: for the client of C-045)', () => {
  for (const [calls, least, most] of [
    [100, 0, 10],
    [200, 15, 25],
    [500, 75, 95],
  ] as const) {
    for (const seconds of drains(calls, 'calibrated-f5')) {
      expect(seconds).toBeGreaterThanOrEqual(least);
      expect(seconds).toBeLessThanOrEqual(most);
    }
  }
});

test('C-047: three attempts, 500 changing calls at once, 50 + 5/s: more than 400 fail', () => {
  for (const seed of SEEDS) {
    const { outcomes } = burst(500, 'documented', { seed, retry: { attempts: 3 } });
    const failed = outcomes.filter(({ error }) => error?.code === 'RequestLimitExceeded');

    expect(failed.length).toBeGreaterThan(400);
    // Not for want of a bucket that works: what it holds gets through.
    expect(500 - failed.length).toBeGreaterThanOrEqual(50);
  }
});

test('C-048: ReplaceRoute throttled for minutes: calls of AssociateAddress end when they end without it', () => {
  const associate = (bench: CallBench): unknown => {
    for (const name of ['eip-1', 'eip-2', 'eip-3']) {
      bench.send(name, { action: 'AssociateAddress', latency: LATENCIES.reference['associate-call'] });
    }
    bench.run();
    return ['eip-1', 'eip-2', 'eip-3'].map((name) =>
      bench.attempts(name).map(({ timeUs, data }) => ({ timeUs, data })),
    );
  };
  const quiet = new CallBench({ throttle: throttleOf('documented') });
  const busy = new CallBench({ throttle: throttleOf('documented') });
  busy.sendMany(500, { latency });

  expect(associate(busy)).toEqual(associate(quiet));
  const replaceRoute = busy.statistics().find(({ action }) => action === 'ReplaceRoute');
  expect(replaceRoute?.throttled).toBeGreaterThan(1_000);
});

test('C-056: UnauthorizedOperation is not tried again; RequestLimitExceeded is, after a wait uniform up to min(20 s, 2^k s)', () => {
  const denied: ApiError = { code: 'UnauthorizedOperation', errorClass: 'permanent' };
  const unauthorized = burst(20, 'documented', { refused: () => denied });
  expect(unauthorized.attempts().map(({ data }) => data.attempt)).toEqual(
    Array.from({ length: 20 }, () => 1),
  );
  expect(unauthorized.outcomes.every(({ error }) => error === denied)).toBe(true);

  const throttled = burst(1_000, 'documented', { retry: { attempts: 8 } });
  for (let attempt = 1; attempt < 8; attempt += 1) {
    const limitUs = Math.min(RETRY.backoffLimitUs, RETRY.backoffUs * 2 ** (attempt - 1));
    const waits = throttled
      .attempts()
      .filter(({ data }) => data.attempt === attempt && data.error === 'RequestLimitExceeded')
      .map(({ data }) => data.retryUs as number);
    expect(waits.length).toBeGreaterThan(500);
    expect(distance(waits, (x) => Math.min(1, Math.max(0, x / limitUs)))).toBeLessThan(
      critical(waits.length),
    );
  }
});
