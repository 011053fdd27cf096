import { describe, expect, test } from 'vitest';
import { InvariantError, Invariants } from '../../../src/check/invariants.ts';
import { Notes } from '../../helpers/notes.ts';

/** A pair in whatever state, with witnesses who know of each other's activity, or do not. */
function watched(knows: readonly [boolean, boolean] = [true, true]): {
  notes: Notes;
  invariants: Invariants;
} {
  const notes = new Notes().converged();
  const witnesses = knows.map((knowsPeerActive, index) => ({
    name: `palo-${index + 1}`,
    knowsPeerActive,
    knowsPeer: knowsPeerActive,
    addresses: [],
  }));
  return { notes, invariants: new Invariants(notes.history, witnesses) };
}

function observeLast({ notes, invariants }: ReturnType<typeof watched>): void {
  invariants.observe(notes.records[notes.records.length - 1] as (typeof notes.records)[number]);
}

describe('invariants: records', () => {
  test('invariants: gratuitous ARP: from the active only', () => {
    const pair = watched();
    pair.notes.note(5, 'garp', 'palo-1', { times: 1, sent: [], lost: [] });
    expect(() => observeLast(pair)).not.toThrow();
    pair.notes.note(6, 'garp', 'palo-2', { times: 1, sent: [], lost: [] });
    expect(() => observeLast(pair)).toThrow(
      'invariant broken at 6us: palo-2 sent gratuitous ARP without serving',
    );
  });

  test('invariants: a virtual address: held by whoever serves, given up by anybody', () => {
    const pair = watched();
    const data = { address: '10.0.0.1', interface: 'ethernet1/1', mac: 'a' };
    pair.notes.role(4, 'palo-1', 'active', 'active-secondary', 'T1');
    pair.notes.note(5, 'address', 'palo-1', { ...data, held: true });
    expect(() => observeLast(pair)).not.toThrow();
    pair.notes.note(6, 'address', 'palo-2', { ...data, held: false });
    expect(() => observeLast(pair)).not.toThrow();
    pair.notes.note(7, 'address', 'palo-2', { ...data, held: true });
    expect(() => observeLast(pair)).toThrow('palo-2 holds 10.0.0.1 without serving');
  });

  test('invariants: a role that changes to itself: broken, but for a start', () => {
    const pair = watched();
    pair.notes.role(5, 'palo-1', 'initial', 'initial', 'T1');
    expect(() => observeLast(pair)).not.toThrow();
    pair.notes.role(6, 'palo-1', 'active', 'active', 'T4');
    expect(() => observeLast(pair)).toThrow('palo-1 changed to the role it had');
  });

  test('invariants: time that runs backwards, a record that precedes its cause: broken', () => {
    const pair = watched();
    pair.notes.note(5, 'log', 'palo-1', { severity: 'critical', text: '' });
    observeLast(pair);
    pair.notes.note(4, 'log', 'palo-1', { severity: 'critical', text: '' });
    expect(() => observeLast(pair)).toThrow('time ran backwards');
    pair.notes.note(6, 'log', 'palo-1', { severity: 'critical', text: '' }, 99);
    expect(() => observeLast(pair)).toThrow('a record precedes its cause');
  });

  test('invariants: broken: the error carries the time and the last twenty records', () => {
    const pair = watched();
    for (let timeUs = 1; timeUs <= 30; timeUs += 1) {
      pair.notes.note(timeUs, 'log', 'palo-1', { severity: 'critical', text: '' });
      observeLast(pair);
    }
    pair.notes.note(31, 'garp', 'palo-2', { times: 1, sent: [], lost: [] });
    const error = thrownBy(() => observeLast(pair));
    expect([error.timeUs, error.recent.length, error.recent.at(-1)?.kind]).toEqual([31, 20, 'garp']);
  });
});

describe('invariants: the pair', () => {
  test.each([
    [[true, true], true],
    [[true, false], false],
    [[false, false], false],
  ] as const)('invariants: two actives, who know it of each other %j: broken %s', (knows, broken) => {
    const { notes, invariants } = watched(knows);
    notes.role(5, 'palo-2', 'passive', 'active', 'T15');
    const settle = (): void => invariants.settle(7);
    if (broken)
      expect(settle).toThrow('invariant broken at 7us: both firewalls are active and know it of each other');
    else expect(settle).not.toThrow();
  });

  test.each([
    [['10.0.0.1 a'], ['10.0.0.1 a'], true, true],
    [['10.0.0.1 a'], ['10.0.0.1 a'], false, false],
    [['10.0.0.1 a'], ['10.0.0.1 b', '10.0.0.2 a'], true, false],
    [[], ['10.0.0.1 a'], true, false],
  ])('invariants: addresses %j and %j, known to each other %s: broken %s', (one, other, knows, broken) => {
    const { notes } = watched();
    const witness = { name: '', knowsPeerActive: false, knowsPeer: true };
    const witnesses = [
      { ...witness, addresses: one },
      { ...witness, knowsPeer: knows, addresses: other },
    ];
    const invariants = new Invariants(notes.history, witnesses);
    if (broken)
      expect(() => invariants.settle(7)).toThrow('both firewalls hold 10.0.0.1 a and know of each other');
    else expect(() => invariants.settle(7)).not.toThrow();
    // Within an instant a firewall may know what it has not acted upon yet.
    expect(() => invariants.settle(0)).not.toThrow();
  });

  test('invariants: the books: started must be booked', () => {
    const { invariants } = watched();
    expect(() => invariants.balance(5, 'web', 3, 3)).not.toThrow();
    expect(() => invariants.balance(5, 'web', 3, 4)).toThrow('workload web: 3 sessions started, 4 booked');
  });
});

function thrownBy(act: () => void): InvariantError {
  try {
    act();
  } catch (error) {
    if (error instanceof InvariantError) return error;
    throw error;
  }
  throw new Error('expected an InvariantError, got none');
}
