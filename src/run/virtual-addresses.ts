/**
 * `virtual-address:` → the rules by which the firewalls of an active/active pair share out their virtual addresses.
 */

import type { AddressRule, VirtualAddress } from '../firewall/virtual-address.ts';
import { parseIp } from '../network/address.ts';
import type { VirtualAddress as VirtualAddressEntry } from '../scenario/schema/active-active.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';

/** The virtual addresses of a device, in the order of the file; none in active/passive. */
export function virtualAddresses(device: Device, unpublished: Unpublished): VirtualAddress[] {
  const ha = device['high-availability'];
  if (ha.mode !== 'active-active') return [];
  return Object.entries(ha['active-active']['virtual-address']).flatMap(([name, addresses]) =>
    Object.entries(addresses).map(([ip, entry]) => ({
      ip: parseIp(ip),
      interface: name,
      rule: addressRule(entry, unpublished),
    })),
  );
}

function addressRule(entry: VirtualAddressEntry, unpublished: Unpublished): AddressRule {
  const hash = entry['arp-load-sharing']?.['ip-hash'];
  if (hash !== undefined) return { kind: 'ip-hash', seed: hash['hash-seed'] };
  if (entry.floating === undefined) {
    return { kind: 'ip-modulo', evenTo: unpublished['ip-modulo-parity'] === 'even-to-0' ? 0 : 1 };
  }
  const priority = entry.floating['device-priority'];
  if (priority === undefined) return { kind: 'bound-to-active-primary' };
  return {
    kind: 'floating',
    priorities: [priority['device-0'], priority['device-1']],
    failoverOnLinkDown: priority['failover-on-link-down'],
  };
}
