/**
 * The ports of a firewall that carry HA: lit while it has power, but those on the dataplane go dark with it (D05, R-018).
 *
 * On the PA-1400, PA-3200 and PA-3400 the dedicated port HA1-B restarts with the dataplane, too (D10, R-019), and for how long it
 * stays dark after that is not published.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Port } from '../network/link.ts';
import type { FirewallRoutes } from './routes.ts';

export class HaPorts {
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #ports: readonly Port[];
  readonly #restarting: { readonly ports: readonly string[]; readonly takesUs: number };
  #powered = false;
  #dataplaneWorks = true;
  #start: Handle = NO_HANDLE;

  /** @param restarting dedicated ports that restart with the dataplane, and how long that takes in microseconds */
  constructor(
    simulation: Simulation,
    routes: FirewallRoutes,
    ports: readonly Port[],
    restarting: { readonly ports: readonly string[]; readonly takesUs: number },
  ) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.haPortStart.add(this);
    this.#ports = ports;
    this.#restarting = restarting;
  }

  /** Follows power and dataplane. */
  follow(powered: boolean, dataplaneWorks: boolean): void {
    const restarted = this.#powered && powered && !this.#dataplaneWorks && dataplaneWorks;
    const running = powered && dataplaneWorks;
    this.#powered = powered;
    this.#dataplaneWorks = dataplaneWorks;
    if (!running) this.#simulation.cancel(this.#start);
    if (restarted && this.#ports.some((port) => this.#restarts(port))) {
      this.#start = this.#routes.haPortStart.schedule(this.#restarting.takesUs, this.#number);
    }
    this.light();
  }

  /** The ports that restart with the dataplane are up again. */
  restarted(): void {
    this.#simulation.assume('ha1-b-restart-time');
    this.light();
  }

  light(): void {
    for (const port of this.#ports) port.setLit(this.#isLit(port));
  }

  #isLit(port: Port): boolean {
    if (!this.#powered) return false;
    if (port.name.startsWith('ethernet')) return this.#dataplaneWorks;
    return !this.#restarts(port) || (this.#dataplaneWorks && !this.#simulation.isPending(this.#start));
  }

  #restarts(port: Port): boolean {
    return this.#restarting.ports.includes(port.name);
  }
}
