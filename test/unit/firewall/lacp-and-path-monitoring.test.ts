/** Path monitoring over bundles with LACP: what random pairs have found. The comments say what went wrong. */

import { describe, expect, test } from 'vitest';
import { lacp, runPair, us } from '../../helpers/pair.ts';

describe('path monitoring over LACP', () => {
  // Without its bundle it tested nothing, and what was failed stayed failed: it was non-functional for ever.
  test.each(['auto', 'shutdown'])(
    'a path of the active fails and is well again, without pre-negotiation, passive-link-state %s: it comes back as passive',
    (passiveLinkState) => {
      const pair = runPair({
        devices: lacp(false),
        ha: { 'passive-link-state': passiveLinkState },
        timeline: [{ at: '20s', 'target-unreachable': '203.0.113.1', for: '3s' }],
        until: '5min',
      });

      expect(pair.entering('palo-1', 'non-functional').reason).toBe('Path down');
      expect(pair.rolesAt('5min')).toEqual(['passive', 'active']);
    },
  );

  // A bundle that lost its link was taken for one that negotiates, and the active kept a dead uplink for ever.
  test('the uplink of the active is cut, and nobody monitors links: the path fails, and the peer takes over', () => {
    const pair = runPair({
      devices: lacp(true),
      ha: { monitoring: { 'link-monitoring': { enabled: false } } },
      timeline: [{ at: '20s', 'link-down': 'palo-1-uplink' }],
      until: '60s',
    });

    expect(pair.monitorFails('palo-1', 'path')).toBeLessThan(us('23s'));
    expect(pair.roleAt('palo-2', '60s')).toBe('active');
  });
});
