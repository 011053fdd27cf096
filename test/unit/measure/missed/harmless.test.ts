import { describe, expect, it, test } from 'vitest';
import { last, outcomes } from '../../../helpers/missed.ts';
import { type PairPart, type Part } from '../../../helpers/pair.ts';

describe('missed takeover, nothing to take over from', () => {
  it.each<[situation: string, part: PairPart, reason: string, rule: string | null]>([
    [
      'a monitored link of the passive',
      { timeline: [{ at: '20s', 'interface-down': 'palo-2:ethernet1/1' }] },
      'standby-only',
      'T17',
    ],
    [
      'the passive is switched off',
      { timeline: [{ at: '20s', 'power-off': 'palo-2' }] },
      'standby-only',
      'R-142',
    ],
    [
      'a cable of a passive that keeps its ports dark',
      {
        ha: { 'passive-link-state': 'shutdown' },
        timeline: [{ at: '20s', 'interface-down': 'palo-2:ethernet1/1' }],
      },
      'undetectable',
      'R-046',
    ],
    ['HA2 is cut', { timeline: [{ at: '20s', 'link-down': 'ha2' }] }, 'ha2-is-no-trigger', 'R-094'],
    [
      'a port that does nothing',
      {
        network: { links: { spare: { between: ['palo-1:ha1-b', 'palo-2:ha1-b'], latency: '1ms' } } },
        timeline: [{ at: '20s', 'link-down': 'spare' }],
      },
      'unused-port',
      null,
    ],
    [
      'HA2 carries nothing and keep-alive is off',
      { timeline: [{ at: '20s', blackhole: { link: 'ha2' } }] },
      'ha2-is-no-trigger',
      'R-098',
    ],
    ['a commit', { timeline: [{ at: '20s', commit: { device: 'palo-1' } }] }, 'configuration', 'R-104'],
    [
      'what nobody monitors',
      { timeline: [{ at: '20s', 'link-down': 'client' }] },
      'nothing-monitored',
      'R-048',
    ],
    [
      'nobody is active yet',
      { start: 'cold-boot', timeline: [{ at: '1s', 'link-down': 'client' }] },
      'nobody-active',
      null,
    ],
    [
      'a link that heals',
      {
        timeline: [
          { at: '20s', blackhole: { link: 'ha2' } },
          { at: '30s', 'blackhole-end': { link: 'ha2' } },
        ],
      },
      'repair',
      null,
    ],
  ])('%s', (_situation, part, reason, rule) => {
    expect(last(part)).toMatchObject({ reason, rule });
  });
});

test('HA2 is cut and has a backup: the backup carries on', () => {
  const part: PairPart = {
    ha: { interface: { 'ha2-backup': { port: 'ethernet1/4' } } },
    network: {
      links: { backup: { between: ['palo-1:ethernet1/4', 'palo-2:ethernet1/4'], latency: '50us' } },
    },
  };
  const text = (timeline: readonly Part[]): string | undefined =>
    outcomes({ ...part, timeline })[0]?.finding?.text;
  expect(text([{ at: '20s', 'link-down': 'ha2' }])).toBe(
    'the loss of HA2 changes no role; the other link carries state synchronization on',
  );
  expect(text([{ at: '20s', blackhole: { link: 'ha2' } }])).toContain('nobody even notices it');
});

describe('missed takeover, active/active', () => {
  const bare = { 'active-active': { 'virtual-address': null } };
  const AA: PairPart = {
    mode: 'active-active',
    devices: { 'palo-1': { 'high-availability': bare }, 'palo-2': { 'high-availability': bare } },
  };
  it.each<[situation: string, timeline: readonly Part[], reason: string, rule: string | null]>([
    ['the active-secondary is suspended', [{ at: '20s', suspend: 'palo-2' }], 'standby-only', 'T10'],
    ['HA3 is cut', [{ at: '20s', 'link-down': 'ha3' }], 'ha3-is-no-trigger', 'R-124'],
    [
      'the other one is tentative',
      [
        { at: '20s', 'interface-down': 'palo-2:ethernet1/1' },
        { at: '30s', 'interface-down': 'palo-1:ethernet1/1' },
      ],
      'peer-tentative',
      'R-121',
    ],
  ])('%s', (_situation, timeline, reason, rule) => {
    expect(last({ ...AA, timeline })).toMatchObject({ reason, rule });
  });
});
