/**
 * The settings of one firewall in the form in which reports show them.
 */

import { writeDuration } from '../scenario/schema/units.ts';
import type { ActiveActive, VirtualAddress } from '../scenario/schema/active-active.ts';
import type { HighAvailability } from '../scenario/schema/high-availability.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { ResolvedDevice } from '../scenario/schema/scenario.ts';
import type { Aws } from '../scenario/schema/aws.ts';
import type { ActiveActiveSettings, AwsDeviceSettings, DeviceSettings } from './result.ts';
import { timersOf } from './ha-settings.ts';

/** @param aws undefined outside of AWS */
export function summarizeDevice(name: string, device: ResolvedDevice, aws?: Aws): DeviceSettings {
  const ha = device['high-availability'];
  const { heartbeatIntervalUs, helloIntervalUs, promotionHoldUs, preemptionHoldUs, ...timers } =
    timersOf(device);
  return {
    name,
    serialNumber: device['serial-number'],
    platform: device.platform,
    mode: ha.mode,
    groupId: ha['group-id'],
    devicePriority: ha['election-option']['device-priority'],
    preemptive: ha['election-option'].preemptive,
    heartbeatBackup: ha['election-option']['heartbeat-backup'],
    passiveLinkState: ha['passive-link-state'],
    heartbeatIntervalUs,
    helloIntervalUs,
    promotionHoldUs,
    preemptionHoldUs,
    monitorFailHoldUpUs: timers.monitorFailHoldUpUs,
    additionalMasterHoldUpUs: timers.additionalMasterHoldUpUs,
    monitorFailHoldDownUs: ha['monitor-fail-hold-down-time'],
    flapMax: timers.flapMax,
    ha1: ha.interface.ha1.port,
    ha1Backup: ha.interface['ha1-backup']?.port ?? null,
    ...(ha.interface.ha1.encryption.enabled && { ha1Encryption: true }),
    ha2: ha.interface.ha2?.port ?? null,
    ha2Backup: ha.interface['ha2-backup']?.port ?? null,
    stateSynchronization: ha['state-synchronization'].enabled,
    ...transportOf(ha),
    ...keepAliveOf(ha),
    linkMonitoring: monitoredLinks(ha.monitoring['link-monitoring']),
    pathMonitoring: monitoredPaths(ha.monitoring['path-monitoring']),
    activeActive: ha.mode === 'active-active' ? summarizeActiveActive(ha) : null,
    ...summarizeInstance(aws, name),
    interfaces: Object.entries(device.interfaces).map(([port, { zone, ip }]) => `${port} ${zone} ${ip}`),
  };
}

function summarizeInstance(aws: Aws | undefined, name: string): { aws?: AwsDeviceSettings } {
  const instance = aws?.instances[name];
  if (aws === undefined || instance === undefined) return {};
  const settings: AwsDeviceSettings = {
    failoverMode: aws['failover-mode'],
    instanceType: instance['instance-type'],
    plugin: instance['vm-series'].plugin,
    dpdk: instance['vm-series']['dpdk-pkt-io'],
    networkInterfaces: instance['network-interfaces'],
    instanceProfile: instance['iam-instance-profile'] ?? null,
  };
  return { aws: settings };
}

function summarizeActiveActive(ha: HighAvailability): ActiveActiveSettings {
  const settings = ha['active-active'];
  return {
    deviceId: (settings['device-id'] ?? 0) as 0 | 1,
    tentativeHoldUs: settings['tentative-hold-time'],
    sessionOwner: settings['session-owner-selection'],
    sessionSetup: describeSetup(settings['session-setup']),
    ha3: ha.interface.ha3?.port ?? null,
    virtualAddresses: Object.entries(settings['virtual-address']).flatMap(([port, addresses]) =>
      Object.entries(addresses).map(([ip, address]) => `${ip} (${port}, ${describeAddress(address)})`),
    ),
  };
}

function describeSetup(setup: ActiveActive['session-setup']): string {
  if (typeof setup === 'string') return setup;
  const { 'hash-key': key, 'hash-seed': seed } = setup['ip-hash'];
  return `ip-hash (${key}, seed ${seed})`;
}

function describeAddress({ floating, 'arp-load-sharing': sharing }: VirtualAddress): string {
  const priority = floating?.['device-priority'];
  if (priority !== undefined) {
    return priority['device-0'] <= priority['device-1'] ? 'device 0 before 1' : 'device 1 before 0';
  }
  if (floating !== undefined) return 'bound to active-primary';
  const hash = sharing?.['ip-hash'];
  return hash === undefined ? 'ARP load sharing by ip-modulo' : 'ARP load sharing by ip-hash';
}

function transportOf(ha: HighAvailability): Pick<DeviceSettings, 'ha2Transport' | 'ha2Addresses'> {
  const { transport } = ha['state-synchronization'];
  if (transport === 'ethernet') return {};
  const addresses = (['ha2', 'ha2-backup'] as const).flatMap((duty) => {
    const address = ha.interface[duty]?.['ip-address'];
    return address === undefined ? [] : [[duty, address] as const];
  });
  return { ha2Transport: transport, ha2Addresses: Object.fromEntries(addresses) };
}

function keepAliveOf(ha: HighAvailability): Pick<DeviceSettings, 'ha2KeepAlive'> {
  const { enabled, threshold, action } = ha['state-synchronization']['ha2-keep-alive'];
  return enabled ? { ha2KeepAlive: `${writeDuration(threshold)} ${action}` } : {};
}

function monitoredLinks(monitoring: Device['high-availability']['monitoring']['link-monitoring']): string[] {
  if (!monitoring.enabled) return [];
  return Object.entries(monitoring['link-group']).map(
    ([group, item]) => `${group}: ${item['failure-condition']} of ${item.interface.join(', ')}`,
  );
}

function monitoredPaths(monitoring: Device['high-availability']['monitoring']['path-monitoring']): string[] {
  if (!monitoring.enabled) return [];
  const groups = [monitoring['virtual-router'], monitoring['virtual-wire'], monitoring.vlan];
  return groups
    .flatMap((kind) => Object.values(kind))
    .flatMap((group) => {
      if (!group.enabled) return [];
      return Object.values(group['destination-group']).map((destinations) => {
        const addresses = destinations['destination-ip'].join(', ');
        const probe = `${writeDuration(group['ping-interval'])} × ${group['ping-count']}`;
        return `${destinations['failure-condition']} of ${addresses} (${probe})`;
      });
    });
}
