import { expect, test } from 'vitest';
import { LATENCIES, throttleOf } from '../../../src/cloud/aws/presets.ts';
import { CallBench, SECOND_US, failing } from '../../helpers/call-bench.ts';

/** When each attempt at a call on these targets ended, and how long the next one waited; every call fails twice. */
function attemptsOf(targets: readonly string[]): (target: string) => unknown {
  const bench = new CallBench({ seed: '7' });
  const latency = LATENCIES.reference.associate;
  for (const target of targets) {
    const errors = failing(['InternalError', 'transient'], ['InternalError', 'transient']);
    bench.send(target, { action: 'AssociateAddress', latency, factor: 1.3, ...errors });
  }
  bench.run();
  return (target) => bench.attempts(target).map(({ timeUs, data }) => ({ timeUs, retryUs: data.retryUs }));
}

test('draws: a call for another target: moves no draw of the first, be it latency or wait', () => {
  const alone = attemptsOf(['eip-1'])('eip-1');

  expect(alone).toHaveLength(3);
  expect(attemptsOf(['eip-2', 'eip-1', 'eip-3'])('eip-1')).toEqual(alone);
  expect(attemptsOf(['eip-2'])('eip-2')).not.toEqual(alone);
});

test('draws: an outage of the API: the first attempt that gets there has the latency of the first attempt without it', () => {
  const latency = LATENCIES.reference['replace-route-call'];
  const undisturbed = new CallBench();
  undisturbed.send('trust', { latency });
  undisturbed.run();
  const disturbed = new CallBench();
  disturbed.reachability.unavailable(null, 0);
  disturbed.send('trust', { latency });
  disturbed.run(5);
  disturbed.reachability.available(null);
  disturbed.run();

  expect(disturbed.attempts()[1]?.data.latencyUs).toBe(undisturbed.attempts()[0]?.data.latencyUs);
});

test('draws: 500 calls at once through 50 + 5/s, full jitter up to 20 s, no limit of attempts: 98 s (section 7.4)', () => {
  const bench = new CallBench({ throttle: throttleOf('documented'), retry: { attempts: Infinity } });

  bench.sendMany(500, { latency: LATENCIES.reference['replace-route-call'] });
  bench.run();

  const seconds = (bench.outcomes.at(-1)?.atUs as number) / SECOND_US;
  expect(bench.carriedOut).toHaveLength(500);
  expect(Math.abs(seconds - 98)).toBeLessThan(7);
});
