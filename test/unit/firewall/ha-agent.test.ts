/** Regressions of the agent's clock: what happens to timers while the management plane stalls. Found by random runs. */

import { describe, expect, test } from 'vitest';
import { runPair, timers, us } from '../../helpers/pair.ts';

describe('firewall: a stalled management plane', () => {
  test('firewall: a hold-up runs out during the stall, and its monitor has cleared and failed again: a new hold-up', () => {
    const run = runPair({
      ha: timers({ 'additional-master-hold-up-time': '3s' }),
      timeline: [
        { at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '2s' },
        { at: '21s', 'management-plane-stall': 'palo-1', for: '4s' },
        { at: '22.5s', 'interface-down': 'palo-1:ethernet1/1' },
      ],
      until: '40s',
    });
    // Set at 20.05 s, due at 23.05 s; the agent goes on at 25 s and learns of everything at once.
    expect(run.enters('palo-1', 'non-functional')).toBe(us('28s'));
  });

  test('firewall: a timer that ran out during the stall: noted as expired when the agent goes on', () => {
    const run = runPair({
      ha: timers({ 'additional-master-hold-up-time': '3s' }),
      timeline: [
        { at: '20s', 'interface-down': 'palo-1:ethernet1/1' },
        { at: '21s', 'management-plane-stall': 'palo-1', for: '4s' },
      ],
      until: '40s',
    });
    const { atUs } = run.firstRecord('timer', 'palo-1', {
      timer: 'monitor-fail-hold-up-time',
      step: 'expired',
    });
    expect([atUs, run.enters('palo-1', 'non-functional')]).toEqual([us('25s'), us('25s')]);
  });

  test('firewall: a timer that ran out during the stall, and whose cause had gone before: cancelled, not expired', () => {
    const run = runPair({
      ha: timers({ 'additional-master-hold-up-time': '3s' }),
      timeline: [
        { at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '2.5s' },
        { at: '21s', 'management-plane-stall': 'palo-1', for: '4s' },
      ],
      until: '40s',
    });
    expect(run.records('timer', 'palo-1').map(({ data }) => data.step)).toEqual(['set', 'cancelled']);
    expect(run.story('palo-1')).toBe('active');
  });

  test('firewall: the agent hangs during the stall: what waited for it is forgotten', () => {
    const run = runPair({
      ha: timers({ 'additional-master-hold-up-time': '3s' }),
      timeline: [
        { at: '20s', 'interface-down': 'palo-1:ethernet1/1' },
        { at: '21s', 'management-plane-stall': 'palo-1', for: '4s' },
        { at: '24s', 'ha-agent-hang': 'palo-1' },
      ],
      until: '40s',
    });
    expect(run.records('timer', 'palo-1').map(({ data }) => data.step)).toEqual(['set']);
  });
});

describe('firewall: what a step announces', () => {
  test('firewall: a verdict and a change of role in one step: announced by the change of role', () => {
    const run = runPair({
      mode: 'active-active',
      timeline: [{ at: '20s', 'interface-down': 'palo-2:ethernet1/2' }],
      until: '40s',
    });
    const left = run.records('role', 'palo-2').find(({ data }) => data.to === 'tentative');
    const heard = run.records('peer', 'palo-1').find(({ atUs }) => atUs > us('20s'));
    expect([heard?.cause, heard?.data.role]).toEqual([left?.id, 'tentative']);
    expect(run.result.failovers).toMatchObject([{ kind: 'failover', reason: 'Link down', rule: 'T23' }]);
  });
});
