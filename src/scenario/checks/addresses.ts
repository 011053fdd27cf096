/**
 * Addresses: each belongs to one node, next hops and gateways are in a connected subnet. The two firewalls of an
 * active/passive pair may share theirs, since only the active one answers for them; in active/active each has its own, and
 * the virtual addresses belong to both.
 */

import type { Path } from '../located.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';
import { virtualAddressesOf } from './virtual-addresses.ts';

interface Owner {
  /** `client`, `isp:inside`; the same for both firewalls where they share it. */
  readonly owner: string;
  readonly ip: string;
  readonly path: Path;
  /** The address is a key, no value. */
  readonly key?: true;
}

interface Routed {
  readonly path: Path;
  readonly ips: readonly string[];
  readonly routes: readonly { readonly nexthop: string }[];
}

/** Reports addresses that two nodes claim or that lead nowhere. */
export function checkAddresses(reporter: Reporter, scenario: Scenario): void {
  const owners = collectOwners(scenario);
  checkUnique(reporter, owners);
  for (const owner of owners) checkUsable(reporter, owner);
  for (const [name, host] of Object.entries(scenario.network.hosts)) {
    if (host.gateway === undefined) continue;
    const path = ['network', 'hosts', name, 'gateway'];
    if (!isInSubnet(host.gateway, host.ip)) {
      reporter.at(
        path,
        `expected a gateway inside ${writeSubnet(host.ip)}, the subnet of ${name}, got ${host.gateway}`,
      );
    } else if (host.gateway === addressOf(host.ip)) {
      reporter.at(path, `expected a gateway other than ${name} itself, got ${host.gateway}`);
    }
  }
  for (const routed of collectRouted(scenario)) checkNexthops(reporter, routed);
}

/** The addresses of the firewalls' interfaces, with those of active/active and those that a commit brings. */
export function firewallAddresses({ devices, timeline }: Scenario): Set<string> {
  const committed = timeline.flatMap(({ commit }) => Object.values(commit?.interfaces ?? {}));
  const own = Object.values(devices).flatMap((device) => Object.values(device.interfaces));
  const virtual = Object.values(devices).flatMap((device) =>
    Object.values(device['high-availability']['active-active']['virtual-address']).flatMap(Object.keys),
  );
  return new Set([...[...own, ...committed].map(({ ip }) => addressOf(ip)), ...virtual]);
}

/** Every address of the network, without prefix lengths; with those that a commit brings. */
export function knownAddresses(scenario: Scenario): Set<string> {
  const committed = scenario.timeline.flatMap(({ candidate, commit }) =>
    Object.values({ ...candidate?.interfaces, ...commit?.interfaces }),
  );
  const own = [...collectOwners(scenario), ...committed].map(({ ip }) => addressOf(ip));
  return new Set([...own, ...vpcAddresses(scenario)]);
}

/** Private and public addresses in AWS. */
function vpcAddresses({ aws }: Scenario): string[] {
  if (aws === undefined) return [];
  const items = Object.values(aws['network-interfaces']);
  return [
    ...items.flatMap((item) => [item['private-ip'], ...item['secondary-private-ips']]),
    ...Object.values(aws['elastic-ips']).map((item) => item['public-ip']),
  ];
}

function collectOwners(scenario: Scenario): Owner[] {
  const { devices, network } = scenario;
  const hosts = Object.entries(network.hosts).map(([name, { ip }]) => {
    return { owner: name, ip, path: ['network', 'hosts', name, 'ip'] };
  });
  const routers = Object.entries(network.routers).flatMap(([name, router]) =>
    Object.entries(router.interfaces).map(([port, { ip }]) => {
      return { owner: `${name}:${port}`, ip, path: ['network', 'routers', name, 'interfaces', port, 'ip'] };
    }),
  );
  // With two modes, that is the mistake, not the address.
  const own = Object.values(devices).every((device) => device['high-availability'].mode === 'active-active');
  const firewalls = Object.entries(devices).flatMap(([name, device]) =>
    Object.entries(device.interfaces).map(([port, { ip }]) => {
      const owner = own ? `${name}:${port}` : `the firewalls' ${port}`;
      return { owner, ip, path: ['devices', name, 'interfaces', port, 'ip'] };
    }),
  );
  const gateway = scenario.aws?.['internet-gateway'];
  const internet =
    gateway === undefined
      ? []
      : [{ owner: 'the internet gateway', ip: gateway.ip, path: ['aws', 'internet-gateway', 'ip'] }];
  return [...firewalls, ...collectVirtual(scenario), ...routers, ...internet, ...hosts];
}

