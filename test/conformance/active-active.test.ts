/** active/active. None is simulated yet; each says what it will hold. */

import { describe, test } from 'vitest';

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
  test.todo('R-127: active-secondary drops DHCP broadcasts to relay — active/active is not simulated yet');
  test.todo('R-128: DIPP NAT rule bound to a Device ID — active/active is not simulated yet');
  test.todo('R-129: the owner failed: NAT rules of the survivor only — active/active is not simulated yet');
});
