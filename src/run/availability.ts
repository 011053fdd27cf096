/**
 * What the availability of a run is read from beside its trace: the cables and zones of the scenario, and what the entries of
 * its timeline do to them. Records say it in words only, and their words are part of the run's digest.
 */

import type { AvailabilityPlan, Deed, Direction } from '../measure/availability.ts';
import type { DevicePlan } from '../measure/forwarding.ts';
import type { ChannelLink } from '../measure/reasons.ts';
import type { WireChange } from '../measure/wiring.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { TimelineAction } from '../scenario/schema/timeline.ts';
import { haPorts, pairedLinks } from './ha-links.ts';
import { impairmentOf } from './link-settings.ts';

/** The parts of a scenario that availability looks at. */
export function availabilityPlan(scenario: ResolvedScenario): AvailabilityPlan {
  const entries = Object.entries(scenario.devices) as [string, Device][];
  const links = Object.entries(scenario.network.links);
  const cables = Object.fromEntries(links.map(([name, { between }]) => [name, between]));
  const ends = new Set(Object.values(cables).flat());
  const [first, second] = entries.map(([name, device]) => devicePlan(name, device, ends));
  const has = entries.map(([, device]) => device['high-availability']);
  const activeActive = has[0]?.mode === 'active-active';
  const synchronizes = has.every((ha) => ha['state-synchronization'].enabled);
  return {
    activeActive,
    devices: [first as DevicePlan, second as DevicePlan],
    cables,
    sessionSync: synchronizes ? channelLinks(scenario, ['ha2', 'ha2-backup']) : [],
    packetForwarding: activeActive ? channelLinks(scenario, ['ha3']) : [],
    directions: directionsOf(scenario),
    inCloud: scenario.aws !== undefined,
  };
}

function devicePlan(name: string, device: Device, ends: ReadonlySet<string>): DevicePlan {
  const reserved = new Set(haPorts(device['high-availability']).map(({ port }) => port));
  const ports = [...ends]
    .filter((end) => end.startsWith(`${name}:ethernet`))
    .map((end) => end.slice(name.length + 1))
    .filter((port) => !reserved.has(port));
  const bridged = new Set(bridges(device).flat());
  return {
    name,
    ports: Object.fromEntries(
      ports.map((port) => {
        const item = device.interfaces[port];
        const zone = item?.zone ?? (bridged.has(port) ? port : null);
        return [port, { zone, lacp: item?.lacp !== undefined }];
      }),
    ),
  };
}

function bridges(device: Device): readonly (readonly string[])[] {
  const wires = Object.values(device['virtual-wire']);
  const vlans = Object.values(device.vlan);
  return [
    ...wires.map(({ interface1, interface2 }) => [interface1, interface2]),
    ...vlans.map(({ interface: ports }) => ports),
  ];
}

function channelLinks(scenario: ResolvedScenario, duties: readonly string[]): ChannelLink[] {
  const [first = '', second = ''] = Object.keys(scenario.devices);
  const there = pairedLinks(scenario, 1, duties);
  return pairedLinks(scenario, 0, duties).map(({ name, port }) => {
    const peer = there.find((link) => link.name === name);
    return { name, ends: [`${first}:${port}`, `${second}:${peer?.port ?? ''}`] };
  });
}

/** Every ordered pair of zones that interfaces are in at the start, then of the ports of each virtual wire and VLAN. */
function directionsOf(scenario: ResolvedScenario): Direction[] {
  const devices = Object.values(scenario.devices);
  const zones = devices.flatMap(({ interfaces }) => Object.values(interfaces).map(({ zone }) => zone));
  const domains = [[...new Set(zones)].toSorted(), ...devices.flatMap(bridges)];
  const directions = domains.flatMap((domain) =>
    domain.flatMap((from) => domain.filter((to) => to !== from).map((to) => ({ from, to }))),
  );
  const named = new Map(directions.map((direction) => [`${direction.from} ${direction.to}`, direction]));
  return [...named.values()];
}

/** Follows the timeline along its records: each entry notes exactly one, and they come in its order. */
export class Deeds {
  readonly #scenario: ResolvedScenario;
  #next = 0;

  constructor(scenario: ResolvedScenario) {
    this.#scenario = scenario;
  }

  /** What the entry behind a record does; null for every record but those of faults and operators. */
  of({ kind }: TraceRecord): Deed | null {
    if (kind !== 'fault' && kind !== 'operator') return null;
    const action = this.#scenario.timeline[this.#next];
    this.#next += 1;
    return action === undefined ? null : deedOf(action, this.#scenario);
  }
}

function deedOf(action: TimelineAction, scenario: ResolvedScenario): Deed | null {
  if (action.action === 'commit' || action.action === 'candidate') {
    const { interfaces } = action.value;
    const zones = Object.entries(interfaces ?? {}).map(([port, { zone }]) => [port, zone] as const);
    return {
      kind: 'interfaces',
      zones: interfaces === undefined ? null : Object.fromEntries(zones),
      committed: action.action === 'commit',
    };
  }
  const changes = wireChanges(action, scenario);
  return changes.length === 0 ? null : { kind: 'wires', changes };
}

function wireChanges(action: TimelineAction, scenario: ResolvedScenario): WireChange[] {
  switch (action.action) {
    case 'interface-down':
    case 'interface-up':
      return [{ kind: 'port', end: action.value, up: action.action === 'interface-up' }];
    case 'link-down':
    case 'link-up':
      return [{ kind: 'link', link: action.value, up: action.action === 'link-up' }];
    case 'blackhole':
    case 'blackhole-end':
      return eachSide(action.value, scenario).map((side) => ({
        ...side,
        by: 'blackhole',
        swallows: action.action === 'blackhole',
      }));
    case 'impair': {
      const { loss } = impairmentOf(action.value);
      if (loss === undefined) return [];
      return eachSide(action.value, scenario).map((side) => ({ ...side, by: 'impair', swallows: loss >= 1 }));
    }
    case 'impair-end':
      return eachSide(action.value, scenario).map((side) => ({ ...side, by: 'impair', swallows: false }));
    default:
      return [];
  }
}

type Sides = Extract<TimelineAction, { action: 'blackhole' }>['value'];

/** The directions of a link that a fault means, as `faults.ts` reads them. */
function eachSide(
  { link, direction }: Sides,
  scenario: ResolvedScenario,
): { readonly kind: 'direction'; readonly link: string; readonly side: 0 | 1 }[] {
  const between = scenario.network.links[link]?.between ?? [];
  return ([0, 1] as const)
    .filter((side) => {
      const end = between[side] ?? '';
      return direction === 'both' || direction.from === end || direction.from === end.split(':')[0];
    })
    .map((side) => ({ kind: 'direction', link, side }));
}
