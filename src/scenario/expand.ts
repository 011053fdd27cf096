/**
 * The last stage of loading, for what a schema cannot say: the timeline as single actions in the order in which they
 * happen, and for each device the identity that it did not give itself.
 *
 * `for` becomes the opposite action, a flap becomes links going down and up. What lies behind the end of the run is
 * dropped: a fault that outlasts the run is never undone.
 */

import { withAws } from './aws-cabling.ts';
import type { Device } from './schema/device.ts';
import type { ResolvedDevice, ResolvedScenario, Scenario } from './schema/scenario.ts';
import type { ResolvedWorkload, Workload } from './schema/traffic.ts';
import {
  ACTION_KEYS,
  OPPOSITES,
  type ActionKey,
  type TimelineAction,
  type TimelineEntry,
} from './schema/timeline.ts';

/** A checked scenario, made ready to run. @param timesUs arrivals from CSV files, by workload */
export function expandScenario(
  scenario: Scenario,
  timesUs: ReadonlyMap<string, readonly number[]>,
): ResolvedScenario {
  const { extends: _base, 'high-availability': _shared, ...rest } = scenario;
  return {
    ...rest,
    network: withAws(scenario.network, scenario.aws, Object.keys(scenario.devices)),
    devices: identifyDevices(scenario.devices),
    workloads: withTimestamps(scenario.workloads, timesUs),
    timeline: expandTimeline(scenario.timeline, scenario.until),
  };
}

function withTimestamps(
  workloads: Readonly<Record<string, Workload>>,
  timesUs: ReadonlyMap<string, readonly number[]>,
): Record<string, ResolvedWorkload> {
  const entries = Object.entries(workloads).map(([name, workload]): [string, ResolvedWorkload] => {
    const times = timesUs.get(name);
    if (times === undefined) return [name, workload];
    return [name, { ...workload, arrivals: { ...workload.arrivals, timesUs: times } }];
  });
  return Object.fromEntries(entries);
}

/** Single actions up to the end of the run, by time; of one time, in the order of the file. */
export function expandTimeline(entries: readonly TimelineEntry[], untilUs: number): TimelineAction[] {
  const actions = entries.flatMap((entry, index) => expandEntry(entry, index, untilUs));
  // toSorted is stable, and the actions stand in the order of the file.
  return actions.filter(({ atUs }) => atUs <= untilUs).toSorted((a, b) => a.atUs - b.atUs);
}

function expandEntry(entry: TimelineEntry, index: number, untilUs: number): TimelineAction[] {
  if (entry.flap !== undefined) return expandFlap(entry.at, entry.flap, index, untilUs);
  const key = ACTION_KEYS.find((candidate) => entry[candidate] !== undefined);
  if (key === undefined) return [];
  const value = entry[key];
  const actions = [makeAction(entry.at, index, key, value)];
  const opposite = OPPOSITES[key];
  if (entry.for !== undefined && opposite !== undefined) {
    actions.push(makeAction(entry.at + entry.for, index, opposite, oppositeValue(key, value)));
  }
  return actions;
}

type Flap = NonNullable<TimelineEntry['flap']>;

/** How often a flap that begins at a time goes down until the end of the run. */
export function flapCycles(atUs: number, flap: Flap, untilUs: number): number {
  return Math.max(0, Math.min(flap.times, Math.floor((untilUs - atUs) / (flap.down + flap.up)) + 1));
}

function expandFlap(atUs: number, flap: Flap, index: number, untilUs: number): TimelineAction[] {
  return Array.from({ length: flapCycles(atUs, flap, untilUs) }, (_, cycle) => {
    const downUs = atUs + cycle * (flap.down + flap.up);
    return [
      makeAction(downUs, index, 'link-down', flap.link),
      makeAction(downUs + flap.down, index, 'link-up', flap.link),
    ];
  }).flat();
}

/** An opposite takes the value of what it undoes, but of an impairment only where it is. */
function oppositeValue(key: ActionKey, value: TimelineEntry[ActionKey]): TimelineEntry[ActionKey] {
  if (key !== 'impair' || typeof value !== 'object' || !('direction' in value)) return value;
  return { link: value.link, direction: value.direction };
}

function makeAction(
  atUs: number,
  entry: number,
  action: ActionKey,
  value: TimelineEntry[ActionKey],
): TimelineAction {
  // The schema has paired each key with its value; TypeScript cannot follow a key that is found by a loop.
  return { atUs, entry, action, value } as TimelineAction;
}

/** First three octets of Palo Alto Networks' MAC addresses; the rest counts the devices of the file (ours). */
const DEFAULT_MAC_PREFIX = '00:1b:17:aa:00:';

function identifyDevices(devices: Readonly<Record<string, Device>>): Record<string, ResolvedDevice> {
  return Object.fromEntries(
    Object.entries(devices).map(([name, device], index) => [
      name,
      {
        ...device,
        'ha1-mac': (device['ha1-mac'] ?? defaultHa1Mac(index)).toLowerCase(),
        'serial-number': device['serial-number'] ?? name,
      },
    ]),
  );
}

/** HA1 MAC address of the n-th device (from 0) that gives none: the first wins a tie of priorities (K11). */
export function defaultHa1Mac(index: number): string {
  return DEFAULT_MAC_PREFIX + (index + 1).toString(16).padStart(2, '0');
}
