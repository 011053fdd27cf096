/**
 * The monitored paths and links of a device: only the groups that are enabled, those of all three types in one list.
 */

import type { PathGroup } from '../firewall/settings.ts';
import { parseIp } from '../network/address.ts';
import type { HighAvailability } from '../scenario/schema/high-availability.ts';

type PathMonitoring = HighAvailability['monitoring']['path-monitoring'];

/** The enabled path groups of all three types, in one list. */
export function pathGroups(paths: PathMonitoring): PathGroup[] {
  const kinds = ['virtual-router', 'virtual-wire', 'vlan'] as const;
  return kinds.flatMap((kind) =>
    enabledEntries<PathMonitoring['virtual-router'][string] & { 'source-ip'?: string }>(paths[kind]).map(
      ([name, value]) => ({
        kind,
        name,
        sourceIp: value['source-ip'] === undefined ? null : parseIp(value['source-ip']),
        failureCondition: value['failure-condition'],
        pingIntervalUs: value['ping-interval'],
        pingCount: value['ping-count'],
        destinationGroups: Object.entries(value['destination-group']).map(([destinations, item]) => ({
          name: destinations,
          failureCondition: item['failure-condition'],
          destinations: item['destination-ip'].map(parseIp),
        })),
      }),
    ),
  );
}

/** The groups that are enabled, with their names, in the order of the file. */
export function enabledEntries<Group extends { enabled: boolean }>(
  groups: Record<string, Group>,
): [string, Group][] {
  return Object.entries(groups).filter(([, { enabled }]) => enabled);
}
