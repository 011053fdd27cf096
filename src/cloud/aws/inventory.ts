/**
 * What EC2 keeps of the VPC: which network interface is attached where, who has which address, where routes lead, and which elastic
 * IP stands for which address. Operations change it in the steps in which EC2 does, and refuse what EC2 refuses.
 *
 * A network interface is its own fence: it is attached to one instance or to none (section 1.6). Its addresses, elastic IPs, security
 * groups and source/destination check stay with it wherever it is attached (sections 1.1, 1.3; rules C-022, C-024).
 */

import { contains, formatIp } from '../../network/address.ts';
import type { ApiError } from '../api.ts';
import { INSTANCE_TYPES } from './instance-types.ts';
import type {
  ElasticIpSettings,
  InstanceSettings,
  NetworkInterfaceSettings,
  RouteSettings,
  RouteTarget,
  SubnetSettings,
  VpcSettings,
} from './settings.ts';

export interface Attachment {
  readonly instance: string;
  /** Device index. */
  readonly index: number;
  state: 'attaching' | 'attached' | 'detaching';
}

/** A network interface (ENI). */
export interface NetworkInterface {
  readonly settings: NetworkInterfaceSettings;
  readonly subnet: SubnetSettings;
  /** Null = `available`. */
  attachment: Attachment | null;
  /** Its addresses as EC2 has them; packets follow when they have propagated (`Inventory.holderOf`). */
  secondaryIps: readonly number[];
}

export interface Instance {
  readonly settings: InstanceSettings;
  terminated: boolean;
}

export interface ElasticIp {
  readonly settings: ElasticIpSettings;
  association: { readonly networkInterface: string; readonly privateIp: number } | null;
}

export interface Route {
  readonly settings: RouteSettings;
  readonly table: string;
  /** Where it leads at the start. */
  readonly declared: RouteTarget;
  /** Where the table says it leads. */
  target: RouteTarget;
  /** Where packets go: follows the target when that has propagated. */
  effective: RouteTarget;
}

function prefixOf({ settings }: Route): number {
  return settings.destination.prefix;
}

function error(code: string, errorClass: ApiError['errorClass']): ApiError {
  return { code, errorClass };
}

export class Inventory {
  readonly settings: VpcSettings;
  readonly networkInterfaces: ReadonlyMap<string, NetworkInterface>;
  readonly instances: ReadonlyMap<string, Instance>;
  readonly elasticIps: readonly ElasticIp[];
  readonly routes: readonly Route[];
  /** The routes of each table, the longest prefix first. */
  readonly #tables: ReadonlyMap<string, readonly Route[]>;
  /** Private address → name of the network interface to which packets for it go. */
  readonly #holders = new Map<number, string>();
  /** Called before anything changes that decides where packets go. */
  beforeChange: () => void = () => {};
  /** Called when a network interface has arrived at an instance, or left it. */
  attachmentChanged: (item: NetworkInterface) => void = () => {};

