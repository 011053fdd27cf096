/**
 * The VPC as packets see it: a router between network interfaces that forwards by its own map, whatever its guests announce.
 *
 * A packet that leaves a network interface passes its source/destination check and its security groups, follows the route table of
 * its subnet, and passes the security groups and the check of the network interface at which it arrives. The internet gateway
 * translates between elastic IPs and the private addresses for which they stand. There is no gratuitous ARP: moving an address inside
 * a guest moves nothing here (reference aws-ha.md, sections 1.1, 1.6; rules C-023, C-025, C-039, C-066).
 *
 * HA messages carry no IP addresses in this model; they go to the network interface whose MAC address they name.
 */

import { contains, firstHost, type Subnet } from '../../network/address.ts';
import { FRAME, makeFrame, MOST_HOPS, readdress, type Frame } from '../../network/frame.ts';
import { IpInterface, type ArpRegistry } from '../../network/ip-interface.ts';
import type { NetworkNode, Port } from '../../network/link.ts';
import type { Network } from '../../network/network.ts';
import type { Inventory, NetworkInterface } from './inventory.ts';

/** The VPC's router, at every network interface (locally administered). */
const ROUTER_MAC = 0x0600_0000_0001;
const ARP_TIMEOUT_US = 300_000_000;

/** Decides whether security groups let a packet through. */
export interface PacketFilter {
  /** `from` and `to`: addresses as the filter is to see them. */
  egress(item: NetworkInterface, frame: Frame, from: number, to: number): boolean;
  ingress(item: NetworkInterface, frame: Frame, from: number, to: number): boolean;
  /** Record of whatever has last changed the rules; 0 = nothing has. */
  readonly changedBy: number;
}

/** Where a network interface can be attached: a port of the VPC, and behind it one of an instance. */
interface Place {
  readonly instance: string;
  readonly index: number;
  readonly port: Port;
  /** MAC address of the guest's interface there. */
  readonly mac: number;
  readonly gateway: Gateway;
}

/** Of a guest, for what it sends to other subnets: an address, null where it has none, or whatever DHCP told it. */
type Gateway = number | null | 'dhcp';

export class Vpc implements NetworkNode {
  readonly name = 'vpc';
  readonly #network: Network;
  readonly #inventory: Inventory;
  readonly #filter: PacketFilter;
  readonly #places: Place[] = [];
  readonly #placeOf = new Map<Port, Place>();
  /** Network interfaces that the guest behind them does not use, with the record of why. */
  readonly #unusable = new Map<string, number>();
  /** Records of the latest attaching or detaching. */
  readonly #movedBy = new Map<string, number>();
  #internet: IpInterface | null = null;

  constructor(network: Network, inventory: Inventory, filter: PacketFilter) {
    this.#network = network;
    this.#inventory = inventory;
    this.#filter = filter;
  }

  /**
   * A place at an instance.
   *
   * @param mac of the guest's interface there
   * @param gateway of the guest there, for its HA messages
   */
  addPlace(instance: string, index: number, mac: number, gateway: Gateway): Port {
    const port = this.#network.addPort(this, `${instance}-eth${index}`);
    const place: Place = { instance, index, port, mac, gateway };
    this.#places.push(place);
    this.#placeOf.set(port, place);
    this.#light(place);
    return port;
  }

  /** The internet gateway's side towards the internet. */
  addInternet(registry: ArpRegistry, subnet: Subnet): Port {
    const port = this.#network.addPort(this, 'internet-gateway');
    this.#internet = new IpInterface(registry, port, subnet, ROUTER_MAC, ARP_TIMEOUT_US);
    return port;
  }

  // --- what is where -------------------------------------------------------------------------------------------------

  /** The guest has a network interface in use from now on, or has not any more. */
  setUsable(name: string, usable: boolean): void {
    this.#network.changing();
    if (usable) this.#unusable.delete(name);
    else this.#unusable.set(name, this.#network.simulation.cause);
    this.#follow();
  }

  /** Was attached or detached. */
  attachmentChanged({ settings }: NetworkInterface): void {
    this.#movedBy.set(settings.name, this.#network.simulation.cause);
    this.#follow();
  }

  /** The guests' interfaces have carrier where a network interface is in use. */
  #follow(): void {
    for (const place of this.#places) this.#light(place);
  }

  #light(place: Place): void {
    place.port.setLit(this.#usableAt(place) !== null);
  }

