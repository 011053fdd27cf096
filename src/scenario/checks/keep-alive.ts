/**
 * HA2 keep-alive: it needs an HA2 link to watch, and only the two actives of an active/active pair can split their datapath
 * (D05, R-102). What is not enabled is no mistake.
 */

import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports keep-alives without a link, and an action that the mode does not have. */
export function checkKeepAlive(reporter: Reporter, { devices }: Scenario): void {
  for (const [name, device] of Object.entries(devices)) {
    const ha = device['high-availability'];
    const { enabled, action } = ha['state-synchronization']['ha2-keep-alive'];
    if (!enabled) continue;
    const path = ['devices', name, 'high-availability', 'state-synchronization', 'ha2-keep-alive'];
    if (ha.interface.ha2 === undefined) {
      reporter.at(
        [...path, 'enabled'],
        `expected ha2-keep-alive on a device with ha2, got ${name} without it`,
      );
    }
    if (action === 'split-datapath' && ha.mode === 'active-passive') {
      const message = 'expected log-only, since split-datapath is for active-active, got split-datapath';
      reporter.at([...path, 'action'], message, 'The passive has no datapath of its own.');
    }
  }
}
