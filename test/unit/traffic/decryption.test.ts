import { describe, expect, test } from 'vitest';
import { fateOf, type Decryption } from '../../../src/traffic/decryption.ts';

describe('decryption: a session that the new active knows', () => {
  test.each<[Decryption, string, string]>([
    ['none', 'kept', 'kept'],
    ['ssl-inbound-inspection', 'undecrypted', 'undecrypted'],
    ['ssl-inbound-inspection-pfs', 'dropped', 'undecrypted'],
    ['ssl-forward-proxy', 'dropped', 'dropped'],
    ['packet-broker', 'dropped', 'dropped'],
  ])('decryption: %s: %s; if PFS may go on, %s', (decryption, fate, lenient) => {
    expect([fateOf(decryption, 'dropped'), fateOf(decryption, 'undecrypted')]).toEqual([fate, lenient]);
  });
});
