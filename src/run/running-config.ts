/**
 * The part of a device that configuration sync copies: interfaces, routes, NAT rules, virtual wires and VLANs, read into numbers.
 */

import type { WrittenNatRule } from '../firewall/nat.ts';
import type { BridgeSettings, RunningConfig } from '../firewall/settings.ts';
import type { DeviceId } from '../ha/config.ts';
import { parseCidr, parseIp } from '../network/address.ts';
import type { StaticRoute } from '../network/routing.ts';
import { DHCP_CLIENT, type Device } from '../scenario/schema/device.ts';

/** Static routes, with addresses as integers. */
export function readRoutes(routes: Device['static-route']): StaticRoute[] {
  return routes.map(({ destination, nexthop }) => ({
    destination: parseCidr(destination),
    nextHop: parseIp(nexthop),
  }));
}

/** Layer 3 interfaces, with addresses as integers. */
export function readInterfaces(interfaces: Device['interfaces']): RunningConfig['interfaces'] {
  return Object.entries(interfaces).map(([name, item]) => ({
    name,
    zone: item.zone,
    subnet: item.ip === DHCP_CLIENT ? null : parseCidr(item.ip),
    lacp: item.lacp === undefined ? null : { preNegotiation: item.lacp['pre-negotiation'] },
    ...(item['dhcp-relay'] === undefined ? {} : { dhcpRelay: parseIp(item['dhcp-relay']) }),
  }));
}

/** Source NAT rules, with addresses as integers. */
export function readNat(device: Device): WrittenNatRule[] {
  return device.nat.map((rule) => {
    const binding = rule['active-active-device-binding'];
    return {
      name: rule.name,
      source: parseCidr(rule.source),
      to: rule['translated-address'].startsWith('ethernet')
        ? rule['translated-address']
        : parseIp(rule['translated-address']),
      binding: binding === 'both' || binding === 'primary' ? binding : (Number(binding) as DeviceId),
    };
  });
}

/** Virtual wires and VLANs, in this order. */
export function readBridges(device: Device): BridgeSettings[] {
  const wires = Object.entries(device['virtual-wire']).map(
    ([name, { interface1, interface2 }]) =>
      ({ kind: 'virtual-wire', name, ports: [interface1, interface2] }) as const,
  );
  const vlans = Object.entries(device.vlan).map(
    ([name, { interface: ports }]) => ({ kind: 'vlan', name, ports }) as const,
  );
  return [...wires, ...vlans];
}
