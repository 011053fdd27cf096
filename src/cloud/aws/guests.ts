/**
 * Which network interfaces the firewalls have in use: one that is attached while the firewall runs has to be seen by the guest and bound
 * by PAN-OS before packets pass (reference aws-ha.md, section 1.3, IM-7), and there are guests that never get that far.
 *
 * After a detach with Force the device index of the instance that lost the network interface takes no other until the instance is stopped
 * and started (AWS, DetachNetworkInterface). AWS says that this may be so; here it always is, so that what Force costs shows (C-058).
 */

import type { Simulation } from '../../kernel/simulation.ts';
import type { AwsSettings } from './settings.ts';

export class Guests {
  readonly #simulation: Simulation;
  readonly #settings: AwsSettings;
  /** Network interfaces that nobody has in use, with the reason why that is for good; null = it is a matter of time. */
  readonly #unused = new Map<string, string | null>();
  /** Device indexes that were left by force: `palo-1/2`. */
  readonly #forced = new Set<string>();
  /** Hears when a network interface comes into use, or is not in use any more. */
  usable: (networkInterface: string, usable: boolean) => void = () => {};

  constructor(simulation: Simulation, settings: AwsSettings) {
    this.#simulation = simulation;
    this.#settings = settings;
  }

  uses(name: string): boolean {
    return !this.#unused.has(name);
  }

  /** Why a network interface is never going to be used where it is; null = it is, or will be. */
  refusal(name: string): string | null {
    return this.#unused.get(name) ?? null;
  }

  /** It is detached, or attached anew. */
  lose(name: string): void {
    this.#unused.set(name, null);
    this.usable(name, false);
  }

  use(name: string): void {
    this.#unused.delete(name);
    this.usable(name, true);
  }

  /** A network interface was detached with Force. */
  force(instance: string, index: number): void {
    this.#forced.add(`${instance}/${index}`);
  }

  /** The instance has been stopped and is started again. */
  start(instance: string): void {
    for (const place of this.#forced) if (place.startsWith(`${instance}/`)) this.#forced.delete(place);
  }

  /**
   * The guest is about to see a network interface that was attached while it runs.
   *
   * @returns why it never gets to use it; null = it does
   */
  plug(name: string, instance: string, index: number): string | null {
    const reason = this.#reason(name, instance, index);
    if (reason !== null) this.#unused.set(name, reason);
    return reason;
  }

  #reason(name: string, instance: string, index: number): string | null {
    const { vpc, plugin } = this.#settings;
    const firewall = vpc.instances.find((item) => item.name === instance)?.firewall;
    if (firewall?.dpdk === true) return 'DPDK is on, and does not see it';
    if (this.#forced.has(`${instance}/${index}`)) {
      this.#simulation.assume('aws-force-detach');
      return 'its index is not usable after a forced detach until the instance is stopped and started';
    }
    if (plugin.hotplugFailure === 0) return null;
    this.#simulation.assume('aws-hotplug-failure');
    const fails = this.#simulation.random.stream(`aws/${name}/hotplug`).next() < plugin.hotplugFailure;
    return fails ? 'the guest does not see it' : null;
  }
}
