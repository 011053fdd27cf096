/**
 * The shape of the protocol: a table of roles and events, in which each cell says what happens, which transitions of the
 * reference may come of it, and on which rules it rests. The code that runs and the table that people read
 * (docs/protocol.md) are the same value.
 */

import type { HaEvent, HaEventType } from './event.ts';
import type { Role } from './role.ts';
import type { Step } from './step.ts';
import type { TimerName } from './timers.ts';
import type { TransitionNumber } from './transitions.ts';

/** One cell of the table. */
export interface Reaction {
  /** What happens, in one line for readers. */
  readonly does: string;
  /** Transitions of the reference's section 1.3 that may come of it. */
  readonly follows: readonly TransitionNumber[];
  /** Rules of the reference's section 15 on which it rests. */
  readonly rules: readonly string[];
  readonly react: (step: Step) => void;
}

/** What one role does. A missing cell is {@link RECORDED}. */
export type Row = Partial<Record<Exclude<HaEventType, 'timer'>, Reaction>> & {
  readonly timer?: Partial<Record<TimerName, Reaction>>;
};

export type Table<R extends Role = Role> = Readonly<Record<R, Row>>;

/**
 * What an event does where its cell is missing, and before its cell is asked where there is one: it is taken down, and the
 * protocol is total. `transition.ts` carries it out.
 */
export const RECORDED: Readonly<Record<HaEventType, string>> = {
  start: 'Nothing: HA starts in initial.',
  timer: 'Nothing: this timer does not run in this role.',
  'peer-heard': 'Recorded: what the peer says of itself.',
  'peer-lost': 'Recorded: the connection is down.',
  monitor: 'Recorded, and announced to the peer.',
  dataplane: 'Recorded.',
  ha3: 'Recorded, and announced to the peer.',
  interfaces: 'Recorded, and announced to the peer.',
  'sessions-synchronized': 'Nothing: no role waits for it.',
  suspend: 'Nothing.',
  functional: 'Nothing: only a suspended firewall is made functional.',
};

/** Of the timers, one is answered alike in every role. */
export const FLAP_WINDOW = {
  does: 'Fifteen minutes without a departure from an active role: the flaps are forgotten.',
  rules: ['R-080', 'R-086'],
} as const;

/** The cell for this role and event, or undefined where the event is only recorded. */
export function reactionTo(table: Partial<Table>, role: Role, event: HaEvent): Reaction | undefined {
  const row = table[role];
  return event.type === 'timer' ? row?.timer?.[event.timer] : row?.[event.type];
}
