/**
 * The state of the protocol on one firewall: plain data, immutable from outside (transitions go through immer).
 */

import type { HaConfig } from './config.ts';
import type { Hello } from './event.ts';
import { ha3Word } from './health.ts';
import type { ConnectionDownReason } from './reason.ts';
import { REASON } from './reason.ts';
import type { Role } from './role.ts';
import type { TimerName } from './timers.ts';

export interface HaState {
  readonly role: Role;
  /** Why the firewall is in this role, as PAN-OS or section 1.2 words it. */
  readonly reason: string;
  readonly peer: PeerView;
  /** Failed by policy, as the monitors last said. */
  readonly monitors: { readonly link: boolean; readonly path: boolean };
  /** Reason of a dataplane failure, or null. */
  readonly dataplaneFailure: string | null;
  /** HA3 has no carrier (active/active). */
  readonly ha3Down: boolean;
  /** Data interfaces without link, of those that carry virtual addresses. */
  readonly interfacesDown: readonly string[];
  /** A bulk session sync was asked for and has not arrived. */
  readonly synchronizing: boolean;
  /** Counted separately against the same flap-max (C23, R-088). */
  readonly flaps: { readonly nonFunctional: number; readonly preemption: number; readonly tentative: number };
  /** The preemption hold has passed and the active has been asked to yield. */
  readonly preempting: boolean;
  /** The present active role was taken by preemption: leaving it again is a preemption flap (K02). */
  readonly tookByPreemption: boolean;
  /** What put the firewall into `non-functional`; decides how it leaves (T19, T20, R-057). */
  readonly failure: 'monitor' | 'dataplane' | 'mismatch' | 'ha3' | null;
  /** Timers that are set and have neither fired nor been cancelled. */
  readonly running: Readonly<Partial<Record<TimerName, true>>>;
}

export interface PeerView {
  readonly connection: 'never' | 'up' | 'down';
  readonly downReason: ConnectionDownReason | null;
  /** The last hello; kept when the connection goes down (`Last non-functional state reason` does the same). */
  readonly hello: Hello | null;
}

/** The state of a firewall whose HA has not started yet; `start` moves it on (T1). */
export function unstarted(): HaState {
  return {
    role: 'initial',
    reason: REASON.hasim.started,
    peer: { connection: 'never', downReason: null, hello: null },
    monitors: { link: false, path: false },
    dataplaneFailure: null,
    ha3Down: false,
    interfacesDown: [],
    synchronizing: false,
    flaps: { nonFunctional: 0, preemption: 0, tentative: 0 },
    preempting: false,
    tookByPreemption: false,
    failure: null,
    running: {},
  };
}

/** Roles that half of a healthy pair can have had for long. */
export type EstablishedRole = 'active' | 'passive' | 'active-primary' | 'active-secondary';

/**
 * The state of one half of a pair that has long been up: connected, in its role, nothing failed, no timer running.
 * `start: converged` begins here instead of with two boots.
 */
export function established(role: EstablishedRole, peer: Hello): HaState {
  return {
    ...unstarted(),
    role,
    reason: role === 'active' || role === 'active-primary' ? REASON.hasim.wonElection : REASON.hasim.joined,
    peer: { connection: 'up', downReason: null, hello: peer },
  };
}

/** The hello that a firewall in this state sends. */
export function helloOf(config: HaConfig, state: HaState): Hello {
  return {
    role: state.role,
    devicePriority: config.devicePriority,
    deviceId: config.deviceId,
    preemptive: config.preemptive,
    ha1Mac: config.ha1Mac,
    monitorFailed: state.monitors.link || state.monitors.path,
    preempting: state.preempting,
    interfacesDown: state.interfacesDown,
    ha3: ha3Word(state),
    compatibility: config.compatibility,
  };
}
