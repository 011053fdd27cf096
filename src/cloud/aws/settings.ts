/**
 * A VPC and the EC2 API as the model takes them: plain data, durations in integer microseconds, addresses as integers. Names stand
 * for the ids of AWS.
 */

import type { Subnet } from '../../network/address.ts';
import type { BucketSettings } from '../throttle.ts';
import type { LatencyDistribution } from '../latency.ts';
import type { Ec2Action } from './ec2-actions.ts';
import type { LatencyStep } from './latency-steps.ts';

export interface SubnetSettings {
  readonly name: string;
  readonly cidr: Subnet;
  readonly zone: string;
  readonly routeTable: string;
}

/** What a route leads to. `instance` is resolved to that instance's primary network interface, as EC2 does. */
export type RouteTarget =
  | { readonly kind: 'network-interface'; readonly name: string }
  | { readonly kind: 'instance'; readonly name: string }
  | { readonly kind: 'nat-gateway' | 'transit-gateway'; readonly name: string }
  | { readonly kind: 'internet-gateway' };

export interface RouteSettings {
  readonly destination: Subnet;
  readonly target: RouteTarget;
}

export interface RouteTableSettings {
  readonly name: string;
  readonly routes: readonly RouteSettings[];
  /** It routes what comes in through the internet gateway. */
  readonly edge: boolean;
}

/** `ports`: of tcp and udp, both ends included; null = all. `peer`: an address block, or whoever has a security group. */
export interface RuleSettings {
  /** IP protocol number; null = all. */
  readonly protocol: number | null;
  readonly ports: { readonly from: number; readonly to: number } | null;
  readonly peer: { readonly cidr: Subnet } | { readonly securityGroup: string };
}

export interface SecurityGroupSettings {
  readonly name: string;
  readonly ingress: readonly RuleSettings[];
  readonly egress: readonly RuleSettings[];
}

export interface NetworkInterfaceSettings {
  readonly name: string;
  readonly subnet: string;
  readonly privateIp: number;
  readonly secondaryIps: readonly number[];
  readonly securityGroups: readonly string[];
  readonly sourceDestCheck: boolean;
}

export interface ElasticIpSettings {
  readonly name: string;
  readonly publicIp: number;
  readonly association: { readonly networkInterface: string; readonly privateIp: number } | null;
}

export interface InstanceSettings {
  readonly name: string;
  readonly type: string;
  /** By device index. */
  readonly networkInterfaces: readonly string[];
  readonly instanceProfile: string | null;
  /** Of a firewall; null on any other instance. */
  readonly firewall: {
    /** A hot-plugged network interface is usable (interface-move needs DPDK off). */
    readonly dpdk: boolean;
    /** Address of the DNS server of its management plane; null = the VPC's own resolver. */
    readonly dnsServer: number | null;
  } | null;
}

/** What the policy of an instance profile allows. */
export interface InstanceProfileSettings {
  readonly name: string;
  /** Null = everything. */
  readonly actions: ReadonlySet<string> | null;
  /** Route tables of which ReplaceRoute is allowed; null = all. */
  readonly routeTables: ReadonlySet<string> | null;
}

export interface VpcSettings {
  readonly cidr: Subnet;
  readonly subnets: readonly SubnetSettings[];
  readonly routeTables: readonly RouteTableSettings[];
  readonly securityGroups: readonly SecurityGroupSettings[];
  readonly networkInterfaces: readonly NetworkInterfaceSettings[];
  readonly elasticIps: readonly ElasticIpSettings[];
  readonly instances: readonly InstanceSettings[];
  readonly instanceProfiles: readonly InstanceProfileSettings[];
  /** The side of the internet gateway towards the internet; null = the VPC has none. */
  readonly internetGateway: Subnet | null;
  readonly natGateways: readonly {
    readonly name: string;
    readonly subnet: string;
    readonly publicIp: number;
  }[];
  /** Interface endpoints of the EC2 API. */
  readonly endpoints: readonly { readonly subnets: readonly string[]; readonly privateDns: boolean }[];
}

export type Latencies = Readonly<Record<LatencyStep, LatencyDistribution>>;

export interface StallSettings {
  readonly action: 'DetachNetworkInterface' | 'AttachNetworkInterface';
  readonly networkInterface: string;
  readonly forUs: number;
}

/** How the VM-Series plugin goes about a takeover; none of it is published (section 9). */
export interface PluginSettings {
  readonly mode: 'interface-move' | 'secondary-ip';
  readonly concurrency: 'serial' | 'parallel';
  readonly pollUs: number;
  readonly force: boolean;
  /** `reassign`: one call that pulls the address; `unassign`: two, and the address's EIP is dropped. */
  readonly addressMove: 'reassign' | 'unassign';
  /** An active firewall looks so often whether it has the data path; 0 = never. */
  readonly ownershipCheckUs: number;
  /** Share of hot-plugged network interfaces that the guest never sees. */
  readonly hotplugFailure: number;
}

export interface AwsSettings {
  readonly vpc: VpcSettings;
  readonly plugin: PluginSettings;
  readonly latencies: Latencies;
  /** Standard deviation of the logarithm of the factor that all latencies of one takeover share (section 7.1). */
  readonly moodSigma: number;
  readonly stalls: readonly StallSettings[];
  /** What an apply of Terraform puts back; null = there is none. */
  readonly terraform: { readonly manages: ReadonlySet<string> } | null;
  /** The two firewalls, in the order of the scenario. */
  readonly firewalls: readonly [string, string];
}

export interface Ec2ThrottleSettings {
  /** Without a bucket an action is not throttled. */
  readonly buckets: Readonly<Partial<Record<Ec2Action, BucketSettings>>>;
  /** Microseconds between two calls of others in the account. */
  readonly backgroundUs: Readonly<Partial<Record<Ec2Action, number>>>;
}
