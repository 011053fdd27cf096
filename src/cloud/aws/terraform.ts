/**
 * An apply of Terraform after a failover: what it manages goes back to where its file has it, whatever PAN-OS thinks of that (reference
 * aws-ha.md, lint rule X33, C-085). At once: the length of an apply is no part of this model.
 */

import type { Guests } from './guests.ts';
import type { Inventory } from './inventory.ts';

/** @param manages kinds of things: routes, elastic-ips, network-interfaces, secondary-private-ips */
export function putBack(inventory: Inventory, guests: Guests, manages: ReadonlySet<string>): void {
  inventory.beforeChange();
  if (manages.has('network-interfaces')) putBackNetworkInterfaces(inventory, guests);
  if (manages.has('secondary-private-ips')) putBackAddresses(inventory);
  if (manages.has('elastic-ips')) {
    for (const elastic of inventory.elasticIps) elastic.association = elastic.settings.association;
  }
  if (manages.has('routes')) {
    for (const route of inventory.routes) {
      route.target = route.declared;
      route.effective = route.declared;
    }
  }
}

function putBackNetworkInterfaces(inventory: Inventory, guests: Guests): void {
  for (const { name, networkInterfaces } of inventory.settings.instances) {
    if (inventory.instances.get(name)?.terminated === true) continue;
    networkInterfaces.forEach((item, index) => {
      const { attachment } = inventory.networkInterface(item);
      if (attachment?.instance === name) return;
      inventory.detached(item);
      inventory.attach(item, name, index);
      inventory.attached(item);
      guests.use(item);
    });
  }
}

function putBackAddresses(inventory: Inventory): void {
  for (const { name, secondaryIps } of inventory.settings.networkInterfaces) {
    if (secondaryIps.length === 0) continue;
    inventory.assign(name, secondaryIps, true);
    inventory.remapped(name, secondaryIps);
  }
}
