/**
 * Link monitoring: groups of physical interfaces, any or all of which must be down (D02, D06; ).
 *
 * A port that the firewall itself keeps dark tells nothing: with passive-link-state shutdown a passive cannot see a missing
 * cable. What is down is told apart from the verdict, for the addresses that move with a single link (D07). From the loss of carrier to the agent's knowing it passes the detection latency (section 14, item 27).
 */

import type { Simulation } from '../kernel/simulation.ts';
import type { DataPort } from './data-port.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FailureCondition, FirewallSettings, LinkGroup, Monitoring } from './settings.ts';

export interface MonitorOwner {
  readonly name: string;
  monitorVerdict(monitor: 'link' | 'path', failed: boolean, cause: number): void;
}

/** `any`: one is enough; `all`: every one, and there must be one. */
export function conditionMet(condition: FailureCondition, failed: readonly boolean[]): boolean {
  if (failed.length === 0) return false;
  return condition === 'any' ? failed.includes(true) : !failed.includes(false);
}

export interface LinkMonitorOwner extends MonitorOwner {
  /** Of the interfaces that carry virtual addresses, these are known to be without link. */
  interfacesDown(down: readonly string[], cause: number): void;
}

type LinkMonitorSettings = Pick<FirewallSettings, 'linkMonitoring' | 'virtualAddresses'> & {
  readonly assumptions: Pick<FirewallSettings['assumptions'], 'linkDownDetectionUs'>;
};

export class LinkMonitor {
  readonly #owner: LinkMonitorOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #monitoring: Monitoring<LinkGroup>;
  readonly #detectionUs: number;
  readonly #ports: readonly DataPort[];
  /** Interfaces with virtual addresses. */
  readonly #carrying: ReadonlySet<string>;
  /** Ports the agent knows to be down. */
  readonly #down = new Set<string>();
  #failed = false;

  constructor(
    owner: LinkMonitorOwner,
    simulation: Simulation,
    routes: FirewallRoutes,
    settings: LinkMonitorSettings,
    ports: readonly DataPort[],
  ) {
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.linkDetect.add(this);
    this.#monitoring = settings.linkMonitoring;
    this.#carrying = new Set(settings.virtualAddresses.map((address) => address.interface));
    this.#ports = ports;
    this.#detectionUs = settings.assumptions.linkDownDetectionUs;
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
    this.#tellInterfaces(record);
  }

  /** The firewall goes dark and forgets. */
  reset(): void {
    this.#down.clear();
    this.#failed = false;
  }

  /** Tells a protocol that has just started what is known. */
  restate(): void {
    if (this.#failed) this.#owner.monitorVerdict('link', true, this.#simulation.cause);
    this.#tellInterfaces(this.#simulation.cause);
  }

  #tellInterfaces(cause: number): void {
    if (this.#carrying.size === 0) return;
    const down = [...this.#carrying].filter((name) => this.#down.has(name));
    this.#owner.interfacesDown(down, cause);
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
