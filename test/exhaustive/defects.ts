/**
 * Protocols with a defect, made of the sound one, to show that the search finds what it is there to find.
 */

import type { HaConfig } from '../../src/ha/config.ts';
import type { HaEvent } from '../../src/ha/event.ts';
import { isPrimary } from '../../src/ha/role.ts';
import type { HaState } from '../../src/ha/state.ts';
import type { Transition } from '../../src/ha/transition.ts';
import type { Protocol } from './side.ts';

/** A firewall that never makes one transition of the reference's table, but takes in what it heard. */
export function without(sound: Protocol, transition: string): Protocol {
  return (config, state, event) => {
    const answer = sound(config, state, event);
    const makesIt = answer.effects.some(
      (effect) => effect.type === 'enter-role' && effect.transition === transition,
    );
    return makesIt ? onlyRecords(state, event) : answer;
  };
}

function onlyRecords(state: HaState, event: HaEvent): Transition {
  const heard: Partial<HaState> =
    event.type === 'peer-heard' ? { peer: { connection: 'up', downReason: null, hello: event.hello } } : {};
  const running = Object.entries(state.running).filter(
    ([timer]) => event.type !== 'timer' || timer !== event.timer,
  );
  const after = { ...state, ...heard, running: Object.fromEntries(running) };
  return { state: after, effects: [], reason: null };
}

/** A standby that takes over as soon as a monitor of its peer has failed, though the peer holds the role a little longer. */
export function impatient(sound: Protocol): Protocol {
  return (config: HaConfig, state: HaState, event: HaEvent) => {
    if (event.type !== 'peer-heard' || !event.hello.monitorFailed || !isPrimary(event.hello.role)) {
      return sound(config, state, event);
    }
    const left = { ...event.hello, role: 'non-functional' as const };
    const { state: after, effects, reason } = sound(config, state, { ...event, hello: left });
    return { state: { ...after, peer: { ...after.peer, hello: event.hello } }, effects, reason };
  };
}

/** A firewall that says something new whenever it hears something. */
export function chatty(sound: Protocol): Protocol {
  return (config, state, event) => {
    const { state: after, effects, reason } = sound(config, state, event);
    if (event.type !== 'peer-heard') return { state: after, effects, reason };
    const interfacesDown = state.interfacesDown.length === 0 ? ['ethernet1/1'] : [];
    return { state: { ...after, interfacesDown }, effects: [...effects, { type: 'announce' }], reason };
  };
}
