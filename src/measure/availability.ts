/**
 * Availability of the pair over a run: up, degraded, dual-active, down; and of each direction of traffic, up or down. The
 * definitions are those of docs/availability.md.
 *
 * A fold that listens to the trace and keeps changes only, so it works at every trace level and a healthy month costs nothing.
 * It looks at the pair itself: a switch that blocks its port, or a router that has lost its routes, is what probes are for.
 */

import type { TraceRecord } from '../kernel/trace.ts';
import { Forwarding, type DevicePlan } from './forwarding.ts';
import { isDualActive, type PairHistory } from './history.ts';
import { reasonsOf, type ChannelLink, type Reason } from './reasons.ts';
import { Spans } from './spans.ts';
import { Wiring, type Cables, type WireChange } from './wiring.ts';

export const PAIR_STATES = ['up', 'degraded', 'dual-active', 'down'] as const;

export type AvailabilityState = (typeof PAIR_STATES)[number];

/** From one zone to another, or from one port of a virtual wire or VLAN to another. */
export interface Direction {
  readonly from: string;
  readonly to: string;
}

/** What the fold has to know of a pair beforehand. */
export interface AvailabilityPlan {
  readonly activeActive: boolean;
  readonly devices: readonly [DevicePlan, DevicePlan];
  readonly cables: Cables;
  /** HA2 and its backup; empty when sessions are not synchronized. */
  readonly sessionSync: readonly ChannelLink[];
  /** HA3, in active/active; else empty. */
  readonly packetForwarding: readonly ChannelLink[];
  readonly directions: readonly Direction[];
  /** The data path is the provider's to give: who serves passes packets only once it has all of it. */
  readonly inCloud: boolean;
}

/** What the entry of the timeline behind a record does, beyond what the record says. */
export type Deed =
  | { readonly kind: 'wires'; readonly changes: readonly WireChange[] }
  /** Interfaces with their zones that a commit, or a candidate configuration before it, brings. */
  | {
      readonly kind: 'interfaces';
      readonly zones: Readonly<Record<string, string>> | null;
      readonly committed: boolean;
    };

export interface AvailabilitySpan {
  readonly state: AvailabilityState;
  readonly fromUs: number;
  readonly toUs: number;
  /** The record that brought it about, 0 for the start of the run. */
  readonly record: number;
  /** Why it is degraded; empty for the other states. */
  readonly reasons: readonly Reason[];
}

export interface DirectionAvailability extends Direction {
  readonly upUs: number;
  readonly downUs: number;
  /** When it was down. */
  readonly spans: readonly { readonly fromUs: number; readonly toUs: number; readonly record: number }[];
  /** Spans beyond the limit, up and down. */
  readonly spansOmitted: number;
}

export interface AvailabilityResult {
  readonly lengthUs: number;
  /** Time in each state; they sum to the length of the run. */
  readonly timesUs: Readonly<Record<AvailabilityState, number>>;
  /** The same as shares of the run, 0 to 1; of an empty run all 0. */
  readonly shares: Readonly<Record<AvailabilityState, number>>;
  /** Up and degraded together, in percent; null for an empty run. */
  readonly percent: number | null;
  /** One after another, covering the run. */
  readonly spans: readonly AvailabilitySpan[];
  readonly spansOmitted: number;
  readonly directions: readonly DirectionAvailability[];
}

interface PairValue {
  readonly state: AvailabilityState;
  readonly reasons: readonly Reason[];
}

const NOBODY: PairValue = { state: 'down', reasons: [] };

export class Availability {
  readonly #plan: AvailabilityPlan;
  readonly #history: PairHistory;
  readonly #wiring: Wiring;
  readonly #devices: readonly [Forwarding, Forwarding];
  readonly #zones: readonly string[];
  readonly #silent = new Set<string>();
  readonly #failed = new Set<string>();
  readonly #interfaces: Interfaces;
  readonly #pair = new Spans<PairValue>(NOBODY, sameValue, ({ state }) => state);
  readonly #directions: readonly Spans<boolean>[];

