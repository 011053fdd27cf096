/**
 * What the loss of HA3 does (T24; K05, R-124): without it the two cannot forward packets to each other, so one leaves.
 *
 * A cable between two firewalls goes dark with either of them, so a loss of carrier alone must not take the survivor of a dead
 * peer out of service. HA3 counts as lost when the peer is alive after it: when it says in a hello that its own carrier is
 * gone, or that it has heard of ours. And it is needed only while the peer serves.
 */

import type { Hello } from './event.ts';
import { becomeNonFunctional } from './leaving.ts';
import { REASON } from './reason.ts';
import { forwardsTraffic } from './role.ts';
import { postpone, type Step } from './step.ts';

/** True when the peer agrees that no packet crosses HA3, in a pair that forwards packets. */
export function isApart({ config, state }: Step, hello: Hello): boolean {
  if (config.compatibility.activeActive?.packetForwarding !== true) return false;
  return hello.ha3 === 'down' || (state.ha3Down && hello.ha3 === 'down-at-peer');
}

/** True when packets ought to cross HA3 and cannot: the connected peer serves. */
export function ha3Lost(step: Step): boolean {
  const { connection, hello } = step.state.peer;
  if (connection !== 'up' || hello === null) return false;
  return (hello.role === step.mode.primary || hello.role === step.mode.standby) && isApart(step, hello);
}

/** True for a tentative peer whose hold runs: nothing keeps it from taking a role. It needs HA3 only to a peer that serves. */
export function peerIsComing(step: Step, hello: Hello): boolean {
  if (hello.role !== 'tentative' || hello.monitorFailed) return false;
  return !forwardsTraffic(step.state.role) || !isApart(step, hello);
}

/**
 * T24: HA3 is lost, and this firewall is the one that leaves (section 14, item 16).
 *
 * @returns true when it has left, or leaves in the next step of this instant
 */
export function leaveForHa3(step: Step): boolean {
  const { state, config, mode } = step;
  const { ha3LossLeaver } = config.assumptions;
  // The two of a healthy pair: of two primaries or two secondaries the election decides first.
  const pair = [state.role, state.peer.hello?.role];
  if (!pair.includes(mode.primary) || !pair.includes(mode.standby)) return false;
  if (!ha3Lost(step) || (ha3LossLeaver !== 'both' && ha3LossLeaver !== state.role)) return false;
  if (postpone(step)) return true;
  becomeNonFunctional(step, REASON.ha3Down, 'T24');
  state.failure = 'ha3';
  return true;
}
