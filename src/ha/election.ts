/**
 * Who wins between two firewalls: the lower device-priority, in active/active the lower device-id, and then the lower HA1
 * MAC address (D09, K11; ).
 */

import type { DeviceId, HaMode } from './config.ts';

export interface Contender {
  readonly devicePriority: number;
  readonly deviceId: DeviceId;
  readonly ha1Mac: number;
}

/** One side of an election, which knows by what it is decided. */
export interface Elector extends Contender {
  readonly mode: HaMode;
}

/** True when `self` beats `other`. Two contenders with equal priority and MAC cannot exist on one segment. */
export function winsElection(self: Elector, other: Contender): boolean {
  if (self.mode === 'active-active') {
    return self.deviceId === other.deviceId ? self.ha1Mac < other.ha1Mac : self.deviceId < other.deviceId;
  }
  if (self.devicePriority !== other.devicePriority) return self.devicePriority < other.devicePriority;
  return self.ha1Mac < other.ha1Mac;
}
