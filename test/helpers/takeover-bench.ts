/**
 * The AWS provider on a simulation of its own, without firewalls: two instances, their data network interfaces, an API whose latencies are
 * the medians of section 7.1 unless a test says otherwise, and what became of it all.
 *
 *     palo-1, palo-2   index 0 management, 1 HA2, 2 outside (10.0.2.0/24), 3 inside (10.0.1.0/24)
 */

import type { ApiError } from '../../src/cloud/api.ts';
import { Inventory } from '../../src/cloud/aws/inventory.ts';
import type { LatencyStep } from '../../src/cloud/aws/latency-steps.ts';
import { LATENCIES } from '../../src/cloud/aws/presets.ts';
import { AwsProvider } from '../../src/cloud/aws/provider.ts';
import type {
  AwsSettings,
  InstanceSettings,
  Latencies,
  NetworkInterfaceSettings,
  PluginSettings,
  RouteTarget,
  VpcSettings,
} from '../../src/cloud/aws/settings.ts';
import { CallEngine } from '../../src/cloud/call-engine.ts';
import { CloudRoutes } from '../../src/cloud/cloud-routes.ts';
import { CLOUD_EVENTS } from '../../src/cloud/provider.ts';
import type { ThrottleSettings } from '../../src/cloud/throttle.ts';
import { Simulation } from '../../src/kernel/simulation.ts';
import type { TraceRecord } from '../../src/kernel/trace.ts';
import { parseCidr, parseIp } from '../../src/network/address.ts';
import type { RecordData, RecordKind } from '../../src/run/record.ts';
import { RETRY, SECOND_US } from './call-bench.ts';

export type Mode = PluginSettings['mode'];

export interface BenchOptions {
  readonly seed?: string;
  readonly mode?: Mode;
  readonly plugin?: Partial<PluginSettings>;
  readonly vpc?: (vpc: VpcSettings) => Partial<VpcSettings>;
  /** Seconds instead of the medians; `as drawn` = the distributions of section 7.1. */
  readonly latencies?: Readonly<Partial<Record<LatencyStep, number>>> | 'as drawn';
  readonly settings?: Partial<AwsSettings>;
  readonly throttle?: ThrottleSettings;
  readonly refused?: (node: string, action: string, target: string) => ApiError | null;
}

export const UNAUTHORIZED: ApiError = { code: 'UnauthorizedOperation', errorClass: 'permanent' };

/** The medians, every time. */
function medians(over: Readonly<Partial<Record<LatencyStep, number>>>): Latencies {
  const steps = Object.entries(LATENCIES.reference) as [LatencyStep, Latencies[LatencyStep]][];
  return Object.fromEntries(
    steps.map(([step, { medianUs }]) => {
      const seconds = over[step];
      const us = seconds === undefined ? medianUs : Math.round(seconds * SECOND_US);
      return [step, { medianUs: us, sigma: 0, tail: null }];
    }),
  ) as Latencies;
}

const to = (name: string): RouteTarget => ({ kind: 'network-interface', name });

function networkInterface(
  name: string,
  subnet: string,
  ip: string,
  ...secondary: readonly string[]
): NetworkInterfaceSettings {
  return {
    name,
    subnet,
    privateIp: parseIp(ip),
    secondaryIps: secondary.map(parseIp),
    securityGroups: ['all', name],
    sourceDestCheck: false,
  };
}

function instance(name: string, ...networkInterfaces: readonly string[]): InstanceSettings {
  const firewall = { dpdk: false, dnsServer: null };
  return { name, type: 'm5.4xlarge', networkInterfaces, instanceProfile: null, firewall };
}

/** The VPC of both modes: in interface-move palo-2 has no data network interfaces, and nothing floats. */
export function vpcOf(mode: Mode): VpcSettings {
  const floats = mode === 'secondary-ip';
  const subnet = (name: string, cidr: string): VpcSettings['subnets'][number] => {
    return { name, cidr: parseCidr(cidr), zone: 'a', routeTable: name };
  };
  return {
    cidr: parseCidr('10.0.0.0/21'),
    subnets: [
      subnet('mgmt', '10.0.0.0/24'),
      subnet('trust', '10.0.1.0/24'),
      subnet('untrust', '10.0.2.0/24'),
      subnet('ha', '10.0.3.0/25'),
    ],
    routeTables: [
      {
        name: 'private',
        edge: false,
        routes: [{ destination: parseCidr('0.0.0.0/0'), target: to('inside-1') }],
      },
    ],
    securityGroups: [],
    networkInterfaces: [
      networkInterface('mgmt-1', 'mgmt', '10.0.0.11'),
      networkInterface('ha-1', 'ha', '10.0.3.11'),
      networkInterface('outside-1', 'untrust', '10.0.2.11', ...(floats ? ['10.0.2.100'] : [])),
      networkInterface('inside-1', 'trust', '10.0.1.11', ...(floats ? ['10.0.1.100', '10.0.1.101'] : [])),
      networkInterface('mgmt-2', 'mgmt', '10.0.0.12'),
      networkInterface('ha-2', 'ha', '10.0.3.12'),
      networkInterface('outside-2', 'untrust', '10.0.2.12'),
      networkInterface('inside-2', 'trust', '10.0.1.12'),
    ],
    elasticIps: [
      {
        name: 'outside-eip',
        publicIp: parseIp('203.0.113.100'),
        association: {
          networkInterface: 'outside-1',
          privateIp: parseIp(floats ? '10.0.2.100' : '10.0.2.11'),
        },
      },
      {
        name: 'mgmt-eip',
        publicIp: parseIp('203.0.113.1'),
        association: { networkInterface: 'mgmt-1', privateIp: parseIp('10.0.0.11') },
      },
    ],
    instances: [
      instance('palo-1', 'mgmt-1', 'ha-1', 'outside-1', 'inside-1'),
      floats
        ? instance('palo-2', 'mgmt-2', 'ha-2', 'outside-2', 'inside-2')
        : instance('palo-2', 'mgmt-2', 'ha-2'),
    ],
    instanceProfiles: [],
    internetGateway: parseCidr('198.51.100.1/24'),
    natGateways: [],
    endpoints: [],
  };
}

