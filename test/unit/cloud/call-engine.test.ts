import { expect, test } from 'vitest';
import { throttleOf } from '../../../src/cloud/aws/presets.ts';
import { CallBench, HALF_A_SECOND, RETRY, SECOND_US, failing } from '../../helpers/call-bench.ts';

test('call: nothing in its way: carried out and returned after its latency, and noted', () => {
  const bench = new CallBench();
  bench.simulation.cause = bench.simulation.note('role', 'palo-2');

  bench.send('trust');
  bench.run();

  expect(bench.carriedOut).toEqual(['trust']);
  expect(bench.outcomes).toEqual([{ target: 'trust', atUs: 500_000, error: null, cause: 2 }]);
  expect(bench.attempts()).toEqual([
    {
      id: 2,
      timeUs: 500_000,
      kind: 'api-call',
      subject: 'palo-2',
      cause: 1,
      data: { action: 'ReplaceRoute', target: 'trust', attempt: 1, latencyUs: 500_000 },
    },
  ]);
});

test('call: carried out: what it sets going has its record as cause, whatever it leaves in force', () => {
  const bench = new CallBench();
  const inForce: number[] = [];

  bench.send('trust', {
    performed: () => {
      inForce.push(bench.simulation.cause);
      bench.simulation.cause = bench.simulation.note('asset', 'palo-2');
    },
  });
  bench.run();

  expect(inForce).toEqual([1]);
  expect(bench.outcomes.map(({ cause }) => cause)).toEqual([1]);
});

test.each(['permanent', 'ordering'] as const)(
  'call: a %s error: the caller hears of it at once, nothing is carried out, no second attempt',
  (errorClass) => {
    const bench = new CallBench();
    const error = { code: 'SomethingWrong', errorClass };

    bench.send('trust', { ...failing(['SomethingWrong', errorClass]), performed: () => expect.fail() });
    bench.run();

    expect(bench.outcomes).toEqual([{ target: 'trust', atUs: 500_000, error, cause: 1 }]);
    expect(bench.attempts()).toMatchObject([{ data: { error: 'SomethingWrong' } }]);
    expect(bench.statistics()).toMatchObject([{ attempts: 1, succeeded: 0, failed: 1 }]);
  },
);

test('call: a benign error: the caller can tell, and it is not tried again', () => {
  const bench = new CallBench();

  bench.send('eni', failing(['InvalidAttachmentID.NotFound', 'benign']));
  bench.run();

  expect(bench.outcomes).toMatchObject([{ atUs: 500_000, error: { errorClass: 'benign' } }]);
  expect(bench.attempts()).toMatchObject([{ data: { error: 'InvalidAttachmentID.NotFound' } }]);
});

test('call: a transient error: another attempt after the wait that its record tells, which it follows from', () => {
  const bench = new CallBench();

  bench.send('trust', failing(['InternalError', 'transient']));
  bench.run();

  const [first, second] = bench.attempts();
  const retryUs = first?.data.retryUs as number;
  expect(retryUs).toBeGreaterThan(0);
  expect(retryUs).toBeLessThanOrEqual(RETRY.backoffUs);
  expect(second).toMatchObject({
    cause: first?.id,
    timeUs: 500_000 + retryUs + 500_000,
    data: { attempt: 2 },
  });
  expect(second?.data).not.toHaveProperty('error');
  expect(second?.data).not.toHaveProperty('retryUs');
  expect(bench.outcomes).toMatchObject([{ error: null, cause: second?.id }]);
});

