/**
 * Whether the management plane of a firewall can reach the EC2 API: TCP 443 to the endpoint, and its name before that (reference
 * aws-ha.md, K15; lint rules X11 to X14). Asked anew with every call, for routes and elastic IPs change.
 *
 * The way is an interface endpoint with private DNS in the VPC, or the route table of the management subnet to the internet gateway
 * (with an elastic IP), to a NAT gateway, or through a firewall of the pair while that forwards.
 */

import { contains } from '../../network/address.ts';
import type { Inventory, NetworkInterface } from './inventory.ts';
import type { SecurityGroups } from './security-groups.ts';
import { PROTOCOL } from './traffic-of.ts';

/** `why`: in words, such as `no route to the internet from the subnet mgmt`. */
export type ApiWay = { readonly reachable: true } | { readonly reachable: false; readonly why: string };

const REACHABLE: ApiWay = { reachable: true };

/** Somewhere on the internet; the model has no address for the endpoint. */
const ELSEWHERE = 0x0808_0808;

function unreachable(why: string): ApiWay {
  return { reachable: false, why };
}

/** @param forwards whether the firewall behind a network interface passes packets on now */
export function apiWay(
  inventory: Inventory,
  groups: SecurityGroups,
  instance: string,
  forwards: (networkInterface: string) => boolean = () => true,
): ApiWay {
  const settings = inventory.instances.get(instance)?.settings;
  const [name] = settings?.networkInterfaces ?? [];
  if (name === undefined) return unreachable('no management interface');
  const management = inventory.networkInterface(name);
  const dns = settings?.firewall?.dnsServer ?? null;
  const inVpc = (ip: number): boolean => contains(inventory.settings.cidr, ip);

  if (dns !== null) {
    if (!leaves(groups, management, PROTOCOL.udp, 53, dns)) {
      return unreachable(
        'its security groups let no UDP 53 out, so the name of the endpoint is not resolved',
      );
    }
    const way = inVpc(dns) ? REACHABLE : internet(inventory, management, dns, forwards);
    if (!way.reachable) return unreachable(`its DNS server is not reached: ${way.why}`);
  }
  const endpoint = privateEndpoint(inventory);
  if (!leaves(groups, management, PROTOCOL.tcp, 443, endpoint ?? ELSEWHERE)) {
    return unreachable('its security groups let no TCP 443 out');
  }
  return endpoint === null ? internet(inventory, management, ELSEWHERE, forwards) : REACHABLE;
}

/**
 * An address like that of the interface endpoint to which the API's name resolves, or null. Without private DNS the name resolves to
 * public addresses all the same (X14).
 */
function privateEndpoint({ settings: { endpoints, subnets } }: Inventory): number | null {
  const names = endpoints.find(({ privateDns }) => privateDns)?.subnets ?? [];
  return subnets.find(({ name }) => names.includes(name))?.cidr.ip ?? null;
}

function leaves(
  groups: SecurityGroups,
  management: NetworkInterface,
  protocol: number,
  port: number,
  destination: number,
): boolean {
  const source = management.settings.privateIp;
  const asks = { source, destination, answer: false, flow: 0, ends: false };
  return groups.egress(management, { ...asks, protocol, ports: [port] });
}

function internet(
  inventory: Inventory,
  { settings, subnet }: NetworkInterface,
  destination: number,
  forwards: (networkInterface: string) => boolean,
): ApiWay {
  const target = inventory.routeFor(subnet.routeTable, destination)?.effective;
  if (target === undefined) return unreachable(`no route to the internet from the subnet ${subnet.name}`);
  if (target.kind === 'internet-gateway') {
    const hasElasticIp = inventory.elasticIps.some(
      ({ association }) =>
        association?.networkInterface === settings.name && association.privateIp === settings.privateIp,
    );
    return hasElasticIp ? REACHABLE : unreachable(`${settings.name} has no elastic IP`);
  }
  if (target.kind === 'nat-gateway') return throughNat(inventory, target.name, destination);
  if (target.kind !== 'network-interface')
    return unreachable(`a ${target.kind} is no way to the internet here`);
  const attached = inventory.instanceOf(target.name) !== null;
  if (attached && forwards(target.name)) return REACHABLE;
  return unreachable(`its way leads through ${target.name}, which passes nothing on`);
}

function throughNat(inventory: Inventory, name: string, destination: number): ApiWay {
  const gateway = inventory.settings.natGateways.find((item) => item.name === name);
  const subnet = inventory.settings.subnets.find((item) => item.name === gateway?.subnet);
  const onwards = subnet === undefined ? null : inventory.routeFor(subnet.routeTable, destination);
  if (onwards?.effective.kind === 'internet-gateway') return REACHABLE;
  return unreachable(`the NAT gateway ${name} has no route to the internet gateway`);
}
