/**
 * The addresses that DHCP gives to the interfaces of a firewall in AWS: the primary address of the network interface behind each. One
 * that moves brings its address along, so both firewalls get the same.
 */

import type { Leases } from '../firewall/settings.ts';
import { parseCidr, parseIp } from '../network/address.ts';
import { interfaceAt } from '../scenario/aws-cabling.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';

/** Empty outside of AWS. */
export function leasesOf({ aws, devices }: ResolvedScenario, device: string): Leases {
  if (aws === undefined) return {};
  const names = (instance: string): readonly string[] =>
    aws.instances[instance]?.['network-interfaces'] ?? [];
  const moved = aws['failover-mode'] === 'interface-move' ? Object.keys(devices).flatMap(movable) : [];
  const leases = [...moved, ...names(device).entries()].flatMap(([index, name]) => {
    const item = aws['network-interfaces'][name];
    const subnet = aws.subnets[item?.subnet ?? ''];
    if (item === undefined || subnet === undefined) return [];
    const lease = { ip: parseIp(item['private-ip']), prefix: parseCidr(subnet.cidr).prefix };
    return [[interfaceAt(index), lease] as const];
  });
  return Object.fromEntries(leases);

  function movable(instance: string): (readonly [number, string])[] {
    return [...names(instance).entries()].filter(([index]) => index >= 2);
  }
}
