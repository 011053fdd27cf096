/**
 * From the options of `hasim sweep` to what it is to do: every mistake in them is found before anything is run, each value of each axis
 * alone in the scenario included.
 */

import { availableParallelism } from 'node:os';
import { grouped } from '../measure/digits.ts';
import { metricsOf, type Metric } from '../run/metrics.ts';
import { resolveTree, type LoadResult } from '../scenario/load.ts';
import { writePath, type LocatedMap } from '../scenario/located.ts';
import { parseDurationUs } from '../scenario/schema/units.ts';
import { undone, withSettings, writeSetting, type Setting } from '../scenario/settings.ts';
import { readAxis, type Axis } from '../sweep/axis.ts';
import { countSettings, type SweepRequest } from '../sweep/plan.ts';
import { readSeeds, type SeedRange } from '../sweep/seeds.ts';
import { loadWithSource, readerOf } from '../sweep/source.ts';
import { readStop } from '../sweep/stop.ts';
import type { Given } from './command.ts';
import { UsageError } from './exit.ts';
import { readTextFile, STDIN_NAME, stdinReader } from './read.ts';
import { settingsOf } from './scenario-run.ts';

/** More runs than these are carried out only if that is really meant. */
const MANY_RUNS = 100_000;
/** More combinations than these are not kept in memory. */
const MOST_SETTINGS = 1_000_000;

/** A sweep that can begin. */
export interface SweepOrder {
  readonly request: SweepRequest;
  readonly name: string;
  readonly metrics: readonly Metric[];
  readonly expectations: number;
  /** The i-th of n parts, from 1. */
  readonly shard: { readonly part: number; readonly of: number };
  readonly workers: number;
}

type Loaded = Extract<LoadResult, { ok: true }>;

/**
 * Reads the options.
 *
 * @returns the mistakes of the scenario, rendered, where it has some
 * @throws UsageError
 */
export async function sweepOrder(
  given: Given,
): Promise<SweepOrder | { readonly diagnostics: LoadResult & { ok: false } }> {
  const { texts, lists } = given;
  const file = given.files[0] ?? '';
  const seeds = seedsOf(texts['seeds']);
  const sample =
    texts['sample'] === undefined ? null : wholeOption('--sample', texts['sample'], 1, MOST_SETTINGS);
  const untilUs = untilOf(texts['until']);
  const workers = workersOf(given);
  const shard = shardOf(texts['shard']);
  const { loaded, source } = loadWithSource(
    file === '-' ? STDIN_NAME : file,
    file === '-' ? await stdinReader() : readTextFile,
  );
  if (!loaded.ok) return { diagnostics: loaded };
  const fixed = settingsOf(loaded.tree, lists['set'] ?? []);
  const axes = axesOf(loaded, lists['vary'] ?? [], sample);
  refuseUndone(fixed, axes);
  const request = {
    source,
    axes,
    fixed,
    sample,
    seeds,
    ...(untilUs === undefined ? {} : { untilUs }),
    ...(texts['stop-at'] === undefined ? {} : { stop: texts['stop-at'] }),
  };
  refuseTooMany(request, given.flags['yes'] === true);
  const base = withSettings(loaded.tree, fixed);
  const set = resolveTree(base, readerOf(source));
  if (!set.ok) return { diagnostics: set };
  tryValues(base, axes, readerOf(source));
  const metrics = metricsOf(set.scenario);
  checkStop(texts['stop-at'], metrics, shard.of);
  const { name, expect } = set.scenario;
  return {
    request,
    name,
    metrics,
    expectations: expect.filter((one) => one['over-seeds'] === undefined).length,
    shard,
    workers,
  };
}

function axesOf({ tree }: Loaded, texts: readonly string[], sample: number | null): Axis[] {
  const axes = texts.map((text) => {
    const axis = readAxis(tree, text);
    if ('message' in axis) throw new UsageError('--vary', axis.message, axis.hint);
    if (axis.values !== null || sample !== null) return axis;
    throw new UsageError(
      '--vary',
      `expected a range with a step or a number of values, got ${text}`,
      `${text}:5 has five, and --sample N takes any between.`,
    );
  });
  const names = axes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError('--vary', `expected each path once, got ${twice} twice`);
  if (sample !== null && axes.length === 0)
    throw new UsageError('--sample', 'expected --vary beside it, got none');
  return axes;
}

