/** active/active with routing neighbours, and no virtual address to move. */

import { describe, expect, test } from 'vitest';
import { lay, runPair, us } from '../helpers/pair.ts';
import { routeBased } from '../helpers/routing.ts';

describe('active/active with routing neighbours', () => {
  test('R-123: tentative-hold-time 0: active-secondary at once, and packets are dropped until there are routes', () => {
    const queries = {
      from: 'client',
      to: 'server',
      protocol: 'udp',
      port: 53,
      arrivals: { constant: '2/s' },
      'holding-time': { constant: '500ms' }, // One packet each, and a session of its own.
    };
    const returning = (convergence: string, hold: string) => {
      const { ha = {}, ...parts } = routeBased({ convergence, gracefulRestart: false });
      const pair = runPair({
        ...parts,
        ha: lay(ha, {
          'active-active': { 'tentative-hold-time': hold, 'session-setup': 'first-packet' },
        }),
        workloads: { queries },
        timeline: [
          { at: '20s', 'link-down': 'palo-1-uplink' },
          { at: '60s', 'link-up': 'palo-1-uplink' },
        ],
        until: '3min',
      });
      return {
        secondaryUs: pair.enters('palo-1', 'active-secondary') - us('60s'),
        failed: pair.workload('queries').failed,
      };
    };
    const learned = returning('10s', '0');
    const atOnce = returning('0', '0');

    expect(learned.secondaryUs).toBe(us('50ms')); // As soon as the agent knows of the link.
    expect(atOnce.secondaryUs).toBe(us('50ms'));
    expect(learned.failed - atOnce.failed).toBeGreaterThanOrEqual(18); // 10 s, 2 a second.
    // With a hold that is longer than the convergence, the routes are there when it serves again.
    expect(returning('10s', '60s').secondaryUs).toBe(us('60.05s'));
  });

  test('R-137: route-based redundancy: no address moves, and recovery is the routers’ detection and convergence', () => {
    const recovery = (bfd: boolean, convergence: string) => {
      const pair = runPair({
        ...routeBased({ bfd, convergence, gracefulRestart: false }),
        probes: { ping: { from: 'client', to: 'server', type: 'ping', interval: '100ms', timeout: '1s' } },
        timeline: [{ at: '20.5s', 'power-off': 'palo-1' }],
        until: '4min',
      });
      expect(pair.records('garp')).toEqual([]);
      expect(pair.records('address')).toEqual([]);
      expect(pair.probe('ping').outages).toHaveLength(1);
      return pair.probe('ping').longestGapUs;
    };
    const near = (measured: number, expected: string) => {
      expect(measured).toBeGreaterThanOrEqual(us(expected));
      expect(measured).toBeLessThan(us(expected) + us('300ms'));
    };

    // The last keepalive came at 20 s: BFD (3 x 1 s) runs out at 23 s, the hold time of 90 s at 90 s.
    near(recovery(true, '0'), '2.5s');
    near(recovery(true, '2s'), '4.5s');
    near(recovery(false, '2s'), '71.5s');
  });
});
