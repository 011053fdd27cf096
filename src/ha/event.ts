/**
 * The edges that enter the protocol: changes of verdict, never single packets. A heartbeat that is answered is not
 * an event here; three that are not end in one `peer-lost`.
 */

import type { Compatibility, DeviceId } from './config.ts';
import type { ConnectionDownReason } from './reason.ts';
import type { Role } from './role.ts';
import type { TimerName } from './timers.ts';

/** What a firewall says of HA3: its carrier is there, is gone, or is there although the peer says that its own is gone. */
export type Ha3Word = 'up' | 'down' | 'down-at-peer';

/** What a hello carries (reference section 4: HA state, priority; plus what the peers compare on connecting). */
export interface Hello {
  readonly role: Role;
  readonly devicePriority: number;
  readonly deviceId: DeviceId;
  readonly preemptive: boolean;
  readonly ha1Mac: number;
  /** A configured link or path monitor of the sender has failed. */
  readonly monitorFailed: boolean;
  /** The sender follows, its preemption hold has passed, and it asks its active peer to yield (D09). */
  readonly preempting: boolean;
  /** Data interfaces of the sender whose link is down: a floating address may move for it (D07, D15). */
  readonly interfacesDown: readonly string[];
  readonly ha3: Ha3Word;
  readonly compatibility: Compatibility;
}

export type Monitor = 'link' | 'path';

export type HaEvent =
  /** HA starts: the firewall has booted or its HA agent was restarted. */
  | { readonly type: 'start' }
  /** A timer that an effect has set has run out. */
  | { readonly type: 'timer'; readonly timer: TimerName }
  /** The peer was heard for the first time, again, or with a new content. */
  | { readonly type: 'peer-heard'; readonly hello: Hello }
  /** The peer is declared failed: no control path is left, or its HA agent is silent. */
  | { readonly type: 'peer-lost'; readonly reason: ConnectionDownReason }
  /** The verdict of link or path monitoring changed. */
  | { readonly type: 'monitor'; readonly monitor: Monitor; readonly failed: boolean }
  /** The dataplane failed (with the PAN-OS reason) or works again (null). */
  | { readonly type: 'dataplane'; readonly failure: string | null }
  /** The carrier of HA3 came or went (active/active). */
  | { readonly type: 'ha3'; readonly up: boolean }
  /** The set of data interfaces without link changed; only those that carry virtual addresses count. */
  | { readonly type: 'interfaces'; readonly down: readonly string[] }
  /** The bulk session sync that an effect has asked for has arrived whole. */
  | { readonly type: 'sessions-synchronized' }
  /** `request high-availability state suspend`. */
  | { readonly type: 'suspend' }
  /** `request high-availability state functional`. */
  | { readonly type: 'functional' };

export type HaEventType = HaEvent['type'];

export const HA_EVENT_TYPES = [
  'start',
  'timer',
  'peer-heard',
  'peer-lost',
  'monitor',
  'dataplane',
  'ha3',
  'interfaces',
  'sessions-synchronized',
  'suspend',
  'functional',
] as const satisfies readonly HaEventType[];
