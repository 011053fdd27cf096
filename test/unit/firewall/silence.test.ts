/**
 * Regressions of the law "who is not active sends nothing in the name of the virtual MAC address", found by random runs. The
 * tap throws at the first such frame.
 */

import { describe, expect, test } from 'vitest';
import { startRun } from '../../../src/run/run.ts';
import { PacketTap } from '../../helpers/packet-tap.ts';
import { resolvePair, timers, type PairPart } from '../../helpers/pair.ts';

function rolesUnderTap(part: PairPart): (string | null)[] {
  const scenario = resolvePair(part);
  const run = new PacketTap(scenario, 0).watch(() => startRun(scenario));
  return run.result().final.map(({ role }) => role);
}

describe('firewall: leaving the service', () => {
  test('firewall: a lost path ping costs it the role at once: the ping of that tick is not sent as active', () => {
    const roles = rolesUnderTap({
      ha: timers({ 'additional-master-hold-up-time': 0 }),
      unpublished: { 'port-flap': 0 }, // Else nothing would get out in that instant.
      timeline: [{ at: '20s', 'target-unreachable': '203.0.113.1' }],
      until: '30s',
    });
    expect(roles).toEqual(['non-functional', 'non-functional']);
  });

  test('firewall: leaves while it asks for an address: asks no more', () => {
    const roles = rolesUnderTap({
      start: 'cold-boot',
      // The router is away, so the active's pings wait for its MAC address, and are not lost before the tenth.
      ha: { monitoring: { 'path-monitoring': { 'virtual-router': { default: { 'ping-interval': '1s' } } } } },
      unpublished: { 'boot-time': '10s', 'port-bring-up-shutdown': '0s' },
      timeline: [
        { at: '0s', 'link-down': 'isp' },
        { at: '15.5s', suspend: 'palo-1' },
        { at: '17.5s', suspend: 'palo-2' },
      ],
      until: '30s',
    });
    expect(roles).toEqual(['suspended', 'suspended']);
  });
});
