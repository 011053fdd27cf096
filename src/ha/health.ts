/**
 * Whether a firewall may hold or take the active role: no monitor failed, dataplane working.
 */

import type { HaState } from './state.ts';
import { REASON } from './reason.ts';

export function monitorFailed(state: HaState): boolean {
  return state.monitors.link || state.monitors.path;
}

export function isHealthy(state: HaState): boolean {
  return !monitorFailed(state) && state.dataplaneFailure === null;
}

/** The PAN-OS reason of a failed monitor; a link is named before a path, for a dead link takes its paths along. */
export function monitorReason(state: HaState): string {
  return state.monitors.link ? REASON.linkDown : REASON.pathDown;
}

/** True when the peer is connected and in a role that lets it be or become active. */
export function peerCanServe(state: HaState): boolean {
  const { connection, hello } = state.peer;
  if (connection !== 'up' || hello === null) return false;
  return (hello.role === 'active' || hello.role === 'passive') && !hello.monitorFailed;
}
