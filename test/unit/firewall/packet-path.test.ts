/** Packets of an active/active pair between the rules: what random pairs have found. The comments say what went wrong. */

import { describe, expect, test } from 'vitest';
import { buildPair, both, lay, runPair, us, type Part } from '../../helpers/pair.ts';

function ping(from: string): Part {
  return { ping: { type: 'ping', from, to: 'server', interval: '500ms', timeout: '1s' } };
}

/** NAT of each firewall to the floating address that the other one holds. */
const CROSSED = both({
  nat: ['203.0.113.11', '203.0.113.10'].map((address, device) => ({
    name: `pool-${device}`,
    source: '10.0.0.0/24',
    'translated-address': address,
    'active-active-device-binding': String(device),
  })),
});

describe('NAT and ping', () => {
  // The holder of the translated address took the answer for one to a ping of its own.
  test('an answer comes to the peer of the session’s owner: goes on to the owner over HA3', () => {
    const pair = runPair({ mode: 'active-active', devices: CROSSED, probes: ping('client-2'), until: '20s' });

    expect(pair.probe('ping').lost).toBe(0);
    expect(pair.result.ha3?.crossings).toEqual([40, 40]);
  });

  // The session that palo-2 had made while it was alone had another translation, and kept the answers to itself, for ever.
  test('the peer still has a session of the same ping from before: its answers go to the owner all the same', () => {
    const pair = runPair({
      mode: 'active-active',
      devices: CROSSED,
      ha: lay(
        { 'state-synchronization': { enabled: false } },
        { 'active-active': { 'tentative-hold-time': '10s' } },
      ),
      unpublished: { 'session-ownership-return': 'stay' },
      probes: ping('client-2'),
      timeline: [
        { at: '10s', suspend: 'palo-2' },
        { at: '20s', functional: 'palo-2' },
      ],
      until: '90s',
    });

    expect(pair.probe('ping').outages.filter(({ toUs }) => toUs > us('45s'))).toEqual([]);
  });

  test('a ping has ended: neither firewall keeps its session', () => {
    const { firewalls, runTo } = buildPair({
      mode: 'active-active',
      ha: { 'state-synchronization': { enabled: false } },
      unpublished: { 'ip-modulo-parity': 'odd-to-0' },
      probes: ping('client-2'),
      timeline: [{ at: '10s', 'link-down': 'client-2' }],
      until: '60s',
    });
    runTo('9s');
    const during = firewalls.map(({ table }) => table.size);
    runTo('40s');

    expect(during).toEqual([1, 1]);
    expect(firewalls.map(({ table }) => table.size)).toEqual([0, 0]);
  });
});
