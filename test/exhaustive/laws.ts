/**
 * The laws of the pair (architecture, section 4). The laws of a single step of one firewall are checked in side.ts.
 */

import { findMismatch } from '../../src/ha/compatibility.ts';
import { winsElection } from '../../src/ha/election.ts';
import { isPrimary, type Role } from '../../src/ha/role.ts';
import type { Model } from './model.ts';
import type { Successor } from './successor.ts';
import { ha1Down, otherSide, SIDES, type World } from './world.ts';

/** The law that a move breaks, or null: nobody takes the role from a peer of which it knows that it has the role. */
export function brokenByMove(model: Model, { move, world, changes }: Successor): string | null {
  if (!changes.some(({ to }) => isPrimary(to))) return null;
  const self = model.facts(world, move.side);
  const peer = model.facts(world, otherSide(move.side));
  if (self === null || peer === null || !isPrimary(self.role) || !isPrimary(peer.role)) return null;
  if (self.hears !== peer.says) return null;
  return `palo-${move.side + 1} became ${self.role} although it knows that its peer is ${peer.role}`;
}

/** The law that a world breaks, or null: two firewalls with the role know of each other only while a word is under way. */
export function brokenInWorld(model: Model, world: World): string | null {
  if (ha1Down(world)) return null;
  for (const side of SIDES) {
    const facts = model.facts(world, side);
    if (facts === null || !isPrimary(facts.role)) return null;
    if (model.inbox(world, side).length > 0 || model.owesHello(world, side)) return null;
  }
  return 'both firewalls have the role, and have nothing more to tell each other';
}

/** The law that a world at rest breaks, or null: one serves, and the other is its standby or out of service for good. */
export function brokenAtRest(model: Model, world: World): string | null {
  const roles = SIDES.map((side) => model.facts(world, side)?.role ?? null);
  const [first, second] = model.bounds.configs;
  const mismatch = findMismatch(first.compatibility, second.compatibility) !== null;
  const isOut = (role: Role | null): boolean =>
    role === 'suspended' || (mismatch && role === 'non-functional');
  const functional = roles.filter((role) => !isOut(role));
  const serving = functional.filter(isPrimary).length;
  const standing = functional.filter(isStandby).length;
  const whole = serving === Math.min(1, functional.length) && serving + standing === functional.length;
  if (!whole) return `at rest, palo-1 is ${roles[0]} and palo-2 is ${roles[1]}`;
  const better = winsElection(first, second) ? 0 : 1;
  const preempts = first.preemptive && second.preemptive && functional.length === 2;
  return preempts && !isPrimary(roles[better] ?? null)
    ? `at rest, the better firewall is ${roles[better]}`
    : null;
}

function isStandby(role: Role | null): boolean {
  return role === 'passive' || role === 'active-secondary';
}
