/**
 * The plan of a sweep: which combinations of settings, which seeds, and the one order in which their runs are counted. Everything else
 * about a sweep (files, shards, resuming, merging) speaks of runs by their index in it.
 *
 * Runs come in rounds: a round has so many seeds of every combination, combination by combination. So the same seeds of all of
 * them stand near to each other (pairs need little memory), and after every round it can be decided whether to go on.
 */

import { Digest } from '../kernel/digest.ts';
import { RandomStreams } from '../kernel/random.ts';
import { readValue, writeSetting, writeValue, type Setting } from '../scenario/settings.ts';
import { VERSION } from '../version.ts';
import type { Axis } from './axis.ts';
import { readQuantity } from './quantity.ts';
import type { SweepAxis, SweepMetric } from './result.ts';
import type { SeedRange } from './seeds.ts';
import type { ScenarioSource } from './source.ts';

/** Seeds of one combination in one round. */
const SEEDS_PER_ROUND = 64;

/** What is asked for. */
export interface SweepRequest {
  readonly source: ScenarioSource;
  readonly axes: readonly Axis[];
  /** What is set in every run. */
  readonly fixed: readonly Setting[];
  /** Points of a Latin hypercube instead of a grid. */
  readonly sample: number | null;
  readonly seeds: SeedRange;
  readonly untilUs?: number;
  /** `--stop-at`, as written. */
  readonly stop?: string;
}

/** What a file of runs says of itself, and from which every report can be made again without the scenario. */
export interface SweepPlan {
  /** Same for the same files, axes, seeds and version. */
  readonly digest: string;
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string };
  readonly axes: readonly SweepAxis[];
  /** What is set in every run: `PATH=VALUE`. */
  readonly fixed: readonly string[];
  readonly sample: number | null;
  /** Of every combination the index of its value on every axis. */
  readonly settings: readonly (readonly number[])[];
  readonly seeds: SeedRange;
  readonly seedsPerRound: number;
  /** Instead of the scenario's own length; null = that. */
  readonly untilUs: number | null;
  /** When a combination has runs enough, as written; null = not before the last seed. */
  readonly stop: string | null;
  readonly metrics: readonly SweepMetric[];
  /** How many expectations a run is held against. */
  readonly expectations: number;
}

/** One run of a plan. */
export interface PlannedRun {
  readonly index: number;
  readonly round: number;
  readonly setting: number;
  readonly seed: string;
}

/** How many combinations a request has; far from all of them may be wanted. */
export function countSettings({ axes, sample }: Pick<SweepRequest, 'axes' | 'sample'>): number {
  return sample ?? axes.reduce((product, { values }) => product * (values?.length ?? 1), 1);
}

/** Makes a plan. @param scenario its name, metrics and number of expectations */
export function planSweep(
  request: SweepRequest,
  scenario: {
    readonly name: string;
    readonly metrics: readonly SweepMetric[];
    readonly expectations: number;
  },
): SweepPlan {
  const { source, axes, fixed, sample, seeds, untilUs = null, stop = null } = request;
  const { values, settings } = sample === null ? grid(axes) : hypercube(axes, sample);
  const labels = labelsOf(axes.map(({ name }) => name));
  const described = axes.map(({ name, scale }, axis): SweepAxis => {
    const texts = (values[axis] ?? []).map(writeValue);
    return { path: name, label: labels[axis] ?? name, values: texts, numbers: numbersOf(texts), scale };
  });
  const seedsPerRound = Math.min(seeds.count, SEEDS_PER_ROUND);
  const body = {
    version: VERSION,
    axes: described,
    fixed: fixed.map(writeSetting),
    sample,
    settings: sample === null ? [] : settings,
    seeds,
    untilUs,
    stop,
  };
  const digest = new Digest();
  digest.addString(JSON.stringify([source.file, source.texts, body, seedsPerRound]));
  const { name, metrics, expectations } = scenario;
  return {
    digest: digest.hex(),
    ...body,
    scenario: { name, file: source.file },
    settings,
    seedsPerRound,
    metrics: metrics.map(({ name, unit, what }) => ({ name, unit, what })),
    expectations,
  };
}

/** How many runs a plan has. */
export function countRuns({ settings, seeds }: Pick<SweepPlan, 'settings' | 'seeds'>): number {
  return settings.length * seeds.count;
}

