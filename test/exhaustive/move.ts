/**
 * What can happen next in a world. Faults and orders come out of a budget, so the space is finite; repairs are free, and a
 * run is not over while one is left, so everything that breaks is mended at last.
 */

import type { Hello } from '../../src/ha/event.ts';
import type { TimerName } from '../../src/ha/timers.ts';
import type { SideIndex } from './world.ts';

/** Come out of the budget of faults. */
export const FAULTS = ['monitor-fails', 'dataplane-crashes', 'ha1-cut', 'agent-stops', 'ha3-cut'] as const;
/** Come out of the operator's budget. */
export const ORDERS = ['suspend', 'functional'] as const;

export type Fault = (typeof FAULTS)[number];
export type Order = (typeof ORDERS)[number];

type Repair = 'monitor-clears' | 'dataplane-restarts' | 'ha1-heals' | 'agent-starts' | 'ha3-heals';

/** What the firewall notices of its surroundings. */
type Notice = 'sessions-synchronized' | 'peer-lost' | 'heartbeat-answered' | 'ha3-noticed';

export type Move =
  | { readonly kind: Fault | Order | Repair | Notice; readonly side: SideIndex }
  /** A timer that is set runs out. */
  | { readonly kind: 'timer'; readonly side: SideIndex; readonly timer: TimerName }
  /** The firewall hears a hello; `skipped` older ones were lost, or come later and are stale. */
  | {
      readonly kind: 'hello-heard';
      readonly side: SideIndex;
      readonly skipped: number;
      readonly hello: Hello;
    }
  /** The firewall says what it is: an interval has passed, or its peer asks. */
  | { readonly kind: 'hello-said'; readonly side: SideIndex };

/** A flap window runs out: nothing happens but that flaps are forgotten. */
export function isForgetting(move: Move): boolean {
  return move.kind === 'timer' && move.timer === 'flap-window';
}

/** A world in which only such moves are left is at rest: the pair does nothing by itself. */
export function leavesAtRest(move: Move): boolean {
  if (isForgetting(move)) return true;
  return (
    (FAULTS as readonly string[]).includes(move.kind) || (ORDERS as readonly string[]).includes(move.kind)
  );
}

export function describeMove(move: Move): string {
  const who = `palo-${move.side + 1}`;
  if (move.kind === 'timer') return `${who} ${move.timer}`;
  if (move.kind === 'hello-heard') {
    const lost = move.skipped === 0 ? '' : ` (${move.skipped} before it lost)`;
    return `${who} hears ${describeHello(move.hello)}${lost}`;
  }
  if (move.kind === 'ha1-cut' || move.kind === 'ha1-heals') return move.kind;
  if (move.kind === 'ha3-cut' || move.kind === 'ha3-heals') return move.kind;
  return `${who} ${move.kind}`;
}

function describeHello({ role, monitorFailed, preempting }: Hello): string {
  return [
    role,
    ...(monitorFailed ? ['monitor failed'] : []),
    ...(preempting ? ['asks for the role'] : []),
  ].join(', ');
}
