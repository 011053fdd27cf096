import { expect, test } from 'vitest';
import { ConnectionTracking } from '../../../src/cloud/aws/connection-tracking.ts';
import { PROTOCOL, type Traffic } from '../../../src/cloud/aws/traffic-of.ts';

const SECOND_US = 1_000_000;

const udp = (flow: number): Traffic => ({
  protocol: PROTOCOL.udp,
  ports: [53],
  source: 1,
  destination: 2,
  answer: false,
  flow,
  ends: false,
});

test('tracking: ever new conversations: the idle ones are swept out', () => {
  const tracking = new ConnectionTracking();

  for (let flow = 1; flow <= 100_000; flow += 1) tracking.passed(udp(flow), flow * SECOND_US);

  expect(tracking.size).toBeLessThanOrEqual(4_096);
  expect(
    tracking.passes({ ...udp(100_000), source: 2, destination: 1, answer: true }, 100_001 * SECOND_US),
  ).toBe(true);
});

test('tracking: many at once: none of them is swept out', () => {
  const tracking = new ConnectionTracking();

  for (let flow = 1; flow <= 20_000; flow += 1) tracking.passed(udp(flow), 0);

  expect(tracking.size).toBe(20_000);
});
