/**
 * The ports of a device that carry HA, and the links between the two firewalls that they make: HA1 and its backups, HA2, HA3.
 */

import type { ControlPathSettings, FirewallSettings, Ha3Settings } from '../firewall/settings.ts';
import { parseMac } from '../network/address.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { HighAvailability } from '../scenario/schema/high-availability.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';

/** Ports of a device that carry HA, by duty. Heartbeat-backup always uses the management interface (D04). */
export function haPorts(ha: HighAvailability): readonly { readonly duty: string; readonly port: string }[] {
  const { ha1, ha2, ha3 } = ha.interface;
  const backup = ha.interface['ha1-backup'];
  const ha2Backup = ha.interface['ha2-backup'];
  return [
    { duty: 'ha1', port: ha1.port },
    ...(backup === undefined ? [] : [{ duty: 'ha1-backup', port: backup.port }]),
    ...(ha['election-option']['heartbeat-backup'] ? [{ duty: 'heartbeat-backup', port: 'management' }] : []),
    ...(ha2 === undefined ? [] : [{ duty: 'ha2', port: ha2.port }]),
    ...(ha2Backup === undefined ? [] : [{ duty: 'ha2-backup', port: ha2Backup.port }]),
    ...(ha3 === undefined ? [] : [{ duty: 'ha3', port: ha3.port }]),
  ];
}

/** MAC address of a port of the device with this index; HA1 has the one that elections compare. */
export function portMac(device: Device, index: number, port: string): number {
  const ha1 = device['high-availability'].interface.ha1.port;
  if (port === ha1) return parseMac(device['ha1-mac'] as string);
  const ordinal = Number.parseInt(port.replace(/\D/g, ''), 10) || 0;
  const kind = port.startsWith('ethernet') ? 0x4000 : port.charCodeAt(0) * 0x40;
  return 0x001b_17f0_0000 + index * 0x8000 + ((kind + ordinal) % 0x8000);
}

/** HA1 and its backup share one setting (D05). */
function isEncrypted(device: Device): boolean {
  return device['high-availability'].interface.ha1.encryption.enabled;
}

const CONTROL_DUTIES: readonly string[] = ['ha1', 'ha1-backup', 'heartbeat-backup'];

/** HA1 and its backups that both firewalls have, as this one sees them. */
export function controlPaths(scenario: ResolvedScenario, index: number): ControlPathSettings[] {
  const devices = Object.values(scenario.devices);
  const self = devices[index] as Device;
  const peer = devices[1 - index] as Device;
  const peerPorts = haPorts(peer['high-availability']);
  const { interface: own } = self['high-availability'];
  return haPorts(self['high-availability']).flatMap(({ duty, port }) => {
    if (!CONTROL_DUTIES.includes(duty)) return [];
    const peerPort = peerPorts.find((candidate) => candidate.duty === duty);
    if (peerPort === undefined) return []; // The peer does not have this path, so it never comes up.
    const link = duty === 'ha1-backup' ? own['ha1-backup'] : own.ha1;
    return [
      {
        name: duty as ControlPathSettings['name'],
        port,
        mac: portMac(self, index, port),
        peerMac: portMac(peer, 1 - index, peerPort.port),
        monitorHoldUs: link?.['monitor-hold-time'] ?? own.ha1['monitor-hold-time'],
        // Heartbeat-backup has a connection of its own on the management interface, which no setting encrypts.
        encryptionMatches: duty === 'heartbeat-backup' || isEncrypted(self) === isEncrypted(peer),
      },
    ];
  });
}

/** The ends of the links for these duties that both firewalls have. */
export function pairedLinks(
  scenario: ResolvedScenario,
  index: number,
  duties: readonly string[],
): FirewallSettings['dataLinks'] {
  const devices = Object.values(scenario.devices);
  const self = devices[index] as Device;
  const peer = devices[1 - index] as Device;
  const peerPorts = haPorts(peer['high-availability']);
  return haPorts(self['high-availability']).flatMap(({ duty, port }) => {
    const peerPort = peerPorts.find((candidate) => candidate.duty === duty)?.port;
    if (!duties.includes(duty) || peerPort === undefined) return [];
    return [
      {
        name: duty as 'ha2' | 'ha2-backup' | 'ha3',
        port,
        mac: portMac(self, index, port),
        peerMac: portMac(peer, 1 - index, peerPort),
      },
    ];
  });
}

/** Null when not both firewalls have HA3. */
export function ha3Settings(scenario: ResolvedScenario, index: number): Ha3Settings | null {
  const [link] = pairedLinks(scenario, index, ['ha3']);
  if (link === undefined) return null;
  const { 'ha3-header': headerBytes, 'link-down-detection': detectionUs } = scenario.unpublished;
  return { ...link, headerBytes, detectionUs };
}

/** Null when this firewall sends no HA2 keep-alives. */
export function keepAliveOf(ha: HighAvailability, unpublished: Unpublished): FirewallSettings['keepAlive'] {
  const { enabled, action, threshold } = ha['state-synchronization']['ha2-keep-alive'];
  if (!enabled) return null;
  return { action, thresholdUs: threshold, intervalUs: unpublished['ha2-keep-alive-interval'] };
}
