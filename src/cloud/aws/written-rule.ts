/** Rules of security groups as a scenario writes them, and what the model takes them for. */

import { parseCidr } from '../../network/address.ts';
import type { RuleSettings } from './settings.ts';
import { PROTOCOL } from './traffic-of.ts';

/** A name, or the number of an IP protocol. */
export type WrittenProtocol = number | 'all' | 'icmp' | 'tcp' | 'udp';

/** It has one of `cidr` and `security-group`; `self` is the group that the rule is of. */
interface WrittenRule {
  readonly protocol: WrittenProtocol;
  readonly ports?: RuleSettings['ports'] | undefined;
  readonly cidr?: string | undefined;
  readonly 'security-group'?: string | undefined;
}

/** The number of a protocol; null = all. */
export function protocolNumber(protocol: WrittenProtocol): number | null {
  if (typeof protocol === 'number') return protocol;
  return protocol === 'all' ? null : PROTOCOL[protocol];
}

/** @param group that the rule is of */
export function ruleOf(
  group: string,
  { protocol, ports, cidr, 'security-group': peer }: WrittenRule,
): RuleSettings {
  return {
    protocol: protocolNumber(protocol),
    ports: ports ?? null,
    peer:
      cidr === undefined
        ? { securityGroup: peer === undefined || peer === 'self' ? group : peer }
        : { cidr: parseCidr(cidr) },
  };
}