/** The run with an index from 0 on. */
export function runAt({ settings, seeds, seedsPerRound }: SweepPlan, index: number): PlannedRun {
  const perRound = settings.length * seedsPerRound;
  const round = Math.floor(index / perRound);
  const within = index - round * perRound;
  const first = round * seedsPerRound;
  const seedsInRound = Math.min(seedsPerRound, seeds.count - first);
  const setting = Math.floor(within / seedsInRound);
  return { index, round, setting, seed: String(seeds.first + first + (within % seedsInRound)) };
}

/** The settings of a combination, as text: `PATH=VALUE`, the fixed ones first. */
export function settingTexts({ axes, fixed, settings }: SweepPlan, setting: number): string[] {
  const varied = axes.map(({ path, values }, axis) => `${path}=${values[settings[setting]?.[axis] ?? 0]}`);
  return [...fixed, ...varied];
}

/** Values of a combination, as text, one per axis. */
export function settingValues({ axes, settings }: SweepPlan, setting: number): string[] {
  return axes.map(({ values }, axis) => values[settings[setting]?.[axis] ?? 0] ?? '');
}

/** A combination as settings that can be laid over the scenario. @param request that the plan was made of */
export function settingsOf(plan: SweepPlan, { axes, fixed }: SweepRequest, setting: number): Setting[] {
  const texts = settingValues(plan, setting);
  const varied = axes.map(({ path }, axis) => {
    const read = readValue(texts[axis] ?? '');
    return { path, value: 'value' in read ? read.value : null };
  });
  return [...fixed, ...varied];
}

// --- which combinations ------------------------------------------------------------------------------------------------

interface Combinations {
  /** Of every axis, all values that occur. */
  readonly values: readonly (readonly unknown[])[];
  readonly settings: readonly (readonly number[])[];
}

/** Every value with every other, the last axis the fastest. */
function grid(axes: readonly Axis[]): Combinations {
  const values = axes.map((axis) => axis.values ?? []);
  const settings = values.reduce<number[][]>(
    (all, list) => all.flatMap((before) => list.map((_, index) => [...before, index])),
    [[]],
  );
  return { values, settings };
}

/** So many points of which each axis has one in every one of as many strata. */
function hypercube(axes: readonly Axis[], points: number): Combinations {
  const streams = new RandomStreams('latin-hypercube');
  const columns = axes.map(({ name, at }) => {
    const stream = streams.stream(name);
    const strata = shuffled(points, (count) => stream.int(count));
    return strata.map((stratum) => at((stratum + stream.next()) / points));
  });
  const values = columns.map((column) => [...new Set(column)].toSorted(compareValues));
  const places = values.map((list) => new Map(list.map((value, index) => [value, index])));
  const settings = Array.from({ length: points }, (_, point) =>
    columns.map((column, axis) => places[axis]?.get(column[point]) ?? 0),
  );
  return { values, settings };
}

function shuffled(count: number, int: (count: number) => number): number[] {
  const list = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = int(last + 1);
    [list[last], list[other]] = [list[other] ?? 0, list[last] ?? 0];
  }
  return list;
}

/** Quantities by size, words as texts. */
function compareValues(one: unknown, other: unknown): number {
  const [left, right] = [writeValue(one), writeValue(other)];
  const [a, b] = [readQuantity(left), readQuantity(right)];
  if (a !== null && b !== null && a.unit === b.unit) return a.value - b.value;
  return left < right ? -1 : left > right ? 1 : 0;
}

function numbersOf(texts: readonly string[]): readonly number[] | null {
  const quantities = texts.map(readQuantity);
  const numbers = quantities.flatMap((one) => (one === null ? [] : [one.value]));
  const units = new Set(quantities.map((one) => one?.unit));
  return numbers.length === texts.length && units.size <= 1 ? numbers : null;
}

/** Of every path the shortest end that tells it from the others. */
function labelsOf(paths: readonly string[]): string[] {
  return paths.map((path, index) => {
    const steps = path.split('.');
    const others = paths.filter((_, other) => other !== index);
    for (let length = 1; length < steps.length; length++) {
      const end = steps.slice(-length).join('.');
      if (!others.some((other) => `.${other}`.endsWith(`.${end}`))) return end;
    }
    return path;
  });
}
