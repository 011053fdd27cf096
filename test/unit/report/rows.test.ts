import { describe, expect, it } from 'vitest';
import type { TraceRecord } from '../../../src/kernel/trace.ts';
import { timelineRows } from '../../../src/report/rows.ts';
import { FAILOVER_RECORDS, PAIR, record } from '../../helpers/result.ts';

function rows(records: readonly TraceRecord[]): string[] {
  return timelineRows(records, PAIR).map(
    ({ id, cause, subject, text }) => `#${id} ${subject}: ${text} ← #${cause}`,
  );
}

describe('timelineRows', () => {
  it('a failover: noise has no row, and a cause is the nearest that has one', () => {
    expect(`\n${rows(FAILOVER_RECORDS).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      #1 palo-1: starts as active  Won the election ← #0
      #2 palo-2: starts as passive  Peer is active ← #0
      #3 palo-1: interface-down palo-1:ethernet1/1 ← #0
      #4 palo-1: ethernet1/1 loses carrier ← #3
      #5 palo-1: link monitoring: failed ← #4
      #6 palo-1: waits monitor-fail-hold-up-time 0s + additional-master-hold-up-time 500ms ← #5
      #10 palo-1: active → non-functional  Link down ← #6
      #12 palo-2: hears that palo-1 is non-functional ← #10
      #13 palo-2: passive → active  Peer is non-functional ← #12
      #14 palo-2: sessions: 42 carried over; lost: 3 in-flight; 2 made anew ← #13
      #15 palo-2: gratuitous ARP: 2 now, 2 more at 1s (ethernet1/1, ethernet1/2) ← #13
      #16 palo-2: forwards on ethernet1/1, ethernet1/2 ← #13
      #18 palo-2: the first answer passes: traffic is back ← #13
      "
    `);
  });

  it('gratuitous ARP lost for want of carrier: counted in the one row', () => {
    const garp = (id: number, timeMs: number, times: number, lost: string[]): TraceRecord =>
      record(id, timeMs, 'palo-2', 'garp', { times, sent: lost.length > 0 ? [] : ['ethernet1/1'], lost }, 1);
    const lines = rows([
      garp(2, 0, 2, ['ethernet1/1']),
      garp(3, 1_000, 1, ['ethernet1/1']),
      garp(4, 2_000, 1, []),
    ]);
    expect(lines).toEqual([
      '#2 palo-2: gratuitous ARP: 2 now, 2 more at 1s; 3 of 4 lost without carrier (ethernet1/1) ← #0',
    ]);
  });

  it('what a switch learns of one announcement and its repetitions: one row', () => {
    const learned = (id: number, cause: number): TraceRecord =>
      record(id, id, 'switch', 'learned', { mac: 'm', towards: 'palo-2:x', instead: 'palo-1:x' }, cause);
    const garp = (id: number, first: number): TraceRecord =>
      record(id, id, 'palo-2', 'garp', { times: 1, sent: ['x'], lost: [] }, first);
    const role = (id: number) =>
      record(id, id, 'palo-2', 'role', { from: 'passive', to: 'active', reason: 'r', rule: 'T15' });
    const story = [
      role(1),
      garp(2, 1),
      learned(3, 2),
      garp(4, 1),
      learned(5, 4),
      role(6),
      garp(7, 6),
      learned(8, 7),
    ];
    const lines = rows(story).filter((line) => line.includes('switch'));
    expect(lines).toEqual([
      '#3 switch: sends m to palo-2:x from now on, not to palo-1:x; 1 more time ← #2',
      '#8 switch: sends m to palo-2:x from now on, not to palo-1:x ← #7',
    ]);
  });

  it('virtual addresses that move together: one row for those taken, one for those given up', () => {
    const moves = (id: number, address: string, held: boolean, share?: 0 | 1): TraceRecord => {
      const data = { address, interface: 'ethernet1/1', mac: 'a', held };
      return record(id, 0, 'palo-2', 'address', share === undefined ? data : { ...data, share }, 1);
    };
    const lines = rows([
      moves(2, '10.0.0.1', true),
      moves(3, '10.0.0.2', false),
      moves(4, '10.0.0.3', true, 1),
    ]);
    expect(lines).toEqual([
      "#2 palo-2: holds 10.0.0.1, device 1's share of 10.0.0.3 ← #0",
      '#3 palo-2: gives up 10.0.0.2 (a) ← #0',
    ]);
  });

  it('a wait that was cut short: its row says when', () => {
    const timer = 'promotion-hold-time';
    const lines = rows([
      record(1, 1_000, 'palo-2', 'timer', { timer, step: 'set', durationUs: 2_000_000 }),
      record(2, 1_500, 'palo-2', 'timer', { timer, step: 'cancelled' }),
    ]);
    expect(lines).toEqual(['#1 palo-2: waits promotion-hold-time 2s (ended at 1.500) ← #0']);
  });

  it('a timer that ran out without consequence: keeps its row', () => {
    const timer = 'promotion-hold-time';
    const lines = rows([
      record(1, 1_000, 'palo-2', 'timer', { timer, step: 'set', durationUs: 2_000_000 }),
      record(2, 3_000, 'palo-2', 'timer', { timer, step: 'expired' }, 1),
    ]);
    expect(lines.at(-1)).toBe('#2 palo-2: promotion-hold-time has passed ← #1');
  });

  it('a timer of zero length: nothing of it is shown', () => {
    const timer = 'loop-suspension';
    const lines = rows([
      record(1, 0, 'palo-1', 'fault', { action: 'link-down', text: 'link-down uplink' }),
      record(2, 0, 'palo-1', 'timer', { timer, step: 'set', durationUs: 0 }, 1),
      record(3, 0, 'palo-1', 'timer', { timer, step: 'expired' }, 2),
      record(
        4,
        0,
        'palo-1',
        'role',
        { from: 'non-functional', to: 'suspended', reason: 'Loop', rule: 'T21' },
        3,
      ),
    ]);
    expect(lines.at(-1)).toBe('#4 palo-1: non-functional → suspended  Loop ← #1');
    expect(lines).toHaveLength(2);
  });

  it('a hello that connects, and one that leads nowhere: only the first has a row', () => {
    const hello = { connection: 'up', role: 'passive', path: 'ha1' } as const;
    const lines = rows([
      record(1, 0, 'palo-1', 'peer', { ...hello, connecting: true }),
      record(2, 1, 'palo-1', 'peer', hello),
    ]);
    expect(lines).toEqual(['#1 palo-1: connects to palo-2, which is passive ← #0']);
  });
});
