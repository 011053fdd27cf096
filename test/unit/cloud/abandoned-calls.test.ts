import { expect, test } from 'vitest';
import { CallBench, SECOND_US, failing } from '../../helpers/call-bench.ts';

test('abandoned: the provider has the call: it is carried out and noted, and the caller does not hear of it', () => {
  const bench = new CallBench();
  const performed: number[] = [];
  bench.send('trust', { performed: () => performed.push(bench.simulation.cause) });
  bench.send('of the other', { node: 'palo-1' });

  bench.run(0.2);
  bench.engine.abandon('palo-2');
  bench.run();

  expect(bench.carriedOut).toEqual(['trust', 'of the other']);
  expect(performed).toEqual([1]);
  expect(bench.attempts()).toHaveLength(2);
  expect(bench.outcomes.map(({ target }) => target)).toEqual(['of the other']);
});

test('abandoned: the provider has its second attempt: that is carried out, too', () => {
  const bench = new CallBench();
  bench.reachability.unavailable('palo-2', 0);
  bench.send('trust');
  bench.run(5);
  bench.reachability.available('palo-2');
  bench.run(10);
  const retryUs = bench.attempts()[0]?.data.retryUs as number;

  bench.run(10 + retryUs / SECOND_US);
  bench.engine.abandon('palo-2');
  bench.run();

  expect(bench.carriedOut).toEqual(['trust']);
  expect(bench.outcomes).toEqual([]);
});

test('abandoned: the error may pass: there is no further attempt', () => {
  const bench = new CallBench();
  bench.send('trust', failing(['InternalError', 'transient']));

  bench.run(0.2);
  bench.engine.abandon('palo-2');
  bench.run();

  expect(bench.attempts()).toHaveLength(1);
  expect(bench.attempts()[0]?.data).not.toHaveProperty('retryUs');
  expect(bench.outcomes).toEqual([]);
});

test('abandoned: it waits for its next attempt, or for the API: nothing more happens', () => {
  const bench = new CallBench();
  bench.send('waits', failing(['InternalError', 'transient']));
  bench.run(0.5);
  bench.reachability.unavailable('palo-2', 0);
  bench.send('connects');

  bench.engine.abandon('palo-2');
  bench.run();

  expect(bench.simulation.pending).toBe(0);
  expect(bench.attempts()).toHaveLength(1);
  expect(bench.outcomes).toEqual([]);
});

test('abandoned: the node calls again later: that call is heard of', () => {
  const bench = new CallBench();
  bench.send('before');
  bench.engine.abandon('palo-2');

  bench.send('after');
  bench.run();

  expect(bench.carriedOut).toEqual(['before', 'after']);
  expect(bench.outcomes.map(({ target }) => target)).toEqual(['after']);
});

test('abandoned while it is carried out: the caller does not hear of it', () => {
  const bench = new CallBench();

  bench.send('trust', { performed: () => bench.engine.abandon('palo-2') });
  bench.run();

  expect(bench.outcomes).toEqual([]);
});
