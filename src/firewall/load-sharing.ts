/**
 * Who owns a session of an active/active pair, and who sets it up (reference sections 7.1 and 7.2: D13, D14; ).
 *
 * The owner does all layer 7 work; the set-up firewall makes the session, with the NAT rules of the owner. Pure decisions, which both
 * firewalls make alike. PAN-OS publishes neither the parity of ip-modulo nor the hash of ip-hash (section 14, item 24).
 */

import type { DeviceId } from '../ha/config.ts';
import { hashIp } from '../network/ip-hash.ts';

export type SessionOwnerSelection = 'first-packet' | 'primary-device';

export type SessionSetup =
  | { readonly kind: 'first-packet' }
  | { readonly kind: 'primary-device' }
  /** Sources with an even address are that device's, the others its peer's. */
  | { readonly kind: 'ip-modulo'; readonly evenTo: DeviceId }
  | { readonly kind: 'ip-hash'; readonly key: 'source' | 'source-and-destination'; readonly seed: number };

export interface LoadSharing {
  readonly self: DeviceId;
  readonly owner: SessionOwnerSelection;
  readonly setup: SessionSetup;
  /** Packets may cross HA3. */
  readonly packetForwarding: boolean;
  /** What becomes of a packet that belongs to no session here and makes none. */
  readonly unknownPacket: 'peer' | 'drop';
  /** Whether the sessions of a failed owner go back to it when it returns. */
  readonly onReturn: 'revert' | 'stay';
}

/** The device that owns a session whose first packet `receiver` has received. */
export function ownerOf({ owner }: LoadSharing, receiver: DeviceId, primary: DeviceId): DeviceId {
  return owner === 'first-packet' ? receiver : primary;
}

/** The device that sets it up. With session owner primary-device that is the same one (D13, R-114). */
export function setupOf(
  rules: LoadSharing,
  receiver: DeviceId,
  primary: DeviceId,
  { sourceIp, destinationIp }: { readonly sourceIp: number; readonly destinationIp: number },
): DeviceId {
  const { owner, setup } = rules;
  if (owner === 'primary-device') return primary;
  switch (setup.kind) {
    case 'first-packet':
      return receiver;
    case 'primary-device':
      return primary;
    case 'ip-modulo':
      return sourceIp % 2 === 0 ? setup.evenTo : otherDevice(setup.evenTo);
    case 'ip-hash': {
      const source = hashIp(sourceIp, setup.seed);
      const hash = setup.key === 'source' ? source : hashIp(destinationIp, source);
      return (hash & 1) as DeviceId;
    }
  }
}

/** The other one of the pair. */
export function otherDevice(device: DeviceId): DeviceId {
  return device === 0 ? 1 : 0;
}
