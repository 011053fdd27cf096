import { describe, expect, test } from 'vitest';
import { cutChain } from '../../../src/measure/failover.ts';
import { inWords } from '../../../src/measure/in-force.ts';
import { Notes } from '../../helpers/notes.ts';

const SECOND = 1_000_000;

/** palo-1 loses its uplink at 20 s and leaves; palo-2 takes over. */
function uplinkFailure(): { notes: Notes; takeover: number } {
  const notes = new Notes().converged();
  const fault = notes.note(20 * SECOND, 'fault', 'palo-1', {
    action: 'interface-down',
    text: 'interface-down x',
  });
  const link = notes.note(20_050_000, 'link', 'palo-1', { interface: 'x', up: false, visible: true }, fault);
  const monitor = notes.note(20_050_000, 'monitor', 'palo-1', { monitor: 'link', failed: true }, link);
  const left = notes.role(20_550_000, 'palo-1', 'active', 'non-functional', 'T8', monitor);
  const peer = notes.note(20_551_000, 'peer', 'palo-2', { connection: 'up', role: 'non-functional' }, left);
  const takeover = notes.role(20_551_000, 'palo-2', 'passive', 'active', 'T14', peer);
  return { notes, takeover };
}

describe('failover: cutting a chain', () => {
  test('failover: a monitor, the active leaves, the passive takes over: cut at each', () => {
    const { notes, takeover } = uplinkFailure();
    const times = cutChain(notes.collector.chain(takeover));
    expect(times).toEqual({ startUs: 20 * SECOND, detectedUs: 20_050_000, heldUs: 20_550_000 });
    // The service that ended began after the fault, and after its detection.
    const later = cutChain(notes.collector.chain(takeover), 20_100_000);
    expect(later).toEqual({ startUs: 20_100_000, detectedUs: 20_100_000, heldUs: 20_550_000 });
  });

  test('failover: silent: detected when the peer is declared failed, and held until the promotion hold is over', () => {
    const notes = new Notes().converged();
    const fault = notes.note(0, 'fault', 'palo-1', {
      action: 'dataplane-crash',
      text: 'dataplane-crash palo-1',
    });
    const failed = notes.note(0, 'dataplane', 'palo-1', { state: 'failed' }, fault); // But palo-2 does not hear of it.
    const down = notes.note(3 * SECOND, 'peer', 'palo-2', { connection: 'down' }, failed);
    const timer = { timer: 'promotion-hold-time', durationUs: 2 * SECOND };
    const set = notes.note(3 * SECOND, 'timer', 'palo-2', { ...timer, step: 'set' }, down);
    const expired = notes.note(5 * SECOND, 'timer', 'palo-2', { ...timer, step: 'expired' }, set);
    const takeover = notes.role(5 * SECOND, 'palo-2', 'passive', 'active', 'T15', expired);
    expect(cutChain(notes.collector.chain(takeover))).toMatchObject({
      detectedUs: 3 * SECOND,
      heldUs: 5 * SECOND,
    });
  });

  test('failover: a link that is back: known when the agent sees it, not where the firewall keeps the port dark', () => {
    const notes = new Notes().converged();
    const fault = notes.note(1, 'fault', 'x', { action: 'link-up', text: 'link-up x' });
    const link = { interface: 'x', up: true };
    const dark = notes.note(2, 'link', 'palo-1', { ...link, visible: false }, fault);
    const back = notes.note(4, 'link', 'palo-1', { ...link, visible: true }, dark);
    const takeover = notes.role(5, 'palo-1', 'initial', 'active', 'T3', back);
    expect(cutChain(notes.collector.chain(takeover)).detectedUs).toBe(4);
  });

  test('failover: an operator: detected at once', () => {
    const notes = new Notes().converged();
    const command = notes.note(7, 'operator', 'palo-1', { action: 'suspend', text: 'suspend palo-1' });
    const left = notes.role(7, 'palo-1', 'active', 'suspended', 'T10', command);
    const takeover = notes.role(9, 'palo-2', 'passive', 'active', 'T14', left);
    expect(cutChain(notes.collector.chain(takeover))).toMatchObject({ detectedUs: 7, heldUs: 7 });
  });

  test('failover: the monitor has cleared, or the peer was heard: no detection', () => {
    const notes = new Notes().converged();
    const clear = notes.note(3, 'monitor', 'palo-1', { monitor: 'link', failed: false });
    const heard = notes.note(4, 'peer', 'palo-2', { connection: 'up', role: 'initial' }, clear);
    const takeover = notes.role(5, 'palo-2', 'passive', 'active', 'T14', heard);
    expect(cutChain(notes.collector.chain(takeover))).toMatchObject({ detectedUs: 3, heldUs: 3 });
  });
});

