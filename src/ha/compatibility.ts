/**
 * What two firewalls must have in common, and what PAN-OS does to the one that finds a difference: T6 suspends it,
 * T7 makes it non-functional (reference sections 1.2 and 1.3: K04, K05; ).
 */

import type { Compatibility } from './config.ts';

export interface Mismatch {
  readonly reason: string;
  readonly consequence: 'suspended' | 'non-functional';
}

interface Rule extends Mismatch {
  readonly broken: (self: Compatibility, peer: Compatibility) => boolean;
}

/** In PAN-OS's order of severity: what suspends comes before what makes non-functional. */
const RULES: readonly Rule[] = [
  {
    reason: 'Platform Model mismatches with peer',
    consequence: 'suspended',
    broken: (self, peer) => self.platform !== peer.platform,
  },
  {
    reason: 'Multi-vsys mismatches with peer',
    consequence: 'suspended',
    broken: (self, peer) => self.multiVsys !== peer.multiVsys,
  },
  {
    reason: 'FIPS-CC mode mismatches with peer',
    consequence: 'suspended',
    broken: (self, peer) => self.fipsCc !== peer.fipsCc,
  },
  {
    reason: 'Serial Number matches with peer',
    consequence: 'suspended',
    broken: (self, peer) => self.serialNumber === peer.serialNumber,
  },
  {
    reason: 'Mode mismatch between peers',
    consequence: 'non-functional',
    broken: (self, peer) => self.mode !== peer.mode,
  },
  {
    reason: 'Group ID mismatch between peers',
    consequence: 'non-functional',
    broken: (self, peer) => self.groupId !== peer.groupId,
  },
  {
    reason: 'HA2 port mismatches',
    consequence: 'non-functional',
    broken: (self, peer) => self.ha2Port !== peer.ha2Port,
  },
  {
    reason: 'State synchronization mismatch',
    consequence: 'non-functional',
    broken: (self, peer) => self.ha2Transport !== peer.ha2Transport,
  },
];

/** The first difference that matters, or null when the two can form a pair. */
export function findMismatch(self: Compatibility, peer: Compatibility): Mismatch | null {
  return RULES.find((rule) => rule.broken(self, peer)) ?? null;
}
