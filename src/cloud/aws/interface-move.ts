/**
 * Interface-move: every data network interface of the peer is detached from it and attached here, at the same device index (reference
 * aws-ha.md, section 1.3). The order and the polling are not published; serial is what agrees with the published range.
 *
 * EC2 finishes what it was asked for whether the plugin listens or not, so what follows a call is not tied to the takeover; and the peer
 * may ask for the same network interface meanwhile, so it is looked at again whenever something is over (C-070, C-071).
 */

import { FIRST_DATA_INDEX } from './device-index.ts';
import type { Ec2Action } from './ec2-actions.ts';
import type { Attachment, NetworkInterface } from './inventory.ts';
import { Takeover } from './takeover.ts';

export class InterfaceMove extends Takeover {
  protected readonly reads: readonly Ec2Action[] = ['DescribeInstances', 'DescribeNetworkInterfaces'];
  #waiting: NetworkInterface[] = [];
  #underWay = 0;

  protected move(): void {
    this.#waiting = this.#wanted();
    if (this.#waiting.length === 0) return this.end();
    this.context.simulation.assume('aws-concurrency');
    if (this.#isSerial) return this.#startNext();
    while (this.#waiting.length > 0) this.#startNext();
  }

  get #isSerial(): boolean {
    return this.context.ec2.settings.plugin.concurrency === 'serial';
  }

  /** What this firewall does not have in use yet: what the peer has, what nobody has, and what is still on its way here. */
  #wanted(): NetworkInterface[] {
    const { inventory, node, peer, guests } = this.context;
    return inventory.settings.instances
      .filter(({ name }) => name === node || name === peer)
      .flatMap(({ networkInterfaces }) => networkInterfaces.slice(FIRST_DATA_INDEX))
      .map((name) => inventory.networkInterface(name))
      .filter((item) => !this.#isHere(item) || !guests.uses(item.settings.name));
  }

  /** It is attached here, or being attached. */
  #isHere({ attachment }: NetworkInterface): boolean {
    return attachment?.instance === this.context.node && attachment.state !== 'detaching';
  }

  /** After a failure the others stay where they are. */
  #startNext(): void {
    const item = this.failed || this.over ? undefined : this.#waiting.shift();
    if (item === undefined) return;
    this.#underWay += 1;
    if (this.#isHere(item)) this.#awaitUse(item);
    else if (item.attachment === null) this.#attach(item);
    else if (item.attachment.state === 'detaching') this.#awaitAvailable(item);
    else this.#detach(item);
  }

  /** A network interface is where it should be, or stays as it is. */
  #done(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.end();
  }

