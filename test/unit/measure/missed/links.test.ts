import { describe, expect, it, test } from 'vitest';
import { last, LOST, outcomes } from '../../../helpers/missed.ts';
import { lay, NO_PATH_MONITORING, timers, type PairPart, type Part } from '../../../helpers/pair.ts';

const links = (part: Part): Part => lay(NO_PATH_MONITORING, { monitoring: { 'link-monitoring': part } });
const group = (part: Part): Part => links({ 'link-group': { 'uplink-and-downlink': part } });

describe('missed takeover, link monitoring', () => {
  it.each<[situation: string, part: PairPart, reason: string, rule: string, setting: string | null]>([
    [
      'the interface is in no link group',
      { ha: group({ interface: ['ethernet1/2'] }), timeline: LOST },
      'unmonitored-interface',
      'R-030',
      'monitoring.link-monitoring.link-group: uplink-and-downlink: any of ethernet1/2',
    ],
    [
      'link monitoring is disabled',
      { ha: links({ enabled: false }), timeline: LOST },
      'link-monitoring-disabled',
      'R-032',
      'monitoring.link-monitoring.enabled: false',
    ],
    [
      'the link group is disabled',
      { ha: group({ enabled: false }), timeline: LOST },
      'link-group-disabled',
      'R-031',
      'monitoring.link-monitoring.link-group.uplink-and-downlink.enabled: false',
    ],
    [
      'the link group needs all of its interfaces to be down',
      { ha: group({ 'failure-condition': 'all' }), timeline: LOST },
      'link-group-all',
      'R-030',
      'monitoring.link-monitoring.link-group.uplink-and-downlink.failure-condition: all',
    ],
    [
      'link monitoring needs all of its groups to fail',
      {
        ha: links({
          'failure-condition': 'all',
          'link-group': {
            'uplink-and-downlink': { interface: ['ethernet1/1'] },
            downlink: { interface: ['ethernet1/2'] },
          },
        }),
        timeline: LOST,
      },
      'link-monitoring-all',
      'R-031',
      'monitoring.link-monitoring.failure-condition: all',
    ],
    [
      'another link had failed it before',
      {
        ha: lay(NO_PATH_MONITORING, timers({ 'monitor-fail-hold-up-time': '10s' })),
        timeline: [...LOST, { at: '21s', 'interface-down': 'palo-1:ethernet1/2' }],
      },
      'monitor-already-failed',
      'R-031',
      null,
    ],
    [
      'the carrier is back before the agent looks',
      { timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '20ms' }], until: '20.01s' },
      'detection-running',
      'R-032',
      'unpublished.link-down-detection: 50ms',
    ],
    [
      'the hold-up was not over when the run ended',
      { timeline: LOST, until: '20.3s' },
      'hold-running',
      'R-035',
      'monitor-fail-hold-up-time + additional-master-hold-up-time: 0s + 500ms',
    ],
    [
      'nobody could serve better, and the active stays',
      {
        unpublished: { 'both-monitors-failed': 'stays' },
        timeline: [{ at: '10s', suspend: 'palo-2' }, ...LOST],
      },
      'both-monitors-failed',
      'R-052',
      'unpublished.both-monitors-failed: stays',
    ],
  ])('%s', (_situation, part, reason, rule, setting) => {
    expect(last(part)).toEqual({ reason, rule, setting });
  });

  it.each([
    ['20ms', 'link-back-before-detection', 'R-034'],
    ['300ms', 'hold-outlasted', 'R-034'],
  ])('the link is down for %s: %s', (length, reason, rule) => {
    const [fault] = outcomes({
      timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: length }],
    });
    expect(fault?.finding).toMatchObject({ reason, rule });
  });

  test('the link is down for the whole hold: a takeover followed', () => {
    const [fault] = outcomes({
      timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '600ms' }],
    });
    expect(fault).toMatchObject({ verdict: 'takeover', failovers: [1], finding: null });
  });

  test('the active has left before it knew: its role was somebody else’s', () => {
    const [fault] = outcomes({
      timeline: [
        { at: '20s', blackhole: { link: 'palo-1-uplink' } },
        { at: '21s', suspend: 'palo-1' },
      ],
    });
    expect(fault?.finding).toMatchObject({ reason: 'no-longer-active', rule: 'R-058' });
  });

  test('the cable is cut at a port that has no carrier: it had none before', () => {
    const ha = group({ interface: ['ethernet1/2'] });
    const timeline = [...LOST, { at: '30s', 'link-down': 'palo-1-uplink' }];
    expect(last({ ha, timeline })).toMatchObject({ reason: 'already-down', rule: null });
  });
});
