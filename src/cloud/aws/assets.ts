/**
 * What a takeover in AWS moves, and who has it now: network interfaces in interface-move; in secondary-IP floating addresses, elastic IPs of
 * data network interfaces, and routes to these (reference aws-ha.md, section 1.2).
 */

import type { Asset } from '../provider.ts';
import { FIRST_DATA_INDEX } from './device-index.ts';
import type { Inventory, NetworkInterface } from './inventory.ts';
import type { AwsSettings } from './settings.ts';
import { addressThing, elasticIpThing, routeThing } from './thing.ts';

/** In the order of the scenario, kind by kind. */
export function assetsOf(inventory: Inventory, { firewalls, plugin }: AwsSettings): readonly Asset[] {
  const byFirewall = inventory.settings.instances
    .filter(({ name }) => firewalls.includes(name))
    .map(({ networkInterfaces }) =>
      networkInterfaces.slice(FIRST_DATA_INDEX).map((name) => inventory.networkInterface(name)),
    );
  if (plugin.mode === 'secondary-ip') return addresses(inventory, byFirewall);
  return byFirewall.flat().map(({ settings: { name } }) => {
    return { kind: 'network-interface', name, owner: inventory.instanceOf(name) };
  });
}

function addresses(inventory: Inventory, byFirewall: readonly NetworkInterface[][]): Asset[] {
  const names = new Set(byFirewall.flat().map(({ settings }) => settings.name));
  const elastic = inventory.elasticIps.filter(({ settings }) =>
    names.has(settings.association?.networkInterface ?? ''),
  );
  const routes = inventory.routes.filter(
    ({ settings: { target } }) => target.kind === 'network-interface' && names.has(target.name),
  );
  const things = [
    ...floatingIps(byFirewall).map((ip) => addressThing(inventory, ip)),
    ...elastic.map((item) => elasticIpThing(inventory, item)),
    ...routes.map((route) => routeThing(inventory, route)),
  ];
  return things.map((thing) => ({ kind: thing.kind, name: thing.name, owner: thing.owner() }));
}

/** Addresses of network interfaces whose counterpart at the peer is in the same zone: others stay where they are (C-062). */
function floatingIps([first = [], second = []]: readonly NetworkInterface[][]): readonly number[] {
  const zones = (index: number): ReadonlySet<string> =>
    new Set([first, second].flatMap((items) => items[index]?.subnet.zone ?? []));
  return [first, second].flatMap((items) =>
    items.flatMap(({ settings }, index) => (zones(index).size === 1 ? settings.secondaryIps : [])),
  );
}
