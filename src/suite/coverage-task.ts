/** The task of a worker for `hasim coverage`: runs of one scenario, of which only what they have exercised is kept. */

import { run } from '../run/run.ts';
import { loadScenario } from '../scenario/load.ts';
import { nodeAt, type LocatedMap } from '../scenario/located.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { Setting } from '../scenario/settings.ts';
import type { RunFailure } from '../sweep/outcome.ts';
import { readerOf, resolveWith, type ScenarioSource } from '../sweep/source.ts';
import { failureOf } from '../sweep/tasks.ts';
import { exercisedBy, together, type Exercised, type ScenarioCoverage } from './exercised.ts';

export interface CoverageTask {
  /** Of a scenario without mistakes. */
  readonly source: ScenarioSource;
  /** What a cell of its matrix lays over it. */
  readonly settings: readonly Setting[];
  readonly seeds: readonly string[];
}

export interface CoverageOutcome extends ScenarioCoverage {
  /** Runs that broke off. */
  readonly failures: readonly { readonly seed: string; readonly failure: RunFailure }[];
}

export function coverageTask({ source, settings, seeds }: CoverageTask): CoverageOutcome {
  const readText = readerOf(source);
  const loaded = resolveWith(loadScenario(source.file, readText), settings, readText);
  if (!loaded.ok) throw new Error(`expected a scenario without mistakes, got ${source.file}`);
  const { scenario, tree } = loaded;
  const failures: { seed: string; failure: RunFailure }[] = [];
  let exercised: Exercised = {};
  let runs = 0;
  for (const seed of seeds) {
    try {
      const result = run(scenario, { seed });
      exercised = together(exercised, exercisedBy(result, flapsUntil(result.endedAtUs, scenario, tree)));
      runs++;
    } catch (error) {
      failures.push({ seed, failure: failureOf(error) });
    }
  }
  const [first] = Object.values(scenario.devices);
  const mode = first?.['high-availability'].mode ?? 'active-passive';
  return { mode, aws: scenario.aws !== undefined, runs, exercised, failures };
}

/** A `flap` runs as the cuts that it is made of: entries of the file, of which at least one was made. */
function flapsUntil(endUs: number, { timeline }: ResolvedScenario, tree: LocatedMap): number {
  const made = timeline.filter(({ atUs, entry }) => {
    return atUs <= endUs && nodeAt(tree, ['timeline', entry, 'flap']) !== undefined;
  });
  return new Set(made.map(({ entry }) => entry)).size;
}
