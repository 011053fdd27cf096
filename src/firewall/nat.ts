/**
 * Source NAT: which rule translates a new session, and what that does to its packets.
 *
 * In active/active a rule is bound to a device; the set-up firewall matches, but only the rules of the session's owner (D19; R-128,
 * In active/passive every rule is the active's. The translation belongs to the session and survives with it.
 */

import type { DeviceId } from '../ha/config.ts';
import { contains, type Subnet } from '../network/address.ts';
import type { Frame } from '../network/frame.ts';
import type { NatBinding } from '../traffic/session-table.ts';

export interface NatRule {
  readonly name: string;
  readonly source: Subnet;
  readonly translatedIp: number;
  /** `active-active-device-binding`. */
  readonly binding: DeviceId | 'both' | 'primary';
}

/** A rule as it is written: to an address, or to that of an interface. */
export type WrittenNatRule = Omit<NatRule, 'translatedIp'> & { readonly to: number | string };

/** The owner of a session, as far as NAT asks; null in active/passive. */
export interface NatOwner {
  readonly device: DeviceId;
  readonly isPrimary: boolean;
}

/** The translation of the first rule that matches; null when the source stays as it is. */
export function bindNat(
  rules: readonly NatRule[],
  sourceIp: number,
  owner: NatOwner | null,
): NatBinding | null {
  const rule = rules.find((item) => contains(item.source, sourceIp) && isBoundTo(item, owner));
  return rule === undefined ? null : { originalIp: sourceIp, translatedIp: rule.translatedIp };
}

function isBoundTo({ binding }: NatRule, owner: NatOwner | null): boolean {
  if (owner === null || binding === 'both') return true;
  return binding === 'primary' ? owner.isPrimary : binding === owner.device;
}

/** The packet as it leaves on the other side: the source translated, or in an answer the destination translated back. */
export function translate(frame: Frame, nat: NatBinding | null): Frame {
  if (nat === null) return frame;
  if (frame.sourceIp === nat.originalIp) return { ...frame, sourceIp: nat.translatedIp };
  return frame.destinationIp === nat.translatedIp ? { ...frame, destinationIp: nat.originalIp } : frame;
}
