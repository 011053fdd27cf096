/** NAT rules are told apart by their names, as in PAN-OS's rulebase. */

import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports two rules of one device with one name. */
export function checkNat(reporter: Reporter, { devices }: Scenario): void {
  for (const [name, { nat }] of Object.entries(devices)) {
    for (const [index, rule] of nat.entries()) {
      const first = nat.findIndex((other) => other.name === rule.name);
      if (first === index) continue;
      const place = ['devices', name, 'nat', index, 'name'];
      reporter.at(place, `expected a name of its own, got ${rule.name}, which an earlier rule has`);
    }
  }
}
