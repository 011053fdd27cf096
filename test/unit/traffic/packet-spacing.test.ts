import { expect, test } from 'vitest';
import { RandomStreams } from '../../../src/kernel/random.ts';
import { packetIntervals, SHORTEST_PACKET_INTERVAL_US } from '../../../src/traffic/packet-spacing.ts';

const stream = () => new RandomStreams('1').stream('traffic/web/packet-interval');

test('packet intervals: drawn shorter than a millisecond: a millisecond', () => {
  const next = packetIntervals({ kind: 'exponential', meanUs: 1_000 }, stream());
  const drawn = Array.from({ length: 1_000 }, () => next());
  expect(Math.min(...drawn)).toBe(SHORTEST_PACKET_INTERVAL_US);
  expect(Math.max(...drawn)).toBeGreaterThan(SHORTEST_PACKET_INTERVAL_US);
});

test('packet intervals: constant: draws nothing', () => {
  const luck = stream();
  expect(packetIntervals({ kind: 'constant', valueUs: 5_000 }, luck)()).toBe(5_000);
  expect(luck.next()).toBe(stream().next());
});
