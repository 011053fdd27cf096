/** The pure protocol as a test arranges it: a configuration, a state in a role, a hello of the peer. */

import type { Compatibility, HaAssumptions, HaConfig } from '../../src/ha/config.ts';
import type { HaEvent, Hello } from '../../src/ha/event.ts';
import type { HaEffect } from '../../src/ha/effect.ts';
import type { Role } from '../../src/ha/role.ts';
import { unstarted, type HaState } from '../../src/ha/state.ts';
import { profileTimers, type HaTimers, type TimerName } from '../../src/ha/timers.ts';
import { transition, type Transition } from '../../src/ha/transition.ts';

const MIN = 60_000_000;

const SELF: Compatibility = {
  platform: 'PA-3400',
  multiVsys: false,
  fipsCc: false,
  serialNumber: 'self',
  groupId: 1,
  mode: 'active-passive',
  ha2Transport: 'ethernet',
  ha2Port: 'ethernet1/3',
  activeActive: null,
};

export interface ConfigPart extends Partial<Omit<HaConfig, 'timers' | 'assumptions' | 'compatibility'>> {
  readonly timers?: Partial<HaTimers>;
  readonly assumptions?: Partial<HaAssumptions>;
  readonly compatibility?: Partial<Compatibility>;
}

/** A configuration with the recommended timers of a PA-3400 and device-priority 100. */
export function configOf({ timers, assumptions, compatibility, ...part }: ConfigPart = {}): HaConfig {
  return {
    mode: 'active-passive',
    devicePriority: 100,
    deviceId: 0,
    tentativeHoldUs: MIN,
    preemptive: false,
    ha1Mac: 1,
    passiveLinkState: 'auto',
    monitorFailHoldDownUs: MIN,
    stateSynchronization: true,
    ...part,
    timers: { ...profileTimers('recommended', 'PA-3400'), ...timers },
    compatibility: { ...SELF, ...compatibility },
    assumptions: {
      initialTimeoutUs: MIN,
      sessionSyncWaitUs: 60 * MIN,
      flapWindowUs: 15 * MIN,
      flapComparison: 'reaches',
      announcedFailureHold: 'none',
      splitBrainLoser: 'passive',
      bothMonitorsFailed: 'leaves',
      ha3LossLeaver: 'active-secondary',
      ...assumptions,
    },
  };
}

/** A hello of the peer, whose device-priority is 110 unless told: it loses elections. */
export function helloFrom(
  role: Role,
  part: Partial<Omit<Hello, 'role' | 'compatibility'>> = {},
  differences: Partial<Compatibility> = {},
): Hello {
  return {
    role,
    devicePriority: 110,
    deviceId: 1,
    interfacesDown: [],
    ha3: 'up',
    preemptive: false,
    ha1Mac: 2,
    monitorFailed: false,
    preempting: false,
    ...part,
    compatibility: { ...SELF, serialNumber: 'peer', ...differences },
  };
}

/** A state in this role, whose peer is connected and said `hello` last, or was never heard. */
export function stateIn(role: Role, hello: Hello | null = null, part: Partial<HaState> = {}): HaState {
  const peer: HaState['peer'] = { connection: hello === null ? 'never' : 'up', downReason: null, hello };
  return { ...unstarted(), role, peer, ...part };
}

/** A peer that was connected and is declared failed. */
export function lostPeer(hello: Hello): HaState['peer'] {
  return { connection: 'down', downReason: 'Heartbeat ping failure', hello };
}

export const heard = (hello: Hello): HaEvent => ({ type: 'peer-heard', hello });
export const lost: HaEvent = { type: 'peer-lost', reason: 'Heartbeat ping failure' };
export const fired = (timer: TimerName): HaEvent => ({ type: 'timer', timer });
export const monitor = (failed: boolean): HaEvent => ({ type: 'monitor', monitor: 'link', failed });

/** Answers one event after the other, and returns the last answer. */
export function follow(config: HaConfig, state: HaState, ...events: readonly HaEvent[]): Transition {
  let answer: Transition = { state, effects: [], reason: null };
  for (const event of events) answer = transition(config, answer.state, event);
  return answer;
}

/** The change of role among effects. */
export function roleEntered({ effects }: Transition): Extract<HaEffect, { type: 'enter-role' }> | undefined {
  return effects.find((effect) => effect.type === 'enter-role');
}

/** The timers that effects set, with their durations. */
export function timersSet({ effects }: Transition): Partial<Record<TimerName, number>> {
  const set = effects.filter((effect) => effect.type === 'set-timer');
  return Object.fromEntries(set.map(({ timer, durationUs }) => [timer, durationUs]));
}
