import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/network/endpoint.ts';
import { FLAG, FRAME, type Frame } from '../../../src/network/frame.ts';
import { FLOW, type FlowForm } from '../../../src/traffic/flows.ts';
import type { LossCause } from '../../../src/traffic/loss.ts';
import type { WorkloadBooks } from '../../../src/traffic/workload-books.ts';
import { LINUX_TCP } from '../../../src/traffic/tcp.ts';
import { Workload, WorkloadRoutes } from '../../../src/traffic/workload.ts';
import type { WorkloadSettings } from '../../../src/traffic/workload-settings.ts';
import { TwoHosts } from '../../helpers/two-hosts.ts';

const MS = 1_000;
const SECOND = 1_000_000;

const SETTINGS: WorkloadSettings = {
  name: 'web',
  application: 'web',
  protocol: 'tcp',
  decryption: 'none',
  concurrent: 0,
  arrivals: { kind: 'constant', meanGapUs: SECOND },
  holding: { kind: 'constant', valueUs: 3 * SECOND },
  packetInterval: { kind: 'constant', valueUs: SECOND },
  packetBytes: 100,
  port: 443,
  tcp: LINUX_TCP,
};

/** Only sessions that are open from the start. */
function open(concurrent: number): Partial<WorkloadSettings> {
  return { concurrent, arrivals: null };
}

function every(valueUs: number): Partial<WorkloadSettings> {
  return { packetInterval: { kind: 'constant', valueUs } };
}

/** A workload between two hosts; one session a second, each of three seconds, unless told otherwise. */
class Bench {
  readonly hosts: TwoHosts;
  readonly workload: Workload;
  /** The client's packets, in the order in which they left, with their times. */
  readonly packets: { readonly atUs: number; readonly frame: Frame }[] = [];

  constructor(settings: Partial<WorkloadSettings> = {}, form: FlowForm = 'packets') {
    this.hosts = new TwoHosts(MS, form);
    const { network, simulation } = this.hosts.wire;
    const { client, server, flows } = this.hosts;
    const all = { ...SETTINGS, ...settings };
    this.workload = new Workload(network, new WorkloadRoutes(simulation), flows, client, server.ip, all);
    this.#listen(client);
    this.hosts.run(SECOND);
    this.packets.length = 0;
    this.workload.start();
  }

  #listen(client: Endpoint): void {
    const send = client.send.bind(client);
    client.send = (frame) => {
      this.packets.push({ atUs: this.hosts.wire.simulation.nowUs, frame });
      send(frame);
    };
  }

  /** What the client has sent, in words. */
  said(): string[] {
    return this.packets.map(({ frame: { kind, flags } }) => {
      const what = (flags & FLAG.syn) !== 0 ? 'SYN' : (flags & FLAG.fin) !== 0 ? 'FIN' : 'data';
      return `${kind === FRAME.tcp ? 'tcp' : 'udp'} ${what}`;
    });
  }

  /** When the client has sent from this time on, in seconds from its first packet since. */
  beats(fromUs: number): number[] {
    const times = this.packets.map(({ atUs }) => atUs).filter((atUs) => atUs >= fromUs);
    return times.map((atUs) => (atUs - (times[0] ?? 0)) / SECOND);
  }

  /** The open flows, by their numbers. */
  flows(): number[] {
    const { flows } = this.hosts;
    const open: number[] = [];
    flows.each((slot) => open.push(flows.numbers.numberOf(slot)));
    return open;
  }

  drop(flow: number, cause: LossCause): void {
    this.workload.dropped(flow, this.hosts.flows.blames.index(cause, 0));
  }

  get books(): WorkloadBooks {
    return this.workload.books();
  }
}

function sum({ completed, failed, open, lost }: WorkloadBooks): number {
  return Object.values(lost).reduce((total, count) => total + count, completed + failed + open);
}

describe('workload: a session', () => {
  test('workload: TCP: opens with SYN, exchanges packets, closes with FIN', () => {
    const bench = new Bench({ ...open(1) });
    bench.hosts.run(20 * SECOND);
    expect(bench.said()).toEqual(['tcp SYN', 'tcp data', 'tcp data', 'tcp data', 'tcp FIN']);
    expect(bench.books).toMatchObject({ started: 1, completed: 1, failed: 0, open: 0, lost: {} });
  });

  test('workload: the first packet of data: a round trip after the SYN', () => {
    const bench = new Bench({ ...open(1) });
    bench.hosts.run(20 * SECOND);
    expect(bench.beats(0)).toEqual([0, 0.002, 1.002, 2.002, 3.002]);
  });

  test('workload: UDP: only packets, and done when its time is over', () => {
    const bench = new Bench({ protocol: 'udp', ...open(1) });
    bench.hosts.run(20 * SECOND);
    expect(new Set(bench.said())).toEqual(new Set(['udp data']));
    expect(bench.books).toMatchObject({ started: 1, completed: 1, open: 0 });
  });

  test('workload: UDP that never hears anything: failed', () => {
    const bench = new Bench({ protocol: 'udp', ...open(1) });
    bench.hosts.link.cut(1);
    bench.hosts.run(20 * SECOND);
    expect(bench.books).toMatchObject({ started: 1, failed: 1, completed: 0 });
  });

  test('workload: forever: open to the end', () => {
    const bench = new Bench({ ...open(5), holding: null });
    bench.hosts.run(1_000 * SECOND);
    expect(bench.books).toMatchObject({ started: 5, open: 5 });
  });
});

