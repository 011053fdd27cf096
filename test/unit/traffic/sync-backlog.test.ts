/** HA2 session sync under load: closed forms of its backlog, its pace, its bounds. */

import { describe, expect, test } from 'vitest';
import { lossCause } from '../../../src/traffic/loss.ts';
import { PLAIN } from '../../../src/traffic/session-table.ts';
import { Bench } from '../../helpers/sync-bench.ts';

/** Numbers from one to this. */
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('session sync: backlog', () => {
  test('session sync: more set-ups than the rate for 10 s, then fewer: grows by a − r and drains by r − a', () => {
    const bench = new Bench({ rate: 1_000, lagUs: 0, batch: 1, spacingUs: 0 });
    bench.sync.startServing();
    let flow = 0;
    /** Sessions come evenly for a while. */
    const arrive = (perSecond: number, seconds: number): void => {
      const beganUs = bench.simulation.nowUs;
      for (let n = 1; n <= perSecond * seconds; n += 1) {
        bench.run(beganUs + Math.floor((n * 1_000_000) / perSecond));
        bench.open((flow += 1));
      }
    };
    arrive(3_000, 4); // 3000/s against 1000/s.
    bench.run(4_000_000);
    expect(bench.sync.backlog).toBeGreaterThanOrEqual(7_998);
    expect(bench.sync.backlog).toBeLessThanOrEqual(8_002);
    arrive(200, 12); // 8000 at 800 per second: 10 s.
    bench.run(16_100_000);
    const { peakBacklog, peakUs, drainUs, longestDelayUs, backlog } = bench.sync.books();
    expect(Math.abs(peakBacklog - 8_000)).toBeLessThanOrEqual(2);
    expect(Math.abs((peakUs ?? 0) - 4_000_000)).toBeLessThanOrEqual(2_000);
    expect(Math.abs((drainUs ?? 0) - 10_000_000)).toBeLessThanOrEqual(20_000);
    expect(Math.abs(longestDelayUs - 8_000_000)).toBeLessThanOrEqual(2_000);
    expect(backlog).toBe(0);
  });

  test('session sync: a bandwidth below the rate: sets the pace', () => {
    const bench = new Bench({ lagUs: 0 });
    bench.carries = 1_000;
    bench.sync.startServing();
    bench.open(...upTo(200));
    bench.run(10_000_000);
    expect(bench.sent.map(({ atUs, messages }) => [atUs, messages])).toEqual([
      [0, 64],
      [64_000, 64],
      [128_000, 64],
      [192_000, 8],
    ]);
    expect(bench.simulation.assumed.has('session-sync-message')).toBe(true);
  });

  test('session sync: 100 000 set-ups in a second: two frames in each millisecond, none of them of one message', () => {
    const bench = new Bench({ rate: 10_000_000 });
    bench.sync.startServing();
    for (let n = 1; n <= 100_000; n += 1) {
      bench.run(n * 10);
      bench.open(n);
    }
    bench.run(2_000_000);
    const { sent, frames, backlog } = bench.sync.books();
    expect([sent.setUp, backlog]).toEqual([100_000, 0]);
    expect(frames).toBeLessThanOrEqual(2_000 + 1);
    expect(Math.max(...bench.sent.map(({ messages }) => messages))).toBe(64);
  });

  test('session sync: the queue is full: what comes on top is not sent, and lost to the backlog', () => {
    const bench = new Bench({ queueLimit: 3 });
    bench.sync.startServing();
    bench.open(...upTo(5));
    bench.run(1_000_000);
    expect(bench.said()).toEqual(['100000: items add 1 add 2 add 3']);
    expect(bench.sync.books()).toMatchObject({ sent: { setUp: 3 }, dropped: { queueFull: 2 } });
    expect([3, 4].map((flow) => lossCause(flow, bench.table, bench.sync))).toEqual([
      'not-synced',
      'sync-backlog',
    ]);
  });

  test('session sync: seconds behind: the trace tells at each doubling and when it has drained, not per message', () => {
    const bench = new Bench({ rate: 100, lagUs: 0, batch: 1, spacingUs: 0 });
    bench.sync.startServing();
    bench.open(...upTo(500));
    bench.run(10_000_000);
    const told = bench.simulation.trace.records.map(({ timeUs, data }) => [data['step'], timeUs]);
    expect(told).toEqual([
      ['behind', 1_000_000],
      ['behind', 2_000_000],
      ['behind', 4_000_000],
      ['caught-up', 4_990_000],
    ]);
  });

  test('session sync: HA2 is known to be down: nothing counts as sent', () => {
    const bench = new Bench();
    bench.connected = false;
    bench.sync.startServing();
    bench.open(1, 2);
    bench.run(1_000_000);
    expect(bench.sync.books()).toMatchObject({ sent: { setUp: 0 }, frames: 0, dropped: { noLink: 2 } });
    expect(lossCause(1, bench.table, bench.sync)).toBe('not-synced');
  });

  test('session sync: a session over before its set-up leaves: the message says nothing', () => {
    const bench = new Bench();
    bench.sync.startServing();
    bench.open(1);
    bench.table.remove(1);
    bench.sync.removed(1);
    bench.run(1_000_000);
    expect(bench.said()).toEqual(['100000: items remove 1']);
    expect(bench.sent[0]?.messages).toBe(2);
  });
});

