/**
 * What two firewalls must have in common, and what PAN-OS does to the one that finds a difference: T6 suspends it,
 * T7 (T24) makes it non-functional (reference sections 1.2 and 1.3: K04, K05; R-076, R-125, R-158, R-159).
 *
 * Not modelled of K05's list: licence and version of a VM, GTP, SCTP, NAT oversubscription, drive errors, and HA1 addresses.
 */

import type { ActiveActiveCompatibility, Compatibility } from './config.ts';
import { releaseOrdinal } from './release.ts';

export interface Mismatch {
  readonly reason: string;
  readonly consequence: 'suspended' | 'non-functional';
}

interface Rule extends Mismatch {
  readonly broken: (self: Compatibility, peer: Compatibility) => boolean;
}

/** Of what only an active/active pair compares; a pair of one mode each has found that difference before. */
function inActiveActive(
  broken: (self: ActiveActiveCompatibility, peer: ActiveActiveCompatibility) => boolean,
): Rule['broken'] {
  return ({ activeActive: self }, { activeActive: peer }) =>
    self !== null && peer !== null && broken(self, peer);
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
    // What is older than this one can only be judged here; the older of the two does not know what came after it.
    reason: 'Peer version too old',
    consequence: 'suspended',
    broken: (self, peer) =>
      releaseOrdinal(self.swVersion) - releaseOrdinal(peer.swVersion) > self.peerReleasesBehind,
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
  {
    reason: 'HA2-backup port mismatches with peer',
    consequence: 'non-functional',
    broken: (self, peer) => self.ha2BackupPort !== peer.ha2BackupPort,
  },
  {
    reason: 'HA2 IPv4/IPv6 mismatch',
    consequence: 'non-functional',
    broken: (self, peer) => self.ha2Family !== peer.ha2Family,
  },
  {
    reason: 'HA2-backup IPv4/IPv6 mismatch',
    consequence: 'non-functional',
    broken: (self, peer) => self.ha2BackupFamily !== peer.ha2BackupFamily,
  },
  {
    reason: 'URL vendor mismatch',
    consequence: 'non-functional',
    broken: (self, peer) => self.urlDatabase !== peer.urlDatabase,
  },
  {
    reason: 'A/A mode device-id overlap',
    consequence: 'non-functional',
    broken: inActiveActive((self, peer) => self.deviceId === peer.deviceId),
  },
  {
    reason: 'A/A mode packet-forward mismatch',
    consequence: 'non-functional',
    broken: inActiveActive((self, peer) => self.packetForwarding !== peer.packetForwarding),
  },
  {
    reason: 'A/A mode session load share mismatch',
    consequence: 'non-functional',
    broken: inActiveActive((self, peer) => self.sessionLoadSharing !== peer.sessionLoadSharing),
  },
  {
    reason: 'A/A mode QOS config sync mismatch',
    consequence: 'non-functional',
    broken: inActiveActive((self, peer) => self.qosSync !== peer.qosSync),
  },
  {
    reason: 'A/A mode router config sync mismatch',
    consequence: 'non-functional',
    broken: inActiveActive((self, peer) => self.virtualRouterSync !== peer.virtualRouterSync),
  },
];

/** Every reason of this table, as PAN-OS words it. */
export const MISMATCH_REASONS: readonly string[] = RULES.map(({ reason }) => reason);

/** The first difference that matters, or null when the two can form a pair. */
export function findMismatch(self: Compatibility, peer: Compatibility): Mismatch | null {
  return RULES.find((rule) => rule.broken(self, peer)) ?? null;
}

/**
 * Why configuration cannot be copied between the two, or null when it can (D22; R-106). A pair that is being upgraded runs
 * on two releases for a while: it fails over, but does not synchronize its configuration.
 */
export function findSyncObstacle(self: Compatibility, peer: Compatibility): string | null {
  if (releaseOrdinal(self.swVersion) !== releaseOrdinal(peer.swVersion)) {
    return `incompatible PAN-OS: ${self.swVersion} here, ${peer.swVersion} there`;
  }
  if (self.urlDatabase !== peer.urlDatabase) {
    return `incompatible URL databases: ${self.urlDatabase} here, ${peer.urlDatabase} there`;
  }
  return null;
}
