/**
 * The policy has to be in the dataplane before a firewall may serve (K05): a booting one is non-functional with `Waiting for
 * policy push to dataplane` for as long as that takes, and one whose push failed is `Policy push to dataplane failed` until a
 * push succeeds. The length is not published; with none, which is the default, a boot passes it unseen.
 */

import { REASON } from '../ha/reason.ts';
import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { FirewallRoutes } from './routes.ts';

export interface PolicyPushOwner {
  /** What keeps the dataplane from serving has changed. */
  dataplaneJudged(): void;
}

export class PolicyPush {
  readonly #owner: PolicyPushOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #takesUs: number;
  #failed = false;
  #pushing: Handle = NO_HANDLE;

  constructor(owner: PolicyPushOwner, simulation: Simulation, routes: FirewallRoutes, takesUs: number) {
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#takesUs = takesUs;
    this.#number = routes.policyPush.add(this);
  }

  /** The PAN-OS reason why the firewall may not serve, or null when its policy is in place. */
  get obstacle(): string | null {
    if (this.#failed) return REASON.policyPushFailed;
    return this.#simulation.isPending(this.#pushing) ? REASON.waitingForPolicyPush : null;
  }

  /** The firewall has booted and pushes its policy. */
  start(): void {
    if (this.#takesUs > 0) this.#pushing = this.#routes.policyPush.schedule(this.#takesUs, this.#number);
  }

  stop(): void {
    this.#simulation.cancel(this.#pushing);
  }

  pushed(): void {
    this.#simulation.assume('policy-push-time');
    this.#owner.dataplaneJudged();
  }

  /** A push fails, or after a failure one succeeds. */
  setFailed(failed: boolean): void {
    if (this.#failed === failed) return;
    this.#failed = failed;
    this.#owner.dataplaneJudged();
  }
}