describe('collector: failovers', () => {
  test('collector: an announced failure: parts that sum to the whole', () => {
    const { notes, takeover } = uplinkFailure();
    notes.note(
      20_551_000,
      'sessions',
      'palo-2',
      { from: 'palo-1', carried: 9, missing: { 'in-flight': 1 }, recreated: 2 },
      takeover,
    );
    notes.note(20_751_000, 'port', 'palo-2', { interface: 'ethernet1/1', forwarding: true }, takeover);
    notes.note(20_800_000, 'restored', 'palo-2', {}, takeover);
    notes.note(20_900_000, 'restored', 'palo-2', {}, takeover); // Only the first counts.
    expect(notes.collector.failovers()).toEqual([
      {
        ordinal: 1,
        kind: 'failover',
        from: 'palo-1',
        to: 'palo-2',
        reason: 'T14',
        rule: 'T14',
        rootRecord: 3,
        takeoverRecord: takeover,
        trigger: 'interface-down x',
        addresses: [],
        startUs: 20 * SECOND,
        takeoverUs: 20_551_000,
        restoredUs: 20_800_000,
        restoredBy: 'traffic',
        detectionUs: 50_000,
        holdUs: 500_000,
        promotionUs: 1_000,
        portUs: 200_000,
        announcementUs: 0,
        learningUs: 0,
        restorationUs: 49_000,
        totalUs: 800_000,
        parts: [
          { part: 'detection', us: 50_000, setBy: [{ setting: null, value: 'from fault to link' }] },
          { part: 'hold', us: 500_000, setBy: [inWords('until the management plane of palo-1 goes on')] },
          { part: 'promotion', us: 1_000, setBy: [inWords('from role to peer')] },
          { part: 'port', us: 200_000, setBy: [inWords('ethernet1/1 comes up')] },
          { part: 'announcement', us: 0, setBy: [] },
          { part: 'learning', us: 0, setBy: [] },
          { part: 'restoration', us: 49_000, setBy: [inWords('the next packet of a user')] },
        ],
        sessions: { carried: 9, missing: { 'in-flight': 1 }, recreated: 2 },
      },
    ]);
  });

  test('collector: no traffic: the ports that forward stand in for it', () => {
    const { notes, takeover } = uplinkFailure();
    notes.note(20_751_000, 'port', 'palo-2', { interface: 'ethernet1/1', forwarding: true }, takeover);
    expect(notes.collector.failovers()[0]).toMatchObject({
      restoredBy: 'ports',
      portUs: 200_000,
      restorationUs: 0,
      totalUs: 751_000,
    });
  });

  test('collector: traffic never passes again: no restoration and no total', () => {
    const { notes } = uplinkFailure();
    notes.note(21 * SECOND, 'port', 'palo-1', { interface: 'ethernet1/1', forwarding: true });
    expect(notes.collector.failovers()[0]).toMatchObject({
      restoredBy: null,
      portUs: null,
      announcementUs: null,
      learningUs: null,
      restorationUs: null,
      totalUs: null,
    });
  });

  test('collector: the first active of a run: no failover', () => {
    expect(new Notes().converged().collector.failovers()).toEqual([]);
  });

  test('collector: an operator’s command at the root: a switchover', () => {
    const notes = new Notes().converged();
    const command = notes.note(7, 'operator', 'palo-1', { action: 'suspend', text: 'suspend palo-1' });
    const left = notes.role(7, 'palo-1', 'active', 'suspended', 'T10', command);
    notes.role(9, 'palo-2', 'passive', 'active', 'T14', left);
    const expected = {
      kind: 'switchover',
      trigger: 'suspend palo-1',
      detectionUs: 0,
      holdUs: 0,
      promotionUs: 2,
    };
    expect(notes.collector.failovers()).toMatchObject([expected]);
  });

  test('collector: the former active is still active: split brain', () => {
    const notes = new Notes().converged();
    const fault = notes.note(0, 'fault', 'ha1', { action: 'link-down', text: 'link-down ha1' });
    const down = notes.note(3, 'peer', 'palo-2', { connection: 'down' }, fault);
    notes.role(5, 'palo-2', 'passive', 'active', 'T15', down);
    expect(notes.collector.failovers()).toMatchObject([
      { kind: 'split-brain', from: 'palo-1', to: 'palo-2' },
    ]);
  });

  test('collector: nobody was active: a recovery', () => {
    const notes = new Notes().converged();
    notes.role(5, 'palo-1', 'active', 'non-functional', 'T8');
    notes.role(60, 'palo-2', 'initial', 'active', 'T3');
    expect(notes.collector.failovers()).toMatchObject([{ kind: 'recovery' }]);
  });

  test('collector: a preemption: begins with the end of its hold, whatever began the story', () => {
    const { notes, takeover } = uplinkFailure();
    const hold = notes.note(
      90 * SECOND,
      'timer',
      'palo-1',
      { timer: 'preemption-hold-time', step: 'expired' },
      takeover,
    );
    const yielded = notes.role(90_001_000, 'palo-2', 'active', 'passive', 'T12', hold);
    notes.role(90_002_000, 'palo-1', 'passive', 'active', 'T16', yielded);
    expect(notes.collector.failovers()[1]).toMatchObject({
      ordinal: 2,
      kind: 'preemption',
      from: 'palo-2',
      to: 'palo-1',
      trigger: 'preemption-hold-time passed',
      startUs: 90 * SECOND,
      detectionUs: 0,
      holdUs: 1_000,
      promotionUs: 1_000,
    });
  });

  test('collector: lost heartbeats and no fault: the trigger says so', () => {
    const notes = new Notes().converged();
    const path = notes.note(3, 'control-path', 'palo-2', { path: 'ha1', up: false });
    const down = notes.note(3, 'peer', 'palo-2', { connection: 'down' }, path);
    notes.role(5, 'palo-2', 'passive', 'active', 'T15', down);
    expect(notes.collector.failovers()).toMatchObject([{ trigger: 'lost heartbeats, no fault' }]);
  });

  describe('collector: an address moves without a change of role', () => {
    const MAC = '00:1b:17:00:81:11';
    const fault = { action: 'x', text: 'x' };

    function address(notes: Notes, timeUs: number, device: string, held: boolean, cause = 0): number {
      const data = { address: '10.0.0.254', interface: 'ethernet1/2', mac: MAC, held };
      return notes.note(timeUs, 'address', device, data, cause);
    }

    /** The active/active pair: palo-2 holds its address. */
    function pair(): Notes {
      const notes = new Notes();
      notes.role(0, 'palo-1', null, 'active-primary', 'converged');
      address(notes, 0, 'palo-2', true, notes.role(0, 'palo-2', null, 'active-secondary', 'converged'));
      return notes;
    }

    test('collector: its holder lost power: the peer failed', () => {
      const notes = pair();
      const off = notes.note(10, 'fault', 'palo-2', fault);
      address(notes, 10, 'palo-2', false, off);
      const down = notes.note(13, 'peer', 'palo-1', { connection: 'down' }, off);
      address(notes, 13, 'palo-1', true, down);
      expect(notes.collector.failovers()).toMatchObject([
        { kind: 'failover', reason: 'Peer failed', rule: 'R-131', from: 'palo-2', to: 'palo-1' },
      ]);
    });

    test('collector: its holder is only not heard, and holds it: split brain', () => {
      const notes = pair();
      const cut = notes.note(10, 'fault', 'ha1', fault);
      address(notes, 13, 'palo-1', true, notes.note(13, 'peer', 'palo-1', { connection: 'down' }, cut));
      expect(notes.collector.failovers()).toMatchObject([{ kind: 'split-brain', reason: 'Peer failed' }]);
    });

    test('collector: the link of its interface is lost and comes back: a failover and a return', () => {
      const notes = pair();
      const link = { interface: 'ethernet1/2', visible: true };
      const lost = notes.note(
        10,
        'link',
        'palo-2',
        { ...link, up: false },
        notes.note(9, 'fault', 'x', fault),
      );
      address(notes, 10, 'palo-2', false, lost);
      address(notes, 11, 'palo-1', true, lost);
      const back = notes.note(
        20,
        'link',
        'palo-2',
        { ...link, up: true },
        notes.note(19, 'fault', 'x', fault),
      );
      address(notes, 20, 'palo-2', true, back);
      address(notes, 21, 'palo-1', false, back);
      expect(notes.collector.failovers()).toMatchObject([
        { kind: 'failover', reason: 'Link down', rule: 'R-132', to: 'palo-1' },
        { kind: 'return', reason: 'Link is back', rule: 'R-133', to: 'palo-2' },
      ]);
    });

    test('collector: the role changes and no address moves: nothing was interrupted', () => {
      const notes = pair();
      const down = notes.note(10, 'ha3', 'palo-1', { up: false }, notes.note(8, 'fault', 'ha3', fault));
      const left = notes.role(11, 'palo-1', 'active-primary', 'non-functional', 'T24', down);
      notes.role(12, 'palo-2', 'active-secondary', 'active-primary', 'T26', left);
      expect(notes.collector.failovers()).toMatchObject([
        { detectionUs: 2, holdUs: 1, promotionUs: 1, restorationUs: 0, restoredBy: 'ports', totalUs: 4 },
      ]);
    });

    test('collector: its new holder changes its role in the same instant: the same packet restores both', () => {
      const notes = pair();
      address(notes, 10, 'palo-2', false);
      address(notes, 20, 'palo-1', true);
      notes.role(20, 'palo-1', 'active-secondary', 'active-primary', 'T26');
      notes.note(25, 'restored', 'palo-1', { address: '10.0.0.254' });
      expect(notes.collector.failovers().map(({ restorationUs }) => restorationUs)).toEqual([5, 5]);
    });
  });
});
