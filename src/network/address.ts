/**
 * MAC and IPv4 addresses as integers, which is what tables are keyed by, and their text, which is what people read.
 */

export const BROADCAST_MAC = 0xffff_ffff_ffff;

/** `00:1b:17:00:01:12` → 48-bit integer. The text has been validated by the scenario schema. */
export function parseMac(text: string): number {
  return Number.parseInt(text.replaceAll(':', ''), 16);
}

export function formatMac(mac: number): string {
  const hex = mac.toString(16).padStart(12, '0');
  return hex.replace(/(..)(?=.)/g, '$1:');
}

/** An address of 224.0.0.0/4: a group of receivers, not a node. */
export function isMulticast(ip: number): boolean {
  return ip >>> 28 === 14;
}

/** `10.0.0.1` → unsigned 32-bit integer. */
export function parseIp(text: string): number {
  return text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export function formatIp(ip: number): string {
  return [24, 16, 8, 0].map((shift) => (ip >>> shift) & 255).join('.');
}

export interface Subnet {
  readonly ip: number;
  readonly prefix: number;
}

/** `10.0.0.1/24` → address and prefix length. */
export function parseCidr(text: string): Subnet {
  const [address = '', length = '32'] = text.split('/');
  return { ip: parseIp(address), prefix: Number(length) };
}

/** True when `ip` lies in the subnet that the address and prefix length describe. */
export function contains(subnet: Subnet, ip: number): boolean {
  if (subnet.prefix === 0) return true;
  const shift = 32 - subnet.prefix;
  return subnet.ip >>> shift === ip >>> shift;
}

/** The first address of a subnet behind that of the network itself: in a VPC the router of the subnet (AWS, "Subnet sizing"). */
export function firstHost({ ip, prefix }: Subnet): number {
  const size = 2 ** (32 - prefix);
  return ip - (ip % size) + 1;
}

/**
 * The virtual MAC of a firewall interface: `00:1b:17:00:GG:II` (K13, K14; R-140). GG is the group id, and in an active/active
 * pair its highest bit is the device id; an active/passive pair has the one of device 0.
 * Interface ids start at 0x10 for ethernet1/1, after K14's worked example (ethernet1/3 of group 1 ends in 01:12).
 */
export function virtualMac(groupId: number, interfaceName: string, deviceId: 0 | 1 = 0): number {
  const [slot = 1, port = 1] = interfaceName.replace('ethernet', '').split('/').map(Number);
  return 0x001b_1700_0000 + (deviceId * 0x80 + groupId) * 0x100 + ((slot - 1) * 0x40 + 0x0f + port);
}
