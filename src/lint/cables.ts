/** What a port of a firewall is cabled to. */

import type { ResolvedScenario } from '../scenario/schema/scenario.ts';

/** The other ends of the cables of a port. */
function othersOf({ network }: ResolvedScenario, device: string, port: string): string[] {
  const end = `${device}:${port}`;
  return Object.values(network.links).flatMap(({ between: [one, other] }) =>
    one === end ? [other] : other === end ? [one] : [],
  );
}

/** The switches to which a port is cabled. */
export function switchesOf(scenario: ResolvedScenario, device: string, port: string): string[] {
  return othersOf(scenario, device, port).filter((end) => Object.hasOwn(scenario.network.switches, end));
}
