/** What the tests of `hasim tune` search with: a scenario of the library, and runs carried out here or made up. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricsOf, type Metric } from '../../src/run/metrics.ts';
import { resolveTree } from '../../src/scenario/load.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { readSetting, withSettings, type Setting } from '../../src/scenario/settings.ts';
import type { RunOutcome } from '../../src/sweep/outcome.ts';
import { loadWithSource, readerOf, type ScenarioSource } from '../../src/sweep/source.ts';
import type { Runs } from '../../src/sweep/tune/bench.ts';
import { parseConstraint, parseObjective } from '../../src/sweep/tune/objective.ts';
import type { TuneRequest } from '../../src/sweep/tune/tune.ts';
import { ROOT } from './command.ts';

export const LOSSY = 'tuning/lossy-inter-site-ha1.yaml';

/** A scenario of `scenarios/` with settings as `--set` takes them. */
export function scenarioWith(file: string, settings: readonly string[] = []) {
  const { loaded, source } = loadWithSource(join(ROOT, 'scenarios', file), (name) =>
    readFileSync(name, 'utf8'),
  );
  if (!loaded.ok) throw new Error(loaded.diagnostics[0]?.message);
  const fixed = settings.map((text): Setting => {
    const setting = readSetting(loaded.tree, text);
    if ('message' in setting) throw new Error(setting.message);
    return setting;
  });
  const tree = withSettings(loaded.tree, fixed);
  const resolved = resolveTree(tree, readerOf(source));
  if (!resolved.ok) throw new Error(resolved.diagnostics[0]?.message);
  return { tree, source, fixed, scenario: resolved.scenario };
}

export interface TuneCase {
  readonly file?: string;
  readonly set?: readonly string[];
  readonly objectives?: readonly string[];
  readonly constraints?: readonly string[];
  readonly names?: readonly string[] | null;
  readonly count?: number;
  readonly budget?: number;
  readonly runs: (source: ScenarioSource, metrics: readonly Metric[]) => Runs;
  readonly lint?: (scenario: ResolvedScenario) => readonly string[];
}

/** A request for a search. */
export function tuneRequest(given: TuneCase): TuneRequest {
  const { file = LOSSY, count = 12, budget = 600, names = null } = given;
  const { tree, source, scenario } = scenarioWith(file, given.set);
  const metrics = metricsOf(scenario);
  const objectives = (given.objectives ?? ['p99 failover']).map((text) =>
    orThrow(parseObjective(text, metrics)),
  );
  const constraints = (given.constraints ?? ['false failovers < 1 per 10 years']).map((text) =>
    orThrow(parseConstraint(text, metrics)),
  );
  return {
    tree,
    readText: readerOf(source),
    scenario,
    file,
    aim: { objectives, constraints, count, confidence: 0.95 },
    names,
    seeds: Array.from({ length: count }, (_, index) => String(index + 1)),
    seedsText: `1..${count}`,
    seed: '1',
    budget,
    confidence: 0.95,
    version: '0',
    lint: given.lint ?? (() => []),
    runs: given.runs(source, metrics),
  };
}

export function orThrow<Read extends object>(
  read: Read | { readonly message: string; readonly hint: string },
): Read {
  if ('message' in read) throw new Error(read.message);
  return read;
}

/** Runs without a simulation: a metric as a function of the timers (microseconds, by their names) and the seed. */
export function madeUp(
  values: (
    timer: (name: string) => number | undefined,
    seed: number,
  ) => Readonly<Record<string, number | null>>,
  told: (settings: readonly Setting[], seeds: readonly string[]) => void = () => undefined,
): TuneCase['runs'] {
  return (_, metrics) => async (settings, seeds) => {
    told(settings, seeds);
    const timer = (name: string): number | undefined => {
      const found = settings.find(({ path }) => path.at(-1) === name)?.value;
      return found === undefined ? undefined : microseconds(found as string);
    };
    return seeds.map((seed) => {
      const row = values(timer, Number(seed));
      return outcome(
        seed,
        metrics.map(({ name }) => row[name] ?? null),
      );
    });
  };
}

export function outcome(seed: string, metrics: readonly (number | null)[]): RunOutcome {
  return { seed, digest: '', events: 1, unmet: [], metrics, failure: null };
}

function microseconds(text: string): number {
  const [, digits = '0', unit = ''] = /^([\d.]+)([a-z]*)$/.exec(text) ?? [];
  return Number(digits) * ({ ms: 1e3, s: 1e6, min: 6e7 }[unit] ?? 1);
}
