/**
 * The routes that bring the kernel events of a cloud to the object they are for: an attempt at a call, an operation that goes on after
 * its call has returned, a takeover. One for each simulation, since a route is the only handler of its kind.
 */

import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';

/** Something that has scheduled an event for itself; `a` and `b` are its own operands. */
export interface Fired {
  fire(a: number, b: number): void;
}

export class CloudRoutes {
  /** Of a call of the API: an attempt is over, or the next one is due. */
  readonly call: Route<Fired>;
  /** Of what a call has set going: a network interface has detached, an address has propagated. */
  readonly operation: Route<Fired>;
  /** Of a takeover: it polls, or binds. */
  readonly takeover: Route<Fired>;

  constructor(simulation: Simulation) {
    this.call = new Route(simulation, 'cloud.call', (item, a, b) => item.fire(a, b));
    this.operation = new Route(simulation, 'cloud.operation', (item, a, b) => item.fire(a, b));
    this.takeover = new Route(simulation, 'cloud.takeover', (item, a, b) => item.fire(a, b));
  }
}
