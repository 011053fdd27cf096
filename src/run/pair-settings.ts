/**
 * From a resolved scenario to the settings that decide whether the pair fails over, for `hasim explain`.
 */

import { winsElection } from '../ha/election.ts';
import type { Monitoring, MemberSettings, PairSettings, PathGroup, Duty } from '../measure/pair-settings.ts';
import { PARAMETERS } from '../scenario/parameters.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { HighAvailability } from '../scenario/schema/high-availability.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { OPPOSITES } from '../scenario/schema/timeline.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';
import { controlPaths, haPorts } from './ha-links.ts';
import { deviceIdOf, haConfig, timersOf } from './ha-settings.ts';

export function pairSettings(scenario: ResolvedScenario): PairSettings {
  const { unpublished, network } = scenario;
  const [first] = Object.values(scenario.devices) as [Device, Device];
  return {
    mode: first['high-availability'].mode,
    members: [member(scenario, 0), member(scenario, 1)],
    cables: Object.entries(network.links).map(([name, { between }]) => ({
      name,
      ends: [between[0], between[1]],
    })),
    opposites: OPPOSITES,
    linkDownDetectionUs: unpublished['link-down-detection'],
    heartbeatLosses: unpublished['heartbeat-losses'],
    helloLosses: unpublished['hello-losses'],
    unpublished: Object.fromEntries(
      PARAMETERS.map(({ name, write }) => [name, write(unpublished[name as keyof Unpublished])]),
    ),
  };
}

function member(scenario: ResolvedScenario, index: 0 | 1): MemberSettings {
  const entries = Object.entries(scenario.devices) as [[string, Device], [string, Device]];
  const [name, device] = entries[index];
  const [, peer] = entries[index === 0 ? 1 : 0];
  const ha = device['high-availability'];
  const { heartbeatIntervalUs, helloIntervalUs, promotionHoldUs, preemptionHoldUs, ...timers } =
    timersOf(device);
  const instance = scenario.aws?.instances[name];
  const keepAlive = ha['state-synchronization']['ha2-keep-alive'];
  return {
    name,
    winsElection: winsElection(haConfig(device, scenario.unpublished), haConfig(peer, scenario.unpublished)),
    rank: ha.mode === 'active-active' ? deviceIdOf(device) : ha['election-option']['device-priority'],
    preemptive: ha['election-option'].preemptive,
    passiveLinkState: ha['passive-link-state'],
    duties: haPorts(ha).map(({ duty, port }) => ({ duty: duty as Duty, port })),
    controlPaths: controlPaths(scenario, index).map((path) => path.name),
    monitorHoldUs: ha.interface.ha1['monitor-hold-time'],
    heartbeatIntervalUs,
    helloIntervalUs,
    promotionHoldUs,
    preemptionHoldUs,
    monitorFailHoldUpUs: timers.monitorFailHoldUpUs,
    additionalMasterHoldUpUs: timers.additionalMasterHoldUpUs,
    keepAliveUs: keepAlive.enabled ? keepAlive.threshold : null,
    linkMonitoring: linksOf(ha.monitoring['link-monitoring']),
    pathMonitoring: pathsOf(ha.monitoring['path-monitoring']),
    ...(instance === undefined ? {} : { dpdk: instance['vm-series']['dpdk-pkt-io'] }),
  };
}

function linksOf(links: HighAvailability['monitoring']['link-monitoring']): MemberSettings['linkMonitoring'] {
  return {
    enabled: links.enabled,
    failureCondition: links['failure-condition'],
    groups: Object.entries(links['link-group']).map(([name, group]) => ({
      name,
      enabled: group.enabled,
      failureCondition: group['failure-condition'],
      interfaces: group.interface,
    })),
  };
}

function pathsOf(paths: HighAvailability['monitoring']['path-monitoring']): Monitoring<PathGroup> {
  const kinds = ['virtual-router', 'virtual-wire', 'vlan'] as const;
  return {
    enabled: paths.enabled,
    failureCondition: paths['failure-condition'],
    groups: kinds.flatMap((kind) =>
      Object.entries(paths[kind]).map(([name, group]) => ({
        name: `${kind}.${name}`,
        enabled: group.enabled,
        failureCondition: group['failure-condition'],
        pingIntervalUs: group['ping-interval'],
        pingCount: group['ping-count'],
        destinationGroups: Object.entries(group['destination-group']).map(([part, item]) => ({
          name: part,
          failureCondition: item['failure-condition'],
          destinations: item['destination-ip'],
        })),
      })),
    ),
  };
}