/** So many routes of the private table lead to inside-1, besides its default route. */
export function manyRoutes({ routeTables }: VpcSettings, count: number): Partial<VpcSettings> {
  const more = Array.from({ length: count }, (_, index) => ({
    destination: { ip: parseIp('172.16.0.0') + index * 256, prefix: 24 },
    target: to('inside-1'),
  }));
  return { routeTables: routeTables.map((table) => ({ ...table, routes: [...table.routes, ...more] })) };
}

/** Another elastic IP, of the primary address of a network interface. */
export function elasticIpOf(name: string, of: NetworkInterfaceSettings): VpcSettings['elasticIps'][number] {
  const association = { networkInterface: of.name, privateIp: of.privateIp };
  return { name, publicIp: parseIp('203.0.113.50'), association };
}

type RecordOf<Kind extends RecordKind> = TraceRecord & { readonly data: RecordData[Kind] };

export class TakeoverBench {
  readonly simulation: Simulation;
  readonly inventory: Inventory;
  readonly provider: AwsProvider;
  readonly settings: AwsSettings;
  /** What the guests have in use, as the VPC hears of it. */
  readonly heard: string[] = [];

  constructor(options: BenchOptions = {}) {
    const {
      seed = '1',
      mode = 'interface-move',
      plugin = {},
      latencies = {},
      refused = () => null,
    } = options;
    const vpc = vpcOf(mode);
    const drawn = latencies === 'as drawn';
    this.settings = {
      vpc: { ...vpc, ...options.vpc?.(vpc) },
      plugin: {
        mode,
        concurrency: 'serial',
        pollUs: SECOND_US,
        force: false,
        addressMove: 'reassign',
        ownershipCheckUs: 0,
        hotplugFailure: 0,
        ...plugin,
      },
      latencies: drawn ? LATENCIES.reference : medians(latencies),
      moodSigma: drawn ? 0.4 : 0,
      stalls: [],
      terraform: null,
      firewalls: ['palo-1', 'palo-2'],
      ...options.settings,
    };
    this.simulation = new Simulation({ seed, kinds: CLOUD_EVENTS, traceLevel: 'protocol' });
    this.inventory = new Inventory(this.settings.vpc);
    const routes = new CloudRoutes(this.simulation);
    const engine = new CallEngine(this.simulation, routes, {
      name: 'aws',
      gate: { unreachable: () => null, refused },
      retry: RETRY,
      throttle: options.throttle ?? { buckets: {}, backgroundUs: {} },
    });
    this.provider = new AwsProvider(this.simulation, routes, this.inventory, engine, this.settings);
    this.provider.usable = (name, usable) => this.heard.push(`${name} ${usable ? 'usable' : 'not usable'}`);
  }

  takeOver(node = 'palo-2'): this {
    this.provider.takeOver(node, 0);
    return this;
  }

  /** Until a time in seconds, or until nothing is to come. */
  run(seconds = 10_000): this {
    this.simulation.run(Math.round(seconds * SECOND_US));
    return this;
  }

  /** Calls by their outcome, in the order in which they were over: `DetachNetworkInterface outside-1`, with the error if there was one. */
  calls(): readonly string[] {
    return this.of('api-call').map(({ data: { action, target, error } }) =>
      [action, target, ...(error === undefined ? [] : [error])].join(' '),
    );
  }

  /** The same without those that only read. */
  changes(): readonly string[] {
    return this.calls().filter((call) => !call.startsWith('Describe'));
  }

  /** When calls of an action were over, in seconds, one after the other. */
  returned(action: string, target?: string): readonly number[] {
    return this.of('api-call')
      .filter(({ data }) => data.action === action && (target === undefined || data.target === target))
      .map(({ timeUs }) => timeUs / SECOND_US);
  }

  /** What has become of an asset: `4 available`, in seconds. */
  life(name: string): readonly string[] {
    return this.of('asset')
      .filter(({ data }) => data.asset === name)
      .map(({ timeUs, data }) => `${timeUs / SECOND_US} ${data.state}`);
  }

  /** When an asset first came into a state, in seconds; NaN = never. */
  when(name: string, state: string): number {
    const found = this.of('asset').find(({ data }) => data.asset === name && data.state === state);
    return (found?.timeUs ?? Number.NaN) / SECOND_US;
  }

  /** How the latest takeover that is over has ended, and when, in seconds. */
  get end(): {
    readonly at: number;
    readonly step: string;
    readonly reason?: string;
    moved?: number;
    calls?: number;
  } {
    const ends = this.of('takeover').filter(({ data }) => data.step !== 'begun');
    const last = ends.at(-1);
    if (last === undefined) throw new Error('no takeover is over');
    const { mode: _, ...data } = last.data;
    return { at: last.timeUs / SECOND_US, ...data };
  }

  /** Who has what: `outside-1 palo-2`. */
  owners(): readonly string[] {
    return this.provider.assets().map(({ name, owner }) => `${name} ${owner ?? 'nobody'}`);
  }

  of<Kind extends RecordKind>(kind: Kind): readonly RecordOf<Kind>[] {
    return this.simulation.trace.records.filter((record) => record.kind === kind) as RecordOf<Kind>[];
  }
}
