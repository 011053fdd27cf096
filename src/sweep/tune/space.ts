/**
 * The timers that can be tuned: where each stands in a scenario, what PAN-OS accepts for it (read off the schema, R-010 to,
 * ), in which unit PAN-OS takes it, and which values are worth trying.
 *
 * Values are round: nobody types 1873 ms. They stand on a ladder of some ten steps a decade, of which every third or so is tried at
 * first and its neighbours where it matters.
 */

import { profileTimers, type HaTimers, type TimerProfile } from '../../ha/timers.ts';
import { timersOf } from '../../run/ha-settings.ts';
import { nearest } from '../../scenario/nearest.ts';
import type { Path } from '../../scenario/located.ts';
import { rangeAt } from '../../scenario/schema-walk.ts';
import type { Device } from '../../scenario/schema/device.ts';
import type { PanOsRange } from '../../scenario/schema/pan-os.ts';
import { scenarioSchema, type ResolvedScenario } from '../../scenario/schema/scenario.ts';
import { writeDuration } from '../../scenario/schema/units.ts';
import type { Setting } from '../../scenario/settings.ts';
import { groupsOf } from './path-groups.ts';

/** How PAN-OS's configuration takes a value. */
export type TimerUnit = 'ms' | 's' | 'min' | 'count';

/** Microseconds (or pieces) in a unit. */
export const UNIT: Readonly<Record<TimerUnit, number>> = {
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
  count: 1,
};

/** A timer, or a count that makes one; numbers are microseconds, or pieces. */
export interface Timer {
  /** As PAN-OS spells it. */
  readonly name: string;
  /** Every place of the scenario that has it, below `high-availability`. */
  readonly paths: readonly Path[];
  readonly range: PanOsRange;
  readonly unit: TimerUnit;
  /** In force now. */
  readonly present: number;
  /** Member of the election timers, which a profile sets together. */
  readonly election: keyof HaTimers | null;
}

/** A value for each timer of a space, in its order. */
export type Values = readonly number[];

const SHARED = 'high-availability';
const ADVANCED = ['election-option', 'timers', 'advanced'] as const;

/** Election timers with the names of the model. */
const ELECTION = {
  'heartbeat-interval': ['heartbeatIntervalUs', 'ms'],
  'hello-interval': ['helloIntervalUs', 'ms'],
  'promotion-hold-time': ['promotionHoldUs', 'ms'],
  'preemption-hold-time': ['preemptionHoldUs', 'min'],
  'monitor-fail-hold-up-time': ['monitorFailHoldUpUs', 'ms'],
  'additional-master-hold-up-time': ['additionalMasterHoldUpUs', 'ms'],
  'flap-max': ['flapMax', 'count'],
} as const satisfies Record<string, readonly [keyof HaTimers, TimerUnit]>;

/**
 * Searched only when they are named: they keep a pair calm after a failover, which no measure of a single failover sees, so that a search
 * would shorten them for nothing.
 */
const ON_DEMAND: ReadonlySet<string> = new Set([
  'preemption-hold-time',
  'flap-max',
  'monitor-fail-hold-down-time',
  'tentative-hold-time',
]);

/** Every timer that the pair of a scenario has; the present values are those of its first firewall. */
export function timersIn(scenario: ResolvedScenario): readonly Timer[] {
  const device = Object.values(scenario.devices)[0] as Device;
  const ha = device['high-availability'];
  const own = timersOf(device);
  const election = Object.entries(ELECTION).map(([name, [key, unit]]) =>
    timer(name, unit, own[key], [[...ADVANCED, name]], key),
  );
  const aws = scenario.aws !== undefined; // Without carrier, monitors and HA2 backup there.
  const activeActive = ha.mode === 'active-active';
  const keepAlive = ha['state-synchronization']['ha2-keep-alive'];
  const links = ['ha1', 'ha1-backup'].filter((name) => name in ha.interface);
  return [
    ...election,
    ...(aws
      ? []
      : [
          timer(
            'monitor-hold-time',
            'ms',
            ha.interface.ha1['monitor-hold-time'],
            links.map((link) => ['interface', link, 'monitor-hold-time']),
          ),
          ...pathTimers(device),
        ]),
    ...(activeActive
      ? [
          timer('tentative-hold-time', 's', ha['active-active']['tentative-hold-time'], [
            ['active-active', 'tentative-hold-time'],
          ]),
        ]
      : [
          timer('monitor-fail-hold-down-time', 'min', ha['monitor-fail-hold-down-time'], [
            ['monitor-fail-hold-down-time'],
          ]),
        ]),
    ...(keepAlive.enabled
      ? [
          timer('threshold', 'ms', keepAlive.threshold, [
            ['state-synchronization', 'ha2-keep-alive', 'threshold'],
          ]),
        ]
      : []),
  ];
}

