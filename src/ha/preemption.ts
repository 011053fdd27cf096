/**
 * Preemption: the better node takes the role back, if both sides allow it (D09; ).
 *
 * It is coordinated (section 2.3, case 9): when its hold has passed, the passive (active-secondary) asks in its hello; the active
 * (active-primary) yields; only then the other takes over. So there are never two actives, and an active that does not hear the
 * request stays.
 */

import type { HaConfig } from './config.ts';
import { winsElection } from './election.ts';
import type { Hello } from './event.ts';
import { PAIR_ROLES } from './role.ts';

/** True when a healthy passive or active-secondary with this configuration should take the role from this active peer. */
export function mayPreempt(config: HaConfig, peer: Hello): boolean {
  const { primary } = PAIR_ROLES[config.mode];
  return config.preemptive && peer.preemptive && peer.role === primary && winsElection(config, peer);
}

/** True when an active or active-primary with this configuration has to yield to this peer, which asks for the role. */
export function mustYield(config: HaConfig, peer: Hello): boolean {
  if (!peer.preempting || peer.role !== PAIR_ROLES[config.mode].standby) return false;
  return config.preemptive && peer.preemptive && !winsElection(config, peer);
}
