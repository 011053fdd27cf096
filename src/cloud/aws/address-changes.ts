/**
 * The changes that secondary-IP makes, each a call and what comes of it: addresses, elastic IPs and routes of a network interface of the
 * peer that are to be those of the own one (reference aws-ha.md, section 1.4).
 */

import type { ApiError } from '../api.ts';
import type { Ec2Action } from './ec2-actions.ts';
import type { ElasticIp, Inventory, NetworkInterface, Route } from './inventory.ts';
import type { LatencyStep } from './latency-steps.ts';
import { addressThing, elasticIpThing, routeThing, type Thing } from './thing.ts';

export interface Change {
  readonly action: Ec2Action;
  readonly target: string;
  readonly call: LatencyStep;
  /** How long it takes to reach packets; null = it has when its call returns. */
  readonly propagation: LatencyStep | null;
  perform(): ApiError | null;
  /** What it is about, when its call has been carried out. */
  things(): readonly Thing[];
  /** It reaches packets. */
  arrive(): void;
}

/** One call for all addresses, which pulls them from whoever has them (C-034); elastic IPs come along (C-035). */
export function assign(
  inventory: Inventory,
  { settings: { name } }: NetworkInterface,
  ips: readonly number[],
): Change {
  return {
    action: 'AssignPrivateIpAddresses',
    target: name,
    call: 'assign-call',
    propagation: 'assign',
    perform: () => inventory.assign(name, ips, true),
    things: () => [...ips.map((ip) => addressThing(inventory, ip)), ...elasticIpsOf(inventory, ips)],
    arrive: () => inventory.remapped(name, ips),
  };
}

/** Nobody has the addresses any more, and their elastic IPs stand for nothing (C-037). */
export function unassign(
  inventory: Inventory,
  { settings: { name } }: NetworkInterface,
  ips: readonly number[],
): Change {
  let lost: readonly Thing[] = [];
  return {
    action: 'UnassignPrivateIpAddresses',
    target: name,
    call: 'assign-call',
    propagation: null,
    perform: () => {
      lost = [...ips.map((ip) => addressThing(inventory, ip)), ...elasticIpsOf(inventory, ips)];
      return inventory.unassign(name, ips);
    },
    things: () => lost,
    arrive: () => {},
  };
}

export function associate(
  inventory: Inventory,
  elastic: ElasticIp,
  { settings: { name } }: NetworkInterface,
  privateIp: number,
): Change {
  return {
    action: 'AssociateAddress',
    target: elastic.settings.name,
    call: 'associate-call',
    propagation: 'associate',
    perform: () => null,
    things: () => [elasticIpThing(inventory, elastic)],
    arrive: () => inventory.associated(elastic.settings.name, name, privateIp),
  };
}

export function replaceRoute(
  inventory: Inventory,
  route: Route,
  { settings: { name } }: NetworkInterface,
): Change {
  const thing = routeThing(inventory, route);
  return {
    action: 'ReplaceRoute',
    target: thing.name,
    call: 'replace-route-call',
    propagation: 'replace-route',
    perform: () => inventory.replaceRoute(route, name),
    things: () => [thing],
    arrive: () => inventory.rerouted(route),
  };
}

function elasticIpsOf(inventory: Inventory, ips: readonly number[]): Thing[] {
  return inventory.elasticIps
    .filter(({ association }) => association !== null && ips.includes(association.privateIp))
    .map((elastic) => elasticIpThing(inventory, elastic));
}
