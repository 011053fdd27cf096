/**
 * A forwarding table: connected subnets, static routes, and the routes of routing neighbours, longest prefix first.
 *
 * Of equal prefixes a static route wins (PAN-OS: administrative distance 10, below all that is learned), then the neighbour that
 * stands first in the file. There is no equal-cost multipath.
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
  readonly #static: readonly StaticRoute[];
  #routes: readonly StaticRoute[] = [];
  /** Few destinations, asked for with every packet. */
  readonly #cache = new Map<number, Hop | null>();

  constructor(connected: readonly IpInterface[], routes: readonly StaticRoute[]) {
    this.#connected = connected;
    this.#static = routes;
    this.setLearned([]);
  }

  /** Has these routes beside the static ones from now on, the better first. */
  setLearned(learned: readonly StaticRoute[]): void {
    const routes = [...this.#static, ...learned];
    this.#routes = routes.toSorted((a, b) => b.destination.prefix - a.destination.prefix); // Stable.
    this.#cache.clear();
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