test('call: a transient error that stays: so many attempts as allowed, then the caller hears of it', () => {
  const bench = new CallBench();
  const error = { code: 'InternalError', errorClass: 'transient' } as const;

  bench.send('trust', { perform: () => error });
  bench.run();

  expect(bench.attempts().map(({ data }) => data.attempt)).toEqual([1, 2, 3, 4, 5]);
  expect(bench.attempts().map(({ data }) => data.retryUs !== undefined)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(bench.outcomes).toMatchObject([{ error, cause: 5 }]);
  expect([...bench.simulation.assumed]).toEqual(['aws-latency', 'aws-attempts', 'aws-backoff']);
});

test('call: refused before the API looks at it: the latency of a call, no token, nothing carried out, no retry', () => {
  const throttle = { buckets: { ReplaceRoute: { capacity: 1, refill: 1 } }, backgroundUs: {} };
  const error = { code: 'UnauthorizedOperation', errorClass: 'permanent' } as const;
  const bench = new CallBench({ throttle, refused: (_, __, target) => (target === 'trust' ? error : null) });

  bench.send('trust');
  bench.send('untrust');
  bench.run();

  expect(bench.outcomes).toMatchObject([
    { target: 'trust', atUs: 500_000, error },
    { target: 'untrust', atUs: 500_000, error: null },
  ]);
  expect(bench.carriedOut).toEqual(['untrust']);
  expect(bench.attempts('trust')).toHaveLength(1);
});

test('call: no token: RequestLimitExceeded after the latency, and again until there is one', () => {
  const throttle = { buckets: { ReplaceRoute: { capacity: 1, refill: 0.25 } }, backgroundUs: {} };
  const bench = new CallBench({ throttle, retry: { attempts: 100 } });

  bench.sendMany(2);
  bench.run();

  const attempts = bench.attempts('route 1');
  expect(attempts.length).toBeGreaterThan(1);
  for (const { data } of attempts.slice(0, -1)) expect(data.error).toBe('RequestLimitExceeded');
  expect(bench.carriedOut).toEqual(['route 0', 'route 1']);
  expect(bench.outcomes[1]?.atUs).toBeGreaterThanOrEqual(4_500_000);
  expect(bench.statistics()).toEqual([
    {
      action: 'ReplaceRoute',
      attempts: attempts.length + 1,
      succeeded: 2,
      throttled: attempts.length - 1,
      failed: 0,
      medianUs: 500_000,
      longestUs: 500_000,
    },
  ]);
  expect(bench.simulation.assumed).toContain('aws-throttle');
});

test('call: others keep the bucket of its action empty: it never gets through', () => {
  const throttle = throttleOf('documented', { backgroundUs: { AttachNetworkInterface: 100_000 } });
  const bench = new CallBench({ throttle });

  bench.send('eni', { action: 'AttachNetworkInterface' });
  bench.send('eni', { action: 'DetachNetworkInterface' });
  bench.run();

  expect(bench.outcomes.map(({ error }) => error?.code)).toEqual([undefined, 'RequestLimitExceeded']);
});

test('call: the API does not answer this node: each attempt takes the connect timeout, because of the fault', () => {
  const bench = new CallBench();
  const fault = bench.simulation.note('fault', 'ec2');
  bench.reachability.unavailable('palo-2', fault);

  bench.send('cut off');
  bench.send('not cut off', { node: 'palo-1' });
  bench.run();

  const attempts = bench.attempts('cut off');
  expect(attempts).toHaveLength(5);
  for (const { cause, data } of attempts) {
    expect(cause).toBe(fault);
    expect(data).toMatchObject({ error: 'ConnectTimeout', latencyUs: 10 * SECOND_US });
  }
  expect(bench.outcomes).toMatchObject([
    { target: 'not cut off', error: null },
    { target: 'cut off', error: { code: 'ConnectTimeout', errorClass: 'transient' } },
  ]);
  expect(bench.carriedOut).toEqual(['not cut off']);
  expect([...bench.simulation.assumed]).toContain('aws-connect-timeout');
});

test('call: the API never answered this node: what made it call is the cause', () => {
  const bench = new CallBench({ retry: { attempts: 1 } });
  bench.reachability.unavailable('palo-2', 0);
  bench.simulation.cause = bench.simulation.note('role', 'palo-2');

  bench.send('trust');
  bench.run();

  expect(bench.attempts()).toMatchObject([{ cause: 1, data: { error: 'ConnectTimeout' } }]);
});

test('call: the API answers again before the last attempt: the next attempt gets through, because of the one before', () => {
  const bench = new CallBench();
  const fault = bench.simulation.note('fault', 'ec2');
  bench.reachability.unavailable(null, fault);
  bench.send('trust');

  bench.run(25);
  bench.reachability.available(null);
  bench.run();

  expect(bench.carriedOut).toEqual(['trust']);
  expect(bench.outcomes[0]?.atUs).toBeGreaterThan(25 * SECOND_US);
  const [before, last] = bench.attempts().slice(-2);
  expect(before?.cause).toBe(fault);
  expect(last?.cause).toBe(before?.id);
});

test('call: the API goes down while it has the call: the call is answered', () => {
  const bench = new CallBench();
  bench.send('trust');

  bench.run(0.2);
  bench.reachability.unavailable(null, 0);
  bench.run();

  expect(bench.outcomes).toMatchObject([{ atUs: 500_000, error: null }]);
});

test('statistics: two actions: in the order of first use, each with its own', () => {
  const bench = new CallBench();
  bench.send('eni', { action: 'DetachNetworkInterface', latency: { ...HALF_A_SECOND, medianUs: 700_000 } });
  bench.send('eni', { action: 'DescribeInstances', factor: 2 });
  bench.send('eni-2', { action: 'DetachNetworkInterface', ...failing(['NotPermitted', 'permanent']) });

  bench.run();

  expect(bench.statistics()).toEqual([
    {
      action: 'DetachNetworkInterface',
      attempts: 2,
      succeeded: 1,
      throttled: 0,
      failed: 1,
      medianUs: 500_000,
      longestUs: 700_000,
    },
    {
      action: 'DescribeInstances',
      attempts: 1,
      succeeded: 1,
      throttled: 0,
      failed: 0,
      medianUs: 1_000_000,
      longestUs: 1_000_000,
    },
  ]);
});
