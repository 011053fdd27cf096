/**
 * `owner:` of an expectation names what a takeover moves: in interface-move the network interfaces with traffic, in secondary-IP floating
 * addresses, elastic IPs and routes (src/cloud/aws/assets.ts, which a test holds this to). What nothing moves has no owner, and a
 * `never` about it would hold whatever happens.
 */

import { FIRST_DATA_INDEX } from '../../../cloud/aws/device-index.ts';
import { lookUp } from '../../look-up.ts';
import { entriesAt } from '../../located.ts';
import { quoted } from '../../safe-text.ts';
import type { Aws } from '../../schema/aws.ts';
import { CONDITION_KEYS } from '../../schema/expectation.ts';
import { toNumber, writeAddress } from '../addresses.ts';
import { expandPlace } from '../names.ts';
import { listed, suggest, type Reporter } from '../report.ts';

/** Reports expectations of the owner of something that no takeover moves. */
export function checkAssets(reporter: Reporter, aws: Aws, devices: readonly string[]): void {
  const places = CONDITION_KEYS.map((mode) => ['expect', '*', mode, 'owner']);
  const paths = places.flatMap((place) => expandPlace(reporter.tree, place));
  if (paths.length === 0) return;
  const data = dataInterfaces(aws, devices);
  const byName = aws['failover-mode'] === 'interface-move' ? data.flat() : addressNames(aws, data);
  for (const path of paths) {
    for (const name of entriesAt(reporter.tree, path).keys()) {
      if (byName.includes(name) || isRoute(aws, data.flat(), name)) continue;
      const message = `expected the name of what a takeover moves${listed(byName)}, got ${quoted(name)}`;
      reporter.atKey([...path, name], message, suggest(name, byName));
    }
  }
}

function dataInterfaces(aws: Aws, devices: readonly string[]): readonly (readonly string[])[] {
  return devices.map(
    (device) => lookUp(aws.instances, device)?.['network-interfaces'].slice(FIRST_DATA_INDEX) ?? [],
  );
}

/** Floating addresses whose two network interfaces are in one zone, and elastic IPs. */
function addressNames(aws: Aws, data: readonly (readonly string[])[]): string[] {
  const itemNamed = (name: string | undefined) => lookUp(aws['network-interfaces'], name);
  const zoneOf = (name: string | undefined) =>
    lookUp(aws.subnets, itemNamed(name)?.subnet)?.['availability-zone'] ?? [];
  const floating = data.flatMap((names) =>
    names.flatMap((name, index) => {
      const zones = new Set(data.flatMap((items) => zoneOf(items[index])));
      return zones.size === 1 ? (itemNamed(name)?.['secondary-private-ips'] ?? []) : [];
    }),
  );
  const elastic = Object.entries(aws['elastic-ips']).filter(([, item]) =>
    data.flat().includes(item['network-interface'] ?? ''),
  );
  return [...floating, ...elastic.map(([name]) => name)];
}

/** `172.16.0.0/24 of trust-rt`: a route to a network interface with traffic, be it one of many that are counted. */
function isRoute(aws: Aws, data: readonly string[], name: string): boolean {
  const [, ip = '', prefix = '', table = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+) of (\S+)$/.exec(name) ?? [];
  if (aws['failover-mode'] !== 'secondary-ip') return false;
  const wanted = toNumber(ip);
  if (writeAddress(wanted) !== ip) return false;
  return (lookUp(aws['route-tables'], table)?.routes ?? []).some(({ destination, target, count }) => {
    const [first = '', length = ''] = destination.split('/');
    const index = (wanted - toNumber(first)) / 2 ** (32 - Number(length));
    const counted = Number.isInteger(index) && index >= 0 && index < count;
    return data.includes(target) && length === prefix && counted;
  });
}
