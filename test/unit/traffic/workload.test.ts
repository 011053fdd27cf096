import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/network/endpoint.ts';
import { FLAG, FRAME, type Frame } from '../../../src/network/frame.ts';
import { sessionMissing, takeOverSessions, type ServiceState } from '../../../src/traffic/ledger.ts';
import type { LossCause } from '../../../src/traffic/loss.ts';
import { SessionTable } from '../../../src/traffic/session-table.ts';
import type { SessionSync } from '../../../src/traffic/session-sync.ts';
import { Flow, Workload, WorkloadRoutes, type WorkloadSettings } from '../../../src/traffic/workload.ts';
import { TwoHosts } from '../../helpers/two-hosts.ts';

const SECOND = 1_000_000;

const SETTINGS: WorkloadSettings = {
  name: 'web',
  protocol: 'tcp',
  arrivals: { kind: 'constant', valueUs: SECOND },
  holding: { kind: 'constant', valueUs: 3 * SECOND },
  packetIntervalUs: SECOND,
  packetBytes: 100,
};

/** A workload between two hosts; one session a second, each of three seconds, unless told otherwise. */
class Bench {
  readonly hosts = new TwoHosts();
  readonly workload: Workload;
  /** Flags of the client's packets, in the order in which they left. */
  readonly packets: Frame[] = [];

  constructor(settings: Partial<WorkloadSettings> = {}) {
    const { simulation } = this.hosts.wire;
    const { client, server, traffic } = this.hosts;
    this.workload = new Workload(simulation, new WorkloadRoutes(simulation), traffic, client, server.ip, {
      ...SETTINGS,
      ...settings,
    });
    this.#listen(client);
    this.hosts.run(SECOND);
    this.packets.length = 0;
    this.workload.start();
  }

  #listen(client: Endpoint): void {
    const send = client.send.bind(client);
    client.send = (frame) => {
      this.packets.push(frame);
      send(frame);
    };
  }

  /** What the client has sent, in words. */
  said(): string[] {
    return this.packets.map(({ kind, flags }) => {
      const what = (flags & FLAG.syn) !== 0 ? 'SYN' : (flags & FLAG.fin) !== 0 ? 'FIN' : 'data';
      return `${kind === FRAME.tcp ? 'tcp' : 'udp'} ${what}`;
    });
  }

  flows(): Flow[] {
    return [...this.hosts.traffic.conversations()].filter((item) => item instanceof Flow);
  }
}

function sum({ completed, failed, open, lost }: ReturnType<Workload['books']>): number {
  return Object.values(lost).reduce((total, count) => total + count, completed + failed + open);
}

describe('workload: a session', () => {
  test('workload: TCP: opens with SYN, exchanges packets, closes with FIN', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 1 } });
    bench.hosts.run(20 * SECOND);
    expect(bench.said()).toEqual(['tcp SYN', 'tcp data', 'tcp data', 'tcp data', 'tcp FIN']);
    expect(bench.workload.books()).toMatchObject({ started: 1, completed: 1, failed: 0, open: 0, lost: {} });
  });

  test('workload: UDP: only packets, and done when its time is over', () => {
    const bench = new Bench({ protocol: 'udp', arrivals: { kind: 'concurrent', sessions: 1 } });
    bench.hosts.run(20 * SECOND);
    expect(new Set(bench.said())).toEqual(new Set(['udp data']));
    expect(bench.workload.books()).toMatchObject({ started: 1, completed: 1, open: 0 });
  });

  test('workload: no answer to SYN: repeated after 1, 2, 4 … s, six times, and then failed', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 1 } });
    bench.hosts.link.cut(1);
    bench.hosts.run(120 * SECOND);
    expect(bench.said()).toEqual(Array.from({ length: 7 }, () => 'tcp SYN'));
    expect(bench.workload.books()).toMatchObject({ started: 1, open: 1, failed: 0 });
    bench.hosts.run(130 * SECOND);
    expect(bench.workload.books()).toMatchObject({ started: 1, open: 0, failed: 1 });
  });

  test('workload: UDP that never hears anything: failed', () => {
    const bench = new Bench({ protocol: 'udp', arrivals: { kind: 'concurrent', sessions: 1 } });
    bench.hosts.link.cut(1);
    bench.hosts.run(20 * SECOND);
    expect(bench.workload.books()).toMatchObject({ started: 1, failed: 1, completed: 0 });
  });

  test('workload: FIN never answered: completed all the same', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 1 } });
    bench.hosts.run(3 * SECOND);
    bench.hosts.link.cut(1);
    bench.hosts.run(300 * SECOND);
    expect(bench.workload.books()).toMatchObject({ started: 1, completed: 1, failed: 0 });
  });

  test('workload: forever: open to the end', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 5 }, holding: null });
    bench.hosts.run(1_000 * SECOND);
    expect(bench.workload.books()).toMatchObject({ started: 5, open: 5 });
  });
});

describe('workload: arrivals', () => {
  test('workload: one session a second: as many as seconds', () => {
    const bench = new Bench();
    bench.hosts.run(11 * SECOND);
    expect(bench.workload.books().started).toBe(10);
  });

  test('workload: Poisson arrivals: their number within five standard deviations', () => {
    const bench = new Bench({ arrivals: { kind: 'exponential', meanUs: SECOND / 10 }, protocol: 'udp' });
    bench.hosts.run(1_001 * SECOND);
    expect(Math.abs(bench.workload.books().started - 10_000)).toBeLessThan(5 * Math.sqrt(10_000));
  });
});

