/** encryption, incidents, clouds, Panorama and dynamic routing. */

import { describe, expect, test } from 'vitest';
import { mistakesIn, type Part } from '../helpers/pair.ts';
import { onAws } from '../helpers/refused.ts';

describe('what stands around the pair', () => {
  test.todo(
    'R-149: HA1 encryption on one node only: the connection is down — HA1 encryption is not simulated yet',
  );
  test.todo('R-150: an HA1 incident clears after 2 h of stable up — incidents are not simulated yet');
  test.todo('R-151: AWS ENI move: 20 s to over 60 s on top of HA — cloud providers are not simulated yet');
  test.todo('R-152: Azure floating IP: minutes — cloud providers are not simulated yet');
  test('R-153: VM-Series on AWS: HA1 on management, HA2 on ethernet1/1 by IP or UDP, no backups; else refused', () => {
    const ports = (part: Part): Part => ({ interface: part });
    const refused = (ha: Part): string[] =>
      mistakesIn(onAws(ha)).filter((message) => message.endsWith(' (R-153, D24)'));

    for (const transport of ['ip', 'udp']) {
      expect(mistakesIn(onAws({ 'state-synchronization': { transport } }))).toEqual([]);
    }
    expect(refused({ 'state-synchronization': { transport: 'ethernet' } })).toHaveLength(1);
    expect(refused(ports({ ha1: { port: 'ha1-a' } }))).toHaveLength(1);
    expect(refused(ports({ ha2: { port: 'ethernet1/3' } }))).toHaveLength(1);
    expect(refused(ports({ 'ha1-backup': { port: 'ethernet1/4' } }))).toHaveLength(1);
    expect(refused(ports({ 'ha2-backup': { port: 'ethernet1/4' } }))).toHaveLength(1);
    expect(refused({ 'election-option': { 'heartbeat-backup': true } })).toHaveLength(1);
  });
  test.todo('R-154: Panorama: path monitoring 5000 ms × 3, 7000 ms hold — Panorama is not simulated yet');
  test.todo(
    'R-155: BGP graceful restart with BFD loses return traffic — routing protocols are not simulated yet',
  );
  test.todo('R-156: graceful restart on both sides keeps the FIB — routing protocols are not simulated yet');
});
