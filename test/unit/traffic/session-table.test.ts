import { describe, expect, test } from 'vitest';
import { FlowNumbers, HOLDER, slotOf } from '../../../src/traffic/flow-numbers.ts';
import { IDLE_TIMEOUT_US, SessionTable } from '../../../src/traffic/session-table.ts';

function flows(table: SessionTable): number[] {
  return [...table].map(({ flow }) => flow);
}

/** The flows whose sessions expire at this time. */
function expired(table: SessionTable, nowUs: number): number[] {
  const gone: number[] = [];
  table.expire(nowUs, 0, ({ flow }) => gone.push(flow));
  return gone;
}

describe('session table: entries', () => {
  test('session table: a new session: known until it is removed', () => {
    const table = new SessionTable();
    table.create(7, 'tcp', 100);
    expect(table.get(7)).toMatchObject({
      flow: 7,
      protocol: 'tcp',
      lastUs: 100,
      sync: 'none',
      owner: 0,
      nat: null,
    });
    expect([table.remove(7), table.remove(7), table.get(7), table.size]).toEqual([true, false, undefined, 0]);
  });

  test('session table: a copy of a session that is known: leaves it as it is', () => {
    const table = new SessionTable();
    table.create(7, 'tcp', 100);
    table.addCopy(7, 'tcp', 200);
    table.addCopy(8, 'udp', 200);
    expect([table.get(7)?.sync, table.get(7)?.lastUs, table.get(8)?.sync]).toEqual(['none', 100, 'copy']);
  });

  test('session table: lost at once: empty, but recalled for the books', () => {
    const table = new SessionTable();
    table.create(7, 'tcp', 0);
    table.lose();
    expect([table.size, table.get(7), table.recall(7)?.flow]).toEqual([0, undefined, 7]);
    table.create(8, 'tcp', 0);
    table.lose();
    expect([table.recall(7), table.recall(8)?.flow]).toEqual([undefined, 8]); // The last contents only.
  });
});

describe('session table: rows', () => {
  test('session table: what is written to a session: read again, and nothing else changed', () => {
    const table = new SessionTable();
    const nat = { originalIp: 1, translatedIp: 2 };
    table.create(5, 'udp', 0, { owner: 1, layer7: true, nat });
    const written = table.get(5);
    if (written === undefined) throw new Error('no session');
    written.sync = 'sync-backlog';
    written.owner = 0;
    written.layer7 = false;
    written.lastUs = 77;
    expect(table.get(5)).toMatchObject({
      sync: 'sync-backlog',
      owner: 0,
      madeFor: 1,
      layer7: false,
      lastUs: 77,
      nat,
    });
  });

  test('session table: a slot used by a later flow: the earlier flow is not known, nor removed', () => {
    const numbers = new FlowNumbers();
    const table = new SessionTable(numbers);
    const first = numbers.take();
    table.create(first, 'tcp', 0);
    numbers.release(slotOf(first), HOLDER.conversation);
    expect(numbers.take()).not.toBe(first); // The table still holds its slot.
    table.remove(first);
    const second = numbers.take();
    expect([slotOf(second), second === first]).toEqual([slotOf(first), false]);
    table.create(second, 'tcp', 0);
    table.addCopy(first, 'tcp', 9);
    expect([table.has(first), table.remove(first), table.get(second)?.lastUs]).toEqual([false, false, 0]);
  });

  test('session table: a flow that is over: makes no session, for its slot is free or another flow has it', () => {
    const numbers = new FlowNumbers();
    const table = new SessionTable(numbers);
    const flow = numbers.take();
    expect(table.isOver(flow)).toBe(false);
    numbers.release(slotOf(flow), HOLDER.conversation);
    expect(table.isOver(flow)).toBe(true);
    expect(() => table.create(flow, 'tcp', 0)).toThrow('which is over');
    expect(numbers.take()).not.toBe(numbers.take()); // The slot is given out once.
  });

  test('session table: lost, and its slots used by others: the lost sessions are still told from them', () => {
    const numbers = new FlowNumbers();
    const table = new SessionTable(numbers);
    const flow = numbers.take();
    table.create(flow, 'tcp', 0);
    table.lose();
    expect(table.recall(flow)?.flow).toBe(flow);
    numbers.release(slotOf(flow), HOLDER.conversation);
    expect(table.recall(numbers.take())).toBeUndefined();
  });

  test('session table: a hundred thousand sessions: in columns of at most 15 bytes each', () => {
    const table = new SessionTable();
    for (let flow = 1; flow <= 100_000; flow += 1) table.create(flow, 'tcp', flow);
    expect([table.size, table.get(65_536)?.lastUs]).toEqual([100_000, 65_536]);
    expect(table.bytes).toBeLessThan(15 * 100_000);
  });
});

describe('session table: idle sessions', () => {
  test.each(Object.entries(IDLE_TIMEOUT_US))(
    'session table: %s idle for %i us: expires then, not before',
    (kind, us) => {
      const table = new SessionTable();
      table.create(1, kind as keyof typeof IDLE_TIMEOUT_US, 1_000);
      expect(expired(table, 1_000 + us - 1)).toEqual([]);
      expect(expired(table, 1_000 + us)).toEqual([1]);
      expect(table.size).toBe(0);
    },
  );

  // The copies of ICMP sessions stayed for good at the firewall that did not own them, and had the answers of later ones.
  test('session table: idle sessions of the other device: those that HA2 tells nothing of expire, too', () => {
    const table = new SessionTable();
    const origin = { owner: 1, layer7: true, nat: null } as const;
    table.create(1, 'icmp', 0, origin);
    table.create(2, 'udp', 0, origin);
    table.addCopy(3, 'udp', 0, origin);
    expect(expired(table, 30_000_000)).toEqual([1, 2]);
    expect(flows(table)).toEqual([3]);
  });

  test('session table: touched: idle times start again', () => {
    const table = new SessionTable();
    table.create(1, 'icmp', 0);
    table.create(2, 'udp', 0);
    table.touchAll(5_000_000);
    expect(expired(table, 6_000_000)).toEqual([]);
    expect(expired(table, 11_000_000)).toEqual([1]);
    expect(flows(table)).toEqual([2]);
  });
});
