/**
 * `aws:` and the `aws-*` keys of `unpublished:` → the settings of the model: addresses as integers, durations in microseconds.
 */

import { LATENCY_STEPS } from '../cloud/aws/latency-steps.ts';
import { LATENCIES, throttleOf } from '../cloud/aws/presets.ts';
import type {
  AwsSettings,
  Ec2ThrottleSettings,
  Latencies,
  RouteSettings,
  RouteTarget,
  RuleSettings,
  VpcSettings,
} from '../cloud/aws/settings.ts';
import { ruleOf } from '../cloud/aws/written-rule.ts';
import type { RetrySettings } from '../cloud/api.ts';
import { parseCidr, parseIp } from '../network/address.ts';
import { INTERNET_GATEWAY, type Aws } from '../scenario/schema/aws.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';

/** The VPC, the plugin and the latencies of a scenario that has `aws:`. */
export function awsSettings({ devices, unpublished }: ResolvedScenario, aws: Aws): AwsSettings {
  return {
    vpc: vpcSettings(aws, Object.keys(devices)),
    firewalls: Object.keys(devices) as [string, string],
    plugin: {
      mode: aws['failover-mode'],
      concurrency: unpublished['aws-concurrency'],
      pollUs: unpublished['aws-poll'],
      force: unpublished['aws-force-detach'],
      addressMove: unpublished['aws-address-move'],
      ownershipCheckUs: unpublished['aws-ownership-check'],
      hotplugFailure: unpublished['aws-hotplug-failure'],
    },
    latencies: latenciesOf(aws, unpublished),
    moodSigma: unpublished['aws-latency'] === 'none' ? 0 : unpublished['aws-mood'],
    stalls: aws.api.stalls.map((stall) => ({
      action: stall.action,
      networkInterface: stall['network-interface'],
      forUs: stall.for,
    })),
    terraform: aws.terraform === undefined ? null : { manages: managedBy(aws.terraform) },
  };
}

function managedBy(terraform: NonNullable<Aws['terraform']>): ReadonlySet<string> {
  return new Set(terraform['ignore-changes'] ? [] : terraform.manages);
}

function latenciesOf(aws: Aws, unpublished: Unpublished): Latencies {
  const preset = LATENCIES[unpublished['aws-latency']];
  const own = LATENCY_STEPS.flatMap((step) => {
    const entry = aws.api.latency[step];
    if (entry === undefined) return [];
    const { median: medianUs, sigma, tail } = entry;
    const stall = tail === undefined ? null : { share: tail.share, minUs: tail.min, maxUs: tail.max };
    return [[step, { medianUs, sigma, tail: stall }] as const];
  });
  return { ...preset, ...Object.fromEntries(own) };
}

/** Token buckets of the EC2 API. */
export function throttleSettings(aws: Aws, unpublished: Unpublished): Ec2ThrottleSettings {
  const background = Object.entries(aws.api['background-load']);
  return throttleOf(unpublished['aws-throttle'], {
    buckets: aws.api.throttle as Ec2ThrottleSettings['buckets'],
    backgroundUs: Object.fromEntries(
      background.map(([action, spacingUs]) => [action, Math.round(spacingUs)]),
    ),
  });
}

/** How often and how patiently the plugin tries. */
export function retrySettings(unpublished: Unpublished): RetrySettings {
  return {
    attempts: unpublished['aws-attempts'],
    backoffUs: unpublished['aws-backoff'],
    backoffLimitUs: unpublished['aws-backoff-limit'],
    connectTimeoutUs: unpublished['aws-connect-timeout'],
  };
}

