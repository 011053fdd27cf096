/**
 * What a run leaves behind: plain JSON, from which every report is a pure function.
 *
 * Times and durations are integer microseconds (`…Us`). The keys are stable; `schemaVersion` changes when one of them does.
 */

import type { EventRecord, TraceLevel, TraceRecord } from '../kernel/trace.ts';
import type { Role } from '../ha/role.ts';
import type { Unjudged, Verdict } from '../check/verdict.ts';
import type { AvailabilityResult } from '../measure/availability.ts';
import type { DataPathResult } from '../measure/data-path.ts';
import type { Incident } from '../measure/incident.ts';
import type { Ha3Counters } from '../firewall/ha3-link.ts';
import type { CaptureResult } from './capture.ts';
import type { Topology } from './topology.ts';
import type { Failover } from '../measure/failover.ts';
import type { WorkloadBooks } from '../traffic/workload-books.ts';
import type { ProbeResult } from '../traffic/probe-result.ts';
import type { SyncBooks } from '../traffic/sync-books.ts';

export const RESULT_SCHEMA_VERSION = 1;

/** The settings of one firewall that a reader wants to see beside the result. */
export interface DeviceSettings {
  readonly name: string;
  readonly serialNumber: string;
  readonly platform: string;
  readonly mode: string;
  readonly groupId: number;
  readonly devicePriority: number;
  readonly preemptive: boolean;
  readonly heartbeatBackup: boolean;
  readonly passiveLinkState: string;
  readonly heartbeatIntervalUs: number;
  readonly helloIntervalUs: number;
  readonly promotionHoldUs: number;
  readonly preemptionHoldUs: number;
  readonly monitorFailHoldUpUs: number;
  readonly additionalMasterHoldUpUs: number;
  readonly monitorFailHoldDownUs: number;
  readonly flapMax: number;
  readonly ha1: string;
  readonly ha1Backup: string | null;
  /** HA1 and its backup are encrypted; absent when they are not. */
  readonly ha1Encryption?: true;
  readonly ha2: string | null;
  readonly ha2Backup: string | null;
  readonly stateSynchronization: boolean;
  /** What carries session sync over HA2; absent when it is Ethernet. */
  readonly ha2Transport?: 'ip' | 'udp';
  /** Addresses of HA2 and its backup, as far as they are configured. */
  readonly ha2Addresses?: Readonly<Partial<Record<'ha2' | 'ha2-backup', string>>>;
  /** Threshold and action in words: `10s log-only`; absent when this side does not send keep-alives. */
  readonly ha2KeepAlive?: string;
  /** Monitored links and paths in words: `ethernet1/1 (any)`, `203.0.113.1 (200ms × 10)`. */
  readonly linkMonitoring: readonly string[];
  readonly pathMonitoring: readonly string[];
  /** Interfaces of its own configuration at the start; a passive may have none until it is synchronized. */
  readonly interfaces: readonly string[];
  /** Null in active/passive. */
  readonly activeActive: ActiveActiveSettings | null;
  /** Absent outside of AWS. */
  readonly aws?: AwsDeviceSettings;
}

/** The instance of a firewall in AWS. */
export interface AwsDeviceSettings {
  readonly failoverMode: string;
  readonly instanceType: string;
  readonly plugin: string;
  readonly dpdk: boolean;
  /** By device index. */
  readonly networkInterfaces: readonly string[];
  readonly instanceProfile: string | null;
}

/** What only a member of an active/active pair has. */
export interface ActiveActiveSettings {
  readonly deviceId: 0 | 1;
  readonly tentativeHoldUs: number;
  readonly sessionOwner: string;
  /** `ip-modulo`, or with its parameters `ip-hash (source, seed 7)`. */
  readonly sessionSetup: string;
  readonly ha3: string | null;
  /** In words: `10.0.0.1 (ethernet1/2, device 0 before device 1)`. */
  readonly virtualAddresses: readonly string[];
}

export interface FinalState {
  readonly device: string;
  /** Null when the firewall is off or booting. */
  readonly role: Role | null;
  readonly reason: string;
  readonly sessions: number;
}

/** A parameter of `unpublished:` on which the run rests; values as a scenario writes them. */
export interface Assumption {
  readonly name: string;
  /** The value in force. */
  readonly value: string;
  readonly default: string;
  /** The value in force is not the default. */
  readonly changed: boolean;
  readonly range: string;
  readonly note: string;
  /** Where it comes from: section 14.A of the reference, or hasim itself. */
  readonly source: '14.A' | 'ours';
}

/** What crossed HA3 in a run. */
export interface Ha3Result {
  readonly devices: readonly ({ readonly device: string } & Ha3Counters)[];
  /** Transit packets that left the pair, by the number of their HA3 crossings from 0 on. */
  readonly crossings: readonly number[];
}

export interface RunResult {
  readonly schemaVersion: typeof RESULT_SCHEMA_VERSION;
  /** Version of hasim. */
  readonly version: string;
  readonly scenario: {
    readonly name: string;
    readonly file: string;
    readonly description: string;
    readonly source: string;
    /** Rules that the scenario goes against on purpose: PAN-OS would refuse it. */
    readonly deliberate: readonly string[];
  };
  readonly seed: string;
  readonly untilUs: number;
  readonly endedAtUs: number;
  /** Why the run ended: its time was up, or somebody interrupted it. */
  readonly end: 'until' | 'interrupted';
  /** Kernel events executed. */
  readonly events: number;
  readonly digests: { readonly protocol: string; readonly full: string | null };
  readonly traceLevel: TraceLevel;
  readonly topology: Topology;
  readonly devices: readonly DeviceSettings[];
  /** The records of the trace; empty when the trace is off. See `src/run/record.ts` for what each kind carries. */
  readonly records: readonly TraceRecord[];
  /** Every executed event; only at trace level full. */
  readonly trace: readonly EventRecord[];
  /** The packets of all links and their carrier; null unless the run was asked for them. */
  readonly capture: CaptureResult | null;
  readonly failovers: readonly Failover[];
  /** Times with two actives at once. */
  readonly dualActive: readonly { readonly fromUs: number; readonly toUs: number }[];
  /** Time up, degraded, dual-active and down, of the pair and of each direction of traffic. */
  readonly availability: AvailabilityResult;
  /** Incidents that HA links have raised, in that order. */
  readonly incidents: readonly Incident[];
  readonly probes: readonly ProbeResult[];
  readonly workloads: readonly WorkloadBooks[];
  /** Session sync over HA2, of each firewall that has it enabled. */
  readonly sync: readonly SyncBooks[];
  /** Null in active/passive. */
  readonly ha3: Ha3Result | null;
  /** Who had the data path, and what the provider's API was asked; null outside of a cloud. */
  readonly cloud: DataPathResult | null;
  readonly final: readonly FinalState[];
  /** What PAN-OS does not publish and this run rests on. */
  readonly assumptions: readonly Assumption[];
  readonly verdicts: readonly Verdict[];
  /** Expectations about runs with many seeds, which this one does not answer. */
  readonly unjudged: readonly Unjudged[];
  /** Every verdict holds. */
  readonly passed: boolean;
}
