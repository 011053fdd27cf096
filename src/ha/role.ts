/**
 * The eight HA roles as PAN-OS shows them in `show high-availability state`.
 *
 * PAN-OS calls active, passive, active-primary and active-secondary *functional*; the other four are not
 * (reference section 1.1, D02). Only the functional ones may become or be the traffic's owner.
 */

import type { HaMode } from './config.ts';

export const ROLES = [
  'initial',
  'active',
  'passive',
  'active-primary',
  'active-secondary',
  'tentative',
  'non-functional',
  'suspended',
] as const;

export type Role = (typeof ROLES)[number];

/** The roles an active/passive member can have (reference section 1.1, column "mode"). */
export const ACTIVE_PASSIVE_ROLES = ['initial', 'active', 'passive', 'non-functional', 'suspended'] as const;

export type ActivePassiveRole = (typeof ACTIVE_PASSIVE_ROLES)[number];

/** The roles an active/active member can have. */
export const ACTIVE_ACTIVE_ROLES = [
  'initial',
  'active-primary',
  'active-secondary',
  'tentative',
  'non-functional',
  'suspended',
] as const;

export type ActiveActiveRole = (typeof ACTIVE_ACTIVE_ROLES)[number];

/** The two roles of a healthy pair, by mode: who leads, and who follows and takes over. */
export const PAIR_ROLES = {
  'active-passive': { primary: 'active', standby: 'passive' },
  'active-active': { primary: 'active-primary', standby: 'active-secondary' },
} as const satisfies Record<HaMode, { primary: Role; standby: Role }>;

/** True for a role that forwards transit traffic by itself (reference section 1.1, column "forwards"). */
export function forwardsTraffic(role: Role | null): boolean {
  return role === 'active' || role === 'active-primary' || role === 'active-secondary';
}

/** True for the role of which a healthy pair has exactly one: two are a split brain (section 5.2). */
export function isPrimary(role: Role | null): boolean {
  return role === 'active' || role === 'active-primary';
}

/** True for a role in which PAN-OS counts the firewall as functional (D02). */
export function isFunctional(role: Role): boolean {
  return role === 'active' || role === 'passive' || role === 'active-primary' || role === 'active-secondary';
}
