import { describe, expect, test } from 'vitest';
import { lossCause } from '../../../src/traffic/loss.ts';
import { PLAIN } from '../../../src/traffic/session-table.ts';
import { Bench, bulkOf } from '../../helpers/sync-bench.ts';

describe('session sync: the serving firewall', () => {
  test('session sync: a session set up: its message leaves after the lag', () => {
    const bench = new Bench();
    bench.sync.startServing();
    bench.run(1_000);
    bench.open(1);
    expect([bench.table.get(1)?.sync, bench.sync.waiting]).toEqual(['queued', 1]);
    bench.run(100_999);
    expect(bench.said()).toEqual([]);
    bench.run(101_000);
    expect(bench.said()).toEqual(['101000: items add 1']);
    expect([bench.table.get(1)?.sync, bench.sync.backlog]).toEqual(['sent', 0]);
  });

  test('session sync: set-up, teardown and ARP: in order in one message', () => {
    const bench = new Bench();
    bench.sync.startServing();
    bench.open(1, 2);
    bench.sync.removed(1);
    bench.sync.tell({ op: 'arp', interface: 'ethernet1/1', ip: 1, mac: 2 });
    bench.run(1_000_000);
    expect(bench.said()).toEqual(['100000: items add 1 add 2 remove 1 arp']);
  });

  test('session sync: more than the rate carries: the rest waits as a backlog', () => {
    const bench = new Bench({ rate: 100 });
    bench.sync.startServing();
    bench.open(...Array.from({ length: 150 }, (_, index) => index + 1));
    bench.run(100_000);
    expect([bench.sent[0]?.items.length, bench.sync.backlog]).toEqual([64, 86]);
    bench.run(739_999);
    expect(bench.sent).toHaveLength(1);
    bench.run(10_000_000);
    // 64 messages take 640 ms at 100 per second.
    expect(bench.sent.map(({ atUs, items }) => [atUs, items.length])).toEqual([
      [100_000, 64],
      [740_000, 64],
      [1_380_000, 22],
    ]);
  });

  test('session sync: the service ends: what waits is never sent, and why a session is lost can be told', () => {
    const bench = new Bench({ rate: 1 });
    bench.sync.startServing();
    bench.open(1);
    bench.run(100_000);
    bench.open(2);
    bench.run(500_000);
    bench.open(3);
    bench.run(550_000);
    bench.sync.stopServing();
    bench.run(100_000_000);
    expect(bench.said()).toEqual(['100000: items add 1']);
    const causes = [1, 2, 3, 4].map((flow) => lossCause(flow, bench.table, bench.sync));
    // 1 was sent and lost on its way; 2 was due at 200 ms, but the rate was used up; 3 was younger than the lag; 4 never was.
    expect(causes).toEqual(['not-synced', 'sync-backlog', 'in-flight', 'asymmetric']);
  });

  test('session sync: disabled, or not serving: nothing is queued', () => {
    const disabled = new Bench({ enabled: false });
    disabled.sync.startServing();
    disabled.open(1);
    const passive = new Bench();
    passive.open(1);
    expect([disabled.sync.waiting, passive.sync.waiting]).toEqual([0, 0]);
    expect(lossCause(1, disabled.table, disabled.sync)).toBe('not-synced');
  });

  test('session sync: an idle session: swept away, and the peer is told', () => {
    const bench = new Bench();
    bench.sync.startServing();
    bench.sync.added(bench.table.create(1, 'udp', 0));
    bench.run(36_000_000);
    expect(bench.table.size).toBe(0);
    expect(bench.said()).toEqual(['100000: items add 1', '30100000: items remove 1']);
  });
});

describe('session sync: the other firewall', () => {
  test('session sync: messages of the peer: become copies and go again', () => {
    const bench = new Bench();
    bench.sync.receive([
      { op: 'add', flow: 1, protocol: 'tcp', ...PLAIN },
      { op: 'add', flow: 2, protocol: 'udp', ...PLAIN },
      { op: 'remove', flow: 1 },
    ]);
    expect([...bench.table].map(({ flow, sync }) => [flow, sync])).toEqual([[2, 'copy']]);
  });

  test('session sync: messages at a firewall that serves: one way only, so they are not taken', () => {
    const bench = new Bench();
    bench.sync.startServing();
    bench.sync.receive([{ op: 'add', flow: 1, protocol: 'tcp', ...PLAIN }]);
    expect(bench.table.size).toBe(0);
  });
});

describe('session sync: bulk', () => {
  test('session sync: bulk asked for: everything after its time, ARP first; a second request is the same', () => {
    const bench = new Bench();
    bench.sync.startServing();
    bench.table.create(1, 'tcp', 0);
    bench.sync.bulkRequested();
    bench.run(10_000_000);
    bench.sync.bulkRequested();
    bench.run(100_000_000);
    expect(bench.said()).toEqual(['30000000: bulk arp add 1']);
  });

  test('session sync: bulk asked of one that does not serve or does not sync: no answer', () => {
    for (const bench of [new Bench(), new Bench({ enabled: false })]) {
      if (!bench.sync.enabled) bench.sync.startServing();
      bench.sync.bulkRequested();
      bench.run(100_000_000);
      expect(bench.said()).toEqual([]);
    }
  });

  test('session sync: bulk not answered: asked for again every 10 s until it comes', () => {
    const bench = new Bench();
    bench.sync.bulk.request();
    bench.run(25_000_000);
    expect(bench.said()).toEqual(['0: bulk-request', '10000000: bulk-request', '20000000: bulk-request']);
    expect(bench.sync.bulkReceived(bulkOf(1))).toBe(true);
    bench.run(100_000_000);
    expect(bench.sent).toHaveLength(3);
  });

  test('session sync: bulk arrives: the table becomes a copy of the peer’s; unasked for, it is not taken', () => {
    const bench = new Bench();
    bench.table.create(1, 'tcp', 0);
    expect(bench.sync.bulkReceived(bulkOf(2))).toBe(false);
    bench.sync.bulk.request();
    expect(bench.sync.bulkReceived(bulkOf(2))).toBe(true);
    expect([...bench.table].map(({ flow }) => flow)).toEqual([2]);
  });

  test('session sync: it takes the service while it waits: asks no more', () => {
    const bench = new Bench();
    bench.sync.bulk.request();
    bench.sync.startServing();
    bench.run(60_000_000);
    expect(bench.said()).toEqual(['0: bulk-request']);
    expect(bench.sync.bulkReceived(bulkOf())).toBe(false);
  });
});
