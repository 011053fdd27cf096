/** A control path on which heartbeats go unanswered while everything else passes, as with a filter on ICMP. */

import { expect, test } from 'vitest';
import { runAws } from '../../helpers/aws-pair.ts';

/** In these, an unanswered side's hello reaches the other between its own verdict and the sender's. */
const SEEDS = [23, 28, 31];

test('control path: ICMP is filtered, and the peer has yet to notice: its hellos do not bring the path up again', () => {
  const cut = { 'revoke-security-group-ingress': { 'security-group': 'palo-mgmt-sg', protocol: 'icmp' } };
  for (const seed of SEEDS) {
    const unpublished = { 'heartbeat-phase': 'random', 'aws-latency': 'none' };
    const pair = runAws({ seed, unpublished, timeline: [{ at: '20s', ...cut }], until: '60s' });

    expect(pair.records('control-path').map(({ data }) => data.up)).toEqual([false, false]);
    expect(pair.rolesAt('60s')).toEqual(['active', 'active']);
  }
});
