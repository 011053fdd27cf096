/**
 * Scenario words → model numbers: turns the parts of a resolved scenario into the plain settings that the rooms below take.
 */

import { flapsOnLeaving, type Media } from '../firewall/media.ts';
import type { FirewallSettings } from '../firewall/settings.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { controlPaths, ha3Settings, haPorts, keepAliveOf, pairedLinks, portMac } from './ha-links.ts';
import { deviceIdOf, haConfig } from './ha-settings.ts';
import { leasesOf } from './leases.ts';
import { loadSharing } from './load-sharing.ts';
import { enabledEntries, pathGroups } from './monitoring-settings.ts';
import { readNeighbors } from './neighbors.ts';
import { readBridges, readInterfaces, readNat, readRoutes } from './running-config.ts';
import { virtualAddresses } from './virtual-addresses.ts';

/** Platforms whose HA1-B port restarts with the dataplane (D10). */
const HA1_B_WITH_DATAPLANE: ReadonlySet<string> = new Set(['PA-1400', 'PA-3200', 'PA-3400']);

/** What a port is made of: as the file says, else copper, and virtual on VM-Series. */
function mediaOf(device: Device, port: string): Media {
  return device.interfaces[port]?.media ?? (device.platform === 'VM-Series' ? 'virtual' : 'copper');
}

/** Everything one firewall is told about itself. */
export function firewallSettings(
  scenario: ResolvedScenario,
  index: number,
  cabled: readonly string[],
): FirewallSettings {
  const [name, device] = Object.entries(scenario.devices)[index] as [string, Device];
  const { unpublished } = scenario;
  const ha = device['high-availability'];
  const { 'link-monitoring': links, 'path-monitoring': paths } = ha.monitoring;
  const reserved = new Set(haPorts(ha).map(({ port }) => port));
  return {
    name,
    dataplaneHaPorts: HA1_B_WITH_DATAPLANE.has(device.platform) ? ['ha1-b'] : [],
    ha: haConfig(device, unpublished),
    controlPaths: controlPaths(scenario, index),
    dataLinks: pairedLinks(scenario, index, ['ha2', 'ha2-backup']),
    ha3: ha3Settings(scenario, index),
    loadSharing: loadSharing(device, unpublished),
    keepAlive: keepAliveOf(ha, unpublished),
    dataPorts: cabled
      .filter((port) => port.startsWith('ethernet') && !reserved.has(port))
      .map((port) => ({
        name: port,
        mac: portMac(device, index, port),
        flaps: flapsOnLeaving(mediaOf(device, port), unpublished['port-flap-media']),
      })),
    linkMonitoring: {
      enabled: links.enabled,
      failureCondition: links['failure-condition'],
      groups: enabledEntries(links['link-group']).map(([group, value]) => ({
        name: group,
        failureCondition: value['failure-condition'],
        interfaces: value.interface,
      })),
    },
    pathMonitoring: {
      enabled: paths.enabled,
      failureCondition: paths['failure-condition'],
      groups: pathGroups(paths),
    },
    leases: leasesOf(scenario, name),
    hypervisorMacs: scenario.aws !== undefined,
    configurationSync: ha['configuration-synchronization'].enabled,
    running: {
      version: index + 1,
      interfaces: readInterfaces(device.interfaces),
      routes: readRoutes(device['static-route']),
      bridges: readBridges(device),
      nat: readNat(device),
      neighbors: readNeighbors(device['routing-neighbor']),
    },
    virtualAddresses: virtualAddresses(device, unpublished),
    sessionSync: {
      device: name,
      enabled: ha['state-synchronization'].enabled,
      lagUs: unpublished['session-sync-lag'],
      rate: unpublished['session-sync-rate'],
      batch: unpublished['session-sync-batch'],
      spacingUs: unpublished['session-sync-spacing'],
      messageBytes: unpublished['session-sync-message'],
      queueLimit: unpublished['session-sync-queue'],
      updateUs: unpublished['session-sync-update'],
      bulkUs: unpublished['bulk-session-sync'],
      bulkRetryUs: unpublished['bulk-session-sync-retry'],
      self: ha.mode === 'active-active' ? deviceIdOf(device) : null,
    },
    assumptions: {
      helloLosses: unpublished['hello-losses'],
      heartbeatLosses: unpublished['heartbeat-losses'],
      heartbeatReplyTimeout: unpublished['heartbeat-reply-timeout'],
      linkDownDetectionUs: unpublished['link-down-detection'],
      portBringUpShutdownUs: unpublished['port-bring-up-shutdown'],
      portBringUpAutoUs: unpublished['port-bring-up-auto'],
      portFlapUs: unpublished['port-flap'],
      lacpNegotiationUs: unpublished['lacp-negotiation'],
      bootUs: unpublished['boot-time'],
      agentRestartUs: unpublished['ha-agent-restart-time'],
      dataplaneRestartUs: unpublished['dataplane-restart-time'],
      configurationSyncUs: unpublished['configuration-sync-time'],
      controlRetransmissionUs: unpublished['control-retransmission'],
      policyPushUs: unpublished['policy-push-time'],
      ha1BRestartUs: unpublished['ha1-b-restart-time'],
      randomPhase: unpublished['heartbeat-phase'] === 'random',
      ikeNegotiationUs: unpublished['ike-negotiation-time'],
      serviceWarmUp: scenario.aws !== undefined && unpublished['aws-service-warm-up'] !== 'none',
      ha2RecoverySync: unpublished['ha2-recovery-sync'],
      keptAddresses: unpublished['kept-address-announcement'],
    },
  };
}
