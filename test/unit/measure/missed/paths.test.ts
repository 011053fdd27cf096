import { describe, expect, it, test } from 'vitest';
import { last, outcomes, SILENT } from '../../../helpers/missed.ts';
import { NO_PATH_MONITORING, type PairPart, type Part } from '../../../helpers/pair.ts';

const paths = (part: Part): Part => ({ monitoring: { 'path-monitoring': part } });

describe('missed takeover, path monitoring', () => {
  const router = (part: Part): Part => paths({ 'virtual-router': { default: part } });
  const TWO = { upstream: { 'failure-condition': 'all', 'destination-ip': ['203.0.113.1', '10.0.0.10'] } };
  const SECOND = { users: { 'destination-ip': ['10.0.0.10'] } };
  it.each<[situation: string, part: PairPart, reason: string, rule: string, setting: string]>([
    [
      'the destination group needs all of its addresses to be silent',
      { ha: router({ 'destination-group': TWO }), timeline: SILENT },
      'destination-group-all',
      'R-041',
      'monitoring.path-monitoring.virtual-router.default.destination-group.upstream.failure-condition: all',
    ],
    [
      'the path group needs all of its destination groups to fail',
      { ha: router({ 'failure-condition': 'all', 'destination-group': SECOND }), timeline: SILENT },
      'path-group-all',
      'R-042',
      'monitoring.path-monitoring.virtual-router.default.failure-condition: all',
    ],
    [
      'path monitoring needs all of its path groups to fail',
      {
        ha: paths({
          'failure-condition': 'all',
          'virtual-router': { second: { 'destination-group': SECOND } },
        }),
        timeline: SILENT,
      },
      'path-monitoring-all',
      'R-043',
      'monitoring.path-monitoring.failure-condition: all',
    ],
    [
      'path monitoring is disabled',
      { ha: paths({ enabled: false }), timeline: SILENT },
      'path-monitoring-disabled',
      'R-048',
      'monitoring.path-monitoring.enabled: false',
    ],
    [
      'nobody pings the address',
      { timeline: [{ at: '20s', 'target-unreachable': '198.51.100.10' }] },
      'unmonitored-destination',
      'R-037',
      'destination-ip: 203.0.113.1',
    ],
    [
      'the path group is disabled',
      { ha: router({ enabled: false }), timeline: SILENT },
      'path-group-disabled',
      'R-043',
      'monitoring.path-monitoring.virtual-router.default.enabled: false',
    ],
    [
      'the run ends before enough pings are lost',
      { timeline: SILENT, until: '21s' },
      'pings-running',
      'R-037',
      'monitoring.path-monitoring.virtual-router.default.ping-interval × ping-count: 200ms × 10',
    ],
    [
      'packets are late, but not lost',
      { timeline: [{ at: '20s', impair: { link: 'palo-1-uplink', latency: '1ms' } }] },
      'pings-answered',
      'R-038',
      'monitoring.path-monitoring.virtual-router.default.ping-interval × ping-count: 200ms × 10',
    ],
    [
      'the port keeps its carrier and nothing is pinged through it',
      { ha: NO_PATH_MONITORING, timeline: [{ at: '20s', blackhole: { link: 'palo-1-uplink' } }] },
      'carrier-stays',
      'R-037',
      'monitoring.path-monitoring.enabled: false',
    ],
  ])('%s', (_situation, part, reason, rule, setting) => {
    expect(last(part)).toEqual({ reason, rule, setting });
  });

  test('the destination answers again before the tenth ping: too few', () => {
    const [fault] = outcomes({ timeline: [{ at: '20s', 'target-unreachable': '203.0.113.1', for: '1s' }] });
    expect(fault?.finding).toMatchObject({ reason: 'too-few-pings', rule: 'R-038' });
  });

  test('a destination that was silent already: says so', () => {
    const two = { 'destination-group': { upstream: { 'failure-condition': 'all' }, ...SECOND } };
    const ha = router({ ...two, 'failure-condition': 'all' });
    const timeline = [{ at: '10s', blackhole: { link: 'palo-1-uplink' } }, ...SILENT];
    expect(last({ ha, timeline })).toMatchObject({ reason: 'already-down', rule: null });
  });
});
