/**
 * What the HA protocol of one firewall has to know about its configuration. Plain data; all durations in integer
 * microseconds. `assumptions` holds what PAN-OS does not publish (reference section 14.A): parameters, never
 * constants.
 */

import type { HaTimers } from './timers.ts';

export type PassiveLinkState = 'auto' | 'shutdown';

export type HaMode = 'active-passive' | 'active-active';

export type DeviceId = 0 | 1;

export interface HaConfig {
  readonly mode: HaMode;
  /** 0-255, the lower value wins (D04). */
  readonly devicePriority: number;
  /** Active/active: 0 or 1, the lower value wins (D09). In active/passive it plays no part. */
  readonly deviceId: DeviceId;
  readonly preemptive: boolean;
  /** MAC address of the HA1 interface as a 48-bit integer: the tie break of equal priorities (K11). */
  readonly ha1Mac: number;
  readonly timers: HaTimers;
  readonly passiveLinkState: PassiveLinkState;
  readonly monitorFailHoldDownUs: number;
  /** Active/active: from the end of a failure to active-secondary (D07); 0 = at once. */
  readonly tentativeHoldUs: number;
  /** Session synchronization over HA2 is enabled; without it `initial` waits for nothing. */
  readonly stateSynchronization: boolean;
  readonly compatibility: Compatibility;
  readonly assumptions: HaAssumptions;
}

/** What two peers compare when they first hear each other (reference section 1.2). */
export interface Compatibility {
  readonly platform: string;
  readonly multiVsys: boolean;
  readonly fipsCc: boolean;
  readonly serialNumber: string;
  readonly groupId: number;
  readonly mode: string;
  readonly ha2Transport: string;
  readonly ha2Port: string;
  readonly ha2BackupPort: string;
  /** Address family of HA2 and its backup, `none` over Ethernet. */
  readonly ha2Family: 'IPv4' | 'IPv6' | 'none';
  readonly ha2BackupFamily: 'IPv4' | 'IPv6' | 'none';
  /** PAN-OS version, such as 11.1.4. */
  readonly swVersion: string;
  /** Feature releases by which the version of a peer may be behind this one. */
  readonly peerReleasesBehind: number;
  /** Vendor of the URL filtering database. */
  readonly urlDatabase: string;
  /** Settings that only an active/active pair compares; null in active/passive. */
  readonly activeActive: ActiveActiveCompatibility | null;
}

export interface ActiveActiveCompatibility {
  readonly deviceId: DeviceId;
  readonly packetForwarding: boolean;
  /** Session owner selection and session set-up, as text. */
  readonly sessionLoadSharing: string;
  readonly virtualRouterSync: boolean;
  readonly qosSync: boolean;
}

export interface HaAssumptions {
  /** Longest stay in `initial` without a peer (section 14, item 18). */
  readonly initialTimeoutUs: number;
  /** Cap on waiting for the bulk session sync (K07: 1 h). */
  readonly sessionSyncWaitUs: number;
  /** A departure counts as a flap this long after the previous one, inclusive (D04: 15 min). */
  readonly flapWindowUs: number;
  /** Suspend when the flap count reaches flap-max, or only when it exceeds it (item 20). */
  readonly flapComparison: 'reaches' | 'exceeds';
  /** Does a passive wait the promotion hold when the active *announced* its failure? (item 5). */
  readonly announcedFailureHold: 'none' | 'promotion-hold-time';
  /** Where the loser of a healed split brain goes (section 5.4). */
  readonly splitBrainLoser: 'passive' | 'initial';
  /** What the last active does when its monitor fails and its peer cannot take over (item 8). */
  readonly bothMonitorsFailed: 'leaves' | 'stays';
  /** Which of the two goes non-functional when HA3 is lost (item 16). */
  readonly ha3LossLeaver: 'active-secondary' | 'active-primary' | 'both';
}
