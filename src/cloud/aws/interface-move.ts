/**
 * Interface-move: every data network interface of the peer is detached from it and attached here, at the same device index (reference
 * aws-ha.md, section 1.3). The order and the polling are not published; serial is what agrees with the published range.
 *
 * EC2 finishes what it was asked for whether the plugin listens or not, so what follows a call is not tied to the takeover.
 */

import type { Ec2Action } from './ec2-actions.ts';
import type { Attachment, NetworkInterface } from './inventory.ts';
import { Takeover } from './takeover.ts';

/** Device indexes 0 (management) and 1 (HA2) never move (C-021). */
export const FIRST_DATA_INDEX = 2;

/** So often the plugin asks again for what something else has to precede. */
const ORDERING_TRIES = 600;

export class InterfaceMove extends Takeover {
  protected readonly reads: readonly Ec2Action[] = ['DescribeInstances', 'DescribeNetworkInterfaces'];
  #waiting: NetworkInterface[] = [];
  #underWay = 0;
  /** How long each takes to be detached, in microseconds. */
  readonly #lengthsUs = new Map<string, number>();

  protected move(): void {
    const { inventory, ec2, node, peer } = this.context;
    const { settings } = inventory;
    const data = settings.instances
      .filter(({ name }) => name === node || name === peer)
      .flatMap(({ networkInterfaces }) => networkInterfaces.slice(FIRST_DATA_INDEX));
    this.#waiting = data
      .map((name) => inventory.networkInterface(name))
      .filter(({ attachment }) => attachment?.instance !== node);
    const atOnce = ec2.settings.plugin.concurrency === 'parallel' ? this.#waiting.length : 1;
    if (ec2.settings.plugin.concurrency === 'serial') this.context.simulation.assume('aws-concurrency');
    for (let i = 0; i < Math.max(1, atOnce); i += 1) this.#next();
  }

  #next(): void {
    const item = this.failed ? undefined : this.#waiting.shift();
    if (item !== undefined) this.#detach(item);
    else if (this.#underWay === 0) this.end();
  }

  /** A network interface is where it should be, or stays as it is. */
  #done(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.end();
  }

  // --- one network interface -----------------------------------------------------------------------------------------

  /** Detach, or go on with the attachment when it is nobody's. */
  #detach(item: NetworkInterface): void {
    const { inventory, ec2 } = this.context;
    const { name } = item.settings;
    this.#underWay += 1;
    if (item.attachment === null) return this.#attach(item, ORDERING_TRIES);
    this.call({
      action: 'DetachNetworkInterface',
      target: name,
      step: 'detach-call',
      perform: () => inventory.detach(name),
      performed: () => this.#detaching(item),
      returned: (error) => {
        if (error !== null) this.#done();
        else if (item.attachment === null)
          this.#attach(item, ORDERING_TRIES); // It was gone already.
        else
          this.after(ec2.polledUs(this.#lengthsUs.get(name) ?? 0), () => this.#attach(item, ORDERING_TRIES));
      },
    });
  }

  /** EC2 takes it off the instance. */
  #detaching(item: NetworkInterface): void {
    const { inventory, ec2, mood, simulation } = this.context;
    const { name } = item.settings;
    const { force } = ec2.settings.plugin;
    if (item.attachment === null) return;
    if (force) simulation.assume('aws-force-detach');
    this.context.note('network-interface', name, 'detaching', null);
    const stallUs = ec2.stallUs('DetachNetworkInterface', name);
    const us = (force ? 0 : ec2.draw(name, 'detach', mood)) + stallUs;
    this.#lengthsUs.set(name, us);
    ec2.after(us, () => {
      inventory.detached(name);
      this.context.note('network-interface', name, 'available', null);
    });
  }

  #attach(item: NetworkInterface, tries: number): void {
    const { inventory, ec2, node } = this.context;
    const { name } = item.settings;
    this.call({
      action: 'AttachNetworkInterface',
      target: name,
      step: 'attach-call',
      perform: () => inventory.attach(name, node, indexOf(item, inventory.settings.instances)),
      performed: () => this.#attaching(item),
      returned: (error) => {
        if (error === null) return;
        if (error.errorClass === 'ordering' && tries > 0) {
          this.after(ec2.settings.plugin.pollUs, () => this.#attach(item, tries - 1));
        } else {
          this.fail(`AttachNetworkInterface of ${name}: ${error.code}`);
          this.#done();
        }
      },
    });
  }

  /** EC2 puts it on the instance; the plugin sees that when it looks. */
  #attaching(item: NetworkInterface): void {
    const { inventory, ec2, mood, node } = this.context;
    const { name } = item.settings;
    this.context.usable(name, false); // Until the guest has it in use.
    this.context.note('network-interface', name, 'attaching', null);
    const us = ec2.draw(name, 'attach', mood) + ec2.stallUs('AttachNetworkInterface', name);
    ec2.after(us, () => {
      inventory.attached(name);
      this.context.note('network-interface', name, 'attached', node);
    });
    ec2.after(ec2.polledUs(us), () => this.#plug(item));
  }

  /** The guest sees it after a while, or never, whether the plugin waits for it or not; serial: then the next one's turn has come. */
  #plug(item: NetworkInterface): void {
    const { ec2, mood } = this.context;
    const { name } = item.settings;
    const why = this.#unusableBecause(name);
    if (why !== null) {
      this.context.note('network-interface', name, 'unusable', null);
      this.fail(`${name}: ${why}`);
      return this.#done();
    }
    ec2.after(ec2.draw(name, 'guest', mood), () => {
      ec2.after(ec2.draw(name, 'bind-interface-move', mood), () => this.#bound(item));
      if (ec2.settings.plugin.concurrency === 'serial') this.#startNext();
    });
  }

  #startNext(): void {
    const item = this.failed || this.over ? undefined : this.#waiting.shift();
    if (item !== undefined) this.#detach(item);
  }

  /** Why the guest never gets to use a network interface that was plugged in while it runs; null = it does. */
  #unusableBecause(name: string): string | null {
    const { inventory, simulation, ec2, node } = this.context;
    const { hotplugFailure, force } = ec2.settings.plugin;
    if (inventory.instances.get(node)?.settings.firewall?.dpdk === true)
      return 'DPDK is on, and does not see it';
    if (force)
      return 'its index is not usable after a forced detach until the instance is stopped and started';
    if (hotplugFailure === 0) return null;
    simulation.assume('aws-hotplug-failure');
    return simulation.random.stream(`aws/${name}/hotplug`).next() < hotplugFailure
      ? 'the guest does not see it'
      : null;
  }

  #bound(item: NetworkInterface): void {
    const { name } = item.settings;
    this.context.usable(name, true);
    this.context.note('network-interface', name, 'usable', this.context.node);
    this.hasMoved();
    this.#done();
  }
}

/** The device index that a network interface has in the scenario: it keeps it wherever it is. */
function indexOf(
  { settings }: NetworkInterface,
  instances: readonly { readonly networkInterfaces: readonly string[] }[],
): Attachment['index'] {
  const owner = instances.find(({ networkInterfaces }) => networkInterfaces.includes(settings.name));
  return owner?.networkInterfaces.indexOf(settings.name) ?? FIRST_DATA_INDEX;
}