  #failed(reason: string): void {
    this.fail(reason);
    this.#done();
  }

  #poll(look: () => void): void {
    this.context.simulation.assume('aws-poll');
    this.after(this.context.ec2.settings.plugin.pollUs, look);
  }

  // --- away from the peer --------------------------------------------------------------------------------------------

  #detach(item: NetworkInterface): void {
    const { inventory } = this.context;
    const { name } = item.settings;
    let begun: Attachment | null = null;
    this.call({
      action: 'DetachNetworkInterface',
      target: name,
      step: 'detach-call',
      perform: () => {
        const { attachment } = item;
        const goesOn = attachment?.state === 'detaching';
        const error = inventory.detach(name);
        begun = error === null && !goesOn ? attachment : null;
        return error;
      },
      performed: () => {
        if (begun !== null) this.#detaching(item, begun);
      },
      returned: (error) => {
        // The attachment went with its instance: nothing is left to be detached (C-060).
        if (error === null || error.errorClass === 'benign') this.#awaitAvailable(item);
        else this.#done();
      },
    });
  }

  /** EC2 takes it off the instance. */
  #detaching(item: NetworkInterface, attachment: Attachment): void {
    const { inventory, ec2, guests, mood, simulation } = this.context;
    const { name } = item.settings;
    const { force } = ec2.settings.plugin;
    this.context.note('network-interface', name, 'detaching', null);
    guests.lose(name);
    if (force) {
      simulation.assume('aws-force-detach');
      guests.force(attachment.instance, attachment.index);
    }
    const us = (force ? 0 : ec2.draw(name, 'detach', mood)) + ec2.stallUs('DetachNetworkInterface', name);
    ec2.atLast(us, () => {
      if (item.attachment !== attachment) return; // Its instance was terminated meanwhile.
      inventory.detached(name);
      this.context.note('network-interface', name, 'available', null);
    });
  }

  #awaitAvailable(item: NetworkInterface): void {
    if (item.attachment?.state === 'detaching') this.#poll(() => this.#awaitAvailable(item));
    else this.#attach(item);
  }

  // --- to this firewall ----------------------------------------------------------------------------------------------

  #attach(item: NetworkInterface): void {
    const { inventory, node } = this.context;
    const { name } = item.settings;
    this.call({
      action: 'AttachNetworkInterface',
      target: name,
      step: 'attach-call',
      perform: () => inventory.attach(name, node, indexOf(item, inventory.settings.instances)),
      performed: () => {
        if (item.attachment !== null) this.#attaching(item, item.attachment);
      },
      returned: (error) => {
        if (error === null) return;
        // Somebody else is about to have it, or to lose it (C-022); who has it keeps it.
        const passes = error.errorClass === 'ordering' && item.attachment?.state !== 'attached';
        if (passes) this.#poll(() => this.#attach(item));
        else this.#failed(`AttachNetworkInterface of ${name}: ${error.code}`);
      },
    });
  }

  /** EC2 puts it on the instance; the plugin sees that when it looks. */
  #attaching(item: NetworkInterface, attachment: Attachment): void {
    const { inventory, ec2, guests, mood, node } = this.context;
    const { name } = item.settings;
    guests.lose(name); // Until the guest has it in use.
    this.context.note('network-interface', name, 'attaching', null);
    const us = ec2.draw(name, 'attach', mood) + ec2.stallUs('AttachNetworkInterface', name);
    this.context.simulation.assume('aws-poll');
    ec2.after(us, () => {
      if (item.attachment !== attachment || attachment.state !== 'attaching') return;
      inventory.attached(name);
      this.context.note('network-interface', name, 'attached', node);
    });
    ec2.after(ec2.polledUs(us), () => this.#plug(item, attachment));
  }

  /** The guest sees it after a while, or never, whether the plugin waits for it or not; serial: then the next one's turn has come. */
  #plug(item: NetworkInterface, attachment: Attachment): void {
    const { ec2, guests, mood, node } = this.context;
    const { name } = item.settings;
    if (!isAttached(item, attachment)) return this.#failed(`${name} was taken away again`);
    const why = guests.plug(name, node, attachment.index);
    if (why !== null) {
      this.context.note('network-interface', name, 'unusable', null);
      return this.#failed(`${name}: ${why}`);
    }
    ec2.after(ec2.draw(name, 'guest', mood), () => {
      ec2.after(ec2.draw(name, 'bind-interface-move', mood), () => this.#bound(item, attachment));
      if (this.#isSerial) this.#startNext();
    });
  }

  #bound(item: NetworkInterface, attachment: Attachment): void {
    const { name } = item.settings;
    if (!isAttached(item, attachment)) return this.#failed(`${name} was taken away again`);
    this.context.guests.use(name);
    this.context.note('network-interface', name, 'usable', this.context.node);
    this.hasMoved();
    this.#done();
  }

  /** An earlier takeover of this firewall has attached it; the guest has yet to see it. */
  #awaitUse(item: NetworkInterface): void {
    const { guests } = this.context;
    const { name } = item.settings;
    const why = guests.refusal(name);
    if (!this.#isHere(item)) return this.#failed(`${name} was taken away again`);
    if (why !== null) return this.#failed(`${name}: ${why}`);
    if (!guests.uses(name)) return this.#poll(() => this.#awaitUse(item));
    if (this.#isSerial) this.#startNext();
    this.#done();
  }
}

/** It is attached, and has been since. */
function isAttached(item: NetworkInterface, attachment: Attachment): boolean {
  return item.attachment === attachment && attachment.state === 'attached';
}

/** The device index that a network interface has in the scenario: it keeps it wherever it is. */
function indexOf(
  { settings }: NetworkInterface,
  instances: readonly { readonly networkInterfaces: readonly string[] }[],
): Attachment['index'] {
  const owner = instances.find(({ networkInterfaces }) => networkInterfaces.includes(settings.name));
  return owner?.networkInterfaces.indexOf(settings.name) ?? FIRST_DATA_INDEX;
}
