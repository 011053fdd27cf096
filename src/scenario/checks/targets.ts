/**
 * What workloads and probes are addressed to: an address of the firewalls at which sessions end, a multicast group that somebody has
 * joined, and for DHCP the server to which the firewalls relay. A session to nobody would only fail.
 */

import type { Scenario } from '../schema/scenario.ts';
import { addressOf, firewallAddresses, isInSubnet, knownAddresses } from './addresses.ts';
import { listed, type Reporter } from './report.ts';

/** Reports targets that nobody would answer for. */
export function checkTargets(reporter: Reporter, scenario: Scenario): void {
  const firewalls = withElasticIps(firewallAddresses(scenario), scenario);
  const groups = Object.values(scenario.network.hosts).flatMap((host) => host['multicast-groups']);
  const reachable = withElasticIps(new Set([...knownAddresses(scenario), ...firewalls, ...groups]), scenario);
  for (const [name, { protocol, to }] of Object.entries(scenario.workloads)) {
    const path = ['workloads', name, 'to'];
    if (protocol === 'ipsec' && !firewalls.has(to)) {
      const expected = `expected an address of the firewalls${listed([...firewalls])} at which the tunnels end`;
      reporter.at(path, `${expected}, got ${to}`);
    } else if (isAddress(to) && !reachable.has(to)) {
      reporter.at(path, `expected an address that a node has, or a group that a host has joined, got ${to}`);
    } else if (groups.includes(to) && protocol !== 'udp') {
      reporter.at(path, `expected a host for ${protocol}, since only udp goes to a group, got ${to}`);
    }
  }
  checkDhcp(reporter, scenario);
  checkServers(reporter, scenario);
}

/** In AWS also the elastic IPs that stand for these addresses. */
function withElasticIps(addresses: ReadonlySet<string>, { aws }: Scenario): ReadonlySet<string> {
  const elastic = Object.values(aws?.['elastic-ips'] ?? {}).filter((item) => {
    const primary = aws?.['network-interfaces'][item['network-interface'] ?? '']?.['private-ip'];
    return addresses.has(item['private-ip'] ?? primary ?? '');
  });
  return new Set([...addresses, ...elastic.map((item) => item['public-ip'])]);
}

function isAddress(text: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(text);
}

/** A stream and a loop of transactions need a server that counts, or answers what belongs to a connection. */
function checkServers(reporter: Reporter, { probes, network }: Scenario): void {
  const hosts = Object.entries(network.hosts).flatMap(([name, { ip }]) => [name, addressOf(ip)]);
  for (const [name, { type, to }] of Object.entries(probes)) {
    if ((type !== 'udp-stream' && type !== 'tcp-transaction') || hosts.includes(to)) continue;
    // A name that nobody has is told where names are checked.
    if (isAddress(to)) reporter.at(['probes', name, 'to'], `expected a host for ${type}, got ${to}`);
  }
}

/** A DISCOVER needs a relay on the client's subnet that knows its server. */
function checkDhcp(reporter: Reporter, { probes, network, devices, timeline }: Scenario): void {
  const committed = timeline.flatMap(({ commit }) => Object.values(commit?.interfaces ?? {}));
  const own = Object.values(devices).flatMap((device) => Object.values(device.interfaces));
  for (const [name, { type, from, to }] of Object.entries(probes)) {
    const [client, server] = [network.hosts[from], network.hosts[to]];
    if (type !== 'dhcp' || client === undefined) continue;
    const path = ['probes', name, 'to'];
    if (server === undefined) {
      reporter.at(path, `expected the name of a host for dhcp, got ${to}`);
      continue;
    }
    const address = addressOf(server.ip);
    const relays = [...own, ...committed].filter(
      ({ ip, 'dhcp-relay': relay }) => relay === address && isInSubnet(addressOf(client.ip), ip),
    );
    if (relays.length > 0) continue;
    const message = `expected an interface on the subnet of ${from} with dhcp-relay: ${address}, got none`;
    reporter.at(path, message);
  }
}
