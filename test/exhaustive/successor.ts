/**
 * What a move makes of a world: a draft is made of the old one, the firewalls' steps are put in, and the result is a successor.
 */

import type { Move } from './move.ts';
import type { Answer, RoleChange, TimerSet } from './side.ts';
import { BROKEN, type SideIndex, type World } from './world.ts';

/** A move, and where it leads. */
export interface Successor {
  readonly move: Move;
  readonly world: World;
  /** Changes of role at the side of the move, oldest first. */
  readonly changes: readonly RoleChange[];
  /** Timers set by it at that side. */
  readonly timers: readonly TimerSet[];
  /** The law of a single step that was broken, or null. */
  readonly broken: string | null;
}

/** A world in the making. */
export type Draft = {
  -readonly [K in keyof World]: World[K] extends readonly [number, number] ? [number, number] : World[K];
};

/** What one edge did at the side of the move. */
export type Step = Pick<Answer, 'changes' | 'timers' | 'broken'>;

export function draftOf({ states, inboxes, broken, faults, orders }: World): Draft {
  return { states: [states[0], states[1]], inboxes: [inboxes[0], inboxes[1]], broken, faults, orders };
}

export function setBroken(
  draft: Draft,
  what: 'monitor' | 'dataplane' | 'heartbeats',
  side: SideIndex,
  broken: boolean,
): void {
  if (broken) draft.broken |= BROKEN[what] << side;
  else draft.broken &= ~(BROKEN[what] << side);
}

const NO_STEP: Step = { changes: [], timers: [], broken: null };

export function successor(move: Move, world: World, steps: readonly Step[]): Successor {
  const { changes, timers, broken } = steps.length < 2 ? (steps[0] ?? NO_STEP) : together(steps);
  return { move, world, changes, timers, broken };
}

/** Several edges of one instant, as one step. */
function together(steps: readonly Step[]): Step {
  return {
    changes: steps.flatMap(({ changes }) => changes),
    timers: steps.flatMap(({ timers }) => timers),
    broken: steps.find(({ broken }) => broken !== null)?.broken ?? null,
  };
}
