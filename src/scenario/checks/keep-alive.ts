/** HA2 keep-alive needs an HA2 link to watch. What is not enabled is no mistake. */

import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports keep-alives without a link. */
export function checkKeepAlive(reporter: Reporter, { devices }: Scenario): void {
  for (const [name, device] of Object.entries(devices)) {
    const ha = device['high-availability'];
    const { enabled } = ha['state-synchronization']['ha2-keep-alive'];
    if (!enabled) continue;
    const path = ['devices', name, 'high-availability', 'state-synchronization', 'ha2-keep-alive'];
    if (ha.interface.ha2 === undefined) {
      reporter.at(
        [...path, 'enabled'],
        `expected ha2-keep-alive on a device with ha2, got ${name} without it`,
      );
    }
  }
}
