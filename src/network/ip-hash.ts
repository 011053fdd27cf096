/**
 * A hash of IPv4 addresses, for what PAN-OS decides by one: it publishes none, so this is ours (the closing step of MurmurHash3).
 */

/** Spreads an address and a seed over 32 bits, as an unsigned integer. */
export function hashIp(ip: number, seed: number): number {
  let h = (ip ^ seed) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
