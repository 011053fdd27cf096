/** encryption, incidents, clouds, Panorama and dynamic routing. None is simulated yet. */

import { describe, test } from 'vitest';

describe('what stands around the pair', () => {
  test.todo(
    'R-149: HA1 encryption on one node only: the connection is down — HA1 encryption is not simulated yet',
  );
  test.todo('R-150: an HA1 incident clears after 2 h of stable up — incidents are not simulated yet');
  test.todo('R-151: AWS ENI move: 20 s to over 60 s on top of HA — cloud providers are not simulated yet');
  test.todo('R-152: Azure floating IP: minutes — cloud providers are not simulated yet');
  test.todo('R-153: AWS: HA1 is MGT, HA2 on ethernet1/1, no backups — cloud platforms are not simulated yet');
  test.todo('R-154: Panorama: path monitoring 5000 ms × 3, 7000 ms hold — Panorama is not simulated yet');
  test.todo(
    'R-155: BGP graceful restart with BFD loses return traffic — routing protocols are not simulated yet',
  );
  test.todo('R-156: graceful restart on both sides keeps the FIB — routing protocols are not simulated yet');
});