describe('workload: the books', () => {
  test('workload: sessions dropped by a firewall: booked once, under their cause, and the books balance', () => {
    const bench = new Bench();
    bench.hosts.run(5_500_000);
    const [first, second] = bench.flows();
    bench.workload.dropped(first as Flow, 'in-flight');
    bench.workload.dropped(second as Flow, 'not-synced');
    bench.hosts.run(20 * SECOND);
    const books = bench.workload.books();
    expect(books.lost).toEqual({ 'in-flight': 1, 'not-synced': 1 });
    expect(sum(books)).toBe(books.started);
  });

  test('workload: marked as missing at a takeover: booked under that cause, whatever is seen later', () => {
    const bench = new Bench();
    bench.hosts.run(3_500_000);
    const [flow] = bench.flows() as [Flow];
    flow.missing = 'sync-backlog';
    bench.workload.dropped(flow, 'asymmetric');
    expect(bench.workload.books().lost).toEqual({ 'sync-backlog': 1 });
  });

  test('workload: a SYN dropped: nothing is lost, for the next one makes a session', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 1 } });
    bench.hosts.link.cut(1);
    bench.hosts.run(3 * SECOND);
    const [flow] = bench.flows() as [Flow];
    bench.workload.dropped(flow, 'asymmetric');
    expect(bench.workload.books()).toMatchObject({ lost: {}, open: 1 });
  });

  test('workload: a repeated FIN after the close: completed, not lost', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 1 } });
    bench.hosts.run(4 * SECOND);
    bench.hosts.link.cut(1);
    bench.hosts.run(6 * SECOND);
    const [flow] = bench.flows() as [Flow];
    expect(flow.state).toBe('closing');
    bench.workload.dropped(flow, 'asymmetric');
    expect(bench.workload.books()).toMatchObject({ lost: {}, completed: 1, open: 0 });
  });
});

describe('ledger: a takeover', () => {
  /** A firewall that knows these sessions, with a sync that has stopped at 10 s. */
  function side(known: readonly number[], enabled = true): ServiceState {
    const table = new SessionTable();
    for (const flow of known) table.create(flow, 'tcp', 0);
    const sync = { enabled, owns: () => false } as unknown as SessionSync;
    return { table, sync };
  }

  test('ledger: known to the survivor, to the former only, to nobody: carried, missing by cause, left out', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 6 }, holding: null });
    bench.hosts.run(9 * SECOND);
    const [carried, sent, late, waiting, unknown, opening] = bench.flows() as [
      Flow,
      Flow,
      Flow,
      Flow,
      Flow,
      Flow,
    ];
    opening.state = 'opening';
    const former = side([carried.id, sent.id, late.id, waiting.id, opening.id]);
    Object.assign(former.table.get(sent.id) ?? {}, { sync: 'sent' });
    Object.assign(former.table.get(late.id) ?? {}, { sync: 'in-flight' });
    Object.assign(former.table.get(waiting.id) ?? {}, { sync: 'sync-backlog' });
    const takeover = takeOverSessions(bench.hosts.traffic, side([carried.id]), former);
    const missing: Partial<Record<LossCause, number>> = {
      'not-synced': 1,
      'in-flight': 1,
      'sync-backlog': 1,
    };
    expect(takeover).toEqual({ carried: 1, recreated: 0, missing });
    expect([sent, late, waiting, unknown, opening].map((flow) => flow.missing)).toEqual([
      'not-synced',
      'in-flight',
      'sync-backlog',
      null,
      null,
    ]);
  });

  test('ledger: UDP that the survivor does not know: made anew by its next packet', () => {
    const bench = new Bench({
      protocol: 'udp',
      arrivals: { kind: 'concurrent', sessions: 2 },
      holding: null,
    });
    bench.hosts.run(9 * SECOND);
    const ids = bench.flows().map(({ id }) => id);
    expect(takeOverSessions(bench.hosts.traffic, side([]), side(ids))).toEqual({
      carried: 0,
      recreated: 2,
      missing: {},
    });
  });

  test('ledger: the former’s table lost with its power: its last contents are judged', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 1 }, holding: null });
    bench.hosts.run(9 * SECOND);
    const former = side(bench.flows().map(({ id }) => id));
    former.table.lose();
    expect(takeOverSessions(bench.hosts.traffic, side([]), former).missing).toEqual({ 'not-synced': 1 });
  });

  test('ledger: a packet dropped for want of a session: booked by what the other firewall knew', () => {
    const bench = new Bench({ arrivals: { kind: 'concurrent', sessions: 2 }, holding: null });
    bench.hosts.run(9 * SECOND);
    const [known, unknown] = bench.flows() as [Flow, Flow];
    const former = side([known.id], false);
    for (const flow of [known, unknown]) sessionMissing(bench.hosts.traffic, flow.id, former);
    sessionMissing(bench.hosts.traffic, 9_999, former); // Over already.
    expect(bench.workload.books()).toMatchObject({ lost: { 'not-synced': 1, asymmetric: 1 }, open: 0 });
  });
});
