/**
 * Which unpublished parameters a step of the protocol has used. The protocol is pure and does not tell; here it is read off the
 * step: what was known, the edge, and the role that was entered.
 *
 * A parameter is used when its value decided something that happened, not when the step merely passed it.
 */

import type { HaConfig } from '../ha/config.ts';
import type { HaEffect } from '../ha/effect.ts';
import type { HaEvent } from '../ha/event.ts';
import { monitorFailed } from '../ha/health.ts';
import { forwardsTraffic, isPrimary } from '../ha/role.ts';
import type { HaState } from '../ha/state.ts';

export interface ProtocolStep {
  readonly before: HaState;
  readonly event: HaEvent;
  readonly after: HaState;
  readonly effects: readonly HaEffect[];
}

/** Calls `assume` with every parameter of `unpublished:` that decided this step. */
export function assumeForStep(
  config: HaConfig,
  { before, event, after, effects }: ProtocolStep,
  assume: (parameter: string) => void,
): void {
  const entered = effects.flatMap((effect) => (effect.type === 'enter-role' ? [effect.transition] : []));
  const enters = (...transitions: string[]): boolean => entered.some((one) => transitions.includes(one));

  if (enters('T4')) assume('initial-timeout');
  if (enters('T13')) assume('split-brain-loser');
  if (enters('T14', 'T26')) assume('announced-failure-hold');
  if (flapsAtLimit(config, before, after)) assume('flap-comparison');
  if (event.type === 'ha3' && !event.up) assume('ha3-loss-leaver');

  const heldUp = event.type === 'timer' && event.timer === 'monitor-fail-hold-up-time';
  const alone = isPrimary(before.role) && monitorFailed(after) && !peerCouldServe(after);
  if (alone && (heldUp || enters('T8', 'T23'))) assume('both-monitors-failed');
}

/** The peer is heard, serves or is passive, and has no failed monitor of its own. */
function peerCouldServe({ peer: { connection, hello } }: HaState): boolean {
  if (connection !== 'up' || hello === null || hello.monitorFailed) return false;
  return hello.role === 'passive' || forwardsTraffic(hello.role);
}

/** A flap was counted that makes the count equal to flap-max: reached, and not exceeded. */
function flapsAtLimit({ timers }: HaConfig, before: HaState, after: HaState): boolean {
  const kinds = ['nonFunctional', 'preemption', 'tentative'] as const;
  if (timers.flapMax === 0) return false;
  return kinds.some((kind) => {
    return after.flaps[kind] === timers.flapMax && before.flaps[kind] !== timers.flapMax;
  });
}
