/**
 * Preemption: the better node takes the role back, if both sides allow it (D09; ).
 *
 * It is coordinated (section 2.3, case 9): when its hold has passed, the passive asks in its hello; the active yields; only
 * then the passive takes over. So there are never two actives, and an active that does not hear the request stays.
 */

import type { HaConfig } from './config.ts';
import { winsElection } from './election.ts';
import type { Hello } from './event.ts';

/** True when a healthy passive with this configuration should take the role from this active peer. */
export function mayPreempt(config: HaConfig, peer: Hello): boolean {
  return config.preemptive && peer.preemptive && peer.role === 'active' && winsElection(config, peer);
}

/** True when an active with this configuration has to yield to this passive peer, which asks for the role. */
export function mustYield(config: HaConfig, peer: Hello): boolean {
  if (!peer.preempting || peer.role !== 'passive') return false;
  return config.preemptive && peer.preemptive && !winsElection(config, peer);
}
