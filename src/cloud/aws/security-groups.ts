/**
 * Security groups: they really decide what a network interface sends and receives, and they are stateful. A packet passes when a rule
 * of its direction admits it, or when its conversation is tracked (AWS, "Security group connection tracking", source A8; reference
 * aws-ha.md, section 4, K16).
 *
 * What rules for everybody let through both ways is not tracked, and needs no tracking: it ends when they are revoked. Tracking is
 * kept where the instance runs: a network interface that has moved, and an address that is another's now, begin without it (C-079).
 */

import { contains } from '../../network/address.ts';
import type { Simulation } from '../../kernel/simulation.ts';
import { ConnectionTracking } from './connection-tracking.ts';
import type { Inventory, NetworkInterface } from './inventory.ts';
import type { RuleSettings, SecurityGroupSettings } from './settings.ts';
import { PROTOCOL, type Traffic } from './traffic-of.ts';

type Way = 'ingress' | 'egress';
type Rules = readonly RuleSettings[];
/** Names of the security groups of whoever has a private address. */
type GroupsAt = (ip: number) => readonly string[];

interface Group {
  readonly settings: SecurityGroupSettings;
  ingress: Rules;
}

/** The rules of a network interface's groups, united. */
interface Policy {
  readonly ingress: Rules;
  readonly egress: Rules;
  /** Everything may come in and go out. */
  readonly isOpen: boolean;
}

export class SecurityGroups {
  readonly #simulation: Simulation;
  readonly #inventory: Inventory;
  readonly #groups: ReadonlyMap<string, Group>;
  /** By network interface; made when first asked for. */
  readonly #policies = new Map<string, Policy>();
  /** By network interface. */
  readonly #tracking = new Map<string, ConnectionTracking>();

  constructor(simulation: Simulation, inventory: Inventory) {
    this.#simulation = simulation;
    this.#inventory = inventory;
    const { securityGroups } = inventory.settings;
    this.#groups = new Map(
      securityGroups.map((settings) => [settings.name, { settings, ingress: settings.ingress }]),
    );
  }

  /** Whether a packet may leave a network interface. */
  egress(item: NetworkInterface, traffic: Traffic): boolean {
    return this.#decides(item, 'egress', traffic, traffic.destination);
  }

  /** Whether a packet may come in at a network interface. */
  ingress(item: NetworkInterface, traffic: Traffic): boolean {
    return this.#decides(item, 'ingress', traffic, traffic.source);
  }

  #decides(item: NetworkInterface, way: Way, traffic: Traffic, peer: number): boolean {
    const policy = this.#policyOf(item);
    if (policy.isOpen) return true;
    const { nowUs } = this.#simulation;
    const tracking = this.#trackingOf(item);
    if (!admits(policy[way], traffic, peer, this.#groupsAt)) {
      if (!tracking.passes(traffic, nowUs)) return false;
    } else if (isUntracked(policy, way, traffic)) return true;
    tracking.passed(traffic, nowUs);
    return true;
  }

  #policyOf({ settings: { name, securityGroups } }: NetworkInterface): Policy {
    const known = this.#policies.get(name);
    if (known !== undefined) return known;
    const groups = securityGroups.flatMap((group) => this.#groups.get(group) ?? []);
    const ingress = groups.flatMap((group) => group.ingress);
    const egress = groups.flatMap(({ settings }) => settings.egress);
    const policy = { ingress, egress, isOpen: ingress.some(isAnything) && egress.some(isAnything) };
    this.#policies.set(name, policy);
    return policy;
  }

  #trackingOf({ settings: { name } }: NetworkInterface): ConnectionTracking {
    const known = this.#tracking.get(name);
    if (known !== undefined) return known;
    const tracking = new ConnectionTracking();
    this.#tracking.set(name, tracking);
    return tracking;
  }

  readonly #groupsAt: GroupsAt = (ip) => this.#inventory.holderOf(ip)?.settings.securityGroups ?? [];

  /** The network interface runs somewhere else from now on, where nothing is tracked of it. */
  forget(networkInterface: string): void {
    this.#tracking.delete(networkInterface);
  }

  // --- an operator changes rules -------------------------------------------------------------------------------------

  /**
   * `RevokeSecurityGroupIngress`: the rules for this protocol are gone; conversations that are tracked go on.
   *
   * @param protocol IP protocol number; null = the rules for all protocols
   */
  revoke(name: string, protocol: number | null): void {
    this.#change(name, ({ ingress }) => ingress.filter((rule) => rule.protocol !== protocol));
  }

  /** `AuthorizeSecurityGroupIngress`: what the scenario has for this protocol is there again. */
  authorize(name: string, protocol: number | null): void {
    this.#change(name, ({ settings, ingress }) =>
      settings.ingress.filter((rule) => rule.protocol === protocol || ingress.includes(rule)),
    );
  }

  #change(name: string, ingressOf: (group: Group) => Rules): void {
    const group = this.#groups.get(name);
    if (group === undefined) return;
    group.ingress = ingressOf(group);
    this.#policies.clear();
  }
}

/** Whether rules admit a packet: all its ports, from or to this peer. */
export function admits(
  rules: Rules,
  { protocol, ports }: Pick<Traffic, 'protocol' | 'ports'>,
  peer: number,
  groupsAt: GroupsAt,
): boolean {
  const some = (port: number | null): boolean =>
    rules.some((rule) => isFor(rule, protocol) && hasPort(rule, port) && isPeer(rule, peer, groupsAt));
  return ports.length === 0 ? some(null) : ports.every(some);
}

function isFor(rule: RuleSettings, protocol: number): boolean {
  return rule.protocol === null || rule.protocol === protocol;
}

function hasPort({ ports }: RuleSettings, port: number | null): boolean {
  return ports === null || port === null || (ports.from <= port && port <= ports.to);
}

function isPeer({ peer }: RuleSettings, ip: number, groupsAt: GroupsAt): boolean {
  return 'cidr' in peer ? contains(peer.cidr, ip) : groupsAt(ip).includes(peer.securityGroup);
}

function isForEverybody({ peer }: RuleSettings): boolean {
  return 'cidr' in peer && peer.cidr.prefix === 0;
}

function isAnything(rule: RuleSettings): boolean {
  return rule.protocol === null && isForEverybody(rule);
}

/** TCP and UDP that a rule for everybody lets ask, and one for everybody and all ports lets answer (A8, "Untracked connections"). */
function isUntracked(policy: Policy, way: Way, traffic: Traffic): boolean {
  const { protocol, answer } = traffic;
  if (protocol !== PROTOCOL.tcp && protocol !== PROTOCOL.udp) return false;
  const asksInwards = (way === 'ingress') !== answer;
  const [asking, answering] = asksInwards ? [policy.ingress, policy.egress] : [policy.egress, policy.ingress];
  return (
    answering.some((rule) => isForEverybody(rule) && isFor(rule, protocol) && rule.ports === null) &&
    admits(asking.filter(isForEverybody), traffic, 0, () => [])
  );
}
