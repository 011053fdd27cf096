/**
 * `aws:` → the VPC of a run: what EC2 keeps, the network node that carries packets by it, the API, and the provider by which a
 * firewall that becomes active takes the data path over.
 */

import { CallEngine } from '../cloud/call-engine.ts';
import { CloudRoutes } from '../cloud/cloud-routes.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import { Reachability } from '../cloud/reachability.ts';
import { apiWay, type ApiWay } from '../cloud/aws/endpoint.ts';
import { refusedByPolicy } from '../cloud/aws/iam.ts';
import { Inventory, type NetworkInterface } from '../cloud/aws/inventory.ts';
import { AwsProvider } from '../cloud/aws/provider.ts';
import { SecurityGroups } from '../cloud/aws/security-groups.ts';
import { trafficOf } from '../cloud/aws/traffic-of.ts';
import { Vpc, type PacketFilter } from '../cloud/aws/vpc.ts';
import { PluginRoutes, type PluginContext } from '../firewall/vm-series-plugin.ts';
import { parseIp } from '../network/address.ts';
import type { Frame } from '../network/frame.ts';
import type { ArpRegistry } from '../network/ip-interface.ts';
import type { Port } from '../network/link.ts';
import {
  attachmentName,
  deviceIndexes,
  INTERNET_GATEWAY,
  interfaceAt,
  VPC,
} from '../scenario/aws-cabling.ts';
import type { Aws } from '../scenario/schema/aws.ts';
import type { ResolvedDevice, ResolvedScenario } from '../scenario/schema/scenario.ts';
import { awsSettings, retrySettings, throttleSettings } from './aws-settings.ts';
import type { CloudStage } from './faults.ts';
import { portMac } from './ha-links.ts';

/** The cloud of a run. */
export interface Cloud {
  readonly provider: CloudProvider;
  readonly plugin: PluginContext;
  readonly stage: CloudStage;
  /** The VPC's port at the end of a link; undefined for an end that is not the VPC's. `hostMac`: of an instance that is no firewall. */
  portAt(end: string, hostMac: (instance: string) => number): Port | undefined;
  /** Whether a firewall passes packets on now: the way to the API may lead through it. */
  forwards: (device: string) => boolean;
  /** Notes who has what at the start. */
  begin(): void;
}

/** Null for a scenario without `aws:`. */
export function buildCloud(scenario: ResolvedScenario, registry: ArpRegistry): Cloud | null {
  return scenario.aws === undefined ? null : new AwsCloud(scenario, scenario.aws, registry);
}

class AwsCloud implements Cloud, PacketFilter, CloudStage {
  readonly provider: AwsProvider;
  readonly plugin: PluginContext;
  readonly #scenario: ResolvedScenario;
  readonly #aws: Aws;
  readonly #registry: ArpRegistry;
  readonly #inventory: Inventory;
  readonly #groups: SecurityGroups;
  readonly #vpc: Vpc;
  readonly #reachability = new Reachability();
  readonly #ha: Parameters<typeof trafficOf>[1];
  #changedBy = 0;
  forwards: (device: string) => boolean = () => false;

  constructor(scenario: ResolvedScenario, aws: Aws, registry: ArpRegistry) {
    const { network } = registry;
    const { simulation } = network;
    const { unpublished } = scenario;
    const settings = awsSettings(scenario, aws);
    this.#scenario = scenario;
    this.#aws = aws;
    this.#registry = registry;
    this.#inventory = new Inventory(settings.vpc);
    this.#groups = new SecurityGroups(simulation, this.#inventory);
    this.#vpc = new Vpc(network, this.#inventory, this);
    this.#ha = haTraffic(scenario);
    const changing = (): void => network.changing();
    const attachmentChanged = (item: NetworkInterface): void => this.#attachmentChanged(item);
    this.#inventory.beforeChange = changing;
    this.#inventory.attachmentChanged = attachmentChanged;
    const routes = new CloudRoutes(simulation);
    const engine = new CallEngine(simulation, routes, {
      name: 'aws',
      gate: this,
      retry: retrySettings(unpublished),
      throttle: throttleSettings(aws, unpublished),
    });
    this.provider = new AwsProvider(simulation, routes, this.#inventory, engine, settings);
    const setUsable = (name: string, usable: boolean): void => this.#vpc.setUsable(name, usable);
    this.provider.usable = setUsable;
    this.plugin = {
      provider: this.provider,
      routes: new PluginRoutes(simulation),
      holds: unpublished['aws-takeover-hold'] === 'additional-master-hold-up-time',
    };
  }

  get stage(): CloudStage {
    return this;
  }

  #attachmentChanged(item: NetworkInterface): void {
    this.#groups.forget(item.settings.name); // Connections are tracked where the instance runs (A8).
    this.#vpc.attachmentChanged(item);
  }

