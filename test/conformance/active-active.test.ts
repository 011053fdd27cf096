/** active/active. None is simulated yet; each says what it will hold. */

import { describe, expect, test } from 'vitest';
import { run } from '../../src/run/run.ts';
import { libraryScenario } from '../helpers/library.ts';

describe('active/active is not simulated yet', () => {
  test.todo(
    'R-113: session owner first-packet: the receiver of the first packet — active/active is not simulated yet',
  );
  test.todo(
    'R-114: session owner primary-device: active-primary owns all — active/active is not simulated yet',
  );
  test.todo('R-115: set-up ip-modulo: parity of the source address — active/active is not simulated yet');
  test.todo('R-116: set-up ip-hash: hash of the addresses — active/active is not simulated yet');
  test.todo(
    'R-117: receiver owns, peer sets up: the first packet crosses HA3 twice — HA3 is not simulated yet',
  );
  test.todo('R-118: virtual wire, packet at a non-owner: over HA3 and back — HA3 is not simulated yet');
  test.todo(
    'R-119: the owner fails: the survivor owns, without layer 7 — active/active is not simulated yet',
  );
  test.todo(
    'R-120: the failed owner returns: its sessions revert to it — active/active is not simulated yet',
  );
  test.todo('R-121: tentative: packets go to the peer over HA3 — active/active is not simulated yet');
  test.todo('R-126: HA3 needs an MTU above the largest packet — HA3 is not simulated yet');
  test.todo('R-128: DIPP NAT rule bound to a Device ID — active/active is not simulated yet');
  test.todo('R-129: the owner failed: NAT rules of the survivor only — active/active is not simulated yet');
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
