/**
 * What a firewall knows of its own health and of its peer's: no monitor failed, dataplane working, HA3 there.
 */

import type { Ha3Word } from './event.ts';
import type { HaState } from './state.ts';
import { REASON } from './reason.ts';
import type { Step } from './step.ts';

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
export function peerCanServe({ mode, state }: Step): boolean {
  const { connection, hello } = state.peer;
  if (connection !== 'up' || hello === null) return false;
  return (hello.role === mode.primary || hello.role === mode.standby) && !hello.monitorFailed;
}

/** What a firewall in this state says of HA3. */
export function ha3Word({ ha3Down, peer }: HaState): Ha3Word {
  if (ha3Down) return 'down';
  return peer.hello?.ha3 === 'down' ? 'down-at-peer' : 'up';
}
