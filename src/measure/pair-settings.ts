/**
 * The settings of a pair that decide whether it fails over, as plain data: what an explanation has to know beside the trace.
 *
 * Names are those of a scenario file; durations are integer microseconds.
 */

export type FailureCondition = 'any' | 'all';

export interface LinkGroup {
  readonly name: string;
  readonly enabled: boolean;
  readonly failureCondition: FailureCondition;
  readonly interfaces: readonly string[];
}

export interface DestinationGroup {
  readonly name: string;
  readonly failureCondition: FailureCondition;
  readonly destinations: readonly string[];
}

export interface PathGroup {
  readonly name: string;
  readonly enabled: boolean;
  readonly failureCondition: FailureCondition;
  readonly pingIntervalUs: number;
  readonly pingCount: number;
  readonly destinationGroups: readonly DestinationGroup[];
}

export interface Monitoring<Group> {
  readonly enabled: boolean;
  readonly failureCondition: FailureCondition;
  readonly groups: readonly Group[];
}

/** What a port does for HA; all others carry traffic. */
export type Duty = 'ha1' | 'ha1-backup' | 'heartbeat-backup' | 'ha2' | 'ha2-backup' | 'ha3';

export const CONTROL_DUTIES: readonly Duty[] = ['ha1', 'ha1-backup', 'heartbeat-backup'];
export const STATE_DUTIES: readonly Duty[] = ['ha2', 'ha2-backup'];

export interface MemberSettings {
  readonly name: string;
  /** It beats the other in an election. */
  readonly winsElection: boolean;
  /** By what it is elected first: `device-priority` in active/passive, `device-id` in active/active. */
  readonly rank: number;
  readonly preemptive: boolean;
  readonly passiveLinkState: 'auto' | 'shutdown';
  readonly duties: readonly { readonly duty: Duty; readonly port: string }[];
  /** Control paths that both firewalls have. */
  readonly controlPaths: readonly Duty[];
  readonly monitorHoldUs: number;
  readonly heartbeatIntervalUs: number;
  readonly helloIntervalUs: number;
  readonly promotionHoldUs: number;
  readonly preemptionHoldUs: number;
  readonly monitorFailHoldUpUs: number;
  readonly additionalMasterHoldUpUs: number;
  /** Threshold of HA2 keep-alive; null = off. */
  readonly keepAliveUs: number | null;
  readonly linkMonitoring: Monitoring<LinkGroup>;
  readonly pathMonitoring: Monitoring<PathGroup>;
  /** DPDK is on, of a VM-Series in AWS. */
  readonly dpdk?: boolean;
}

export interface PairSettings {
  readonly mode: 'active-passive' | 'active-active';
  readonly members: readonly [MemberSettings, MemberSettings];
  /** Ends as `palo-1:ethernet1/1`, or the name of a switch or host. */
  readonly cables: readonly { readonly name: string; readonly ends: readonly [string, string] }[];
  /** Actions of a timeline that undo another: `interface-down` → `interface-up`. */
  readonly opposites: Readonly<Record<string, string>>;
  readonly linkDownDetectionUs: number;
  readonly heartbeatLosses: number;
  readonly helloLosses: number;
  /** Every parameter of `unpublished:`, as a scenario writes its value. */
  readonly unpublished: Readonly<Record<string, string>>;
}

/** A setting with its value, both as a scenario writes them. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** A firewall of the pair by its name; undefined for anything else. */
export function memberNamed({ members }: PairSettings, name: string): MemberSettings | undefined {
  return members.find((member) => member.name === name);
}

/** The other firewall. */
export function peerOf({ members }: PairSettings, name: string): MemberSettings {
  return members[0].name === name ? members[1] : members[0];
}
