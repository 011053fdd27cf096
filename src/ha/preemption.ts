/**
 * Preemption: the better node takes the role back, if both sides allow it (D09; ).
 */

import type { HaConfig } from './config.ts';
import { winsElection } from './election.ts';
import type { Hello } from './event.ts';

/** True when a healthy passive with this configuration should take the role from this active peer. */
export function mayPreempt(config: HaConfig, peer: Hello): boolean {
  return config.preemptive && peer.preemptive && peer.role === 'active' && winsElection(config, peer);
}
