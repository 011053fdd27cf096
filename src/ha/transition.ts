/**
 * The protocol as a pure function: (configuration, state, edge) → next state, effects, reason.
 *
 * No clock, no packets, no randomness. The state goes through immer, so the input is never touched; the caller may keep
 * every state it has seen. Total: an edge that a role has no answer to is recorded and changes no role.
 */

import { Immer, type Draft } from 'immer';
import { ACTIVE_ACTIVE } from './active-active.ts';
import { ACTIVE_PASSIVE } from './active-passive.ts';
import type { HaConfig, HaMode } from './config.ts';
import type { HaEffect } from './effect.ts';
import type { HaEvent } from './event.ts';
import { forgetFlaps } from './flap.ts';
import { ha3Word } from './health.ts';
import type { Mode } from './mode.ts';
import type { HaState } from './state.ts';
import type { Step } from './step.ts';
import { reactionTo } from './table.ts';

export interface Transition {
  readonly state: HaState;
  readonly effects: readonly HaEffect[];
  /** Why the role changed, or null when it did not. */
  readonly reason: string | null;
}

export const MODES: Readonly<Record<HaMode, Mode>> = {
  'active-passive': ACTIVE_PASSIVE,
  'active-active': ACTIVE_ACTIVE,
};

// A private instance: freezing would cost more than the step itself, and must not be a global switch.
const immer = new Immer({ autoFreeze: false });

/**
 * Answers one edge.
 *
 * @param config the firewall's HA configuration, durations in microseconds
 * @param state the state before; not changed
 * @param event the edge
 * @returns the state after, the effects in the order in which they are to be carried out, and the reason of a role change
 */
export function transition(config: HaConfig, state: HaState, event: HaEvent): Transition {
  const effects: HaEffect[] = [];
  const next = immer.produce(state, (draft) => {
    const mode = MODES[config.mode];
    const step: Step = { config, mode, state: draft, effects, moved: false };
    if (record(step, event)) reactionTo(mode.table, draft.role, event)?.react(step);
  });
  return { state: next, effects, reason: next.role === state.role ? null : next.reason };
}

/** Writes down what the event says, whatever the role. Returns false when it is stale and must not be answered. */
function record(step: Step, event: HaEvent): boolean {
  const { state } = step;
  switch (event.type) {
    case 'timer':
      if (state.running[event.timer] !== true) return false; // Cancelled in the instant in which it fired.
      delete state.running[event.timer];
      if (event.timer === 'flap-window') forgetFlaps(step);
      return true;
    case 'peer-heard': {
      const word = ha3Word(state);
      state.peer.connection = 'up';
      state.peer.downReason = null;
      state.peer.hello = event.hello as Draft<typeof event.hello>;
      // The peer waits to learn that the loss of its HA3 was heard (ha3.ts).
      if (ha3Word(state) !== word) step.effects.push({ type: 'announce' });
      return true;
    }
    case 'peer-lost':
      if (state.peer.connection === 'down') return false;
      state.peer.connection = 'down';
      state.peer.downReason = event.reason;
      return true;
    case 'monitor':
      if (state.monitors[event.monitor] === event.failed) return false;
      state.monitors[event.monitor] = event.failed;
      // A repeated verdict is no edge, and the peer learns of monitor changes through its hellos (D02).
      step.effects.push({ type: 'announce' });
      return true;
    case 'dataplane':
      if (state.dataplaneFailure === event.failure) return false;
      state.dataplaneFailure = event.failure;
      return true;
    case 'ha3':
      if (state.ha3Down === !event.up) return false;
      state.ha3Down = !event.up;
      step.effects.push({ type: 'announce' });
      return true;
    case 'interfaces':
      if (state.interfacesDown.join() === event.down.join()) return false;
      state.interfacesDown = [...event.down];
      step.effects.push({ type: 'announce' });
      return true;
    default:
      return true;
  }
}
