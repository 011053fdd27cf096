/**
 * What `aws:` says about cables without saying it: every network interface is a link between its instance and the VPC, and every
 * instance that is no firewall is a host. Added to `network:` when a scenario is expanded, so that nothing behind that stage has to
 * know of it.
 */

import { FIRST_DATA_INDEX } from '../cloud/aws/device-index.ts';
import { lookUp } from './look-up.ts';
import { INTERNET_GATEWAY, type Aws } from './schema/aws.ts';
import type { LinkSettings, Network } from './schema/network.ts';

/** As much of `aws:` as says what is attached to what. */
export interface Attached extends Pick<Aws, 'vpc'> {
  readonly instances: Readonly<Record<string, { readonly 'network-interfaces': readonly string[] }>>;
}

/** The end of a link that is the VPC. */
export const VPC = 'vpc';

export { INTERNET_GATEWAY };

/** The interface of PAN-OS behind which a device index lies: eth0 is the management interface, eth1 ethernet1/1 (aws-ha.md, K5). */
export function interfaceAt(index: number): string {
  return index === 0 ? 'management' : `ethernet1/${index}`;
}

/** The name of the link of a network interface, and of the VPC's port. */
export function attachmentName(instance: string, index: number): string {
  return `${instance}-eth${index}`;
}

/**
 * Device indexes at which an instance has a network interface, or its configuration may speak of one: data interfaces move from one
 * firewall to the other, or their configuration is synchronized to one that has fewer of them. Indexes 0 and 1 are each firewall's own.
 *
 * @param devices names of the firewalls
 */
export function deviceIndexes(
  aws: Attached,
  instance: string,
  devices: readonly string[],
): readonly number[] {
  const countOf = (name: string): number => lookUp(aws.instances, name)?.['network-interfaces'].length ?? 0;
  const own = countOf(instance);
  const count = devices.includes(instance) ? Math.max(...devices.map(countOf)) : own;
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => index < own || index >= FIRST_DATA_INDEX,
  );
}

/** The links of all network interfaces, by name. */
export function attachmentLinks(aws: Attached, devices: readonly string[]): Record<string, LinkSettings> {
  const { latency } = aws.vpc;
  const links = Object.keys(aws.instances).flatMap((instance) =>
    deviceIndexes(aws, instance, devices).map((index): [string, LinkSettings] => {
      const name = attachmentName(instance, index);
      const guest = devices.includes(instance) ? `${instance}:${interfaceAt(index)}` : instance;
      return [name, { between: [guest, `${VPC}:${name}`], latency }];
    }),
  );
  return Object.fromEntries(links);
}

/** The instances that are no firewalls, as hosts: the first address behind the router of their subnet is their own. */
export function instanceHosts(aws: Aws, devices: readonly string[]): Network['hosts'] {
  const hosts = Object.entries(aws.instances).flatMap(([name, instance]) => {
    const item = lookUp(aws['network-interfaces'], instance['network-interfaces'][0]);
    const subnet = lookUp(aws.subnets, item?.subnet);
    if (devices.includes(name) || item === undefined || subnet === undefined) return [];
    const prefix = subnet.cidr.split('/')[1] ?? '32';
    const host = { ip: `${item['private-ip']}/${prefix}`, gateway: routerOf(subnet.cidr) };
    const entry: Network['hosts'][string] = {
      ...host,
      'arp-timeout': ARP_TIMEOUT_US,
      'multicast-groups': [],
    };
    return [[name, entry] as const];
  });
  return Object.fromEntries(hosts);
}

const ARP_TIMEOUT_US = 300_000_000;

/** The first usable address of a subnet is its router's (AWS, "Subnet sizing"). */
export function routerOf(cidr: string): string {
  const [network = '', length = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  const ip = network.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const router = Math.floor(ip / size) * size + 1;
  return [24, 16, 8, 0].map((shift) => (router >>> shift) & 255).join('.');
}

/** `network:` with everything that `aws:` adds to it. */
export function withAws(network: Network, aws: Aws | undefined, devices: readonly string[]): Network {
  if (aws === undefined) return network;
  return {
    ...network,
    hosts: { ...network.hosts, ...instanceHosts(aws, devices) },
    links: { ...attachmentLinks(aws, devices), ...network.links },
  };
}
