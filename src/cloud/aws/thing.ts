/** What secondary-IP moves, and the instance at which packets by it arrive: addresses, elastic IPs and routes. */

import { formatIp } from '../../network/address.ts';
import type { ElasticIp, Inventory, Route } from './inventory.ts';

/** Something whose owner a change decides. */
export interface Thing {
  readonly kind: 'private-ip' | 'elastic-ip' | 'route';
  readonly name: string;
  /** The instance at which packets by it arrive now. */
  owner(): string | null;
}

export function addressThing(inventory: Inventory, ip: number): Thing {
  const owner = (): string | null => {
    const holder = inventory.holderOf(ip);
    return holder === null ? null : inventory.instanceOf(holder.settings.name);
  };
  return { kind: 'private-ip', name: formatIp(ip), owner };
}

export function elasticIpThing(inventory: Inventory, elastic: ElasticIp): Thing {
  const owner = (): string | null =>
    elastic.association === null ? null : inventory.instanceOf(elastic.association.networkInterface);
  return { kind: 'elastic-ip', name: elastic.settings.name, owner };
}

export function routeThing(inventory: Inventory, route: Route): Thing {
  const owner = (): string | null =>
    route.effective.kind === 'network-interface' ? inventory.instanceOf(route.effective.name) : null;
  return { kind: 'route', name: inventory.nameOf(route), owner };
}
