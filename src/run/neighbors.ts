/**
 * Routing neighbours of a scenario → the model's: their settings, and how the routers around the pair begin.
 */

import { parseCidr, parseIp } from '../network/address.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { NeighborSettings } from '../network/neighbor.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { RoutingNeighbors } from '../scenario/schema/routing-neighbor.ts';

export function readNeighbors(neighbors: RoutingNeighbors): NeighborSettings[] {
  return Object.entries(neighbors).map(([name, item]) => {
    const { bfd, 'graceful-restart': gracefulRestart } = item;
    return {
      name,
      address: parseIp(item.address),
      destinations: item.destinations.map(parseCidr),
      keepaliveUs: item['keepalive-interval'],
      holdUs: item['hold-time'],
      convergenceUs: item['convergence-time'],
      restartUs: gracefulRestart.enabled ? gracefulRestart['restart-time'] : null,
      bfd: bfd.enabled ? { intervalUs: bfd.interval, multiplier: bfd.multiplier } : null,
    };
  });
}

/** Routers begin with their adjacencies, as the pair does with its roles. */
export function beginRouting(endpoint: Endpoint, scenario: ResolvedScenario): void {
  if (scenario.start !== 'converged') endpoint.routing?.start();
  else endpoint.beginRouting(scenario.unpublished['heartbeat-phase'] === 'random');
}
