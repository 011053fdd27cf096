/**
 * The addresses that DHCP gives to the interfaces of a firewall in AWS: the primary address of the network interface behind each. One
 * that moves brings its address along, so both firewalls get the same.
 */

import { FIRST_DATA_INDEX } from '../cloud/aws/device-index.ts';
import type { Leases } from '../firewall/settings.ts';
import { parseCidr } from '../network/address.ts';
import { interfaceAt } from '../scenario/aws-cabling.ts';
import { primaryAddress } from '../scenario/checks/aws/leases.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';

/** Empty outside of AWS. */
export function leasesOf({ aws, devices }: ResolvedScenario, device: string): Leases {
  if (aws === undefined) return {};
  const names = (instance: string): readonly string[] =>
    aws.instances[instance]?.['network-interfaces'] ?? [];
  const moved = aws['failover-mode'] === 'interface-move' ? Object.keys(devices).flatMap(movable) : [];
  const leases = [...moved, ...names(device).entries()].flatMap(([index, name]) => {
    const address = primaryAddress(aws, name);
    return address === null ? [] : [[interfaceAt(index), parseCidr(address)] as const];
  });
  return Object.fromEntries(leases);

  function movable(instance: string): (readonly [number, string])[] {
    return [...names(instance).entries()].filter(([index]) => index >= FIRST_DATA_INDEX);
  }
}
