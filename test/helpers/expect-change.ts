/** What a test expects of an answer of the pure protocol. */

import { expect } from 'vitest';
import type { Transition } from '../../src/ha/transition.ts';
import { roleEntered } from './protocol.ts';

/** The change of role, and that peer, log and data plane are told of it. */
export function expectChange(
  answer: Transition,
  from: string,
  to: string,
  rule: string,
  reason: string,
): void {
  expect(roleEntered(answer)).toEqual({ type: 'enter-role', from, to, reason, transition: rule });
  expect(answer.state.role).toBe(to);
  expect(answer.reason).toBe(answer.state.reason); // Which may have become what the new role waits for.
  expect(answer.effects).toContainEqual({ type: 'announce' });
  expect(logged(answer).at(-1)).toMatch(/^HA Group 1: Moved from state \S+ to state \S+$/);
}

/** The lines of the system log. */
export function logged({ effects }: Transition): string[] {
  return effects.filter((effect) => effect.type === 'log').map(({ text }) => text);
}

export function expectNoChange(answer: Transition, role: string): void {
  expect(roleEntered(answer)).toBeUndefined();
  expect(answer.state.role).toBe(role);
  expect(answer.reason).toBeNull();
}
