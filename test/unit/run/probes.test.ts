import { expect, test } from 'vitest';
import { runPair, us, type Part } from '../../helpers/pair.ts';

/** The active loses power while a stream runs; what each direction loses. */
function lostBy(direction: string, ha: Part = {}): Record<'forward' | 'reverse', number> {
  const run = runPair({
    ha,
    probes: { udp: { type: 'udp-stream', from: 'client', to: 'server', rate: '1000/s', direction } },
    timeline: [{ at: '10s', 'power-off': 'palo-1' }],
    until: '30s',
  });
  const probe = run.probe('udp');
  if (probe.type !== 'udp-stream') throw new Error('expected a stream');
  const { forward, reverse } = probe.directions;
  return { forward: forward?.lost ?? 0, reverse: reverse?.lost ?? 0 };
}

const UNSYNCHRONIZED: Part = { 'state-synchronization': { enabled: false } };

test('udp-stream: failover with the session synchronized: the directions lose alike', () => {
  const { forward, reverse } = lostBy('both');
  expect(forward).toBeGreaterThan(5_000);
  expect(Math.abs(forward - reverse)).toBeLessThan(10);
});

test('udp-stream: reverse, and the new active does not know the session: answers are dropped until the client asks again', () => {
  const { reverse: known } = lostBy('reverse');
  const { reverse: unknown } = lostBy('reverse', UNSYNCHRONIZED);
  // The client asks every second while it hears nothing.
  expect(unknown).toBeGreaterThan(known);
  expect(unknown - known).toBeLessThanOrEqual(us('1s') / 1_000);
});

test('udp-stream: both ways, and the new active does not know the session: the next datagram makes it anew', () => {
  const { forward, reverse } = lostBy('both', UNSYNCHRONIZED);
  expect(Math.abs(forward - reverse)).toBeLessThan(10);
});
