/** virtual wires and DHCP relay in active/active. */

import { describe, expect, test } from 'vitest';
import { run } from '../../src/run/run.ts';
import { libraryScenario } from '../helpers/library.ts';

describe('virtual wires in active/active', () => {
  test.todo('R-118: virtual wire, packet at a non-owner: over HA3 and back — HA3 is not simulated yet');
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