describe.each(['packets', 'intervals'] as const)('workload: TCP’s patience, form %s', (form) => {
  test('workload: no answer to SYN: repeated after 1, 2, 4 … s, six times, and given up after 127 s', () => {
    const bench = new Bench({ ...open(1), ...every(MS) }, form);
    bench.hosts.link.cut(1);
    bench.hosts.run(127 * SECOND);
    expect(bench.books).toMatchObject({ started: 1, open: 1, failed: 0 });
    bench.hosts.run(129 * SECOND);
    expect(bench.books).toMatchObject({ started: 1, open: 0, failed: 1, stalls: null });
    if (form === 'packets') expect(bench.beats(0)).toEqual([0, 1, 3, 7, 15, 31, 63]);
  });

  test('workload: no answer to data: repeated at 0.2, 0.6, 1.4 … s, fifteen times, and aborted after 924.6 s', () => {
    const bench = new Bench({ ...open(1), holding: null }, form);
    bench.hosts.run(10 * SECOND);
    bench.hosts.link.cut(17);
    bench.hosts.run(3_000 * SECOND);
    expect(bench.books).toMatchObject({ lost: { 'timed-out': 1 }, open: 0, completed: 0 });
    const [loss] = bench.books.losses;
    expect(loss?.record).toBe(17); // What cut the link is to blame.
    const expected = [
      0, 0.2, 0.6, 1.4, 3, 6.2, 12.6, 25.4, 51, 102.2, 204.6, 324.6, 444.6, 564.6, 684.6, 804.6,
    ];
    const times = bench.packets.map(({ atUs }) => atUs).filter((atUs) => atUs > 10 * SECOND);
    if (form === 'packets') expect(times.map((atUs) => (atUs - times[0]!) / SECOND)).toEqual(expected);
    expect(loss?.lastUs).toBeLessThanOrEqual(11 * SECOND + 924_600 * MS);
  });

  test('workload: FIN never answered: completed all the same', () => {
    const bench = new Bench({ ...open(1) }, form);
    bench.hosts.run(3 * SECOND);
    bench.hosts.link.cut(1);
    bench.hosts.run(1_100 * SECOND);
    expect(sum(bench.books)).toBe(1);
  });

  // Reference aws-ha.md, section 4.
  test.each([
    [5.4, 6.2],
    [9.4, 12.6],
    [14.2, 25.4],
    [31.7, 51],
    [101.6, 102.2],
  ])('workload: C-080: an outage of %d s: an open connection resumes after %d s', (outage, resumes) => {
    const bench = new Bench({ ...open(1), holding: null, ...every(10 * MS) }, form);
    bench.hosts.run(10 * SECOND);
    // The last packet before the cut is answered; the next one, at most 10 ms later, is the first that is lost.
    bench.hosts.link.cut(1);
    bench.hosts.run(10 * SECOND + outage * SECOND);
    bench.hosts.link.mend(1);
    bench.hosts.run(300 * SECOND);
    expect(bench.books.stalls).toMatchObject({ count: 1, longestUs: resumes * SECOND });
    expect(bench.books).toMatchObject({ open: 1, lost: {} });
  });

  test.each([
    [5.4, 7],
    [9.4, 15],
    [14.2, 15],
    [31.7, 63],
  ])(
    'workload: C-080: an outage of %d s: a SYN sent at its start connects after %d s',
    (outage, connects) => {
      const bench = new Bench({ ...open(1), holding: null, ...every(MS) }, form);
      bench.hosts.link.cut(1);
      bench.hosts.run(SECOND + outage * SECOND);
      bench.hosts.link.mend(1);
      bench.hosts.run((connects + 1) * SECOND - 1);
      expect(bench.hosts.flows.state(1)).toBe(FLOW.opening);
      bench.hosts.run((connects + 1) * SECOND + MS);
      expect(bench.hosts.flows.state(1)).toBe(FLOW.open);
    },
  );

  test('workload: C-080: an outage of 101.6 s: a SYN sent at its start fails', () => {
    const bench = new Bench({ ...open(1), ...every(MS) }, form);
    bench.hosts.link.cut(1);
    bench.hosts.run(102_600 * MS);
    bench.hosts.link.mend(1);
    bench.hosts.run(300 * SECOND);
    expect(bench.books).toMatchObject({ failed: 1, completed: 0 });
  });

  test('workload: other patience: its own numbers', () => {
    const tcp = { initialRtoUs: 500 * MS, minRtoUs: 100 * MS, maxRtoUs: 400 * MS, retries: 3, synRetries: 1 };
    const bench = new Bench({ ...open(1), ...every(MS), tcp }, form);
    bench.hosts.link.cut(1);
    bench.hosts.run(2_502 * MS);
    expect(bench.books).toMatchObject({ failed: 1 }); // 0.5 s, and 0.4 s for doubling ends there: 0.9 s.
  });
});

