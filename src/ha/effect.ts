/**
 * What leaves the protocol: data that the firewall turns into timers, messages and port changes.
 */

import type { Role } from './role.ts';
import type { TimerName } from './timers.ts';
import type { TransitionNumber } from './transitions.ts';

export type HaEffect =
  /** Start the timer, or start it again with this duration. */
  | { readonly type: 'set-timer'; readonly timer: TimerName; readonly durationUs: number }
  | { readonly type: 'cancel-timer'; readonly timer: TimerName }
  /** Send a hello at once: the role or the monitor state changed (D02). */
  | { readonly type: 'announce' }
  /** Ask the active peer for a bulk session sync over HA2 (K07). */
  | { readonly type: 'synchronize-sessions' }
  /** The role changed; the data plane follows. `transition` is the reference's number (T1-T29). */
  | {
      readonly type: 'enter-role';
      readonly from: Role;
      readonly to: Role;
      readonly reason: string;
      readonly transition: TransitionNumber;
    }
  /** A line for the system log, subtype ha. */
  | { readonly type: 'log'; readonly severity: 'informational' | 'critical'; readonly text: string };
