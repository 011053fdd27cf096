/**
 * TLS sessions that the firewall decrypts, and what a takeover does to them (reference section 6.1; D23, D28).
 *
 * The keys of a decrypted session are not synchronized. With inbound inspection and no perfect forward secrecy the firewall only
 * listened in, so the session goes on without it; in all other cases it stood in the middle, and the session is dropped
 * . Older documents say that PFS sessions are allowed on undecrypted, hence `unpublished.pfs-after-failover`.
 */

/** What the decryption policy of the firewalls does with a session. */
export type Decryption =
  'none' | 'ssl-inbound-inspection' | 'ssl-inbound-inspection-pfs' | 'ssl-forward-proxy' | 'packet-broker';

/** What becomes of a decrypted PFS session of inbound inspection. */
export type PfsFate = 'dropped' | 'undecrypted';

/** What the new active does with a session that the former one decrypted, and that it knows from HA2. */
export function fateOf(decryption: Decryption, pfs: PfsFate): 'kept' | 'undecrypted' | 'dropped' {
  if (decryption === 'none') return 'kept';
  if (decryption === 'ssl-inbound-inspection') return 'undecrypted';
  return decryption === 'ssl-inbound-inspection-pfs' ? pfs : 'dropped';
}
