/**
 * What has to differ: the HA1 MAC addresses of the two devices, which break a tie of priorities (K11), and the two hosts
 * of a probe or workload.
 */

import { defaultHa1Mac } from '../expand.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports equal HA1 MAC addresses, and traffic from a host to itself. */
export function checkIdentity(reporter: Reporter, scenario: Scenario): void {
  const names = Object.keys(scenario.devices);
  const macs = Object.values(scenario.devices).map((device, index) =>
    (device['ha1-mac'] ?? defaultHa1Mac(index)).toLowerCase(),
  );
  const [first, second] = names;
  if (first !== undefined && second !== undefined && macs[0] === macs[1]) {
    // Point at the one that is written; the other may be a default.
    const [name, other] =
      scenario.devices[second]?.['ha1-mac'] === undefined ? [first, second] : [second, first];
    reporter.at(
      ['devices', name, 'ha1-mac'],
      `expected another ha1-mac than that of ${other}, got ${macs[0]}`,
    );
  }
  for (const place of ['probes', 'workloads'] as const) {
    for (const [name, { from, to }] of Object.entries(scenario[place])) {
      if (from === to) reporter.at([place, name, 'to'], `expected another host than from, got ${to}`);
    }
  }
}
