/** A control path on which heartbeats go unanswered while everything else passes, as with a filter on ICMP. */

import { expect, test } from 'vitest';
import { runAws } from '../../helpers/aws-pair.ts';
import { runPair, us } from '../../helpers/pair.ts';

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

test.each([2, 3, 5])('heartbeats: %d lost in a row end HA1, as the scenario assumes', (losses) => {
  const pair = runPair({
    unpublished: { 'heartbeat-losses': losses },
    timeline: [{ at: '20s', blackhole: { link: 'palo-1-management' } }],
    until: '60s',
  });
  const { assumptions } = pair.result;

  // The next heartbeat, the others after it, and the time for an answer to the last.
  expect(pair.declaresPeerFailed('palo-2') - us('20s')).toBe(losses * us('1s'));
  expect(assumptions.some(({ name }) => name === 'heartbeat-losses')).toBe(losses !== 3);
});
