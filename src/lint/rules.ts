/** Every rule of `hasim lint`, in the order of the references, and those of the references that a scenario cannot be judged by. */

import type { Rule, UnjudgedRule } from './rule.ts';
import { section5, URLS } from './rule.ts';
import { ADDRESSES } from './rules/addresses.ts';
import { ELECTION } from './rules/election.ts';
import { IAM } from './rules/iam.ts';
import { INTERFACES } from './rules/interfaces.ts';
import { ON_PREMISES } from './rules/on-premises.ts';
import { ON_PREMISES_LINKS } from './rules/on-premises-links.ts';
import { OPERATIONS } from './rules/operations.ts';
import { REACHABILITY } from './rules/reachability.ts';
import { SECURITY_GROUPS } from './rules/security-groups.ts';

const IN_AWS = [SECURITY_GROUPS, IAM, REACHABILITY, INTERFACES, ADDRESSES, ELECTION, OPERATIONS].flat();

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** By id: X.. of aws-ha.md, then H.. for pairs with cables. */
export const RULES: readonly Rule[] = [
  ...IN_AWS.toSorted(byId),
  ...[...ON_PREMISES_LINKS, ...ON_PREMISES].toSorted(byId),
];

export const UNJUDGED: readonly UnjudgedRule[] = [
  {
    id: 'X28',
    severity: 'warning',
    mode: 'aws',
    title: 'The HA1 address of the peer is its elastic IP',
    source: section5('X28', URLS.P2),
    why: 'a scenario does not say at which address a firewall looks for its peer: it is always the private one',
  },
  {
    id: 'X32',
    severity: 'error',
    mode: 'aws',
    title: 'A firewall was recreated, and its HA configuration not entered again',
    source: section5('X32', URLS.R1),
    why: 'a scenario begins with two firewalls that have HA configured',
  },
];

/** Ids of all rules, those that are not judged included. */
export const RULE_IDS: readonly string[] = [...RULES, ...UNJUDGED].map(({ id }) => id);
