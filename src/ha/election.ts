/**
 * Who wins between two firewalls: the lower device-priority, then the lower HA1 MAC address (D09, K11; ).
 */

export interface Contender {
  readonly devicePriority: number;
  readonly ha1Mac: number;
}

/** True when `self` beats `other`. Two contenders with equal priority and MAC cannot exist on one segment. */
export function winsElection(self: Contender, other: Contender): boolean {
  if (self.devicePriority !== other.devicePriority) return self.devicePriority < other.devicePriority;
  return self.ha1Mac < other.ha1Mac;
}
