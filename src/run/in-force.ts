/**
 * The settings of a scenario as what a failover's parts are set by: plain data for `measure`, which knows no scenario.
 */

import type { DeviceInForce, SettingsInForce } from '../measure/in-force.ts';
import { formatIp } from '../network/address.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { controlPaths } from './ha-links.ts';
import { timersOf } from './ha-settings.ts';
import { linkImpairment } from './link-settings.ts';
import { pathGroups } from './monitoring-settings.ts';

/** What the runs of this scenario are measured by. */
export function settingsInForce(scenario: ResolvedScenario): SettingsInForce {
  const { links, routers } = scenario.network;
  const devices = Object.entries(scenario.devices);
  const speakers = [...devices, ...Object.entries(routers)];
  const cloud = scenario.aws === undefined ? null : { latency: scenario.unpublished['aws-latency'] };
  return {
    cloud,
    devices: Object.fromEntries(devices.map(([name], index) => [name, deviceInForce(scenario, index)])),
    links: Object.fromEntries(
      Object.entries(links).flatMap(([name, link]) => {
        const { latencyUs } = linkImpairment(link);
        return link.between.map((end) => [end, { name, latencyUs }]);
      }),
    ),
    convergenceUs: Object.fromEntries(
      speakers.flatMap(([name, { 'routing-neighbor': neighbors }]) =>
        Object.entries(neighbors).map(([neighbor, item]) => [
          `${name}/${neighbor}`,
          item['convergence-time'],
        ]),
      ),
    ),
  };
}

function deviceInForce(scenario: ResolvedScenario, index: number): DeviceInForce {
  const { unpublished } = scenario;
  const device = Object.values(scenario.devices)[index] as Device;
  const ha = device['high-availability'];
  const { heartbeatIntervalUs, helloIntervalUs, monitorFailHoldUpUs, additionalMasterHoldUpUs } =
    timersOf(device);
  const durations = {
    ...Object.fromEntries(Object.entries(unpublished).filter(([, value]) => typeof value === 'number')),
    'heartbeat-interval': heartbeatIntervalUs,
    'hello-interval': helloIntervalUs,
    'monitor-fail-hold-up-time': monitorFailHoldUpUs,
    'additional-master-hold-up-time': additionalMasterHoldUpUs,
    'heartbeat-reply-timeout': Math.round(heartbeatIntervalUs * unpublished['heartbeat-reply-timeout']),
  };
  return {
    durations,
    heartbeatLosses: unpublished['heartbeat-losses'],
    helloLosses: unpublished['hello-losses'],
    controlPaths: Object.fromEntries(controlPaths(scenario, index).map((path) => [path.name, path])),
    pathPings: pathGroups(ha.monitoring['path-monitoring']).flatMap((group) =>
      group.destinationGroups.flatMap(({ destinations }) =>
        destinations.map((destination) => ({
          destination: formatIp(destination),
          intervalUs: group.pingIntervalUs,
          count: group.pingCount,
        })),
      ),
    ),
  };
}
