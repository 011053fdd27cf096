import { describe, expect, test } from 'vitest';
import { activeDevices, holdersOf, isDualActive } from '../../../src/measure/history.ts';
import { Notes } from '../../helpers/notes.ts';

describe('history: what changes the pair', () => {
  test('history: before anything: both off, connected and synchronized as the run begins', () => {
    const { history } = new Notes({ converged: false, configurationSynchronized: false });
    expect(history.last).toMatchObject({
      roles: { 'palo-1': null, 'palo-2': null },
      connections: { 'palo-1': 'never', 'palo-2': 'never' },
      configurationSynchronized: false,
    });
    expect(new Notes().history.last.connections).toEqual({ 'palo-1': 'up', 'palo-2': 'up' });
  });

  test('history: roles, reasons, connections, configuration: each state carries all of them', () => {
    const notes = new Notes().converged();
    notes.role(5, 'palo-1', 'active', 'non-functional', 'T8');
    notes.note(6, 'reason', 'palo-1', { reason: 'Link down' });
    notes.note(7, 'peer', 'palo-2', { connection: 'down', reason: 'x' });
    notes.note(8, 'configuration', 'palo-1', { synchronized: false });
    expect(notes.history.last).toMatchObject({
      timeUs: 8,
      roles: { 'palo-1': 'non-functional', 'palo-2': 'passive' },
      reasons: { 'palo-1': 'Link down', 'palo-2': 'converged' },
      connections: { 'palo-1': 'up', 'palo-2': 'down' },
      configurationSynchronized: false,
      record: 6,
    });
  });

  test('history: power off: no role, no reason, and the peer is as never heard', () => {
    const notes = new Notes().converged();
    notes.note(5, 'power', 'palo-1', { state: 'off' });
    notes.note(6, 'power', 'palo-1', { state: 'booting' });
    expect(notes.history.last).toMatchObject({
      timeUs: 5,
      roles: { 'palo-1': null, 'palo-2': 'passive' },
      reasons: { 'palo-1': '' },
      connections: { 'palo-1': 'never', 'palo-2': 'up' },
    });
  });

  test('history: a virtual address: who holds it, with which MAC, until it is given up', () => {
    const notes = new Notes().converged();
    const change = (timeUs: number, device: string, mac: string, held: boolean) =>
      notes.note(timeUs, 'address', device, { address: '10.0.0.1', interface: 'ethernet1/1', mac, held });
    const holders = () => holdersOf(notes.history.last, '10.0.0.1');
    expect(holders()).toEqual([]);
    change(5, 'palo-2', 'b', true);
    change(6, 'palo-1', 'a', true);
    expect(holders()).toEqual(['palo-1', 'palo-2']);
    change(7, 'palo-2', 'b', false);
    change(8, 'palo-1', 'b', true);
    expect(holders()).toEqual(['palo-1']);
    expect(notes.history.last.addresses['10.0.0.1']).toHaveLength(2);
    change(9, 'palo-1', 'a', false);
    expect(holders()).toEqual(['palo-1']);
    expect(holdersOf(notes.history.at(5), '10.0.0.1')).toEqual(['palo-2']);
  });

  test('history: HA starts anew: the peer is as never heard', () => {
    const notes = new Notes().converged();
    notes.role(5, 'palo-2', 'passive', 'initial', 'T1');
    expect(notes.history.last.connections).toEqual({ 'palo-1': 'up', 'palo-2': 'never' });
  });

  test('history: news that is none, and records of other kinds: no new state', () => {
    const notes = new Notes().converged();
    const before = notes.history.states.length;
    notes.note(5, 'peer', 'palo-2', { connection: 'up', role: 'active' });
    notes.note(6, 'log', 'palo-2', { severity: 'critical', text: '' });
    expect(notes.history.states).toHaveLength(before);
  });
});

describe('history: asked for a time', () => {
  const notes = new Notes().converged();
  notes.role(100, 'palo-1', 'active', 'non-functional', 'T8');
  notes.role(100, 'palo-2', 'passive', 'active', 'T14');
  notes.role(200, 'palo-1', 'non-functional', 'passive', 'T19');
  const { history } = notes;

  test.each([
    [0, 'active', 'passive'],
    [99, 'active', 'passive'],
    [100, 'non-functional', 'active'], // Everything of that instant included.
    [199, 'non-functional', 'active'],
    [1_000, 'passive', 'active'],
  ])('history: at %i us: palo-1 %s, palo-2 %s', (timeUs, one, two) => {
    expect(history.at(timeUs).roles).toEqual({ 'palo-1': one, 'palo-2': two });
  });
});

describe('history: dual-active', () => {
  test('history: two actives for a while, twice, the second open: both spans', () => {
    const notes = new Notes().converged();
    notes.role(100, 'palo-2', 'passive', 'active', 'T15');
    expect(isDualActive(notes.history.last)).toBe(true);
    notes.role(150, 'palo-2', 'active', 'passive', 'T13');
    notes.role(300, 'palo-2', 'passive', 'active', 'T15');
    expect(notes.history.dualActive(400)).toEqual([
      { fromUs: 100, toUs: 150 },
      { fromUs: 300, toUs: 400 },
    ]);
  });

  test('history: a handover within one instant: no span', () => {
    const notes = new Notes().converged();
    notes.role(100, 'palo-2', 'passive', 'active', 'T14');
    notes.role(100, 'palo-1', 'active', 'non-functional', 'T8');
    expect(notes.history.dualActive(400)).toEqual([]);
    expect(activeDevices(notes.history.last)).toEqual(['palo-2']);
  });
});