/** What would have no effect, or another than it seems to have. */
function refuseUndone(fixed: readonly Setting[], axes: readonly Axis[]): void {
  const found = undone([...fixed, ...axes].map(({ path }) => path));
  // Of two `--set` the later counts, as with any option.
  if (found === null || !axes.some(({ path }) => path === found[1])) return;
  const [first, later] = found.map(writePath);
  const both = axes.some(({ path }) => path === found[0]);
  throw new UsageError(
    '--vary',
    `expected settings that leave each other be, got ${later}, which undoes ${both ? '' : '--set '}${first}`,
    both && first !== later ? 'Given first, it is what the other is laid over.' : '',
  );
}

function refuseTooMany(request: SweepRequest, yes: boolean): void {
  const settings = countSettings(request);
  const { count } = request.seeds;
  const runs = settings * count;
  const counts = `${grouped(settings)} combinations × ${grouped(count)} seeds = ${grouped(runs)} runs`;
  if (settings > MOST_SETTINGS) {
    throw new UsageError(
      '--vary',
      `expected at most ${grouped(MOST_SETTINGS)} combinations, got ${grouped(settings)}`,
      '--sample N takes so many of them.',
    );
  }
  if (runs > Number.MAX_SAFE_INTEGER) throw new UsageError('--seeds', `expected fewer runs, got ${counts}`);
  if (runs > MANY_RUNS && !yes) {
    throw new UsageError(
      'sweep',
      `expected at most ${grouped(MANY_RUNS)} runs, got ${counts}`,
      '--yes carries them out.',
    );
  }
}

/** Every value alone in the scenario, and the ends of a range. All mistakes at once. */
function tryValues(tree: LocatedMap, axes: readonly Axis[], readText: (name: string) => string): void {
  const mistakes = axes.flatMap(({ path, values, at }) =>
    (values ?? [at(0), at(1)]).slice(0, MOST_TRIED).flatMap((value) => {
      const loaded = resolveTree(withSettings(tree, [{ path, value }]), readText);
      return loaded.ok ? [] : [`${writeSetting({ path, value })}: ${loaded.diagnostics[0]?.message}`];
    }),
  );
  const [first, ...others] = mistakes;
  if (first === undefined) return;
  const more =
    others.length === 0 ? '' : `And ${others.slice(0, 9).join('; ')}${others.length > 9 ? '; …' : ''}.`;
  throw new UsageError('--vary', first.replace(/\.$/, ''), more);
}

/** Of an axis with more values the others are tried when their turn comes. */
const MOST_TRIED = 200;

function seedsOf(text = '1..100'): SeedRange {
  const seeds = readSeeds(text);
  if (seeds !== null) return seeds;
  throw new UsageError('--seeds', `expected seeds such as 1..100, got ${text}`);
}

function untilOf(text: string | undefined): number | undefined {
  const untilUs = text === undefined ? undefined : parseDurationUs(text);
  if (untilUs !== null && untilUs !== 0) return untilUs;
  throw new UsageError('--until', `expected a duration such as 200ms, 3s or 1min, got ${text}`);
}

/** `--workers N`, or as many as there are cores. @throws UsageError */
export function workersOf({ texts }: Given): number {
  return texts['workers'] === undefined
    ? availableParallelism()
    : wholeOption('--workers', texts['workers'], 1, 256);
}

/** `--shard 2/5`. @throws UsageError */
export function shardOf(text = '1/1'): SweepOrder['shard'] {
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw new UsageError('--shard', `expected a part such as 2/5, got ${text}`);
}

/** A whole number within limits. @throws UsageError */
export function wholeOption(option: string, text: string, from: number, to: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new UsageError(option, `expected a whole number from ${from} to ${to}, got ${text}`);
}

function checkStop(text: string | undefined, metrics: readonly Metric[], shards: number): void {
  if (text === undefined) return;
  const stop = readStop(
    text,
    metrics.map(({ name }) => name),
  );
  if ('message' in stop) throw new UsageError('--stop-at', stop.message, stop.hint);
  if (shards === 1) return;
  throw new UsageError(
    '--stop-at',
    'expected no --shard beside it, for when to stop rests on the runs of all shards',
  );
}
