/**
 * What one firewall is told about itself: plain data, durations in integer microseconds, addresses as integers.
 */

import type { Compatibility, HaConfig } from '../ha/config.ts';
import type { Subnet } from '../network/address.ts';
import type { NeighborSettings } from '../network/neighbor.ts';
import type { StaticRoute } from '../network/routing.ts';
import type { LoadSharing } from './load-sharing.ts';
import type { NatRule, WrittenNatRule } from './nat.ts';
import type { SessionSyncSettings } from '../traffic/session-sync.ts';
import type { VirtualAddress } from './virtual-address.ts';
import type { LacpSettings } from './lacp.ts';

export type ControlPathName = 'ha1' | 'ha1-backup' | 'heartbeat-backup';

export interface ControlPathSettings {
  readonly name: ControlPathName;
  readonly port: string;
  readonly mac: number;
  readonly peerMac: number;
  readonly monitorHoldUs: number;
  /** Both ends encrypt it, or neither does: the control connection opens. Heartbeats pass anyway. */
  readonly encryptionMatches: boolean;
}

export interface DataLinkSettings {
  readonly name: 'ha2' | 'ha2-backup' | 'ha3';
  readonly port: string;
  readonly mac: number;
  readonly peerMac: number;
}

export interface Ha3Settings extends DataLinkSettings {
  /** What the proprietary header adds to every packet. */
  readonly headerBytes: number;
  /** From a change of carrier to the HA agent knowing of it. */
  readonly detectionUs: number;
}

/** HA2 keep-alive of a side that has it enabled. */
export interface KeepAliveSettings {
  readonly action: 'log-only' | 'split-datapath';
  /** Silence that means failure (D05: 5 s to 60 s). */
  readonly thresholdUs: number;
  readonly intervalUs: number;
}

export type FailureCondition = 'any' | 'all';

export interface LinkGroup {
  readonly name: string;
  readonly failureCondition: FailureCondition;
  readonly interfaces: readonly string[];
}

/** What a path group belongs to (D06), and where its pings leave. */
export type PathGroupKind = 'virtual-router' | 'virtual-wire' | 'vlan';

export interface PathGroup {
  readonly kind: PathGroupKind;
  /** Name of the virtual router, the virtual wire or the VLAN. */
  readonly name: string;
  /** Configured for virtual wires and VLANs; a virtual router pings from its egress interface. */
  readonly sourceIp: number | null;
  readonly failureCondition: FailureCondition;
  readonly pingIntervalUs: number;
  readonly pingCount: number;
  readonly destinationGroups: readonly {
    readonly name: string;
    readonly failureCondition: FailureCondition;
    readonly destinations: readonly number[];
  }[];
}

export interface Monitoring<Group> {
  readonly enabled: boolean;
  readonly failureCondition: FailureCondition;
  readonly groups: readonly Group[];
}

/** A virtual wire or a VLAN, with the ports that it joins. */
export interface BridgeSettings {
  readonly kind: 'virtual-wire' | 'vlan';
  readonly name: string;
  readonly ports: readonly string[];
}

/** A layer 3 interface. */
export interface InterfaceSettings {
  readonly name: string;
  readonly zone: string;
  readonly subnet: Subnet;
  /** Of the bundle whose one member the port is; null = no LACP. */
  readonly lacp: LacpSettings | null;
  /** Server to which DHCP broadcasts are relayed, if they are. */
  readonly dhcpRelay?: number;
}

/** An interface as it is written; one without a subnet is a DHCP client. */
export type WrittenInterface = Omit<InterfaceSettings, 'subnet'> & { readonly subnet: Subnet | null };

/** The part of the configuration that configuration sync copies to the peer. */
export interface RunningConfig {
  /** Counts commits, so that two peers can tell whether they agree. */
  readonly version: number;
  readonly interfaces: readonly WrittenInterface[];
  readonly routes: readonly StaticRoute[];
  readonly bridges: readonly BridgeSettings[];
  readonly nat: readonly WrittenNatRule[];
  readonly neighbors: readonly NeighborSettings[];
}

/** Addresses that a firewall's interfaces get by DHCP, by interface: each firewall its own. */
export type Leases = Readonly<Record<string, Subnet>>;

/** A configuration as one firewall runs it: every interface has its address, and every rule of NAT what it translates to. */
export interface ConfigInForce extends Omit<RunningConfig, 'interfaces' | 'nat'> {
  readonly interfaces: readonly InterfaceSettings[];
  readonly nat: readonly NatRule[];
}

