/**
 * What security groups let through between two network interfaces, judged from the rules alone: nothing is tracked before a pair has
 * begun to talk (aws-ha.md, section 5, X01 to X03). The judgement of a rule is the one that the model makes of a packet.
 */

import { admits } from '../cloud/aws/security-groups.ts';
import type { RuleSettings } from '../cloud/aws/settings.ts';
import { PROTOCOL } from '../cloud/aws/traffic-of.ts';
import { ruleOf } from '../cloud/aws/written-rule.ts';
import { parseIp } from '../network/address.ts';
import type { Path } from '../scenario/located.ts';
import type { Aws } from '../scenario/schema/aws.ts';
import type { Edit } from './rule.ts';
import type { Attached, NetworkInterface } from './pair.ts';

/** What is asked for, in the words of a scenario. */
export interface Wanted {
  readonly protocol: 'icmp' | 'tcp' | 'udp' | 99;
  readonly port?: number;
}

/** Where a packet between two network interfaces ends. */
export interface Refusal {
  readonly way: 'ingress' | 'egress';
  /** The groups that were asked, at least one. */
  readonly groups: readonly string[];
}

/** Why a packet from one network interface to another does not pass; null when it does. */
export function refusalOf(aws: Aws, from: Attached, to: Attached, wanted: Wanted): Refusal | null {
  if (!admitsFrom(aws, from, 'egress', to, wanted)) return { way: 'egress', groups: from['security-groups'] };
  if (!admitsFrom(aws, to, 'ingress', from, wanted)) return { way: 'ingress', groups: to['security-groups'] };
  return null;
}

function admitsFrom(
  aws: Aws,
  item: NetworkInterface,
  way: 'ingress' | 'egress',
  peer: NetworkInterface,
  { protocol, port }: Wanted,
): boolean {
  const rules = rulesOf(aws, item, way);
  if (rules === 'anything') return true;
  const peerIp = parseIp(peer['private-ip']);
  const groupsAt = (): readonly string[] => peer['security-groups'];
  const number = typeof protocol === 'number' ? protocol : PROTOCOL[protocol];
  return admits(rules, { protocol: number, ports: port === undefined ? [] : [port] }, peerIp, groupsAt);
}

/** The rules of all groups of a network interface; a group without egress rules lets everything out. */
export function rulesOf(
  aws: Aws,
  item: NetworkInterface,
  way: 'ingress' | 'egress',
): readonly RuleSettings[] | 'anything' {
  const groups = item['security-groups'].flatMap((name) => {
    const group = aws['security-groups'][name];
    return group === undefined ? [] : [{ name, rules: group[way] }];
  });
  if (groups.some(({ rules }) => rules === undefined)) return 'anything';
  return groups.flatMap(({ name, rules = [] }) => rules.map((rule) => ruleOf(name, rule)));
}

/** Whether everything from everywhere passes. */
export function isOpen(rules: readonly RuleSettings[] | 'anything'): boolean {
  return rules === 'anything' || rules.some((rule) => rule.protocol === null && isEverywhere(rule));
}

function isEverywhere({ peer }: RuleSettings): boolean {
  return 'cidr' in peer && peer.cidr.prefix === 0;
}

/** Where a group has its rules of a direction. */
export function groupPath(group: string, way: 'ingress' | 'egress'): Path {
  return ['aws', 'security-groups', group, way];
}

/** Adds a rule to a group, whether it has a list of that direction or none. */
export function addRule(aws: Aws, group: string, way: 'ingress' | 'egress', rule: object): Edit {
  const path = groupPath(group, way);
  const none = (aws['security-groups'][group]?.[way] ?? []).length === 0;
  return none ? { path, set: [rule] } : { path, add: rule };
}