  // --- cables --------------------------------------------------------------------------------------------------------

  portAt(end: string, hostMac: (instance: string) => number): Port | undefined {
    const { internetGateway } = this.#inventory.settings;
    if (end === INTERNET_GATEWAY && internetGateway !== null) {
      return this.#vpc.addInternet(this.#registry, internetGateway);
    }
    if (!end.startsWith(`${VPC}:`)) return undefined;
    const devices = Object.keys(this.#scenario.devices);
    for (const instance of Object.keys(this.#aws.instances)) {
      const index = deviceIndexes(this.#aws, instance, devices).find(
        (candidate) => end === `${VPC}:${attachmentName(instance, candidate)}`,
      );
      if (index === undefined) continue;
      const device = this.#scenario.devices[instance];
      const order = devices.indexOf(instance);
      const mac = device === undefined ? hostMac(instance) : portMac(device, order, interfaceAt(index));
      return this.#vpc.addPlace(instance, index, mac, gatewayAt(device, index));
    }
    return undefined;
  }

  begin(): void {
    this.provider.begin();
  }

  // --- packets -------------------------------------------------------------------------------------------------------

  get changedBy(): number {
    return this.#changedBy;
  }

  egress(item: NetworkInterface, frame: Frame, from: number, to: number): boolean {
    return this.#groups.egress(item, trafficOf(frame, this.#ha, from, to));
  }

  ingress(item: NetworkInterface, frame: Frame, from: number, to: number): boolean {
    return this.#groups.ingress(item, trafficOf(frame, this.#ha, from, to));
  }

  // --- the API's gate ------------------------------------------------------------------------------------------------

  unreachable(node: string): number | null {
    const fault = this.#reachability.unreachable(node);
    return fault ?? (this.#wayOf(node).reachable ? null : 0);
  }

  whyUnreachable(node: string): string | null {
    if (this.#reachability.unreachable(node) !== null) return 'the API is not available to it';
    const way = this.#wayOf(node);
    return way.reachable ? null : way.why;
  }

  #wayOf(node: string): ApiWay {
    return apiWay(this.#inventory, this.#groups, node, (name) => this.#forwards(name));
  }

  #forwards(networkInterface: string): boolean {
    const owner = this.#inventory.instanceOf(networkInterface);
    return owner !== null && Object.hasOwn(this.#scenario.devices, owner) && this.forwards(owner);
  }

  refused(node: string, action: string, target: string): ReturnType<typeof refusedByPolicy> {
    const name = this.#inventory.instances.get(node)?.settings.instanceProfile ?? null;
    const profile = this.#inventory.settings.instanceProfiles.find((item) => item.name === name) ?? null;
    return refusedByPolicy(profile, action, target);
  }

  // --- the timeline --------------------------------------------------------------------------------------------------

  start(instance: string): void {
    this.provider.start(instance);
  }

  terminate(instance: string): void {
    this.provider.terminate(instance);
  }

  revokeIngress(group: string, protocol: number | null): void {
    this.#changedBy = this.#registry.network.simulation.cause;
    this.#groups.revoke(group, protocol);
  }

  authorizeIngress(group: string, protocol: number | null): void {
    this.#groups.authorize(group, protocol);
  }

  apiUnavailable(node: string | null, cause: number): void {
    this.#reachability.unavailable(node, cause);
  }

  apiAvailable(node: string | null): void {
    this.#reachability.available(node);
  }

  apply(): void {
    this.provider.apply();
  }
}

/** How the pair's HA messages look to security groups. */
/** DHCP tells all network interfaces but HA2's, which is configured by hand. */
function gatewayAt(device: ResolvedDevice | undefined, index: number): number | null | 'dhcp' {
  const ha2 = device?.['high-availability'].interface.ha2;
  if (ha2 === undefined || ha2.port !== interfaceAt(index)) return 'dhcp';
  return ha2.gateway === undefined ? null : parseIp(ha2.gateway);
}

function haTraffic({ devices }: ResolvedScenario): Parameters<typeof trafficOf>[1] {
  const [first] = Object.values(devices);
  const ha = first?.['high-availability'];
  return {
    encrypted: ha?.interface.ha1.encryption.enabled === true,
    ha2: ha?.['state-synchronization'].transport === 'ip' ? 'ip' : 'udp',
  };
}
