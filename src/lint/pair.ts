/**
 * A scenario as the rules look at it: the two firewalls with their peers, who of them is active to begin with, and in AWS what is
 * attached to each.
 */

import { FIRST_DATA_INDEX } from '../cloud/aws/device-index.ts';
import type { LocatedMap } from '../scenario/located.ts';
import type { Aws } from '../scenario/schema/aws.ts';
import type { ResolvedDevice, ResolvedScenario } from '../scenario/schema/scenario.ts';

export type Instance = Aws['instances'][string];
export type NetworkInterface = Aws['network-interfaces'][string];

/** A network interface of a firewall. */
export interface Attached extends NetworkInterface {
  readonly name: string;
  /** Device index: 0 management, 1 ethernet1/1, from 2 on data. */
  readonly index: number;
}

export interface Firewall {
  readonly name: string;
  readonly device: ResolvedDevice;
  readonly ha: ResolvedDevice['high-availability'];
  /** Null where the scenario has no `aws:`, or no instance of this name. */
  readonly instance: Instance | null;
  /** By device index. */
  readonly attached: readonly Attached[];
}

export interface Pair {
  readonly scenario: ResolvedScenario;
  readonly tree: LocatedMap;
  readonly firewalls: readonly [Firewall, Firewall];
  readonly active: Firewall;
  readonly passive: Firewall;
}

/** A pair that has `aws:`. */
export interface AwsPair extends Pair {
  readonly aws: Aws;
  /** The firewalls are in different availability zones: only elastic IPs and routes can move. */
  readonly crossZone: boolean;
}

/** @throws Error when the scenario has not exactly two devices, which the schema refuses */
export function pairOf(scenario: ResolvedScenario, tree: LocatedMap): Pair {
  const [one, other] = Object.entries(scenario.devices).map(([name, device]) =>
    firewallOf(scenario, name, device),
  );
  if (one === undefined || other === undefined) throw new Error('expected two devices');
  const order = [one, other].toSorted(byElection);
  const [active = one, passive = other] = order;
  return { scenario, tree, firewalls: [one, other], active, passive };
}

/** Who becomes active where both start together: the lower priority, then the lower HA1 MAC address. */
function byElection(a: Firewall, b: Firewall): number {
  const byPriority = a.ha['election-option']['device-priority'] - b.ha['election-option']['device-priority'];
  return byPriority || (a.device['ha1-mac'] < b.device['ha1-mac'] ? -1 : 1);
}

function firewallOf({ aws }: ResolvedScenario, name: string, device: ResolvedDevice): Firewall {
  const instance = aws?.instances[name] ?? null;
  const attached = (instance?.['network-interfaces'] ?? []).flatMap((item, index): Attached[] => {
    const settings = aws?.['network-interfaces'][item];
    return settings === undefined ? [] : [{ ...settings, name: item, index }];
  });
  return { name, device, ha: device['high-availability'], instance, attached };
}

/** The pair with its VPC, or null where there is none. */
export function awsPairOf(pair: Pair): AwsPair | null {
  const { aws } = pair.scenario;
  if (aws === undefined) return null;
  const zones = pair.firewalls.map(({ attached }) => {
    return aws.subnets[attached[0]?.subnet ?? '']?.['availability-zone'];
  });
  return { ...pair, aws, crossZone: zones[0] !== zones[1] };
}

/** The network interfaces through which transit traffic passes. */
export function dataInterfaces({ attached }: Firewall): readonly Attached[] {
  return attached.filter(({ index }) => index >= FIRST_DATA_INDEX);
}

export function peerOf({ firewalls: [one, other] }: Pair, firewall: Firewall): Firewall {
  return firewall.name === one.name ? other : one;
}
