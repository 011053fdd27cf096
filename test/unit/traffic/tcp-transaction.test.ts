import { describe, expect, test } from 'vitest';
import { LINUX_TCP } from '../../../src/traffic/tcp.ts';
import {
  TcpTransactions,
  TransactionRoutes,
  type TransactionSettings,
} from '../../../src/traffic/tcp-transaction.ts';
import { TwoHosts } from '../../helpers/two-hosts.ts';

const SECOND = 1_000_000;
const ROUND_TRIP_US = 2_000;

/** A loop of transactions from second 1 on, one every second. */
function looping(settings: Partial<TransactionSettings> = {}): { hosts: TwoHosts; loop: TcpTransactions } {
  const hosts = new TwoHosts(ROUND_TRIP_US / 2);
  const routes = new TransactionRoutes(hosts.wire.simulation);
  const all: TransactionSettings = {
    name: 'loop',
    targetIp: hosts.server.ip,
    port: 443,
    mode: 'connect',
    intervalUs: SECOND,
    timeoutUs: SECOND,
    tcp: LINUX_TCP,
    ...settings,
  };
  const loop = new TcpTransactions(hosts.wire.simulation, routes, hosts.traffic, hosts.client, all);
  hosts.run(SECOND);
  loop.start();
  return { hosts, loop };
}

/** Nothing passes from one time to another. */
function outage(hosts: TwoHosts, fromUs: number, toUs: number): void {
  hosts.run(fromUs);
  hosts.link.cut(1);
  hosts.run(toUs);
  hosts.link.mend(2);
}

describe('tcp-transaction: what it counts', () => {
  test('tcp-transaction: connect: a connection for each, and two round trips to the response', () => {
    const { hosts, loop } = looping();
    hosts.run(11 * SECOND - 1);
    expect(loop.result()).toMatchObject({
      sent: 10,
      received: 10,
      lost: 0,
      connections: 10,
      longestTransactionUs: 2 * ROUND_TRIP_US,
      timeToFirstByte: { minUs: 2 * ROUND_TRIP_US, meanUs: 2 * ROUND_TRIP_US, maxUs: 2 * ROUND_TRIP_US },
      transactionsPerSecond: 0.909,
      outages: [],
    });
  });

  test('tcp-transaction: keep: one connection', () => {
    const { hosts, loop } = looping({ mode: 'keep' });
    hosts.run(11 * SECOND - 1);
    expect(loop.result()).toMatchObject({ sent: 10, received: 10, connections: 1 });
  });

  test.each(['connect', 'keep'] as const)(
    'tcp-transaction: %s: a cut of five seconds fails the five that begin in it, and the outage is 5 s',
    (mode) => {
      const { hosts, loop } = looping({ mode, timeoutUs: SECOND });
      outage(hosts, 4.5 * SECOND, 9.5 * SECOND);
      hosts.run(21 * SECOND - 1);
      expect(loop.result()).toMatchObject({
        sent: 20,
        received: 15,
        lost: 5,
        lossDerivedUs: 5 * SECOND,
        outages: [{ fromUs: 5 * SECOND, toUs: 10 * SECOND, lost: 5 }],
      });
    },
  );

  test('tcp-transaction: keep: after a failure it connects anew', () => {
    const { hosts, loop } = looping({ mode: 'keep' });
    outage(hosts, 4.5 * SECOND, 5.9 * SECOND);
    hosts.run(11 * SECOND - 1);
    expect(loop.result()).toMatchObject({ lost: 1, connections: 2 });
  });

  test('tcp-transaction: failures slower than the interval: the outage is their number times the timeout', () => {
    const { hosts, loop } = looping({ timeoutUs: 3 * SECOND });
    outage(hosts, 4.5 * SECOND, 10.5 * SECOND);
    hosts.run(21 * SECOND - 1);
    expect(loop.result()).toMatchObject({ lost: 2, lossDerivedUs: 6 * SECOND });
  });

  test('tcp-transaction: TCP gives up before the timeout: failed', () => {
    const tcp = { ...LINUX_TCP, synRetries: 1 };
    const { hosts, loop } = looping({ timeoutUs: 60 * SECOND, tcp });
    hosts.link.cut(1);
    hosts.run(4 * SECOND);
    expect(loop.result()).toMatchObject({ lost: 1, connections: 2 });
  });
});

describe('tcp-transaction: an outage against TCP (reference aws-ha.md, section 4)', () => {
  const PATIENT = { timeoutUs: 1_000 * SECOND };
  const OUTAGES = [
    [5.4, 6.2, 7],
    [9.4, 12.6, 15],
    [14.2, 25.4, 15],
    [31.7, 51, 63],
    [101.6, 102.2, null],
  ] as const;

  test.each(OUTAGES)('tcp-transaction: %f s on an open connection: resumes at %f s', (length, resumes) => {
    const { hosts, loop } = looping({ mode: 'keep', ...PATIENT });
    outage(hosts, 2 * SECOND - 1, (2 + length) * SECOND - 1);
    hosts.run(200 * SECOND);
    expect(loop.result()).toMatchObject({ lost: 0, longestTransactionUs: resumes * SECOND + ROUND_TRIP_US });
  });

  test.each(OUTAGES)('tcp-transaction: %f s from a SYN on: connects after it', (length, _, connects) => {
    const { hosts, loop } = looping(PATIENT);
    outage(hosts, 2 * SECOND - 1, (2 + length) * SECOND - 1);
    hosts.run(200 * SECOND);
    expect(loop.result()).toMatchObject(
      connects === null
        ? { lost: 1, outages: [{ fromUs: 2 * SECOND, toUs: 129 * SECOND, lost: 1 }] }
        : { lost: 0, longestTransactionUs: connects * SECOND + 2 * ROUND_TRIP_US },
    );
  });
});
