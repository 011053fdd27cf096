/**
 * A forwarding table: connected subnets and static routes, longest prefix first.
 */

import { contains, type Subnet } from './address.ts';
import type { IpInterface } from './ip-interface.ts';

export interface StaticRoute {
  readonly destination: Subnet;
  readonly nextHop: number;
}

/** Where a packet goes: out of which interface, and to which neighbour. */
export interface Hop {
  readonly via: IpInterface;
  readonly nextHop: number;
}

export class RoutingTable {
  readonly #connected: readonly IpInterface[];
  readonly #routes: readonly StaticRoute[];
  /** Few destinations, asked for with every packet. */
  readonly #cache = new Map<number, Hop | null>();

  constructor(connected: readonly IpInterface[], routes: readonly StaticRoute[]) {
    this.#connected = connected;
    this.#routes = routes.toSorted((a, b) => b.destination.prefix - a.destination.prefix);
  }

  /** The hop towards an address, or null when there is no route. */
  lookup(ip: number): Hop | null {
    const cached = this.#cache.get(ip);
    if (cached !== undefined) return cached;
    const hop = this.#search(ip);
    this.#cache.set(ip, hop);
    return hop;
  }

  #search(ip: number): Hop | null {
    const direct = this.#connected.find((item) => contains(item.subnet, ip));
    if (direct !== undefined) return { via: direct, nextHop: ip };
    for (const route of this.#routes) {
      if (!contains(route.destination, ip)) continue;
      const via = this.#connected.find((item) => contains(item.subnet, route.nextHop));
      if (via !== undefined) return { via, nextHop: route.nextHop };
    }
    return null;
  }
}
