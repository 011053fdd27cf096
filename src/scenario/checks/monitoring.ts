/**
 * Monitoring that watches nothing. Both kinds are enabled by default and idle without a group, so only what the author
 * switched on, or began and did not fill, is a mistake.
 */

import { nodeAt, type Path } from '../located.ts';
import type { Scenario } from '../schema/scenario.ts';
import { suggest, type Reporter } from './report.ts';

/** Reports path groups without a destination, and monitoring that is switched on without a group. */
export function checkMonitoring(reporter: Reporter, { devices }: Scenario): void {
  for (const [name, device] of Object.entries(devices)) {
    const base = ['devices', name, 'high-availability', 'monitoring'];
    const { 'path-monitoring': paths, 'link-monitoring': links } = device['high-availability'].monitoring;
    for (const kind of ['virtual-router', 'virtual-wire', 'vlan'] as const) {
      for (const [group, { 'destination-group': destinations }] of Object.entries(paths[kind])) {
        const path = [...base, 'path-monitoring', kind, group];
        if (Object.keys(destinations).length === 0) {
          const expected = `expected at least one destination-group with a destination-ip for ${group}`;
          reporter.at([...path, 'destination-group'], `${expected}, got none`);
        }
        if (kind === 'virtual-router' || Object.hasOwn(device[kind], group)) continue;
        reporter.atKey(
          path,
          `expected the name of a ${kind} of ${name}, got ${group}`,
          suggest(group, Object.keys(device[kind])),
        );
      }
    }
    const groups = { ...paths['virtual-router'], ...paths['virtual-wire'], ...paths.vlan };
    checkSwitchedOn(reporter, [...base, 'path-monitoring'], 'virtual-router', groups);
    checkSwitchedOn(reporter, [...base, 'link-monitoring'], 'link-group', links['link-group']);
  }
}

function checkSwitchedOn(reporter: Reporter, path: Path, key: string, groups: object): void {
  const enabled = nodeAt(reporter.tree, [...path, 'enabled']);
  if (enabled?.kind !== 'scalar' || enabled.value !== true || Object.keys(groups).length > 0) return;
  reporter.at([...path, 'enabled'], `expected a ${key} for ${String(path.at(-1))} to watch, got none`);
}
