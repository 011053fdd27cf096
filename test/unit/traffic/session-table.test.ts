import { describe, expect, test } from 'vitest';
import { IDLE_TIMEOUT_US, SessionTable } from '../../../src/traffic/session-table.ts';

function flows(table: SessionTable): number[] {
  return [...table].map(({ flow }) => flow);
}

describe('session table: entries', () => {
  test('session table: a new session: known until it is removed', () => {
    const table = new SessionTable();
    const session = table.create(7, 'tcp', 100);
    expect(table.get(7)).toBe(session);
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

describe('session table: idle sessions', () => {
  test.each(Object.entries(IDLE_TIMEOUT_US))(
    'session table: %s idle for %i us: expires then, not before',
    (kind, us) => {
      const table = new SessionTable();
      table.create(1, kind as keyof typeof IDLE_TIMEOUT_US, 1_000);
      expect(table.expire(1_000 + us - 1)).toEqual([]);
      expect(table.expire(1_000 + us).map(({ flow }) => flow)).toEqual([1]);
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
    expect(table.expire(30_000_000, 0).map(({ flow }) => flow)).toEqual([1, 2]);
    expect(flows(table)).toEqual([3]);
  });

  test('session table: touched: idle times start again', () => {
    const table = new SessionTable();
    table.create(1, 'icmp', 0);
    table.create(2, 'udp', 0);
    table.touchAll(5_000_000);
    expect(table.expire(6_000_000)).toEqual([]);
    expect(table.expire(11_000_000).map(({ flow }) => flow)).toEqual([1]);
    expect(flows(table)).toEqual([2]);
  });
});
