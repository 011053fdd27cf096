/**
 * Private addresses: each in its network interface's subnet, on one network interface only, none of the five that AWS keeps of every
 * subnet (the first four and the last: "Subnet sizing"), and no more of them than the instance type allows (A5).
 */

import { lookUp } from '../../look-up.ts';
import { INSTANCE_TYPES } from '../../../cloud/aws/instance-types.ts';
import type { Path } from '../../located.ts';
import type { Aws } from '../../schema/aws.ts';
import { toNumber } from '../addresses.ts';
import type { Reporter } from '../report.ts';
import { blockOf, isWithin } from './blocks.ts';

interface Holding {
  readonly name: string;
  readonly subnet: string;
  readonly ip: string;
  readonly path: Path;
}

/** All private addresses of a network interface, its primary one first. */
export function privateAddresses(item: Aws['network-interfaces'][string]): string[] {
  return [item['private-ip'], ...item['secondary-private-ips']];
}

/** Reports private addresses that EC2 would not give. */
export function checkPrivateAddresses(reporter: Reporter, aws: Aws): void {
  const holders = new Map<string, string>();
  for (const holding of holdings(aws)) {
    checkPlace(reporter, aws, holding);
    const other = holders.get(holding.ip);
    if (other === undefined) holders.set(holding.ip, holding.name);
    else reporter.at(holding.path, `expected an address of its own, got ${holding.ip}, which ${other} has`);
  }
  checkCounts(reporter, aws);
}

function holdings(aws: Aws): Holding[] {
  return Object.entries(aws['network-interfaces']).flatMap(([name, item]) => {
    const { subnet } = item;
    const place = ['aws', 'network-interfaces', name];
    const secondary = item['secondary-private-ips'].map((ip, index) => {
      return { name, subnet, ip, path: [...place, 'secondary-private-ips', index] };
    });
    return [{ name, subnet, ip: item['private-ip'], path: [...place, 'private-ip'] }, ...secondary];
  });
}

function checkPlace(reporter: Reporter, { subnets }: Aws, { subnet, ip, path }: Holding): void {
  const cidr = lookUp(subnets, subnet)?.cidr;
  if (cidr === undefined) return; // Where names are checked, it is told that there is no such subnet.
  const block = blockOf(cidr);
  const address = toNumber(ip);
  if (!isWithin(ip, block)) {
    reporter.at(path, `expected an address of subnet ${subnet} (${cidr}), got ${ip}`);
  } else if (address < block.first + 4 || address === block.last) {
    const kept = 'AWS keeps the first four and the last for itself';
    reporter.at(path, `expected an address of subnet ${subnet} that is free (${kept}), got ${ip}`);
  }
}

function checkCounts(reporter: Reporter, aws: Aws): void {
  for (const [instance, { 'instance-type': type, 'network-interfaces': names }] of Object.entries(
    aws.instances,
  )) {
    const most = INSTANCE_TYPES[type]?.addresses ?? Infinity;
    for (const name of names) {
      const item = lookUp(aws['network-interfaces'], name);
      if (item === undefined || privateAddresses(item).length <= most) continue;
      const path = ['aws', 'network-interfaces', name, 'secondary-private-ips'];
      const expected = `expected at most ${most - 1} secondary addresses, since ${instance} is of type ${type}`;
      reporter.at(path, `${expected}, got ${item['secondary-private-ips'].length}`);
    }
  }
}