  /** In a cloud: which firewall uses each asset. */
  readonly #users = new Map<string, string | null>();

  /** @param history of the same pair; it takes each record before this does */
  constructor(plan: AvailabilityPlan, history: PairHistory) {
    this.#plan = plan;
    this.#history = history;
    this.#wiring = new Wiring(plan.cables);
    const [first, second] = plan.devices;
    this.#devices = [new Forwarding(first), new Forwarding(second)];
    this.#interfaces = new Interfaces(this.#devices);
    this.#zones = [...new Set(plan.directions.map(({ from }) => from))];
    this.#directions = plan.directions.map(
      () =>
        new Spans<boolean>(
          false,
          (left, right) => left === right,
          (up) => (up ? 'up' : 'down'),
        ),
    );
  }

  /**
   * Takes a record.
   *
   * @param deed what the timeline does with it; null for what is no entry of the timeline, or changes nothing here
   */
  observe(record: TraceRecord, deed: Deed | null = null): void {
    const { kind, subject, data, timeUs, id } = record;
    this.#devices.find(({ name }) => name === subject)?.observe(record);
    this.#interfaces.observe(record, deed);
    if (kind === 'asset') this.#users.set(String(data['asset']), userOf(record));
    if (deed?.kind === 'wires') this.#rewire(deed.changes);
    if (kind === 'ha2') note(this.#silent, `${subject} ${String(data['link'])}`, data['step'] === 'failed');
    if (kind === 'monitor')
      note(this.#failed, `${subject} ${String(data['monitor'])}`, data['failed'] === true);
    if (kind === 'power' || kind === 'dataplane') forget(this.#silent, subject);
    if (kind === 'power' || data['rule'] === 'T1') forget(this.#failed, subject);
    this.#judge(timeUs, id);
  }

  #rewire(changes: readonly WireChange[]): void {
    for (const change of changes) this.#wiring.apply(change);
    for (const device of this.#devices) {
      for (const port of device.ports)
        if (!this.#wiring.carrier(`${device.name}:${port}`)) device.carrierLost(port);
    }
  }

  #judge(timeUs: number, record: number): void {
    const passing = this.#plan.directions.map((direction) =>
      this.#devices.some((device) => this.#passes(device, direction)),
    );
    for (const [index, passes] of passing.entries()) this.#directions[index]?.set(timeUs, passes, record);
    this.#pair.set(timeUs, this.#valueOf(passing.includes(true)), record);
  }

  #valueOf(passes: boolean): PairValue {
    const state = this.#history.last;
    if (isDualActive(state)) return { state: 'dual-active', reasons: [] };
    if (!passes) return NOBODY;
    const { activeActive, sessionSync, packetForwarding } = this.#plan;
    const reasons = reasonsOf({
      activeActive,
      state,
      devices: this.#devices,
      wiring: this.#wiring,
      sessionSync,
      packetForwarding,
      silent: this.#silent,
      failed: this.#failed,
      zones: this.#zones,
    });
    return { state: reasons.length === 0 ? 'up' : 'degraded', reasons };
  }

  /** Everything that leads packets to a firewall leads to this one, and its guest uses it. */
  #hasDataPath(device: string): boolean {
    return !this.#plan.inCloud || [...this.#users.values()].every((user) => user === device);
  }

  /** A packet that comes in at one of the zone's interfaces would leave by one of the other's. */
  #passes(device: Forwarding, { from, to }: Direction): boolean {
    if (!device.serves || !this.#hasDataPath(device.name)) return false;
    const working = (zone: string, carries: (end: string) => boolean): boolean =>
      device.portsIn(zone).some((port) => device.ready(port) && carries(`${device.name}:${port}`));
    return (
      working(from, (end) => this.#wiring.carriesTo(end)) &&
      working(to, (end) => this.#wiring.carriesFrom(end))
    );
  }

  /** What has been so far. */
  result(endUs: number): AvailabilityResult {
    const sums = PAIR_STATES.map((state) => [state, this.#pair.sumUs(state, endUs)] as const);
    const timesUs = Object.fromEntries(sums) as Record<AvailabilityState, number>;
    const shares = sums.map(([state, us]) => [state, endUs === 0 ? 0 : us / endUs] as const);
    const spans = this.#pair.list(endUs);
    return {
      lengthUs: endUs,
      timesUs,
      shares: Object.fromEntries(shares) as Record<AvailabilityState, number>,
      percent: percentOf(timesUs.up + timesUs.degraded, endUs),
      spans: spans.map(({ fromUs, toUs, record, value }) => ({ ...value, fromUs, toUs, record })),
      spansOmitted: this.#pair.count(endUs) - spans.length,
      directions: this.#plan.directions.map((direction, index) =>
        describe(direction, this.#directions[index] as Spans<boolean>, endUs),
      ),
    };
  }
}

/** An asset is of use when it has arrived: an attached network interface only when the guest sees it. */
function userOf({ data }: TraceRecord): string | null {
  const { state, owner } = data as { state?: string; owner?: string | null };
  return state === 'usable' || state === 'moved' ? (owner ?? null) : null;
}

/**
 * A share of the run in percent.
 *
 * @returns null for a run without length; 100 only if it is all of the run
 */
export function percentOf(us: number, lengthUs: number): number | null {
  return lengthUs === 0 ? null : (us * 100) / lengthUs;
}

function describe({ from, to }: Direction, track: Spans<boolean>, endUs: number): DirectionAvailability {
  const spans = track.list(endUs);
  return {
    from,
    to,
    upUs: track.sumUs('up', endUs),
    downUs: track.sumUs('down', endUs),
    spans: spans.filter(({ value }) => !value).map(({ fromUs, toUs, record }) => ({ fromUs, toUs, record })),
    spansOmitted: track.count(endUs) - spans.length,
  };
}

function sameValue(left: PairValue, right: PairValue): boolean {
  if (left.state !== right.state || left.reasons.length !== right.reasons.length) return false;
  return left.reasons.every(({ text }, index) => text === right.reasons[index]?.text);
}

function note(set: Set<string>, item: string, present: boolean): void {
  if (present) set.add(item);
  else set.delete(item);
}

function forget(set: Set<string>, device: string): void {
  for (const item of set) if (item.startsWith(`${device} `)) set.delete(item);
}

/** Follows the interfaces of the two running configurations: commits, and what configuration sync makes of them. */
class Interfaces {
  readonly #devices: readonly [Forwarding, Forwarding];
  readonly #candidates = new Map<string, Readonly<Record<string, string>>>();
  /** What a commit installs, by its record. */
  #commit: { readonly record: number; readonly zones: Readonly<Record<string, string>> | null } | null = null;

  constructor(devices: readonly [Forwarding, Forwarding]) {
    this.#devices = devices;
  }

  observe({ id, kind, subject, cause, data }: TraceRecord, deed: Deed | null): void {
    if (deed?.kind === 'interfaces') this.#deed(id, subject, deed);
    const [first, second] = this.#devices;
    const self = first.name === subject ? first : second;
    const peer = self === first ? second : first;
    if (kind === 'configuration-sync' && data['step'] === 'applied') {
      const names = data['interfaces'] as readonly string[];
      self.configure(names, (port) => peer.zoneOf(port) ?? self.zoneOf(port));
    } else if (kind === 'configuration' && this.#commit?.record === cause && this.#commit.zones !== null) {
      const { zones } = this.#commit;
      self.configure(Object.keys(zones), (port) => zones[port] ?? null);
      this.#candidates.delete(subject);
    }
  }

  #deed(record: number, device: string, { zones, committed }: Extract<Deed, { kind: 'interfaces' }>): void {
    const next = zones ?? this.#candidates.get(device) ?? null;
    if (committed) this.#commit = { record, zones: next };
    else if (next !== null) this.#candidates.set(device, next);
  }
}
