/**
 * The VM-Series plugin of a firewall in a cloud: when PAN-OS has become active it asks the provider for the data path, and stops asking
 * when it is active no more (reference aws-ha.md, section 1.1: the node that becomes active makes every call).
 *
 * What happens after a split brain is not published. The firewall that is left active looks whether it has the data path, for its peer
 * may have pulled it: without that nobody would forward until an operator acts (ours).
 */

import type { CloudProvider } from '../cloud/provider.ts';
import type { HaState } from '../ha/state.ts';
import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { FirewallSettings } from './settings.ts';

export const PLUGIN_EVENTS = ['plugin.takeover'] as const;

export class PluginRoutes {
  readonly takeOver: Route<VmSeriesPlugin>;

  constructor(simulation: Simulation) {
    this.takeOver = new Route(simulation, 'plugin.takeover', (plugin) => plugin.takeOver());
  }
}

/** What every plugin of a run shares. */
export interface PluginContext {
  readonly provider: CloudProvider;
  readonly routes: PluginRoutes;
  /** `aws-takeover-hold`: it waits the additional master hold-up time before its first call. */
  readonly holds: boolean;
}

export class VmSeriesPlugin {
  readonly #name: string;
  readonly #simulation: Simulation;
  readonly #context: PluginContext | null;
  readonly #holdUs: number;
  readonly #number: number;
  #active = false;
  #peerActive = false;
  #pending: Handle = NO_HANDLE;

  /** @param context null outside of a cloud */
  constructor({ name, ha }: FirewallSettings, simulation: Simulation, context: PluginContext | null) {
    this.#name = name;
    this.#simulation = simulation;
    this.#context = context;
    this.#holdUs = context?.holds === true ? ha.timers.additionalMasterHoldUpUs : 0;
    this.#number = context?.routes.takeOver.add(this) ?? 0;
  }

  /** Begins in a role that the firewall has long had, and with what goes with it. */
  begin({ role }: HaState): void {
    this.#active = role === 'active';
    if (this.#active) this.#context?.provider.watch(this.#name);
  }

  /** Looks at every state of the protocol; null = PAN-OS does not run. */
  follow(state: HaState | null): void {
    if (this.#context === null) return;
    const active = state?.role === 'active';
    const peerActive = state?.peer.connection === 'up' && state.peer.hello?.role === 'active';
    const leftAlone = active && this.#active && this.#peerActive && !peerActive;
    if (active && !this.#active) this.#beginAfter(this.#holdUs);
    else if (leftAlone) this.#beginAfter(0);
    else if (!active && this.#active) this.#stop(this.#context.provider);
    this.#active = active;
    this.#peerActive = peerActive;
  }

  #beginAfter(delayUs: number): void {
    this.#simulation.assume('aws-takeover-hold');
    this.#simulation.cancel(this.#pending);
    this.#pending = (this.#context as PluginContext).routes.takeOver.schedule(delayUs, this.#number);
  }

  #stop(provider: CloudProvider): void {
    this.#simulation.cancel(this.#pending);
    provider.abandon(this.#name);
  }

  /** The hold is over. */
  takeOver(): void {
    this.#context?.provider.takeOver(this.#name, this.#simulation.cause);
  }
}
