/**
 * Whose a virtual address of an active/active pair is: a pure decision of each firewall, from its own state and from what
 * its peer's last hello said (reference sections 8.3 and 8.4: D07, D15, D16, D18; R-131 to R-136).
 *
 * What moves is an address together with the virtual MAC address of one device. A floating address has one, that of the
 * device it is bound to, wherever it is; an address bound to active-primary always has device 0's (PAN-OS does not say
 * which; ours). A shared address (ARP load sharing) has one of each device, and requesters are divided between the two.
 */

import type { DeviceId } from '../ha/config.ts';
import { forwardsTraffic } from '../ha/role.ts';
import type { HaState } from '../ha/state.ts';

export interface VirtualAddress {
  readonly ip: number;
  readonly interface: string;
  readonly rule: AddressRule;
}

export type AddressRule =
  | {
      readonly kind: 'floating';
      /** Of device 0 and device 1; the lower value owns (D07). */
      readonly priorities: readonly [number, number];
      readonly failoverOnLinkDown: boolean;
    }
  | { readonly kind: 'bound-to-active-primary' }
  /** Requesters with an even address are that device's, the others its peer's (section 14, item 24). */
  | { readonly kind: 'ip-modulo'; readonly evenTo: DeviceId }
  | { readonly kind: 'ip-hash'; readonly seed: number };

/** The devices whose virtual MAC addresses this address can be held with. */
export function devicesOf(address: VirtualAddress): readonly DeviceId[] {
  const { rule } = address;
  if (rule.kind === 'floating') return [boundTo(rule.priorities)];
  return rule.kind === 'bound-to-active-primary' ? [0] : [0, 1];
}

/**
 * Whether a firewall holds an address with the virtual MAC address of a device: answers ARP for it, takes its packets.
 *
 * @param device one of `devicesOf(address)`
 * @param self the firewall's own device-id
 */
export function holdsAddress(
  address: VirtualAddress,
  device: DeviceId,
  self: DeviceId,
  state: HaState,
): boolean {
  const { rule } = address;
  if (rule.kind === 'bound-to-active-primary') return state.role === 'active-primary';
  if (!isAble(address, state.role, state.interfacesDown)) return false;
  if (!isPeerAble(address, state)) return true;
  return device === self;
}

/** The device that a requester is to be answered by, while both can. */
export function shareOf(rule: AddressRule, requesterIp: number, bound: DeviceId): DeviceId {
  switch (rule.kind) {
    case 'ip-modulo':
      return requesterIp % 2 === 0 ? rule.evenTo : otherOf(rule.evenTo);
    case 'ip-hash':
      return (hashIp(requesterIp, rule.seed) & 1) as DeviceId;
    default:
      return bound;
  }
}

/** The device with the lower value; of equal values, device 0. */
function boundTo([first, second]: readonly [number, number]): DeviceId {
  return first <= second ? 0 : 1;
}

function otherOf(device: DeviceId): DeviceId {
  return device === 0 ? 1 : 0;
}

function isAble(address: VirtualAddress, role: HaState['role'], interfacesDown: readonly string[]): boolean {
  if (!forwardsTraffic(role)) return false;
  const { rule } = address;
  return !(rule.kind === 'floating' && rule.failoverOnLinkDown && interfacesDown.includes(address.interface));
}

/**
 * A peer that is not heard has failed in the eyes of an active-primary. An active-secondary waits until it has been promoted:
 * addresses move with the promotion, not before.
 */
function isPeerAble(address: VirtualAddress, { role, peer }: HaState): boolean {
  if (peer.hello === null) return false;
  if (peer.connection !== 'up' && role === 'active-primary') return false;
  return isAble(address, peer.hello.role, peer.hello.interfacesDown);
}

/** Spreads an address over 32 bits (the closing step of MurmurHash3, after the seed): ours, PAN-OS publishes no hash. */
function hashIp(ip: number, seed: number): number {
  let h = (ip ^ seed) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
