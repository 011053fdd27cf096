import { describe, expect, test } from 'vitest';
import { StreamRoutes, UdpStream, type StreamSettings } from '../../../src/traffic/udp-stream.ts';
import { TwoHosts } from '../../helpers/two-hosts.ts';

const SECOND = 1_000_000;
const LATENCY_US = 1_000;
/** 1,000 packets per second, from second 1 on. */
const INTERVAL_US = 1_000;

function streaming(settings: Partial<StreamSettings> = {}): { hosts: TwoHosts; stream: UdpStream } {
  const hosts = new TwoHosts(LATENCY_US);
  const routes = new StreamRoutes(hosts.wire.simulation);
  const all: StreamSettings = {
    name: 'stream',
    targetIp: hosts.server.ip,
    port: 5001,
    intervalUs: INTERVAL_US,
    direction: 'both',
    bytes: 200,
    ...settings,
  };
  const stream = new UdpStream(hosts.wire.simulation, routes, hosts.traffic, hosts.client, all);
  hosts.run(SECOND);
  stream.start();
  return { hosts, stream };
}

describe('udp-stream: what it counts', () => {
  test('udp-stream: nothing wrong: each direction receives what is not under way', () => {
    const { hosts, stream } = streaming();
    hosts.run(3 * SECOND - 1);
    const { directions, outages } = stream.result();
    expect(directions.forward).toMatchObject({
      sent: 2_000,
      received: 1_999,
      lost: 0,
      longestGapUs: 1_001_000,
    });
    expect(directions.reverse).toMatchObject({
      sent: 1_999,
      received: 1_998,
      lost: 0,
      longestGapUs: 1_002_000,
    });
    expect(outages).toEqual([]);
  });

  test('udp-stream: a cable cut for 250 ms: each direction loses rate × length', () => {
    const { hosts, stream } = streaming();
    hosts.run(2 * SECOND - 500);
    hosts.link.cut(1);
    hosts.run(2.25 * SECOND - 500);
    hosts.link.mend(2);
    hosts.run(5 * SECOND - 1);
    const { directions, lost, lossDerivedUs, outages } = stream.result();
    // What was under way when the cable was cut is lost too: a packet of each direction.
    expect(directions.forward).toMatchObject({ lost: 251, lossDerivedUs: 251_000 });
    expect(directions.reverse).toMatchObject({ lost: 251, lossDerivedUs: 251_000 });
    expect({ lost, lossDerivedUs }).toEqual({ lost: 502, lossDerivedUs: 251_000 });
    const [fromUs, toUs] = [2 * SECOND - INTERVAL_US, 2.25 * SECOND];
    expect(outages).toEqual([
      { fromUs, toUs, lost: 251, direction: 'forward' },
      { fromUs, toUs, lost: 251, direction: 'reverse' },
    ]);
    expect(directions.forward?.firstPacketUs).toBe(toUs - fromUs + LATENCY_US);
  });

  test.each([
    [0, 'forward', 'reverse'],
    [1, 'reverse', 'forward'],
  ] as const)('udp-stream: a blackhole on side %i for 100 ms: only %s loses', (side, lossy, clean) => {
    const { hosts, stream } = streaming();
    hosts.run(2 * SECOND - 500);
    hosts.link.blackhole(side, 1);
    hosts.run(2.1 * SECOND - 500);
    hosts.link.clearBlackhole(side);
    hosts.run(4 * SECOND - 1);
    const { directions } = stream.result();
    expect(directions[lossy]).toMatchObject({
      lost: 100,
      lossDerivedUs: 100_000,
      longestGapUs: expect.any(Number),
    });
    expect(directions[clean]).toMatchObject({ lost: 0, lossDerivedUs: 0 });
  });

  test('udp-stream: an outage longer than the window of numbers: all of it is lost', () => {
    const { hosts, stream } = streaming();
    hosts.run(2 * SECOND - 500);
    hosts.link.blackhole(0, 1);
    hosts.run(12 * SECOND - 500);
    hosts.link.clearBlackhole(0);
    hosts.run(30 * SECOND);
    expect(stream.result().directions.forward).toMatchObject({ lost: 10_000, late: 0 });
  });

  test('udp-stream: duplicated: received once', () => {
    const { hosts, stream } = streaming({ direction: 'forward' });
    hosts.link.impair(0, { duplicate: 1 }, 1);
    hosts.run(2 * SECOND - 1);
    expect(stream.result().directions.forward).toMatchObject({ received: 999, duplicates: 999, lost: 0 });
  });

  test('udp-stream: cut at the end: what was sent in the last second is under way', () => {
    const { hosts, stream } = streaming({ direction: 'forward' });
    hosts.run(2 * SECOND - 500);
    hosts.link.blackhole(0, 1);
    hosts.run(4 * SECOND - 500);
    expect(stream.result()).toMatchObject({ sent: 3_000, received: 1_000, lost: 1_000 });
  });

  test('udp-stream: reverse: the server sends when the client has asked, and the client asks again after a silence', () => {
    const { hosts, stream } = streaming({ direction: 'reverse' });
    hosts.link.blackhole(0, 1);
    hosts.run(1.5 * SECOND);
    hosts.link.clearBlackhole(0);
    hosts.run(3 * SECOND);
    const { directions } = stream.result();
    expect(directions.forward).toBeUndefined();
    expect(directions.reverse).toMatchObject({ sent: 1_000, lost: 0 });
  });
});
