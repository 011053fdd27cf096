/** Workloads from the untrust side to a host on the trust side: the pair carries them as it does the others. */

import { describe, expect, test } from 'vitest';
import { runPair } from '../../helpers/pair.ts';

describe('workload: inbound', () => {
  test('workload: from the server to the client: served, and carried over a switchover', () => {
    const run = runPair({
      workloads: {
        inbound: {
          from: 'server',
          to: 'client',
          protocol: 'tcp',
          port: 3389,
          arrivals: { concurrent: 10, constant: '1/s' },
          'holding-time': { constant: '20s' },
        },
      },
      timeline: [{ at: '30.5s', suspend: 'palo-1' }],
    });
    expect(run.workload('inbound')).toMatchObject({ started: 70, failed: 0 });
    expect(run.sessionsTakenOver('palo-2').carried).toBeGreaterThanOrEqual(18);
  });
});
