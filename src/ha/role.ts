/**
 * The eight HA roles as PAN-OS shows them in `show high-availability state`.
 *
 * PAN-OS calls active, passive, active-primary and active-secondary *functional*; the other four are not
 * (reference section 1.1, D02). Only the functional ones may become or be the traffic's owner.
 */

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

/** True for a role in which PAN-OS counts the firewall as functional (D02). */
export function isFunctional(role: Role): boolean {
  return role === 'active' || role === 'passive' || role === 'active-primary' || role === 'active-secondary';
}
