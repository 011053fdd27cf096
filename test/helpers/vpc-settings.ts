/** A small VPC for tests of what EC2 decides: subnets `mgmt` and `data`, and whatever a test lays over them. */

import type {
  ElasticIpSettings,
  InstanceSettings,
  NetworkInterfaceSettings,
  RouteSettings,
  RouteTarget,
  RuleSettings,
  SecurityGroupSettings,
  SubnetSettings,
  VpcSettings,
} from '../../src/cloud/aws/settings.ts';
import { parseCidr, parseIp } from '../../src/network/address.ts';

export const ANYTHING: RuleSettings = { protocol: null, ports: null, peer: { cidr: parseCidr('0.0.0.0/0') } };

/** A rule for an address block. `port`: one, or all. */
export function fromBlock(protocol: number | null, block: string, port?: number): RuleSettings {
  return { protocol, ports: portsOf(port), peer: { cidr: parseCidr(block) } };
}

/** A rule for whoever has a security group. */
export function fromGroup(protocol: number | null, securityGroup: string, port?: number): RuleSettings {
  return { protocol, ports: portsOf(port), peer: { securityGroup } };
}

function portsOf(port: number | undefined): RuleSettings['ports'] {
  return port === undefined ? null : { from: port, to: port };
}

/** As EC2 makes one: everything may go out. */
export function group(
  name: string,
  ingress: readonly RuleSettings[],
  egress: readonly RuleSettings[] = [ANYTHING],
): SecurityGroupSettings {
  return { name, ingress, egress };
}

export function subnet(name: string, cidr: string): SubnetSettings {
  return { name, cidr: parseCidr(cidr), zone: 'a', routeTable: name };
}

export function networkInterface(
  name: string,
  inSubnet: string,
  ip: string,
  securityGroups: readonly string[],
): NetworkInterfaceSettings {
  const privateIp = parseIp(ip);
  return { name, subnet: inSubnet, privateIp, secondaryIps: [], securityGroups, sourceDestCheck: true };
}

export function instance(
  name: string,
  networkInterfaces: readonly string[],
  dnsServer: string | null = null,
): InstanceSettings {
  const firewall = { dpdk: false, dnsServer: dnsServer === null ? null : parseIp(dnsServer) };
  return { name, type: 'm5.xlarge', networkInterfaces, instanceProfile: null, firewall };
}

export function route(destination: string, target: RouteTarget): RouteSettings {
  return { destination: parseCidr(destination), target };
}

export function elasticIp(name: string, on: NetworkInterfaceSettings, privateIp?: string): ElasticIpSettings {
  const address = privateIp === undefined ? on.privateIp : parseIp(privateIp);
  return {
    name,
    publicIp: parseIp('203.0.113.10'),
    association: { networkInterface: on.name, privateIp: address },
  };
}

/** The VPC 10.0.0.0/16 with what a test has in it. */
export function vpcSettings(part: Partial<VpcSettings>): VpcSettings {
  return {
    cidr: parseCidr('10.0.0.0/16'),
    subnets: [subnet('mgmt', '10.0.0.0/24'), subnet('data', '10.0.1.0/24')],
    routeTables: [],
    securityGroups: [],
    networkInterfaces: [],
    elasticIps: [],
    instances: [],
    instanceProfiles: [],
    internetGateway: parseCidr('198.51.100.1/24'),
    natGateways: [],
    endpoints: [],
    ...part,
  };
}
