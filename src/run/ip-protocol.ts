/** IP protocols as security groups name them. */

const NUMBERS = { icmp: 1, tcp: 6, udp: 17 } as const;

/** The number of a protocol; null = all. */
export function protocolNumber(protocol: number | 'all' | keyof typeof NUMBERS): number | null {
  if (typeof protocol === 'number') return protocol;
  return protocol === 'all' ? null : NUMBERS[protocol];
}
