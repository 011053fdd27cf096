/**
 * The settings in force, as plain data: what the parts of a failover are set by. `run` reads them from the scenario.
 */

import type { SetBy } from './part.ts';

export interface DeviceInForce {
  /** Microseconds by key of the scenario file: the timers of PAN-OS, and what it does not publish. */
  readonly durations: Readonly<Record<string, number>>;
  /** Heartbeats in a row without a reply before a control path is down. */
  readonly heartbeatLosses: number;
  /** Hellos missed before the peer is declared failed. */
  readonly helloLosses: number;
  /** By name of the control path: `ha1`, `ha1-backup`, `heartbeat-backup`. */
  readonly controlPaths: Readonly<Record<string, { readonly port: string; readonly monitorHoldUs: number }>>;
  readonly pathPings: readonly {
    readonly destination: string;
    readonly intervalUs: number;
    readonly count: number;
  }[];
}

export interface SettingsInForce {
  readonly devices: Readonly<Record<string, DeviceInForce>>;
  /** By end: `palo-1:ethernet1/1`. */
  readonly links: Readonly<Record<string, { readonly name: string; readonly latencyUs: number }>>;
  /** `convergence-time` by firewall or router and the name of its neighbour: `edge/isp`. */
  readonly convergenceUs: Readonly<Record<string, number>>;
  /** Null outside of a cloud; else the latency model of its API. */
  readonly cloud: { readonly latency: string } | null;
}

/** PAN-OS counts this one in minutes, those in seconds, and the others in milliseconds. */
const UNITS: Readonly<Record<string, readonly [unit: string, us: number]>> = {
  'preemption-hold-time': ['min', 60_000_000],
  'monitor-fail-hold-down-time': ['min', 60_000_000],
  'tentative-hold-time': ['s', 1_000_000],
};

/** A duration as PAN-OS writes it for this setting: `2000 ms`. */
export function writeValue(setting: string, us: number): string {
  const [unit, unitUs] = UNITS[setting] ?? ['ms', 1_000];
  return `${us / unitUs} ${unit}`;
}

/** A setting of a device with its value, if it is known and not zero. */
export function ofDevice(settings: SettingsInForce, device: string, setting: string): SetBy[] {
  const us = settings.devices[device]?.durations[setting] ?? 0;
  return us === 0 ? [] : [{ setting, value: writeValue(setting, us), device }];
}

/** What a data port may wait for before it has carrier, or forwards. */
const PORT_WAITS = ['port-bring-up-shutdown', 'port-bring-up-auto', 'port-flap'] as const;

/** The port's wait of this length: which one applies depends on the state that the port was in, not on a setting. */
export function portWait(settings: SettingsInForce, device: string, us: number): readonly string[] {
  const durations = settings.devices[device]?.durations ?? {};
  return PORT_WAITS.filter((name) => us > 0 && durations[name] === us).slice(0, 1);
}

/** The latency of the link at this end; without one, of nothing in particular. */
export function latencyAt(settings: SettingsInForce, end: string): SetBy {
  const link = settings.links[end];
  if (link === undefined) return inWords('the way of the message');
  return { setting: `latency of link ${link.name}`, value: writeValue('latency', link.latencyUs) };
}

/** What no setting is behind. */
export function inWords(value: string): SetBy {
  return { setting: null, value };
}