/** Of all path groups together: their intervals and counts are one timer each. */
function pathTimers(device: Device): Timer[] {
  const groups = groupsOf(device);
  const [first] = groups;
  if (first === undefined) return [];
  const paths = (key: string) => groups.map(({ path }) => [...path, key]);
  return [
    timer('ping-interval', 'ms', first.group['ping-interval'], paths('ping-interval')),
    timer('ping-count', 'count', first.group['ping-count'], paths('ping-count')),
  ];
}

function timer(
  name: string,
  unit: TimerUnit,
  present: number,
  paths: readonly Path[],
  election: keyof HaTimers | null = null,
): Timer {
  const range = rangeAt(scenarioSchema, [SHARED, ...(paths[0] ?? [])]);
  if (range === null) throw new Error(`expected a range of PAN-OS for ${name}, got none`);
  return { name, paths: paths.map((path) => [SHARED, ...path]), range, unit, present, election };
}

/**
 * The timers to search: those named, else all that may be shortened and lengthened without another purpose being lost.
 *
 * @returns a mistake "expected X, got Y" with a hint
 */
export function pickTimers(
  timers: readonly Timer[],
  names: readonly string[] | null,
): readonly Timer[] | { readonly message: string; readonly hint: string } {
  if (names === null) return timers.filter(({ name }) => !ON_DEMAND.has(name));
  const known = timers.map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    const near = nearest(wrong, known);
    const hint = near === null ? `It has ${known.join(', ')}.` : `Did you mean ${near}?`;
    return { message: `expected a timer of this scenario, got ${wrong || 'nothing'}`, hint };
  }
  return timers.filter(({ name }) => names.includes(name));
}

// --- values ------------------------------------------------------------------------------------------------------------

const FINE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
const COARSE: ReadonlySet<number> = new Set([1, 2, 5]);
/** The shortest value above 0 that is tried, in units. */
const LEAST = { ms: 100, s: 1, min: 1, count: 1 } as const;

/** Every value that may be tried, in ascending order. */
export function ladder(timer: Timer): readonly number[] {
  return rungs(timer, FINE);
}

/** The values that are tried at first. */
export function coarseValues(timer: Timer): readonly number[] {
  if (timer.unit === 'count') return ladder(timer);
  return rungs(
    timer,
    FINE.filter((step) => COARSE.has(step)),
  );
}

function rungs({ range, unit, present }: Timer, steps: readonly number[]): readonly number[] {
  const size = UNIT[unit];
  const { from, to } = range;
  const values = new Set([from, to, present]);
  if (range.accepts(0)) values.add(0);
  if (unit === 'count') for (let value = from; value <= to; value += 1) values.add(value);
  for (let decade = 1; decade * size <= to; decade *= 10) {
    for (const step of steps) {
      const value = step * decade;
      if (Number.isInteger(value) && value >= LEAST[unit]) values.add(value * size);
    }
  }
  return [...values].filter((value) => range.accepts(value)).toSorted((a, b) => a - b);
}

/** The values beside one on the ladder. */
export function besides(timer: Timer, value: number): readonly number[] {
  const steps = ladder(timer);
  const below = steps.findLast((step) => step < value);
  const above = steps.find((step) => step > value);
  return [below, above].filter((step) => step !== undefined);
}

/** As a scenario writes it: `1500ms`, `2s`, `3`. */
export function writeValueOf({ unit }: Pick<Timer, 'unit'>, value: number): string {
  return unit === 'count' ? String(value) : writeDuration(value);
}

// --- settings ----------------------------------------------------------------------------------------------------------

/**
 * The values as settings of the scenario. An election timer brings all the others along: beside `advanced:`, a profile that a firewall
 * has is no longer in force.
 */
export function settingsFor(scenario: ResolvedScenario, timers: readonly Timer[], values: Values): Setting[] {
  const device = Object.values(scenario.devices)[0] as Device;
  const own: Record<string, number> = { ...timersOf(device) };
  const others: Setting[] = [];
  let election = false;
  timers.forEach((timer, index) => {
    const value = values[index] as number;
    if (timer.election !== null) {
      own[timer.election] = value;
      election = true;
    } else for (const path of timer.paths) others.push({ path, value: plain(timer, value) });
  });
  if (!election) return others;
  const all = Object.entries(ELECTION).map(([name, [key, unit]]): Setting => {
    return { path: [SHARED, ...ADVANCED, name], value: plain({ unit }, own[key] as number) };
  });
  return [...all, ...others];
}

/** A value of a timer as a setting has it. */
export function plain(timer: Pick<Timer, 'unit'>, value: number): string | number {
  return timer.unit === 'count' ? value : writeValueOf(timer, value);
}

/** The values that a profile of PAN-OS has for these timers; those that it does not set stay as they are. */
export function profileValues(
  scenario: ResolvedScenario,
  timers: readonly Timer[],
  profile: TimerProfile,
): Values {
  const device = Object.values(scenario.devices)[0] as Device;
  const values = profileTimers(profile, device.platform);
  return timers.map(({ election, present }) => (election === null ? present : values[election]));
}