function vpcSettings(aws: Aws, devices: readonly string[]): VpcSettings {
  const gateway = aws['internet-gateway'];
  return {
    cidr: parseCidr(aws.vpc.cidr),
    subnets: Object.entries(aws.subnets).map(([name, subnet]) => ({
      name,
      cidr: parseCidr(subnet.cidr),
      zone: subnet['availability-zone'],
      routeTable: subnet['route-table'],
    })),
    routeTables: Object.entries(aws['route-tables']).map(([name, table]) => ({
      name,
      routes: table.routes.flatMap((route) => routesOf(aws, route)),
      edge: table['edge-association'] !== undefined,
    })),
    securityGroups: Object.entries(aws['security-groups']).map(([name, group]) => ({
      name,
      ingress: group.ingress.map((rule) => ruleOf(name, rule)),
      egress: group.egress?.map((rule) => ruleOf(name, rule)) ?? [ANYTHING],
    })),
    networkInterfaces: Object.entries(aws['network-interfaces']).map(([name, item]) => ({
      name,
      subnet: item.subnet,
      privateIp: parseIp(item['private-ip']),
      secondaryIps: item['secondary-private-ips'].map(parseIp),
      securityGroups: item['security-groups'],
      sourceDestCheck: item['source-dest-check'],
    })),
    elasticIps: Object.entries(aws['elastic-ips']).map(([name, elastic]) => ({
      name,
      publicIp: parseIp(elastic['public-ip']),
      association: associationOf(aws, elastic),
    })),
    instances: Object.entries(aws.instances).map(([name, item]) => ({
      name,
      type: item['instance-type'],
      networkInterfaces: item['network-interfaces'],
      instanceProfile: item['iam-instance-profile'] ?? null,
      firewall: devices.includes(name) ? firewallOf(item) : null,
    })),
    instanceProfiles: Object.entries(aws['iam-instance-profiles']).map(([name, profile]) => ({
      name,
      actions: profile.actions.includes('*') ? null : new Set(profile.actions),
      routeTables: profile['route-tables'] === undefined ? null : new Set(profile['route-tables']),
    })),
    internetGateway: gateway === undefined ? null : parseCidr(gateway.ip),
    natGateways: Object.entries(aws['nat-gateways']).map(([name, item]) => ({
      name,
      subnet: item.subnet,
      publicIp: parseIp(aws['elastic-ips'][item['elastic-ip']]?.['public-ip'] ?? '0.0.0.0'),
    })),
    endpoints: Object.values(aws['vpc-endpoints']).map((item) => ({
      subnets: item.subnets,
      privateDns: item['private-dns'],
    })),
  };
}

function firewallOf(item: Aws['instances'][string]): { dpdk: boolean; dnsServer: number | null } {
  const { 'dpdk-pkt-io': dpdk, 'dns-server': dns } = item['vm-series'];
  return { dpdk, dnsServer: dns === undefined ? null : parseIp(dns) };
}

type Association = NonNullable<VpcSettings['elasticIps'][number]['association']>;

function associationOf(aws: Aws, elastic: Aws['elastic-ips'][string]): Association | null {
  const networkInterface = elastic['network-interface'];
  if (networkInterface === undefined) return null;
  const primary = aws['network-interfaces'][networkInterface]?.['private-ip'] ?? '0.0.0.0';
  return { networkInterface, privateIp: parseIp(elastic['private-ip'] ?? primary) };
}

type RouteEntry = Aws['route-tables'][string]['routes'][number];

/** One route, or as many as it counts: to consecutive blocks of one size. */
function routesOf(aws: Aws, { destination, target, count }: RouteEntry): RouteSettings[] {
  const { ip, prefix } = parseCidr(destination);
  const size = 2 ** (32 - prefix);
  const leadsTo = targetOf(aws, target);
  return Array.from({ length: count }, (_, index) => ({
    destination: { ip: ip + index * size, prefix },
    target: leadsTo,
  }));
}

function targetOf(aws: Aws, target: string): RouteTarget {
  if (target === INTERNET_GATEWAY) return { kind: 'internet-gateway' };
  if (Object.hasOwn(aws['network-interfaces'], target)) return { kind: 'network-interface', name: target };
  if (Object.hasOwn(aws.instances, target)) return { kind: 'instance', name: target };
  const kind = Object.hasOwn(aws['nat-gateways'], target) ? 'nat-gateway' : 'transit-gateway';
  return { kind, name: target };
}

const ANYTHING: RuleSettings = { protocol: null, ports: null, peer: { cidr: { ip: 0, prefix: 0 } } };
