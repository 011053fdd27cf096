/**
 * What the rules that active/passive and active/active share have to know of the mode: its two roles, the numbers that the
 * reference gives to the same change in either, and the two things that they do differently.
 */

import type { Role } from './role.ts';
import type { Step } from './step.ts';
import type { Table } from './table.ts';
import type { TransitionNumber } from './transitions.ts';

export interface Mode {
  readonly table: Partial<Table>;
  /** Active or active-primary. */
  readonly primary: 'active' | 'active-primary';
  /** Passive or active-secondary: who takes over. */
  readonly standby: 'passive' | 'active-secondary';
  readonly numbers: Numbers;
  /** A firewall in `initial` copies the sessions of a peer in one of these roles before it joins. */
  readonly sources: readonly Role[];
  /** Leaves `initial` for the role in which a firewall joins a pair (T2, T5). */
  readonly join: (step: Step, reason: string) => void;
  /** Leaves a serving role because a monitor is still failed at the end of its hold-up (T8, T17, T23). */
  readonly leaveForMonitor: (step: Step) => void;
}

/** Transitions of the reference's section 1.3. */
export interface Numbers {
  /** The standby takes over: the peer is declared failed, has announced that it does not serve, or has yielded. */
  readonly peerFailed: TransitionNumber;
  readonly peerAnnounced: TransitionNumber;
  readonly preempting: TransitionNumber;
  /** The dataplane fails; the standby's own number. */
  readonly dataplane: TransitionNumber;
  readonly standbyDataplane: TransitionNumber;
  /** Configuration mismatch; the standby's own number. */
  readonly mismatch: TransitionNumber;
  readonly standbyMismatch: TransitionNumber;
}
