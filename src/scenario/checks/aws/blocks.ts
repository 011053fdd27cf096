/** Address blocks as ranges of numbers, so that they can be compared, counted on, and looked for an address. */

import { addressOf, toNumber } from '../addresses.ts';

export const HIGHEST_ADDRESS = 0xffff_ffff;

/** A block of addresses, both ends included. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

/** The block in which an address with a prefix length lies: as EC2, it takes 10.0.0.1/24 for 10.0.0.0/24. */
export function blockOf(cidr: string): Block {
  const length = Number(cidr.split('/')[1]);
  const size = 2 ** (32 - length);
  const first = Math.floor(toNumber(addressOf(cidr)) / size) * size;
  return { first, last: first + size - 1, length };
}

/** Whether a block, or a single address, lies in another block. */
export function isWithin(inner: Pick<Block, 'first' | 'last'> | string, outer: Block): boolean {
  const { first, last } =
    typeof inner === 'string' ? { first: toNumber(inner), last: toNumber(inner) } : inner;
  return first >= outer.first && last <= outer.last;
}

/** Whether a block and another have an address in common. */
export function overlap(one: Block, other: Block): boolean {
  return one.first <= other.last && other.first <= one.last;
}