describe('workload: arrivals', () => {
  test('workload: one session a second: as many as seconds', () => {
    const bench = new Bench();
    bench.hosts.run(11 * SECOND);
    expect(bench.books.started).toBe(10);
  });

  test('workload: Poisson arrivals: their number within five standard deviations', () => {
    const bench = new Bench({ arrivals: { kind: 'poisson', meanGapUs: SECOND / 10 }, protocol: 'udp' });
    bench.hosts.run(1_001 * SECOND);
    expect(Math.abs(bench.books.started - 10_000)).toBeLessThan(5 * Math.sqrt(10_000));
  });

  test('workload: sessions from the start beside arrivals: both, and the arrivals come as they would without', () => {
    const started = (concurrent: number): number => {
      const arrivals = { kind: 'poisson', meanGapUs: SECOND / 10 } as const;
      const bench = new Bench({ concurrent, arrivals, protocol: 'udp' });
      bench.hosts.run(101 * SECOND);
      return bench.workload.books().started;
    };
    expect(started(20)).toBe(started(0) + 20);
  });

  test('workload: timestamps: one session at each, and then none', () => {
    const arrivals = { kind: 'timestamps', timesUs: [0, SECOND, SECOND] } as const;
    const bench = new Bench({ arrivals, protocol: 'udp' });
    bench.hosts.run(1_500_000);
    expect(bench.workload.books().started).toBe(1);
    bench.hosts.run(100 * SECOND);
    expect(bench.workload.books()).toMatchObject({ started: 3, completed: 3 });
  });

  test('workload: packet intervals by chance: constant in a session, and another in the next', () => {
    const packetInterval = { kind: 'uniform', minUs: 100_000, maxUs: SECOND } as const;
    const bench = new Bench({ ...open(5), protocol: 'udp', holding: null, packetInterval });
    const sentUs = new Map<number, number[]>();
    const { client, wire } = bench.hosts;
    const send = client.send.bind(client);
    client.send = (frame) => {
      sentUs.set(frame.flow, [...(sentUs.get(frame.flow) ?? []), wire.simulation.nowUs]);
      send(frame);
    };
    bench.hosts.run(20 * SECOND);
    const intervals = [...sentUs.values()].map((times) =>
      times.slice(1).map((atUs, index) => atUs - (times[index] ?? 0)),
    );
    expect(intervals).toHaveLength(5);
    for (const one of intervals) expect(new Set(one).size).toBe(1);
    expect(new Set(intervals.flat()).size).toBe(5);
  });
});

describe('workload: the books', () => {
  test('workload: sessions dropped by a firewall: booked once, under their cause, and the books balance', () => {
    const bench = new Bench();
    bench.hosts.run(5_500_000);
    const [first, second] = bench.flows() as [number, number];
    bench.drop(first, 'in-flight');
    bench.drop(second, 'not-synced');
    bench.hosts.run(20 * SECOND);
    expect(bench.books.lost).toEqual({ 'in-flight': 1, 'not-synced': 1 });
    expect(sum(bench.books)).toBe(bench.books.started);
  });

  test('workload: marked as missing at a takeover: booked under that cause, whatever is seen later', () => {
    const bench = new Bench();
    bench.hosts.run(3_500_000);
    const [flow] = bench.flows() as [number];
    const { flows } = bench.hosts;
    flows.setMissing(flow, flows.blames.index('sync-backlog', 12));
    bench.drop(flow, 'asymmetric');
    expect(bench.books.lost).toEqual({ 'sync-backlog': 1 });
    expect(bench.books.losses).toEqual([
      { cause: 'sync-backlog', count: 1, firstUs: 3_500_000, lastUs: 3_500_000, record: 12 },
    ]);
  });

  test('workload: a SYN dropped: nothing is lost, for the next one makes a session', () => {
    const bench = new Bench({ ...open(1) });
    bench.hosts.link.cut(1);
    bench.hosts.run(3 * SECOND);
    bench.drop(bench.flows()[0] as number, 'asymmetric');
    expect(bench.books).toMatchObject({ lost: {}, open: 1 });
  });

  test('workload: a repeated FIN after the close: completed, not lost', () => {
    const bench = new Bench({ ...open(1), ...every(MS) });
    bench.hosts.run(3_900 * MS);
    bench.hosts.link.cut(1);
    bench.hosts.run(4_003_500);
    const [flow] = bench.flows() as [number];
    bench.hosts.flows.setState(flow, FLOW.closing);
    bench.drop(flow, 'asymmetric');
    expect(bench.books).toMatchObject({ lost: {}, completed: 1, open: 0 });
  });
});