  constructor(settings: VpcSettings) {
    this.settings = settings;
    const subnets = new Map(settings.subnets.map((subnet) => [subnet.name, subnet]));
    this.networkInterfaces = new Map(
      settings.networkInterfaces.map((item) => {
        const subnet = subnets.get(item.subnet) as SubnetSettings;
        return [item.name, { settings: item, subnet, attachment: null, secondaryIps: item.secondaryIps }];
      }),
    );
    this.instances = new Map(
      settings.instances.map((item) => [item.name, { settings: item, terminated: false }]),
    );
    for (const { name, networkInterfaces } of settings.instances) {
      networkInterfaces.forEach((item, index) => {
        this.networkInterface(item).attachment = { instance: name, index, state: 'attached' };
      });
    }
    for (const { settings: item } of this.networkInterfaces.values()) {
      for (const ip of [item.privateIp, ...item.secondaryIps]) this.#holders.set(ip, item.name);
    }
    this.elasticIps = settings.elasticIps.map((item) => ({ settings: item, association: item.association }));
    this.routes = settings.routeTables.flatMap(({ name, routes }) =>
      routes.map((route) => {
        const target = this.#resolved(route.target);
        return { settings: route, table: name, declared: target, target, effective: target };
      }),
    );
    this.#tables = new Map(
      settings.routeTables.map(({ name }) => {
        const routes = this.routes.filter(({ table }) => table === name);
        return [name, routes.toSorted((a, b) => prefixOf(b) - prefixOf(a))]; // Stable.
      }),
    );
  }

  /** A route to an instance leads to its primary network interface (lint rule X25). */
  #resolved(target: RouteTarget): RouteTarget {
    if (target.kind !== 'instance') return target;
    const [primary = ''] = this.instances.get(target.name)?.settings.networkInterfaces ?? [];
    return { kind: 'network-interface', name: primary };
  }

  /** @throws Error for a name that no network interface has */
  networkInterface(name: string): NetworkInterface {
    const found = this.networkInterfaces.get(name);
    if (found === undefined) throw new Error(`no network interface ${name}`);
    return found;
  }

  /** The instance to which a network interface is attached; null = to none, or it is not attached yet or any more. */
  instanceOf(name: string): string | null {
    const { attachment } = this.networkInterface(name);
    return attachment?.state === 'attached' ? attachment.instance : null;
  }

  /** What is attached to an instance, or being attached or detached, by device index. */
  attachedTo(instance: string): readonly NetworkInterface[] {
    return [...this.networkInterfaces.values()]
      .filter(({ attachment }) => attachment?.instance === instance)
      .toSorted((a, b) => (a.attachment as Attachment).index - (b.attachment as Attachment).index);
  }

  /** The network interface to which packets for a private address go; null = nobody has it. */
  holderOf(ip: number): NetworkInterface | null {
    const name = this.#holders.get(ip);
    return name === undefined ? null : this.networkInterface(name);
  }

  // --- network interfaces --------------------------------------------------------------------------------------------

  /** `DetachNetworkInterface`: from now on it is detaching. */
  detach(name: string): ApiError | null {
    const { attachment } = this.networkInterface(name);
    if (attachment === null) return error('InvalidAttachmentID.NotFound', 'benign');
    if (attachment.index === 0) return error('OperationNotPermitted', 'permanent');
    this.beforeChange();
    attachment.state = 'detaching';
    return null;
  }

  /** It has become `available`. */
  detached(name: string): void {
    this.beforeChange();
    const item = this.networkInterface(name);
    item.attachment = null;
    this.attachmentChanged(item);
  }

  /** `AttachNetworkInterface`: from now on it is attaching. */
  attach(name: string, instance: string, index: number): ApiError | null {
    const item = this.networkInterface(name);
    if (item.attachment !== null) return error('InvalidNetworkInterface.InUse', 'ordering');
    const to = this.instances.get(instance) as Instance;
    const present = this.attachedTo(instance);
    if (to.terminated) return error('IncorrectInstanceState', 'permanent');
    if (present.some(({ attachment }) => attachment?.index === index)) {
      return error('InvalidParameterValue', 'permanent');
    }
    if (present.length >= (INSTANCE_TYPES[to.settings.type]?.networkInterfaces ?? 0)) {
      return error('AttachmentLimitExceeded', 'permanent');
    }
    if (present.some(({ subnet }) => subnet.zone !== item.subnet.zone)) {
      return error('InvalidParameterCombination', 'permanent');
    }
    item.attachment = { instance, index, state: 'attaching' };
    return null;
  }

  /** It is `attached`. */
  attached(name: string): void {
    this.beforeChange();
    const item = this.networkInterface(name);
    if (item.attachment === null) return;
    item.attachment.state = 'attached';
    this.attachmentChanged(item);
  }

  /** The instance is gone for good: what was attached to it is available, and its primary network interface gone with it. */
  terminate(instance: string): void {
    this.beforeChange();
    (this.instances.get(instance) as Instance).terminated = true;
    for (const item of this.attachedTo(instance)) {
      if (item.attachment?.index !== 0) this.detached(item.settings.name);
    }
  }

  // --- addresses -----------------------------------------------------------------------------------------------------

  /**
   * `AssignPrivateIpAddresses`; packets follow with `remapped`.
   *
   * @param reassign AllowReassignment: addresses that another network interface has are pulled
   */
  assign(name: string, ips: readonly number[], reassign: boolean): ApiError | null {
    const item = this.networkInterface(name);
    if (ips.some((ip) => !contains(item.subnet.cidr, ip))) return error('InvalidParameterValue', 'permanent');
    const others = [...this.networkInterfaces.values()].filter((other) => other !== item);
    const taken = others.filter(({ secondaryIps }) => secondaryIps.some((ip) => ips.includes(ip)));
    if (taken.length > 0 && !reassign) return error('PrivateIpAddressInUse', 'permanent');
    const wanted = [...new Set([...item.secondaryIps, ...ips])];
    const type = this.instances.get(item.attachment?.instance ?? '')?.settings.type ?? '';
    if (wanted.length + 1 > (INSTANCE_TYPES[type]?.addresses ?? Number.POSITIVE_INFINITY)) {
      return error('PrivateIpAddressLimitExceeded', 'permanent');
    }
    for (const other of taken) other.secondaryIps = other.secondaryIps.filter((ip) => !ips.includes(ip));
    item.secondaryIps = wanted;
    return null;
  }

  /** An assignment has propagated: packets for these addresses go to the network interface, and so do their elastic IPs. */
  remapped(name: string, ips: readonly number[]): void {
    this.beforeChange();
    const { secondaryIps } = this.networkInterface(name);
    for (const ip of ips) {
      if (!secondaryIps.includes(ip)) continue; // Pulled away again meanwhile.
      const before = this.#holders.get(ip);
      this.#holders.set(ip, name);
      for (const elastic of this.elasticIps) {
        const { association } = elastic;
        if (association?.privateIp === ip && association.networkInterface === before) {
          elastic.association = { networkInterface: name, privateIp: ip };
        }
      }
    }
  }

  /** `UnassignPrivateIpAddresses`: nobody has them, and their elastic IPs are disassociated (rule C-037). */
  unassign(name: string, ips: readonly number[]): ApiError | null {
    this.beforeChange();
    const item = this.networkInterface(name);
    item.secondaryIps = item.secondaryIps.filter((ip) => !ips.includes(ip));
    for (const ip of ips) this.#holders.delete(ip);
    for (const elastic of this.elasticIps) {
      if (elastic.association !== null && ips.includes(elastic.association.privateIp))
        elastic.association = null;
    }
    return null;
  }

  /** `AssociateAddress` has propagated: the elastic IP stands for this address of this network interface. */
  associated(elasticIp: string, name: string, privateIp: number): void {
    this.beforeChange();
    const elastic = this.elasticIps.find(({ settings }) => settings.name === elasticIp);
    if (elastic !== undefined) elastic.association = { networkInterface: name, privateIp };
  }

  // --- routes --------------------------------------------------------------------------------------------------------

  /** The route of a table by which packets for an address go, the VPC's own block aside; null = none. */
  routeFor(table: string, ip: number): Route | null {
    return this.#tables.get(table)?.find(({ settings }) => contains(settings.destination, ip)) ?? null;
  }

  /** `ReplaceRoute`; packets follow with `rerouted`. */
  replaceRoute(route: Route, networkInterface: string): ApiError | null {
    route.target = { kind: 'network-interface', name: networkInterface };
    return null;
  }

  /** A route has propagated. */
  rerouted(route: Route): void {
    this.beforeChange();
    route.effective = route.target;
  }

  /** The name of a route for people: `0.0.0.0/0 of trust`. */
  nameOf({ settings: { destination }, table }: Route): string {
    return `${formatIp(destination.ip)}/${destination.prefix} of ${table}`;
  }
}