/** Virtual addresses have no prefix length; inside the interface's subnet they have its. */
function collectVirtual(scenario: Scenario): Owner[] {
  return virtualAddressesOf(scenario).map(({ device, port, address, path }) => {
    const subnet = scenario.devices[device]?.interfaces[port]?.ip;
    const length = subnet !== undefined && isInSubnet(address, subnet) ? subnet.split('/')[1] : 32;
    return { owner: `virtual-address of ${port}`, ip: `${address}/${length}`, path, key: true };
  });
}

function report(reporter: Reporter, { path, key }: Owner, message: string): void {
  if (key === true) reporter.atKey(path, message);
  else reporter.at(path, message);
}

function checkUnique(reporter: Reporter, owners: readonly Owner[]): void {
  const byAddress = new Map<string, string>();
  for (const item of owners) {
    const address = addressOf(item.ip);
    const other = byAddress.get(address);
    if (other === undefined) byAddress.set(address, item.owner);
    else if (other !== item.owner)
      report(reporter, item, `expected an address of its own, got ${address}, which ${other} has`);
  }
}

/** The first and the last address of a subnet belong to no node; in /31 and /32 all do. */
function checkUsable(reporter: Reporter, owner: Owner): void {
  const { ip } = owner;
  const [address, mask] = [toNumber(addressOf(ip)), maskOf(ip)];
  if (mask >= 0xfffffffe) return;
  const host = (address & ~mask) >>> 0;
  const highest = ~mask >>> 0;
  if (host !== 0 && host !== highest) return;
  const which = host === 0 ? 'the address of the subnet itself' : 'its broadcast address';
  report(reporter, owner, `expected an address of a node in ${writeSubnet(ip)}, got ${which}`);
}

function collectRouted({ devices, network }: Scenario): Routed[] {
  const nodes = [
    ...Object.entries(devices).map(([name, node]) => ({ path: ['devices', name], node })),
    ...Object.entries(network.routers).map(([name, node]) => ({ path: ['network', 'routers', name], node })),
  ];
  return nodes.map(({ path, node }) => ({
    path,
    ips: Object.values<{ ip: string }>(node.interfaces).map(({ ip }) => ip),
    routes: node['static-route'],
  }));
}

function checkNexthops(reporter: Reporter, { path, ips, routes }: Routed): void {
  const subnets = ips.length === 0 ? 'it has no interface' : ips.map(writeSubnet).join(', ');
  for (const [index, { nexthop }] of routes.entries()) {
    if (ips.some((ip) => isInSubnet(nexthop, ip))) continue;
    const message = `expected a nexthop inside a connected subnet (${subnets}), got ${nexthop}`;
    reporter.at([...path, 'static-route', index, 'nexthop'], message);
  }
}

/** `10.0.0.1/24` without its prefix length. */
export function addressOf(cidr: string): string {
  return cidr.split('/')[0] ?? cidr;
}

/** `10.0.0.1` as an unsigned number of 32 bits. */
export function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => ((sum << 8) | Number(octet)) >>> 0, 0);
}

/** The same back. */
export function writeAddress(ip: number): string {
  return [24, 16, 8, 0].map((shift) => (ip >>> shift) & 255).join('.');
}

function maskOf(cidr: string): number {
  const length = Number(cidr.split('/')[1]);
  // A shift by 32 is a shift by 0 in JavaScript.
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}

/** Whether an address lies in the subnet of another with its prefix length. */
export function isInSubnet(address: string, cidr: string): boolean {
  const mask = maskOf(cidr);
  return (toNumber(address) & mask) >>> 0 === (toNumber(addressOf(cidr)) & mask) >>> 0;
}

export function writeSubnet(cidr: string): string {
  const network = (toNumber(addressOf(cidr)) & maskOf(cidr)) >>> 0;
  return `${writeAddress(network)}/${cidr.split('/')[1]}`;
}
