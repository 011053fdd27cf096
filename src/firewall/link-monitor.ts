/**
 * Link monitoring: groups of physical interfaces, any or all of which must be down (D02, D06; ).
 *
 * A port that the firewall itself keeps dark tells nothing: with passive-link-state shutdown a passive cannot see a missing
 * cable. From the loss of carrier to the agent's knowing it passes the detection latency (section 14, item 27).
 */

import type { Simulation } from '../kernel/simulation.ts';
import type { DataPort } from './data-port.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FailureCondition, LinkGroup, Monitoring } from './settings.ts';

export interface MonitorOwner {
  readonly name: string;
  monitorVerdict(monitor: 'link' | 'path', failed: boolean, cause: number): void;
}

/** `any`: one is enough; `all`: every one, and there must be one. */
export function conditionMet(condition: FailureCondition, failed: readonly boolean[]): boolean {
  if (failed.length === 0) return false;
  return condition === 'any' ? failed.includes(true) : !failed.includes(false);
}

export class LinkMonitor {
  readonly #owner: MonitorOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #monitoring: Monitoring<LinkGroup>;
  readonly #detectionUs: number;
  readonly #ports: readonly DataPort[];
  /** Ports the agent knows to be down. */
  readonly #down = new Set<string>();
  #failed = false;

  constructor(
    owner: MonitorOwner,
    simulation: Simulation,
    routes: FirewallRoutes,
    monitoring: Monitoring<LinkGroup>,
    ports: readonly DataPort[],
    detectionUs: number,
  ) {
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.linkDetect.add(this);
    this.#monitoring = monitoring;
    this.#ports = ports;
    this.#detectionUs = detectionUs;
  }

  /** Something about this port changed; the agent will know after the detection latency. */
  portChanged(port: DataPort): void {
    this.#routes.linkDetect.schedule(this.#detectionUs, this.#number, this.#ports.indexOf(port));
  }

  /** The agent looks at the port. */
  detect(index: number): void {
    const port = this.#ports[index] as DataPort;
    if (port.flapping) return; // It will be looked at again when it is lit.
    const down = port.lit && !port.port.carrier;
    if (down === this.#down.has(port.name)) return;
    this.#simulation.assume('link-down-detection');
    if (down) this.#down.add(port.name);
    else this.#down.delete(port.name);
    const visible = port.lit;
    const record = this.#simulation.note('link', this.#owner.name, {
      interface: port.name,
      up: !down,
      visible,
    });
    this.#judge(record);
  }

  /** The firewall goes dark and forgets. */
  reset(): void {
    this.#down.clear();
    this.#failed = false;
  }

  /** Tells a protocol that has just started what is known. */
  restate(): void {
    if (this.#failed) this.#owner.monitorVerdict('link', true, this.#simulation.cause);
  }

  #judge(cause: number): void {
    const { enabled, failureCondition, groups } = this.#monitoring;
    if (!enabled) return;
    const failed = conditionMet(
      failureCondition,
      groups.map((group) =>
        conditionMet(
          group.failureCondition,
          group.interfaces.map((name) => this.#down.has(name)),
        ),
      ),
    );
    if (failed === this.#failed) return;
    this.#failed = failed;
    const record = this.#simulation.note('monitor', this.#owner.name, { monitor: 'link', failed }, cause);
    this.#owner.monitorVerdict('link', failed, record);
  }
}
