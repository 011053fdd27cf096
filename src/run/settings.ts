/**
 * Scenario words → model numbers: turns the parts of a resolved scenario into the plain settings that the rooms below take.
 */

import type { ActiveActiveCompatibility, DeviceId, HaConfig } from '../ha/config.ts';
import { profileTimers, type HaTimers } from '../ha/timers.ts';
import { parseCidr, parseIp, parseMac } from '../network/address.ts';
import { DEFAULT_IMPAIRMENT, type Impairment } from '../network/impairment.ts';
import type { StaticRoute } from '../network/routing.ts';
import type {
  BridgeSettings,
  ControlPathSettings,
  FirewallSettings,
  Ha3Settings,
  PathGroup,
  RunningConfig,
} from '../firewall/settings.ts';
import type { LoadSharing, SessionSetup } from '../firewall/load-sharing.ts';
import type { NatRule } from '../firewall/nat.ts';
import type { ActiveActive } from '../scenario/schema/active-active.ts';
import { flapsOnLeaving, type Media } from '../firewall/media.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { HighAvailability } from '../scenario/schema/high-availability.ts';
import type { LinkSettings } from '../scenario/schema/network.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';
import { readNeighbors } from './neighbors.ts';
import { virtualAddresses } from './virtual-addresses.ts';

/** PAN-OS's 15 minutes within which two departures from active make a flap (D04). */
const FLAP_WINDOW_US = 900_000_000;
/** Longest wait for the bulk session sync in `initial` (K07). */
const SESSION_SYNC_WAIT_US = 3_600_000_000;

type ImpairmentSettings = Omit<LinkSettings, 'between' | 'mtu'>;

/** The settings that are given, in the model's words; what is not given is left out. */
export function impairmentOf(given: ImpairmentSettings): Partial<Impairment> {
  const burst = given['burst-loss'];
  const over: Partial<Record<keyof Impairment, unknown>> = {
    latencyUs: given.latency,
    jitterUs: given.jitter,
    loss: given.loss,
    burst: burst === undefined ? undefined : { meanGap: burst['mean-gap'], meanLength: burst['mean-length'] },
    duplicate: given.duplicate,
    reorderShare: given.reorder?.share,
    reorderDelayUs: given.reorder?.delay,
    bandwidth: given.bandwidth,
    queueLimitUs: given['queue-limit'],
  };
  const entries = Object.entries(over).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Impairment>;
}

/** A link's own settings, complete. */
export function linkImpairment(link: LinkSettings): Impairment {
  return { ...DEFAULT_IMPAIRMENT, ...impairmentOf(link) };
}

export function readRoutes(routes: Device['static-route']): StaticRoute[] {
  return routes.map(({ destination, nexthop }) => ({
    destination: parseCidr(destination),
    nextHop: parseIp(nexthop),
  }));
}

export function readInterfaces(interfaces: Device['interfaces']): RunningConfig['interfaces'] {
  return Object.entries(interfaces).map(([name, item]) => ({
    name,
    zone: item.zone,
    subnet: parseCidr(item.ip),
    lacp: item.lacp === undefined ? null : { preNegotiation: item.lacp['pre-negotiation'] },
    ...(item['dhcp-relay'] === undefined ? {} : { dhcpRelay: parseIp(item['dhcp-relay']) }),
  }));
}

/** The timers in force: a profile's, with single values of `advanced:` laid over it. */
export function timersOf(device: Device): HaTimers {
  const { timers } = device['high-availability']['election-option'];
  if (typeof timers === 'string') return profileTimers(timers, device.platform);
  const base = profileTimers('recommended', device.platform);
  const { advanced } = timers;
  return {
    heartbeatIntervalUs: advanced['heartbeat-interval'] ?? base.heartbeatIntervalUs,
    helloIntervalUs: advanced['hello-interval'] ?? base.helloIntervalUs,
    promotionHoldUs: advanced['promotion-hold-time'] ?? base.promotionHoldUs,
    preemptionHoldUs: advanced['preemption-hold-time'] ?? base.preemptionHoldUs,
    monitorFailHoldUpUs: advanced['monitor-fail-hold-up-time'] ?? base.monitorFailHoldUpUs,
    additionalMasterHoldUpUs: advanced['additional-master-hold-up-time'] ?? base.additionalMasterHoldUpUs,
    flapMax: advanced['flap-max'] ?? base.flapMax,
  };
}