  #at({ instance, index }: Place): NetworkInterface | null {
    for (const item of this.#inventory.networkInterfaces.values()) {
      const { attachment } = item;
      if (attachment?.instance === instance && attachment.index === index) return item;
    }
    return null;
  }

  #usableAt(place: Place): NetworkInterface | null {
    const item = this.#at(place);
    return item !== null && this.#isUsable(item) ? item : null;
  }

  #isUsable({ settings, attachment }: NetworkInterface): boolean {
    return attachment?.state === 'attached' && !this.#unusable.has(settings.name);
  }

  #placeFor({ attachment }: NetworkInterface): Place | undefined {
    if (attachment === null) return undefined;
    return this.#places.find(
      ({ instance, index }) => instance === attachment.instance && index === attachment.index,
    );
  }

  carrierChanged(): void {}

  // --- packets -------------------------------------------------------------------------------------------------------

  receive(port: Port, frame: Frame): void {
    this.#network.way?.isUncertain(); // Security groups track connections, and tracking ends.
    if (port === this.#internet?.port) return this.#fromInternet(this.#internet, frame);
    const place = this.#placeOf.get(port);
    const item = place === undefined ? null : this.#usableAt(place);
    if (place === undefined || item === null) return this.#network.drop(frame, 0);
    if (frame.kind === FRAME.arpRequest) this.#answerArp(port, item, frame);
    else if (frame.destinationIp === 0) this.#toPeer(item, place.gateway, frame);
    else if (frame.destinationMac === ROUTER_MAC) this.#fromGuest(item, frame);
  }

  /** The router answers for every address of the subnet but the guest's own. */
  #answerArp(port: Port, { subnet }: NetworkInterface, { sourceMac, sourceIp, destinationIp }: Frame): void {
    if (sourceIp === destinationIp || !contains(subnet.cidr, destinationIp)) return;
    port.send(makeFrame(FRAME.arpReply, ROUTER_MAC, sourceMac, destinationIp, sourceIp, { bytes: 64 }));
  }

  /** An HA message. Into another subnet it goes by the router of its own, if that is the gateway that it knows (K8, X29). */
  #toPeer(from: NetworkInterface, gateway: Gateway, frame: Frame): void {
    const place = this.#places.find(({ mac }) => mac === frame.destinationMac);
    const to = place === undefined ? null : this.#usableAt(place);
    if (place === undefined || to === null) return this.#network.drop(frame, 0);
    const routed = gateway === 'dhcp' || gateway === firstHost(from.subnet.cidr);
    if (from.subnet !== to.subnet && !routed) return this.#network.drop(frame, 0);
    const [source, destination] = [from.settings.privateIp, to.settings.privateIp];
    const passes =
      this.#filter.egress(from, frame, source, destination) &&
      this.#filter.ingress(to, frame, source, destination);
    if (passes) place.port.send(frame);
    else this.#network.drop(frame, this.#filter.changedBy);
  }

  #fromGuest(from: NetworkInterface, frame: Frame): void {
    const { sourceIp, destinationIp } = frame;
    if (!this.#checks(from, sourceIp)) return this.#network.drop(frame, 0);
    if (!this.#filter.egress(from, frame, sourceIp, destinationIp)) {
      return this.#network.drop(frame, this.#filter.changedBy);
    }
    this.#route(from, from.subnet.routeTable, frame);
  }

  /** The source/destination check: on, an address has to be the network interface's own (C-066). */
  #checks({ settings, secondaryIps }: NetworkInterface, ip: number): boolean {
    return !settings.sourceDestCheck || ip === settings.privateIp || secondaryIps.includes(ip);
  }

  /** Longest prefix; the VPC's own block is a route like others, and wins over one of its length. */
  #route(from: NetworkInterface, table: string, frame: Frame): void {
    const { cidr } = this.#inventory.settings;
    const route = this.#inventory.routeFor(table, frame.destinationIp);
    const length = route?.settings.destination.prefix ?? -1;
    if (length <= cidr.prefix && contains(cidr, frame.destinationIp)) return this.#toAddress(frame);
    const target = route?.effective;
    if (target?.kind === 'internet-gateway') this.#toInternet(from, frame);
    else if (target?.kind === 'network-interface')
      this.#deliver(this.#inventory.networkInterface(target.name), frame);
    else this.#network.drop(frame, 0);
  }

  #toAddress(frame: Frame): void {
    const holder = this.#inventory.holderOf(frame.destinationIp);
    if (holder === null) this.#network.drop(frame, 0);
    else this.#deliver(holder, frame);
  }

  /** Towards a network interface; while nobody has it, or its guest does not see it yet, the way is a black hole (C-023). */
  #deliver(to: NetworkInterface, frame: Frame): void {
    if (frame.hops >= MOST_HOPS) return this.#network.drop(frame, 0);
    const place = this.#placeFor(to);
    if (place === undefined || !this.#isUsable(to)) {
      const { name } = to.settings;
      return this.#network.drop(frame, this.#unusable.get(name) ?? this.#movedBy.get(name) ?? 0);
    }
    // What comes back to its sender would go round until its TTL is over; a guest that routes sends it here again.
    if (place.mac === frame.sourceMac) return this.#network.drop(frame, 0);
    if (!this.#checks(to, frame.destinationIp)) return this.#network.drop(frame, 0);
    if (!this.#filter.ingress(to, frame, frame.sourceIp, frame.destinationIp)) {
      return this.#network.drop(frame, this.#filter.changedBy);
    }
    place.port.send(readdress(frame, ROUTER_MAC, place.mac));
  }

  // --- the internet --------------------------------------------------------------------------------------------------

  #toInternet(from: NetworkInterface, frame: Frame): void {
    const { sourceIp, destinationIp } = frame;
    const elastic = this.#inventory.elasticIps.find(
      ({ association }) =>
        association?.networkInterface === from.settings.name && association.privateIp === sourceIp,
    );
    const internet = this.#internet;
    // Without an elastic IP nothing out there could answer.
    if (elastic === undefined || internet === null || !contains(internet.subnet, destinationIp)) {
      return this.#network.drop(frame, 0);
    }
    internet.sendVia(destinationIp, { ...frame, sourceIp: elastic.settings.publicIp });
  }

  #fromInternet(internet: IpInterface, frame: Frame): void {
    if (frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply) return internet.receiveArp(frame);
    if (!internet.accepts(frame.destinationMac)) return;
    const elastic = this.#inventory.elasticIps.find(
      ({ settings }) => settings.publicIp === frame.destinationIp,
    );
    const association = elastic?.association ?? null;
    if (association === null) return this.#network.drop(frame, 0);
    const to = this.#inventory.networkInterface(association.networkInterface);
    const translated = { ...frame, destinationIp: association.privateIp };
    const edge = this.#inventory.settings.routeTables.find((table) => table.edge);
    if (edge === undefined) this.#deliver(to, translated);
    else this.#route(to, edge.name, translated);
  }
}
