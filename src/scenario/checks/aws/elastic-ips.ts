/**
 * Elastic IPs: each a public address of its own for one private address, that nobody in the internet has, and that the internet gateway
 * does not take for a neighbour's.
 */

import { lookUp } from '../../look-up.ts';
import type { Path } from '../../located.ts';
import type { Aws } from '../../schema/aws.ts';
import type { Network } from '../../schema/network.ts';
import { addressOf } from '../addresses.ts';
import { listed, type Reporter } from '../report.ts';
import { blockOf, isWithin } from './blocks.ts';
import { privateAddresses } from './private-addresses.ts';

/** Reports elastic IPs that could not be associated, or not be reached. */
export function checkElasticIps(reporter: Reporter, aws: Aws, { hosts, routers }: Network): void {
  const used = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const [name, item] of Object.entries(aws['elastic-ips'])) {
    const path = ['aws', 'elastic-ips', name];
    const publicIp = item['public-ip'];
    const other = taken.get(publicIp);
    taken.set(publicIp, other ?? name);
    if (other !== undefined) {
      reporter.at([...path, 'public-ip'], `expected another public-ip than ${other}, got ${publicIp}`);
    }
    checkReachable(reporter, aws, [...path, 'public-ip'], publicIp);
    const privateIp = checkAssociation(reporter, aws, path, item);
    if (privateIp === null) continue;
    const first = used.get(privateIp);
    used.set(privateIp, first ?? name);
    if (first === undefined) continue;
    reporter.at(
      path,
      `expected a private address without an elastic IP, got ${privateIp}, which ${first} has`,
    );
  }
  checkNatGateways(reporter, aws);
  checkOutside(reporter, aws, hosts, routers, taken);
}

/** A public address inside the gateway's own subnet would be asked for there, by ARP, and nobody would answer. */
function checkReachable(reporter: Reporter, aws: Aws, path: Path, ip: string): void {
  const gateway = aws['internet-gateway'];
  if (gateway === undefined || !isWithin(ip, blockOf(gateway.ip))) return;
  reporter.at(
    path,
    `expected an address outside of the internet gateway's own subnet (${gateway.ip}), got ${ip}`,
  );
}

/** The private address for which an elastic IP stands; null when there is none, or it is wrong. */
function checkAssociation(
  reporter: Reporter,
  aws: Aws,
  path: Path,
  item: Aws['elastic-ips'][string],
): string | null {
  const { 'network-interface': name, 'private-ip': ip } = item;
  if (name === undefined) {
    if (ip !== undefined) {
      reporter.at([...path, 'private-ip'], `expected a network-interface beside private-ip, got none`);
    }
    return null;
  }
  const holder = lookUp(aws['network-interfaces'], name);
  if (holder === undefined) return null;
  const own = privateAddresses(holder);
  if (ip === undefined || own.includes(ip)) return ip ?? holder['private-ip'];
  reporter.at([...path, 'private-ip'], `expected an address of ${name}${listed(own)}, got ${ip}`);
  return null;
}

function checkNatGateways(reporter: Reporter, aws: Aws): void {
  const users = new Map<string, string>();
  for (const [name, { 'elastic-ip': elasticIp }] of Object.entries(aws['nat-gateways'])) {
    const user = users.get(elasticIp) ?? lookUp(aws['elastic-ips'], elasticIp)?.['network-interface'];
    users.set(elasticIp, name);
    if (user === undefined) continue;
    const path = ['aws', 'nat-gateways', name, 'elastic-ip'];
    reporter.at(path, `expected an elastic IP for ${name} alone, got ${elasticIp}, which ${user} has`);
  }
}

/** Whatever is in the internet has an address that is neither of the VPC nor an elastic IP. */
function checkOutside(
  reporter: Reporter,
  aws: Aws,
  hosts: Network['hosts'],
  routers: Network['routers'],
  elasticIps: ReadonlyMap<string, string>,
): void {
  const vpc = blockOf(aws.vpc.cidr);
  const nodes = [
    ...Object.entries(hosts).map(([name, { ip }]) => ({ ip, path: ['network', 'hosts', name, 'ip'] })),
    ...Object.entries(routers).flatMap(([name, { interfaces }]) =>
      Object.entries(interfaces).map(([port, { ip }]) => {
        return { ip, path: ['network', 'routers', name, 'interfaces', port, 'ip'] };
      }),
    ),
  ];
  const gateway = aws['internet-gateway'];
  if (gateway !== undefined) nodes.push({ ip: gateway.ip, path: ['aws', 'internet-gateway', 'ip'] });
  for (const { ip, path } of nodes) {
    const elasticIp = elasticIps.get(addressOf(ip));
    if (isWithin(addressOf(ip), vpc)) {
      reporter.at(path, `expected an address outside of the VPC (${aws.vpc.cidr}), got ${ip}`);
    } else if (elasticIp !== undefined) {
      reporter.at(path, `expected an address of its own, got ${addressOf(ip)}, which ${elasticIp} has`);
    }
  }
}
