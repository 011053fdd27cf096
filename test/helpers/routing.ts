/** The active/passive pair with dynamic routes towards the provider instead of static ones. */

import { both, lay, type Part } from './pair.ts';

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
