/**
 * The kernel events of routing, and the routes that bring them to the adjacency they are for.
 */

import { Route } from '../kernel/route.ts';
import type { Adjacency } from './adjacency.ts';
import type { Network } from './network.ts';

/** Kernel events of routing. */
export const ROUTING_EVENTS = ['routing.keepalive', 'routing.silence', 'routing.converged'] as const;

/** The events that all adjacencies of a run share. */
export class RoutingEvents {
  readonly network: Network;
  readonly keepalive: Route<Adjacency>;
  readonly silence: Route<Adjacency>;
  readonly converged: Route<Adjacency>;

  constructor(network: Network) {
    const { simulation } = network;
    this.network = network;
    this.keepalive = new Route(simulation, 'routing.keepalive', (item) => {
      if (item.up) simulation.cause = 0;
      item.call();
    });
    this.silence = new Route(simulation, 'routing.silence', (item) => item.silent());
    this.converged = new Route(simulation, 'routing.converged', (item, usable) =>
      item.converged(usable === 1),
    );
  }

  add(adjacency: Adjacency): number {
    this.silence.add(adjacency);
    this.converged.add(adjacency);
    return this.keepalive.add(adjacency);
  }
}
