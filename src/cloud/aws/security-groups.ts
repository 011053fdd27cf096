/**
 * Security groups: they really decide what a network interface sends and receives, and they are stateful. A packet that a rule admits
 * has its conversation tracked, and answers of a tracked conversation pass whatever the rules say (AWS, "Security group connection
 * tracking"; reference aws-ha.md, section 4, K16).
 *
 * What groups that allow everything both ways let through is not tracked, and needs no tracking. Tracking is kept where the instance
 * runs: a network interface that has moved, and an address that is another's now, begin without it (C-079).
 */

import { contains } from '../../network/address.ts';
import type { Simulation } from '../../kernel/simulation.ts';
import type { Inventory, NetworkInterface } from './inventory.ts';
import type { RuleSettings, SecurityGroupSettings } from './settings.ts';
import { PROTOCOL, type Traffic } from './traffic-of.ts';

/**
 * Idle conversations are forgotten after so long, in microseconds: AWS's defaults for TCP that is established on Nitro instances of the
 * sixth generation, for UDP streams, and as UDP for the rest.
 */
const IDLE_US = { tcp: 350_000_000, other: 180_000_000 } as const;

/** Conversations of one network interface above which idle ones are swept out. */
const SWEEP_ABOVE = 4_096;

interface Group {
  readonly settings: SecurityGroupSettings;
  ingress: readonly RuleSettings[];
}

interface Tracking {
  /** Conversation → when its last packet passed. */
  readonly seenUs: Map<string, number>;
  sweepAbove: number;
}

export class SecurityGroups {
  readonly #simulation: Simulation;
  readonly #inventory: Inventory;
  readonly #groups: ReadonlyMap<string, Group>;
  /** By network interface. */
  readonly #tracking = new Map<string, Tracking>();

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
    const rules = this.#rulesOf(item, 'egress');
    return this.#passes(item, traffic, admits(rules, traffic, traffic.destination, this.#groupsAt));
  }

  /** Whether a packet may come in at a network interface. */
  ingress(item: NetworkInterface, traffic: Traffic): boolean {
    const rules = this.#rulesOf(item, 'ingress');
    return this.#passes(item, traffic, admits(rules, traffic, traffic.source, this.#groupsAt));
  }

  #rulesOf({ settings }: NetworkInterface, way: 'ingress' | 'egress'): readonly RuleSettings[] {
    return settings.securityGroups.flatMap((name) => {
      const group = this.#groups.get(name);
      return (way === 'ingress' ? group?.ingress : group?.settings.egress) ?? [];
    });
  }

  #passes(item: NetworkInterface, traffic: Traffic, admitted: boolean): boolean {
    const key = conversation(traffic);
    const { nowUs } = this.#simulation;
    if (!admitted && !(traffic.answer && this.#isTracked(item, key, traffic, nowUs))) return false;
    if (!this.#isOpen(item)) this.#track(item, key, nowUs);
    return true;
  }

  /** Everything may come in and go out: nothing is tracked. */
  #isOpen(item: NetworkInterface): boolean {
    return this.#rulesOf(item, 'ingress').some(isAnything) && this.#rulesOf(item, 'egress').some(isAnything);
  }

  #isTracked({ settings }: NetworkInterface, key: string, { protocol }: Traffic, nowUs: number): boolean {
    const seenUs = this.#tracking.get(settings.name)?.seenUs.get(key);
    return seenUs !== undefined && nowUs - seenUs <= idleUs(protocol);
  }

  #track({ settings }: NetworkInterface, key: string, nowUs: number): void {
    const tracking = this.#tracking.get(settings.name) ?? { seenUs: new Map(), sweepAbove: SWEEP_ABOVE };
    this.#tracking.set(settings.name, tracking);
    tracking.seenUs.set(key, nowUs);
    if (tracking.seenUs.size <= tracking.sweepAbove) return;
    for (const [other, seenUs] of tracking.seenUs) {
      if (nowUs - seenUs > IDLE_US.tcp) tracking.seenUs.delete(other);
    }
    tracking.sweepAbove = Math.max(SWEEP_ABOVE, 2 * tracking.seenUs.size);
  }

  /** Names of the security groups of whoever has a private address. */
  readonly #groupsAt = (ip: number): readonly string[] =>
    this.#inventory.holderOf(ip)?.settings.securityGroups ?? [];

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
    const group = this.#groups.get(name);
    if (group !== undefined) group.ingress = group.ingress.filter((rule) => rule.protocol !== protocol);
  }

  /** `AuthorizeSecurityGroupIngress`: what the scenario has for this protocol is there again. */
  authorize(name: string, protocol: number | null): void {
    const group = this.#groups.get(name);
    if (group === undefined) return;
    group.ingress = group.settings.ingress.filter(
      (rule) => rule.protocol === protocol || group.ingress.includes(rule),
    );
  }
}

/** Whether rules admit a packet: all its ports, from or to this peer. */
export function admits(
  rules: readonly RuleSettings[],
  { protocol, ports }: Pick<Traffic, 'protocol' | 'ports'>,
  peer: number,
  groupsAt: (ip: number) => readonly string[],
): boolean {
  const fitting = rules.filter(
    (rule) => (rule.protocol === null || rule.protocol === protocol) && isPeer(rule, peer, groupsAt),
  );
  if (ports.length === 0) return fitting.length > 0;
  return ports.every((port) =>
    fitting.some((rule) => rule.ports === null || (rule.ports.from <= port && port <= rule.ports.to)),
  );
}

function isPeer({ peer }: RuleSettings, ip: number, groupsAt: (ip: number) => readonly string[]): boolean {
  return 'cidr' in peer ? contains(peer.cidr, ip) : groupsAt(ip).includes(peer.securityGroup);
}

function isAnything({ protocol, peer }: RuleSettings): boolean {
  return protocol === null && 'cidr' in peer && peer.cidr.prefix === 0;
}

function idleUs(protocol: number): number {
  return protocol === PROTOCOL.tcp ? IDLE_US.tcp : IDLE_US.other;
}

/** One name for both directions. */
function conversation({ protocol, ports, source, destination, answer, flow }: Traffic): string {
  const [client, server] = answer ? [destination, source] : [source, destination];
  return `${protocol} ${client} ${server} ${ports.join('+')} ${flow}`;
}
