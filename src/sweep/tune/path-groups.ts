/** The path groups of a firewall that are monitored, of all three types, each with its place in the scenario. */

import type { Path } from '../../scenario/located.ts';
import type { Device } from '../../scenario/schema/device.ts';

type PathMonitoring = Device['high-availability']['monitoring']['path-monitoring'];
type PathGroupType = 'virtual-router' | 'virtual-wire' | 'vlan';

export interface PathGroupPlace {
  readonly type: PathGroupType;
  readonly name: string;
  /** Below `high-availability`. */
  readonly path: Path;
  readonly group: PathMonitoring['virtual-router'][string];
}

const TYPES: readonly PathGroupType[] = ['virtual-router', 'virtual-wire', 'vlan'];

/** Empty where path monitoring is off. */
export function groupsOf(device: Device): readonly PathGroupPlace[] {
  const monitoring = device['high-availability'].monitoring['path-monitoring'];
  if (!monitoring.enabled) return [];
  return TYPES.flatMap((type) =>
    Object.entries(monitoring[type])
      .filter(([, { enabled }]) => enabled)
      .map(([name, group]) => ({ type, name, path: ['monitoring', 'path-monitoring', type, name], group })),
  );
}