/** What of a configuration one firewall can run: a DHCP client without a lease has no address, and nobody translates to that. */
export function inForce(running: RunningConfig, leases: Leases): ConfigInForce {
  const interfaces = running.interfaces.flatMap((item) => {
    const subnet = item.subnet ?? leases[item.name];
    return subnet === undefined ? [] : [{ ...item, subnet }];
  });
  const nat = running.nat.flatMap(({ to, ...rule }) => {
    const ip = typeof to === 'number' ? to : interfaces.find(({ name }) => name === to)?.subnet.ip;
    return ip === undefined ? [] : [{ ...rule, translatedIp: ip }];
  });
  return { ...running, interfaces, nat };
}

/** The parts that configuration sync copies, or leaves to each firewall. */
export const CONFIG_PARTS = ['interfaces', 'routes', 'neighbors', 'bridges', 'nat'] as const;

export type ConfigPart = (typeof CONFIG_PARTS)[number];

/**
 * The parts that each firewall has for itself: none in active/passive; in active/active its interfaces, and its virtual router
 * unless that is synchronized, too (K19; the first seed document configures each firewall's interfaces).
 */
export function partsKept({ activeActive }: Compatibility): readonly ConfigPart[] {
  if (activeActive === null) return [];
  return activeActive.virtualRouterSync ? ['interfaces'] : ['interfaces', 'routes', 'neighbors'];
}

/** What PAN-OS does not publish (reference section 14.A). */
export interface FirewallAssumptions {
  readonly helloLosses: number;
  readonly heartbeatLosses: number;
  /** Fraction of the heartbeat interval after which an unanswered heartbeat is lost. */
  readonly heartbeatReplyTimeout: number;
  readonly linkDownDetectionUs: number;
  readonly portBringUpShutdownUs: number;
  readonly portBringUpAutoUs: number;
  readonly portFlapUs: number;
  readonly lacpNegotiationUs: number;
  readonly bootUs: number;
  readonly agentRestartUs: number;
  readonly dataplaneRestartUs: number;
  readonly configurationSyncUs: number;
  readonly controlRetransmissionUs: number;
  readonly policyPushUs: number;
  readonly ha1BRestartUs: number;
  readonly randomPhase: boolean;
  /** From a tunnel's first packet to IKE having negotiated with its gateway. */
  readonly ikeNegotiationUs: number;
  /** Tunnels take a while to come back after a takeover, beyond any negotiation (`aws-service-warm-up`). */
  readonly serviceWarmUp: boolean;
  /** What the active sends when HA2 has come back: the sessions that its peer may lack, or nothing. */
  readonly ha2RecoverySync: 'none' | 'bulk';
  /** Whether virtual addresses that were kept through a split brain are announced again at its end. */
  readonly keptAddresses: 'on-reunion' | 'none';
}

export interface DataPortSettings {
  readonly name: string;
  /** The port's own MAC address, not the virtual one. */
  readonly mac: number;
  /** Goes dark for a moment when the firewall stops serving. */
  readonly flaps: boolean;
}

export interface FirewallSettings {
  readonly name: string;
  /** HA ports that stop and start with the dataplane although they carry no traffic (D10). */
  readonly dataplaneHaPorts: readonly string[];
  readonly ha: HaConfig;
  readonly controlPaths: readonly ControlPathSettings[];
  readonly dataLinks: readonly DataLinkSettings[];
  readonly ha3: Ha3Settings | null;
  /** How an active/active pair shares sessions; null in active/passive. */
  readonly loadSharing: LoadSharing | null;
  /** Null when this side does not send keep-alives. */
  readonly keepAlive: KeepAliveSettings | null;
  /** Cabled ports that carry traffic. */
  readonly dataPorts: readonly DataPortSettings[];
  readonly linkMonitoring: Monitoring<LinkGroup>;
  readonly pathMonitoring: Monitoring<PathGroup>;
  readonly configurationSync: boolean;
  /** Of interfaces that are DHCP clients. */
  readonly leases: Leases;
  /** Its data interfaces keep the MAC addresses that their hypervisor gave them, and nobody would hear gratuitous ARP. */
  readonly hypervisorMacs: boolean;
  readonly running: RunningConfig;
  /** Of an active/active pair; part of the HA settings, which are not synchronized (D22). */
  readonly virtualAddresses: readonly VirtualAddress[];
  readonly sessionSync: SessionSyncSettings;
  readonly assumptions: FirewallAssumptions;
}

/** Whether two configurations say the same, whatever their versions and what each firewall keeps for itself. */
export function sameConfiguration(a: RunningConfig, b: RunningConfig, keeps: readonly ConfigPart[]): boolean {
  return CONFIG_PARTS.every((part) => keeps.includes(part) || same(a[part], b[part]));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
