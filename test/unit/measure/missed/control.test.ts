import { describe, expect, it, test } from 'vitest';
import { last, outcomes } from '../../../helpers/missed.ts';
import { lay, NO_PATH_MONITORING, type PairPart, type Part } from '../../../helpers/pair.ts';

/** HA1 on a cable of its own, with the cable of a backup beside it. */
function controlPaths(backups: Part): Pick<PairPart, 'network' | 'ha'> {
  const end = (device: string, port: string): string => `${device}:${port}`;
  const between = (port: string): Part => ({
    between: [end('palo-1', port), end('palo-2', port)],
    latency: '50us',
  });
  return {
    ha: lay({ interface: { ha1: { port: 'ha1-a' } } }, backups),
    network: { links: { ha1: between('ha1-a'), 'ha1-backup': between('ha1-b') } },
  };
}

describe('missed takeover, control paths', () => {
  const CUT: readonly Part[] = [{ at: '20s', 'link-down': 'ha1' }];
  test('HA1 down, heartbeat-backup enabled: the management interface keeps the pair together', () => {
    const part = controlPaths({ 'election-option': { 'heartbeat-backup': true } });
    expect(last({ ...part, timeline: CUT })).toEqual({
      reason: 'backup-path',
      rule: 'R-014',
      setting: 'election-option.heartbeat-backup: true',
    });
  });

  test('HA1 down, HA1 backup up: it keeps the pair together', () => {
    const part = controlPaths({ interface: { 'ha1-backup': { port: 'ha1-b' } } });
    expect(last({ ...part, timeline: CUT })).toEqual({
      reason: 'backup-path',
      rule: 'R-013',
      setting: 'interface.ha1-backup: ha1-b',
    });
  });

  it.each<[situation: string, action: Part, reason: string, rule: string, setting: string]>([
    [
      'HA1 has carrier again within the monitor hold',
      { 'link-down': 'palo-1-management', for: '1s' },
      'monitor-hold-outlasted',
      'R-009',
      'interface.ha1.monitor-hold-time: 3s',
    ],
    [
      'two heartbeats are lost',
      { blackhole: { link: 'palo-1-management' }, for: '1500ms' },
      'too-few-heartbeats',
      'R-004',
      'heartbeat-interval: 1s × 3',
    ],
    [
      'the management plane stalls for a moment',
      { 'management-plane-stall': 'palo-1', for: '1s' },
      'too-few-heartbeats',
      'R-004',
      'heartbeat-interval: 1s × 3',
    ],
    [
      'the agent hangs and the run ends before the third hello is missed',
      { 'ha-agent-hang': 'palo-1' },
      'too-few-hellos',
      'R-006',
      'hello-interval × unpublished.hello-losses: 8s × 3',
    ],
    [
      'the peer is heard again within the promotion hold',
      { blackhole: { link: 'palo-1-management' }, for: '4s' },
      'promotion-cancelled',
      'R-022',
      'promotion-hold-time: 2s',
    ],
  ])('%s', (_situation, action, reason, rule, setting) => {
    const [fault] = outcomes({ timeline: [{ at: '20s', ...action }], until: '30s' });
    const found = fault?.finding;
    expect([found?.reason, found?.rule, `${found?.setting?.name}: ${found?.setting?.value}`]).toEqual([
      reason,
      rule,
      setting,
    ]);
  });

  test('the promotion hold is not over at the end of the run: it says when', () => {
    const [fault] = outcomes({ timeline: [{ at: '20s', 'power-off': 'palo-1' }], until: '24s' });
    expect(fault?.finding).toMatchObject({ reason: 'promotion-running', rule: 'R-021' });
    expect(fault?.finding?.text).toMatch(/would take over at 2[45]\.\d{3}$/);
  });

  test('a path that was down before: says so', () => {
    const cut = [...CUT, { at: '30s', 'interface-down': 'palo-2:ha1-a' }];
    const part = controlPaths({ 'election-option': { 'heartbeat-backup': true } });
    expect(last({ ...part, timeline: cut })).toMatchObject({ reason: 'already-down', rule: null });
  });

  test('a split brain heals: the loser yields', () => {
    const cut = { at: '20s', 'link-down': 'palo-1-management', for: '20s' };
    expect(last({ ha: NO_PATH_MONITORING, timeline: [cut] })).toMatchObject({
      reason: 'split-brain-healed',
      rule: 'R-148',
    });
  });
});
