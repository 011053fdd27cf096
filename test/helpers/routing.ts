/** Pairs with dynamic routes instead of static ones. */

import { both, lay, type PairPart, type Part } from './pair.ts';

/** A neighbour's settings beside its address and destinations. */
export interface NeighborPart {
  readonly gracefulRestart?: boolean;
  readonly bfd?: boolean;
  readonly convergence?: string;
}

function neighbor(address: string, destination: string, part: NeighborPart): Part {
  const { gracefulRestart = true, bfd = false, convergence = '1s' } = part;
  return {
    address,
    destinations: [destination],
    'convergence-time': convergence,
    'graceful-restart': { enabled: gracefulRestart },
    bfd: { enabled: bfd },
  };
}

/** `devices` and `network`: the pair and isp are neighbours; static routes are gone. */
export function dynamicRoutes(
  pair: NeighborPart = {},
  isp: NeighborPart = pair,
): { devices: Part; network: Part } {
  const own = { isp: neighbor('203.0.113.1', '0.0.0.0/0', pair) };
  return {
    devices: both({ 'static-route': null, 'routing-neighbor': own }),
    network: {
      routers: {
        isp: {
          'static-route': null,
          'routing-neighbor': { pair: neighbor('203.0.113.2', '10.0.0.0/24', isp) },
        },
      },
    },
  };
}

/** As {@link dynamicRoutes}, with a second path between the pair and isp, over ethernet1/4 and a switch of its own. */
export function twoPaths(part: NeighborPart): { devices: Part; network: Part } {
  const { devices, network } = dynamicRoutes(part);
  return {
    devices: lay(
      devices,
      both({
        interfaces: { 'ethernet1/4': { zone: 'untrust', ip: '192.0.2.2/24' } },
        'routing-neighbor': { 'isp-backup': neighbor('192.0.2.1', '0.0.0.0/0', part) },
      }),
    ),
    network: lay(network, {
      switches: { 'backup-switch': {} },
      routers: {
        isp: {
          interfaces: { backup: { ip: '192.0.2.1/24' } },
          'routing-neighbor': { 'pair-backup': neighbor('192.0.2.2', '10.0.0.0/24', part) },
        },
      },
      links: {
        'palo-1-backup': { between: ['palo-1:ethernet1/4', 'backup-switch'] },
        'palo-2-backup': { between: ['palo-2:ethernet1/4', 'backup-switch'] },
        'isp-backup': { between: ['isp:backup', 'backup-switch'] },
      },
    }),
  };
}

/**
 * An active/active pair without virtual addresses between two routers, core and isp, which have both firewalls as neighbours and
 * prefer palo-1. The client is behind core.
 */
export function routeBased(
  firewall: NeighborPart,
  router: NeighborPart = firewall,
): Pick<PairPart, 'mode' | 'ha' | 'devices' | 'network'> {
  const towards = (destination: string, ...[first, second]: [string, string]) => ({
    'palo-1': neighbor(first, destination, router),
    'palo-2': neighbor(second, destination, router),
  });
  const own = {
    isp: neighbor('203.0.113.1', '0.0.0.0/0', firewall),
    core: neighbor('10.0.0.4', '10.1.0.0/24', firewall),
  };
  return {
    mode: 'active-active',
    ha: { 'active-active': { 'virtual-address': null } },
    devices: both({ 'static-route': null, 'routing-neighbor': own }),
    network: {
      hosts: { 'client-1': null, 'client-2': null, client: { ip: '10.1.0.10/24', gateway: '10.1.0.1' } },
      routers: {
        core: {
          interfaces: { firewalls: { ip: '10.0.0.4/24' }, users: { ip: '10.1.0.1/24' } },
          'routing-neighbor': towards('0.0.0.0/0', '10.0.0.2', '10.0.0.3'),
        },
        isp: {
          'static-route': null,
          'routing-neighbor': towards('10.1.0.0/24', '203.0.113.2', '203.0.113.3'),
        },
      },
      links: {
        'client-1': null,
        'client-2': null,
        client: { between: ['client', 'core:users'] },
        core: { between: ['core:firewalls', 'trust-switch'] },
      },
    },
  };
}
