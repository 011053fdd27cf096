/**
 * Whether the dataplane of a firewall works: it crashes, restarts by itself, and needs its policy before it may serve (K05).
 *
 * What fails here makes the firewall non-functional without delay (T9), and takes the HA ports on the dataplane along (D05).
 */

import { REASON } from '../ha/reason.ts';
import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Port } from '../network/link.ts';
import { HaPorts } from './ha-ports.ts';
import { PolicyPush } from './policy-push.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FirewallSettings } from './settings.ts';

export interface DataplaneOwner {
  readonly name: string;
  /** The dataplane has failed, or works again. */
  dataplaneChanged(works: boolean): void;
  /** What keeps the dataplane from serving has changed; `failure` has it. */
  dataplaneJudged(): void;
}

export class DataplaneLife {
  readonly policy: PolicyPush;
  readonly #owner: DataplaneOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #restartUs: number;
  readonly #haPorts: HaPorts;
  #powered = false;
  #works = true;
  #restart: Handle = NO_HANDLE;

  /** @param carryHa the ports that carry HA */
  constructor(
    owner: DataplaneOwner,
    simulation: Simulation,
    routes: FirewallRoutes,
    settings: FirewallSettings,
    carryHa: readonly Port[],
  ) {
    const { policyPushUs, ha1BRestartUs, dataplaneRestartUs } = settings.assumptions;
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.dataplaneStart.add(this);
    this.#restartUs = dataplaneRestartUs;
    this.policy = new PolicyPush(owner, simulation, routes, policyPushUs);
    const restarting = { ports: settings.dataplaneHaPorts, takesUs: ha1BRestartUs };
    this.#haPorts = new HaPorts(simulation, routes, carryHa, restarting);
    this.#followPorts();
  }

  get works(): boolean {
    return this.#works;
  }

  /** The PAN-OS reason why the firewall may not serve, or null. */
  get failure(): string | null {
    return this.#works ? this.policy.obstacle : REASON.dataplaneExit;
  }

  #followPorts(): void {
    this.#haPorts.follow(this.#powered, this.#works);
  }

  /** The firewall has power, and a dataplane that works. */
  powerOn(): void {
    this.#powered = true;
    this.#works = true;
    this.#followPorts();
  }

  powerOff(): void {
    this.#powered = false;
    this.#simulation.cancel(this.#restart);
    this.policy.stop();
    this.#followPorts();
  }

  crash(): void {
    if (!this.#powered || !this.#works) return;
    this.#works = false;
    this.#simulation.cause = this.#simulation.note('dataplane', this.#owner.name, { state: 'failed' });
    this.#owner.dataplaneChanged(false);
    this.#followPorts();
    this.#restart = this.#routes.dataplaneStart.schedule(this.#restartUs, this.#number);
    this.#owner.dataplaneJudged();
  }

  restarted(): void {
    this.#simulation.assume('dataplane-restart-time');
    this.#works = true;
    this.#simulation.cause = this.#simulation.note('dataplane', this.#owner.name, { state: 'restarted' });
    this.#owner.dataplaneChanged(true);
    this.#followPorts();
    this.#owner.dataplaneJudged();
  }
}
