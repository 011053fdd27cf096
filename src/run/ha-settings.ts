/**
 * A device's settings → what the HA protocol is told: timers, what the peers compare, and the assumptions it decides by.
 */

import type { ActiveActiveCompatibility, DeviceId, HaConfig } from '../ha/config.ts';
import { profileTimers, type HaTimers } from '../ha/timers.ts';
import { parseMac } from '../network/address.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';

/** PAN-OS's 15 minutes within which two departures from active make a flap (D04). */
const FLAP_WINDOW_US = 900_000_000;

/** Longest wait for the bulk session sync in `initial` (K07). */
const SESSION_SYNC_WAIT_US = 3_600_000_000;

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
export function deviceIdOf(device: Device): DeviceId {
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

/** Everything the HA protocol of a device is told; durations in microseconds. */
export function haConfig(device: Device, unpublished: Unpublished): HaConfig {
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
