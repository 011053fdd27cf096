/**
 * `devices:` — the two firewalls: platform, HA overrides, and the running configuration that configuration sync copies
 * (interfaces and routes). The passive of a new pair has none of the latter (first seed document).
 */

import { z } from 'zod';
import { PLATFORMS, type Platform } from '../../ha/timers.ts';
import { highAvailabilitySchema } from './high-availability.ts';
import { routingNeighbors } from './routing-neighbor.ts';
import { cidr, dataInterface, ipv4, line, mac, name, panOsVersion } from './units.ts';

/** The address of an interface that gets it by DHCP. */
export const DHCP_CLIENT = 'dhcp-client';

const interfaceSchema = z.strictObject({
  zone: name().describe('Expectations and the report speak of directions between zones.'),
  ip: z
    .union([cidr(), z.literal(DHCP_CLIENT)], {
      error: 'expected an IPv4 address with its prefix length, such as 10.0.0.1/24, or dhcp-client',
    })
    .describe('On AWS also dhcp-client: the primary address of the network interface behind it.'),
  media: z
    .enum(['copper', 'sfp', 'sfp-plus'])
    .optional()
    .describe('What the port is made of; copper by default, on VM-Series a virtual port, which never flaps.'),
  lacp: z
    .strictObject({
      'pre-negotiation': z
        .boolean()
        .default(false)
        .describe('PAN-OS lacp high-availability passive-pre-negotiation; needs passive-link-state auto.'),
    })
    .optional()
    .describe('The port is the one member of a bundle with LACP.'),
  'dhcp-relay': ipv4().optional().describe('Server to which DHCP broadcasts of this interface are relayed.'),
});

const staticRoute = z.strictObject({
  destination: cidr().describe('The network that it leads to.'),
  nexthop: ipv4().describe('In a connected subnet.'),
});

export const runningConfigShape = {
  interfaces: z
    .record(dataInterface(), interfaceSchema)
    .describe(
      'Layer 3 interfaces, by port; part of the running configuration, which configuration sync copies.',
    )
    .default({}),
  'static-route': z.array(staticRoute).describe('Part of the running configuration, too.').default([]),
};

const virtualWire = z
  .strictObject({
    interface1: dataInterface().describe('One end.'),
    interface2: dataInterface().describe('The other.'),
  })
  .refine(
    (wire) => wire.interface1 !== wire.interface2,
    'expected two different interfaces, got the same twice',
  );

const vlan = z.strictObject({
  interface: z.array(dataInterface()).min(2, 'expected at least two interfaces').describe('Its ports.'),
});

const nat = z.strictObject({
  name: line(63).describe('For people.'),
  source: cidr().describe('Addresses whose sessions are translated; the first rule that matches wins.'),
  'translated-address': z
    .union([ipv4(), dataInterface()], {
      error: 'expected an IPv4 address, or an interface such as ethernet1/1',
    })
    .describe('An address, or the interface whose address it is.'),
  'source-translation': z
    .enum(['dynamic-ip-and-port', 'static-ip'])
    .default('dynamic-ip-and-port')
    .describe('Active/active: dynamic-ip-and-port has to be bound to device 0 or 1 (D19).'),
  'active-active-device-binding': z
    .enum(['0', '1', 'both', 'primary'])
    .default('both')
    .describe('Only sessions that this device owns; active/active.'),
});

/** What passes frames on without an address; part of the running configuration, too. */
const layer2Shape = {
  'virtual-wire': z.record(name(), virtualWire).default({}).describe('Two ports that are one wire, by name.'),
  vlan: z.record(name(), vlan).default({}).describe('Ports that are switched, by name.'),
  nat: z.array(nat).default([]).describe('Source NAT rules.'),
};

export const deviceSchema = z.strictObject({
  platform: z
    .enum(Object.keys(PLATFORMS) as [Platform, ...Platform[]])
    .default('PA-3400')
    .describe('The model; profiles of timers and ports of HA depend on it.'),
  hypervisor: z
    .enum(['aws', 'azure', 'gcp', 'esxi', 'kvm'])
    .optional()
    .describe('Where a VM-Series firewall runs; PAN-OS offers less of HA on some.'),
  'ha1-mac': mac().optional().describe('Tie break of equal priorities; by default in the order of the file.'),
  'serial-number': line(32)
    .optional()
    .describe('The name of the device unless told; two of a kind are refused.'),
  'multi-vsys': z.boolean().default(false).describe('Both firewalls need the same.'),
  'fips-cc': z.boolean().default(false).describe('FIPS-CC mode; both firewalls need the same.'),
  'sw-version': panOsVersion()
    .default('11.1.4')
    .describe('PAN-OS version; a peer too far behind is refused.'),
  'url-database': z
    .enum(['paloaltonetworks', 'brightcloud'])
    .default('paloaltonetworks')
    .describe('Vendor of the URL filtering database; both firewalls need the same.'),
  'high-availability': highAvailabilitySchema
    .prefault({})
    .describe('What this firewall has otherwise than both.'),
  ...runningConfigShape,
  ...layer2Shape,
  'routing-neighbor': routingNeighbors.describe('Part of the running configuration, too.'),
});

export type Device = z.output<typeof deviceSchema>;
