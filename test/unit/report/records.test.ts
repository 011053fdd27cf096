import { describe, expect, it } from 'vitest';
import type { RecordData, RecordKind } from '../../../src/run/record.ts';
import { describeRecord } from '../../../src/report/records.ts';
import { device, PAIR, record } from '../../helpers/result.ts';

/** What a record of palo-1 says. */
function say<Kind extends RecordKind>(kind: Kind, data: RecordData[Kind]): string {
  return describeRecord(record(1, 0, 'palo-1', kind, data), PAIR);
}

describe('describeRecord', () => {
  it('a change of role: from, to and reason', () => {
    const data = { from: 'active', to: 'non-functional', reason: 'Link down', rule: 'T8' };
    expect(say('role', data)).toBe('active → non-functional  Link down');
  });

  it('a first role: what it starts as', () => {
    const data = { from: null, to: 'initial', reason: 'HA started', rule: 'T1' };
    expect(say('role', data)).toBe('starts as initial  HA started');
  });

  it('a hello: names the peer', () => {
    const hello = { connection: 'up', role: 'active', monitorFailed: true, path: 'ha1' } as const;
    expect(say('peer', hello)).toBe('hears that palo-2 is active, with a failed monitor');
    expect(say('peer', { ...hello, connecting: true })).toBe(
      'connects to palo-2, which is active, with a failed monitor',
    );
  });

  it('a peer that went silent: says how that was noticed', () => {
    expect(say('peer', { connection: 'down', reason: 'Heartbeat ping failure' })).toBe(
      'loses its peer: Heartbeat ping failure',
    );
  });

  it('what a switch or a neighbour believes: where it sends now, and where before', () => {
    const towards = {
      mac: '00:1b:17:00:01:10',
      towards: 'palo-2:ethernet1/1',
      instead: 'palo-1:ethernet1/1',
    };
    expect(say('learned', towards)).toBe(
      'sends 00:1b:17:00:01:10 to palo-2:ethernet1/1 from now on, not to palo-1:ethernet1/1',
    );
    expect(say('learned', { address: '10.0.0.1', mac: 'b', instead: 'a' })).toBe(
      'takes 10.0.0.1 to be at b from now on, not at a',
    );
  });

  it('spanning tree: listening and learning together', () => {
    expect(say('spanning-tree', { towards: 'palo-2:ethernet1/1', forwardDelayUs: 15_000_000 })).toBe(
      'the port towards palo-2:ethernet1/1 listens and learns for 30s (spanning tree)',
    );
  });

  it('gratuitous ARP without carrier: says where it was lost', () => {
    const text = say('garp', { times: 2, sent: ['ethernet1/2'], lost: ['ethernet1/1'] });
    expect(text).toBe('gratuitous ARP × 2 (ethernet1/2), lost without carrier (ethernet1/1)');
  });

  it('virtual addresses: which, with which MAC, and announced by name', () => {
    const data = { address: '10.0.0.1', interface: 'ethernet1/2', mac: '00:1b:17:00:81:11' };
    expect(say('address', { ...data, held: true })).toBe('holds 10.0.0.1 (00:1b:17:00:81:11)');
    expect(say('address', { ...data, held: false })).toBe('gives up 10.0.0.1 (00:1b:17:00:81:11)');
    expect(say('garp', { times: 2, sent: ['ethernet1/2'], lost: [], addresses: ['10.0.0.1'] })).toBe(
      'gratuitous ARP for 10.0.0.1 × 2 (ethernet1/2)',
    );
  });

  it('a hello that tells of links: says which are down', () => {
    const hello = { connection: 'up', role: 'active-primary', interfacesDown: ['ethernet1/1'] } as const;
    expect(say('peer', hello)).toBe('hears that palo-2 is active-primary, without link on ethernet1/1');
  });

  it('sessions at a takeover: carried, lost by cause, made anew', () => {
    const text = say('sessions', {
      from: 'palo-2',
      carried: 1_200,
      missing: { 'in-flight': 3, 'not-synced': 1 },
      recreated: 2,
    });
    expect(text).toBe('sessions: 1,200 carried over; lost: 3 in-flight, 1 not-synced; 2 made anew');
  });

  it('sessions at a takeover: those that cannot be decrypted any more', () => {
    const data = { from: 'palo-2', carried: 9, missing: {}, recreated: 0, undecrypted: 4 };
    expect(say('sessions', data)).toBe('sessions: 9 carried over, 4 of them undecrypted; none lost');
  });

  it('HA2 keep-alive: what carries state synchronization from now on, if anything does', () => {
    const failed = { link: 'ha2', step: 'failed', action: 'log-only', carriedBy: null } as const;
    expect(say('ha2', failed)).toBe('ha2 keep-alive is not answered: state synchronization is off');
    expect(say('ha2', { ...failed, action: 'split-datapath' })).toBe(
      'ha2 keep-alive is not answered: state synchronization is off, the datapath is split',
    );
    expect(say('ha2', { ...failed, step: 'recovered', carriedBy: 'ha2' })).toBe(
      'ha2 keep-alive is answered again: ha2 carries state synchronization',
    );
  });

  it('IKE: a tunnel without its SA, and what has been negotiated', () => {
    expect(say('ike', { tunnel: 'branch', step: 'no SA' })).toBe('knows no SA of tunnel branch: negotiates');
    expect(say('ike', { tunnel: 'branch', step: 'phase-1 renegotiated' })).toBe(
      'tunnel branch: phase-1 renegotiated',
    );
  });

  it('a kind that nobody has described: shown as it is', () => {
    const unknown = { ...record(1, 0, 'palo-1', 'restored', {}), kind: 'constructor', data: { a: 1 } };
    expect(describeRecord(unknown, PAIR)).toBe('constructor {"a":1}');
  });
});

describe('describeRecord, hold-up', () => {
  const holdUp = (durationUs: number, settings = PAIR): string =>
    describeRecord(
      record(1, 0, 'palo-1', 'timer', { timer: 'monitor-fail-hold-up-time', step: 'set', durationUs }),
      settings,
    );

  it('of the active: the sum of its two timers', () => {
    expect(holdUp(500_000)).toBe('waits monitor-fail-hold-up-time 0s + additional-master-hold-up-time 500ms');
  });

  it('of the passive: the first timer alone', () => {
    const pair = [device('palo-1', { monitorFailHoldUpUs: 2_000_000 })];
    expect(holdUp(2_000_000, pair)).toBe('waits monitor-fail-hold-up-time 2s');
  });
});
