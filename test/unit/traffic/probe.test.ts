import { describe, expect, test } from 'vitest';
import { Ping, ProbeRoutes, type PingSettings } from '../../../src/traffic/probe.ts';
import { TwoHosts } from '../../helpers/two-hosts.ts';

const SECOND = 1_000_000;
/** One way; ARP has been done by 10 ms. */
const LATENCY_US = 1_000;
const ROUND_TRIP_US = 2 * LATENCY_US;

/** A client that pings a server every second from second 1 on; replies are lost after a second. */
function pinging(settings: Partial<PingSettings> = {}): { hosts: TwoHosts; ping: Ping } {
  const hosts = new TwoHosts(LATENCY_US);
  const routes = new ProbeRoutes(hosts.wire.simulation);
  const all = { name: 'ping', targetIp: hosts.server.ip, intervalUs: SECOND, timeoutUs: SECOND, ...settings };
  const ping = new Ping(hosts.wire.simulation, routes, hosts.traffic, hosts.client, all);
  hosts.run(SECOND);
  ping.start();
  return { hosts, ping };
}

/** Cuts the cable from one time to another. */
function cut(hosts: TwoHosts, fromUs: number, toUs: number): void {
  hosts.run(fromUs);
  hosts.link.cut(1);
  hosts.run(toUs);
  hosts.link.mend(2);
}

describe('ping: what it counts', () => {
  test('ping: nothing wrong: every request is answered, and the longest gap is the interval', () => {
    const { hosts, ping } = pinging();
    hosts.run(10.5 * SECOND);
    expect(ping.result()).toMatchObject({ sent: 10, received: 10, lost: 0, outages: [] });
    // From the start of the run to the first reply it is longer.
    expect(ping.result().longestGapUs).toBe(SECOND + ROUND_TRIP_US);
  });

  test('ping: three requests in a cut: one outage, from the first lost to the first answered', () => {
    const { hosts, ping } = pinging();
    cut(hosts, 4.5 * SECOND, 7.5 * SECOND);
    hosts.run(20.5 * SECOND);
    expect(ping.result()).toMatchObject({
      sent: 20,
      received: 17,
      lost: 3,
      longestGapUs: 4 * SECOND,
      outages: [{ fromUs: 5 * SECOND, toUs: 8 * SECOND, lost: 3 }],
    });
  });

  test('ping: two cuts: two outages', () => {
    const { hosts, ping } = pinging();
    cut(hosts, 2.5 * SECOND, 3.5 * SECOND);
    cut(hosts, 5.5 * SECOND, 7.5 * SECOND);
    hosts.run(20.5 * SECOND);
    expect(ping.result().outages).toEqual([
      { fromUs: 3 * SECOND, toUs: 4 * SECOND, lost: 1 },
      { fromUs: 6 * SECOND, toUs: 8 * SECOND, lost: 2 },
    ]);
  });

  test('ping: cut at the end: the outage is open, requests that still wait are neither lost nor answered', () => {
    const { hosts, ping } = pinging();
    hosts.run(4.5 * SECOND);
    hosts.link.cut(1);
    hosts.run(7.5 * SECOND);
    expect(ping.result()).toMatchObject({
      sent: 7,
      received: 4,
      lost: 2,
      outages: [{ fromUs: 5 * SECOND, toUs: 7.5 * SECOND, lost: 2 }],
    });
  });

  test('ping: a reply later than its timeout: lost, and not counted when it comes', () => {
    const { hosts, ping } = pinging({ timeoutUs: ROUND_TRIP_US - 1 });
    hosts.run(5.5 * SECOND);
    expect(ping.result()).toMatchObject({ sent: 5, received: 0, lost: 5 });
  });

  test('ping: a reply just before its timeout: in time', () => {
    const { hosts, ping } = pinging({ timeoutUs: ROUND_TRIP_US + 1 });
    hosts.run(5.5 * SECOND);
    expect(ping.result()).toMatchObject({ received: 5, lost: 0 });
  });

  test('ping: duplicated replies: counted once', () => {
    const { hosts, ping } = pinging();
    hosts.link.impair(1, { duplicate: 1 }, 1);
    hosts.run(5.5 * SECOND);
    expect(ping.result()).toMatchObject({ sent: 5, received: 5, lost: 0 });
  });

  test('ping: a loss is known later than the replies after it: outages are told in the order of sending', () => {
    // The interval is shorter than the timeout.
    const { hosts, ping } = pinging({ intervalUs: SECOND / 10 });
    cut(hosts, 2_050_000, 2_250_000);
    hosts.run(5 * SECOND);
    expect(ping.result().outages).toEqual([{ fromUs: 2_100_000, toUs: 2_300_000, lost: 2 }]);
  });

  test('ping: no reply ever: the longest gap is the whole run', () => {
    const { hosts, ping } = pinging();
    hosts.link.cut(1);
    hosts.run(30 * SECOND);
    expect(ping.result()).toMatchObject({ received: 0, longestGapUs: 30 * SECOND });
  });
});
