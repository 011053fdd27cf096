/** virtual wires and DHCP relay in active/active. */

import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/run/assemble.ts';
import { run } from '../../src/run/run.ts';
import { libraryScenario } from '../helpers/library.ts';

describe('virtual wires in active/active', () => {
  test('R-118: virtual wire, packet at a non-owner: over HA3 to the owner and back to its receiver for egress', () => {
    const scenario = libraryScenario('active-active/virtual-wire.yaml');
    const pair = assemble(scenario, scenario.seed, 'protocol');
    pair.begin();
    pair.simulation.run(10_000_000);
    const [owner, receiver] = pair.firewalls;

    // Requests come in at palo-1, which owns the sessions; answers come in at palo-2 and cross twice.
    const answers = receiver.crossings[2] ?? 0;
    expect(answers).toBeGreaterThan(50);
    expect(receiver.ha3Counters?.packets).toEqual({
      'set-up': 0,
      'set-up-done': 0,
      owner: answers,
      egress: 0,
    });
    expect(owner.ha3Counters?.packets).toEqual({ 'set-up': 0, 'set-up-done': 0, owner: 0, egress: answers });

    // They leave by palo-2's own wire: without its cable to the left router none arrives.
    const value = { link: 'left-two', direction: { from: 'palo-2:ethernet1/5' } };
    const cut = { atUs: 0, entry: 0, action: 'blackhole', value } as const;
    const [ping] = run({ ...scenario, timeline: [cut], until: 10_000_000 }).probes;
    expect(ping?.received).toBe(0);
  });
});

describe('DHCP relay in active/active', () => {
  test('R-127: active-secondary and a DHCP broadcast to relay: dropped; the active-primary relays it', () => {
    const scenario = libraryScenario('active-active/dhcp-relay.yaml');
    /** What the client gets when only the other firewall hears its broadcasts. */
    const unheardBy = (device: string) => {
      const value = { link: `${device}-downlink`, direction: { from: 'trust-switch' } };
      const deaf = { atUs: 0, entry: 0, action: 'blackhole', value } as const;
      const { probes } = run({ ...scenario, timeline: [deaf] });
      return probes.map(({ sent, received, lost }) => ({ answered: received, unanswered: lost, sent }));
    };

    expect(unheardBy('palo-2')).toEqual([{ answered: 30, unanswered: 0, sent: 31 }]);
    expect(unheardBy('palo-1')).toEqual([{ answered: 0, unanswered: 30, sent: 31 }]);
  });
});