/** A device's id in active/active; the place in the file fills it in where it matters. */
function deviceIdOf(device: Device): DeviceId {
  return (device['high-availability']['active-active']['device-id'] ?? 0) as DeviceId;
}

function activeActiveCompatibility(device: Device): ActiveActiveCompatibility | null {
  const ha = device['high-availability'];
  if (ha.mode !== 'active-active') return null;
  const settings = ha['active-active'];
  return {
    deviceId: deviceIdOf(device),
    packetForwarding: settings['packet-forwarding'],
    sessionLoadSharing: JSON.stringify([settings['session-owner-selection'], settings['session-setup']]),
    virtualRouterSync: settings['network-configuration-sync']['virtual-router'],
    qosSync: settings['network-configuration-sync'].qos,
  };
}

function familyOf(address: string | undefined): 'IPv4' | 'IPv6' | 'none' {
  if (address === undefined) return 'none';
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

function haConfig(device: Device, unpublished: Unpublished): HaConfig {
  const ha = device['high-availability'];
  const sync = ha['state-synchronization'];
  return {
    mode: ha.mode,
    devicePriority: ha['election-option']['device-priority'],
    deviceId: deviceIdOf(device),
    preemptive: ha['election-option'].preemptive,
    ha1Mac: parseMac(device['ha1-mac'] as string),
    timers: timersOf(device),
    passiveLinkState: ha['passive-link-state'],
    monitorFailHoldDownUs: ha['monitor-fail-hold-down-time'],
    tentativeHoldUs: ha['active-active']['tentative-hold-time'],
    stateSynchronization: sync.enabled,
    compatibility: {
      platform: device.platform,
      multiVsys: device['multi-vsys'],
      fipsCc: device['fips-cc'],
      serialNumber: device['serial-number'] as string,
      groupId: ha['group-id'],
      mode: ha.mode,
      ha2Transport: sync.enabled ? sync.transport : 'none',
      ha2Port: ha.interface.ha2?.port ?? 'none',
      ha2BackupPort: ha.interface['ha2-backup']?.port ?? 'none',
      ha2Family: familyOf(ha.interface.ha2?.['ip-address']),
      ha2BackupFamily: familyOf(ha.interface['ha2-backup']?.['ip-address']),
      swVersion: device['sw-version'],
      peerReleasesBehind: unpublished['peer-releases-behind'],
      urlDatabase: device['url-database'],
      activeActive: activeActiveCompatibility(device),
    },
    assumptions: {
      initialTimeoutUs: unpublished['initial-timeout'],
      sessionSyncWaitUs: SESSION_SYNC_WAIT_US,
      flapWindowUs: FLAP_WINDOW_US,
      flapComparison: unpublished['flap-comparison'],
      announcedFailureHold: unpublished['announced-failure-hold'],
      splitBrainLoser: unpublished['split-brain-loser'],
      bothMonitorsFailed: unpublished['both-monitors-failed'],
      ha3LossLeaver: unpublished['ha3-loss-leaver'],
    },
  };
}

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
function portMac(device: Device, index: number, port: string): number {
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

/** Platforms whose HA1-B port restarts with the dataplane (D10). */
const HA1_B_WITH_DATAPLANE: ReadonlySet<string> = new Set(['PA-1400', 'PA-3200', 'PA-3400']);

/** What a port is made of: as the file says, else copper, and virtual on VM-Series. */
function mediaOf(device: Device, port: string): Media {
  return device.interfaces[port]?.media ?? (device.platform === 'VM-Series' ? 'virtual' : 'copper');
}

const CONTROL_DUTIES: readonly string[] = ['ha1', 'ha1-backup', 'heartbeat-backup'];

function controlPaths(scenario: ResolvedScenario, index: number): ControlPathSettings[] {
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
function pairedLinks(
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

function ha3Settings(scenario: ResolvedScenario, index: number): Ha3Settings | null {
  const [link] = pairedLinks(scenario, index, ['ha3']);
  if (link === undefined) return null;
  const { 'ha3-header': headerBytes, 'link-down-detection': detectionUs } = scenario.unpublished;
  return { ...link, headerBytes, detectionUs };
}

function loadSharing(device: Device, unpublished: Unpublished): LoadSharing | null {
  const ha = device['high-availability'];
  if (ha.mode !== 'active-active') return null;
  const settings = ha['active-active'];
  return {
    self: deviceIdOf(device),
    owner: settings['session-owner-selection'],
    setup: sessionSetup(settings['session-setup'], unpublished),
    packetForwarding: settings['packet-forwarding'],
    unknownPacket: unpublished['unknown-session-packet'],
    onReturn: unpublished['session-ownership-return'],
  };
}

function sessionSetup(setup: ActiveActive['session-setup'], unpublished: Unpublished): SessionSetup {
  if (typeof setup !== 'string') {
    const { 'hash-key': key, 'hash-seed': seed } = setup['ip-hash'];
    return { kind: 'ip-hash', key, seed };
  }
  if (setup !== 'ip-modulo') return { kind: setup };
  return { kind: setup, evenTo: unpublished['ip-modulo-parity'] === 'even-to-0' ? 0 : 1 };
}

function readNat(device: Device): NatRule[] {
  return device.nat.map((rule) => {
    const binding = rule['active-active-device-binding'];
    return {
      name: rule.name,
      source: parseCidr(rule.source),
      translatedIp: parseIp(rule['translated-address']),
      binding: binding === 'both' || binding === 'primary' ? binding : (Number(binding) as DeviceId),
    };
  });
}

function readBridges(device: Device): BridgeSettings[] {
  const wires = Object.entries(device['virtual-wire']).map(
    ([name, { interface1, interface2 }]) =>
      ({ kind: 'virtual-wire', name, ports: [interface1, interface2] }) as const,
  );
  const vlans = Object.entries(device.vlan).map(
    ([name, { interface: ports }]) => ({ kind: 'vlan', name, ports }) as const,
  );
  return [...wires, ...vlans];
}

type PathMonitoring = HighAvailability['monitoring']['path-monitoring'];

/** The enabled path groups of all three types, in one list. */
function pathGroups(paths: PathMonitoring): PathGroup[] {
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

function enabledEntries<Group extends { enabled: boolean }>(
  groups: Record<string, Group>,
): [string, Group][] {
  return Object.entries(groups).filter(([, { enabled }]) => enabled);
}

function keepAliveOf(ha: HighAvailability, unpublished: Unpublished): FirewallSettings['keepAlive'] {
  const { enabled, action, threshold } = ha['state-synchronization']['ha2-keep-alive'];
  if (!enabled) return null;
  return { action, thresholdUs: threshold, intervalUs: unpublished['ha2-keep-alive-interval'] };
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
      enabled: ha['state-synchronization'].enabled,
      lagUs: unpublished['session-sync-lag'],
      rate: unpublished['session-sync-rate'],
      bulkUs: unpublished['bulk-session-sync'],
      bulkRetryUs: unpublished['bulk-session-sync-retry'],
      self: ha.mode === 'active-active' ? deviceIdOf(device) : null,
    },
    assumptions: {
      helloLosses: unpublished['hello-losses'],
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
      ha2RecoverySync: unpublished['ha2-recovery-sync'],
    },
  };
}
