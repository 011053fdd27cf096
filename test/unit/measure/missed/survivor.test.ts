import { describe, expect, it, test } from 'vitest';
import { last, outcomes, SILENT } from '../../../helpers/missed.ts';
import { NO_PATH_MONITORING, timers, type Part } from '../../../helpers/pair.ts';

describe('missed takeover, the other firewall cannot', () => {
  const SUSPEND: Part = { at: '30s', suspend: 'palo-1' };
  it.each<[situation: string, before: Part, reason: string, rule: string | null]>([
    ['it is off', { 'power-off': 'palo-2' }, 'peer-off', null],
    ['it is suspended', { suspend: 'palo-2' }, 'peer-suspended', 'R-061'],
    ['its link has failed', { 'interface-down': 'palo-2:ethernet1/1' }, 'peer-non-functional', 'R-058'],
  ])('%s', (_situation, before, reason, rule) => {
    expect(last({ timeline: [{ at: '20s', ...before }, SUSPEND], until: '32s' })).toMatchObject({
      reason,
      rule,
    });
  });

  test('both lose the same destination: it left first', () => {
    expect(last({ timeline: SILENT, until: '30s' })).toMatchObject({
      reason: 'peer-non-functional',
      rule: 'R-058',
    });
  });

  test('it holds up a failed monitor of its own: it claims nothing', () => {
    const part = {
      ha: timers({ 'monitor-fail-hold-up-time': '20s' }),
      timeline: [{ at: '20s', 'interface-down': 'palo-2:ethernet1/1' }, SUSPEND],
      until: '35s',
    };
    expect(last(part)).toMatchObject({ reason: 'peer-monitor-failed', rule: 'R-047' });
  });

  test('it joins, and would look for a peer first: the initial timeout', () => {
    const joining = { at: '20s', suspend: 'palo-2', for: '5s' };
    expect(last({ timeline: [joining, { at: '30s', 'power-off': 'palo-1' }], until: '40s' })).toEqual({
      reason: 'peer-initial',
      rule: 'R-077',
      setting: 'unpublished.initial-timeout: 1min',
    });
  });

  test('it took over because of another fault: names that', () => {
    const [, crash] = outcomes({
      timeline: [
        { at: '19.9s', blackhole: { link: 'palo-1-management' } },
        { at: '20s', 'dataplane-crash': 'palo-1' },
      ],
      until: '30s',
    });
    expect(crash?.finding).toMatchObject({ reason: 'other-cause', rule: 'T15' });
    expect(crash?.finding?.text).toContain('in failover 1');
  });

  test('both are active: the fault of one finds the other in service', () => {
    const timeline = [
      { at: '10s', 'link-down': 'palo-1-management' },
      { at: '30s', suspend: 'palo-1' },
    ];
    expect(last({ ha: NO_PATH_MONITORING, timeline })).toMatchObject({
      reason: 'already-active',
      rule: null,
    });
  });

  test('only the passive loses its destination: it was not in service', () => {
    const timeline = [{ at: '20s', blackhole: { link: 'palo-2-uplink' } }];
    expect(last({ timeline })).toMatchObject({ reason: 'standby-only', rule: 'T17' });
  });
});