describe('session sync: idle times', () => {
  test('session sync: sessions in use: the peer hears of each once in the cadence, spread over it; idle ones say nothing', () => {
    const bench = new Bench({ updateUs: 10_000_000 });
    bench.sync.startServing();
    bench.open(1, 2, 3);
    for (let atUs = 1_000_000; atUs <= 30_000_000; atUs += 1_000_000) {
      bench.run(atUs - 1);
      for (const flow of [1, 2]) bench.table.get(flow)!.lastUs = bench.simulation.nowUs;
    }
    bench.run(34_000_000);
    expect(bench.said().filter((line) => line.includes('update'))).toEqual([
      '5000000: items update 2',
      '10000000: items update 1',
      '15000000: items update 2',
      '20000000: items update 1',
      '25000000: items update 2',
      '30000000: items update 1',
    ]);
  });

  test('session sync: an update at the peer: its copy has been idle as long; an unknown session is not made', () => {
    const bench = new Bench();
    bench.sync.receive([{ op: 'add', flow: 1, protocol: 'tcp', ...PLAIN }]);
    bench.run(10_000_000);
    bench.sync.receive([
      { op: 'update', flow: 1, idleUs: 2_000_000 },
      { op: 'update', flow: 2, idleUs: 0 },
    ]);
    expect([...bench.table].map(({ flow, lastUs }) => [flow, lastUs])).toEqual([[1, 8_000_000]]);
  });

  test('session sync: changes and updates wait: the changes go first', () => {
    const bench = new Bench({ updateUs: 5_000_000, lagUs: 0, batch: 2, rate: 100, spacingUs: 0 });
    bench.sync.startServing();
    bench.open(1, 2, 3);
    bench.run(4_999_999);
    for (const flow of [1, 2, 3]) bench.table.get(flow)!.lastUs = bench.simulation.nowUs;
    bench.run(5_000_000);
    bench.open(4, 5);
    bench.run(5_100_000);
    expect(bench.said().slice(-3)).toEqual([
      '5000000: items update 1 update 2',
      '5020000: items add 4 add 5',
      '5040000: items update 3',
    ]);
  });
});

describe('session sync: bulk on a narrow link', () => {
  test('session sync: the link needs longer than the bulk sync’s time: it takes as long, and messages of the time beside', () => {
    const bench = new Bench({ bulkUs: 1_000_000, lagUs: 0 });
    bench.carries = 100;
    for (const flow of upTo(500)) bench.table.create(flow, 'tcp', 0);
    bench.sync.startServing();
    bench.sync.bulkRequested();
    bench.run(500_000);
    bench.open(...upTo(600).slice(500));
    bench.run(60_000_000);
    // 600 sessions in the table at 100 per second, and 100 messages.
    expect(
      bench.sent.filter(({ kind }) => kind === 'bulk').map(({ atUs, items }) => [atUs, items.length]),
    ).toEqual([[7_000_000, 601]]);
    expect(bench.sync.books().bulkSyncs).toBe(1);
  });
});
