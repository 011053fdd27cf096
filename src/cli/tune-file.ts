/**
 * Carries out `hasim tune`: every mistake in the options is found before anything is run; the runs are carried out on all cores; Ctrl-C
 * ends the search with the best so far.
 */

import { lint } from '../lint/lint.ts';
import { RULES } from '../lint/rules.ts';
import { renderTune } from '../report/tune.ts';
import { metricsOf, type Metric } from '../run/metrics.ts';
import { resolveTree } from '../scenario/load.ts';
import type { LocatedMap } from '../scenario/located.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { withSettings, type Setting } from '../scenario/settings.ts';
import { ready } from '../statistics/special.ts';
import { RunPool } from '../sweep/pool.ts';
import { readSeeds, writeSeeds, type SeedRange } from '../sweep/seeds.ts';
import { loadWithSource, readerOf, type ScenarioSource } from '../sweep/source.ts';
import { parallel } from '../sweep/tune/parallel.ts';
import { parseConstraint, parseObjective } from '../sweep/tune/objective.ts';
import { tune, TuneMistake, type TuneRequest } from '../sweep/tune/tune.ts';
import { VERSION } from '../version.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { EXIT, UsageError, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { withOutput } from './output.ts';
import { progress } from './progress.ts';
import { readTextFile, STDIN_NAME, stdinReader } from './read.ts';
import { settingsOf } from './scenario-run.ts';
import { wholeOption, workersOf } from './sweep-request.ts';

const CONFIDENCE = 0.95;
/** What is meant unless it is told. */
const OBJECTIVE = 'p99 failover';
const CONSTRAINT = 'false failovers < 1 per 10 years';
const MOST_SEEDS = 100_000;

/** A request without what carries out the runs. */
interface Order {
  readonly request: Omit<TuneRequest, 'runs'>;
  readonly source: ScenarioSource;
  readonly fixed: readonly Setting[];
}

/** Carries out `hasim tune`. */
export async function tuneFile(given: Given, context: Context): Promise<ExitCode> {
  const workers = workersOf(given);
  const budget = wholeOption('--budget', given.texts['budget'] ?? '3000', 10, 10_000_000);
  const seeds = seedsOf(given.texts['seeds'] ?? '1..50', budget);
  const file = given.files[0] ?? '';
  const { loaded, source } = loadWithSource(
    file === '-' ? STDIN_NAME : file,
    file === '-' ? await stdinReader() : readTextFile,
  );
  const fixed = loaded.ok ? settingsOf(loaded.tree, given.lists['set'] ?? []) : [];
  const tree = loaded.ok ? withSettings(loaded.tree, fixed) : null;
  const resolved = tree === null || fixed.length === 0 ? loaded : resolveTree(tree, readerOf(source));
  if (!resolved.ok || tree === null) {
    const diagnostics = resolved.ok ? [] : resolved.diagnostics;
    await showDiagnostics(diagnostics, file, {
      ...context,
      json: given.flags['json'] === true,
      several: false,
    });
    return EXIT.mistake;
  }
  await ready();
  const { scenario } = resolved;
  const request = {
    tree,
    readText: readerOf(source),
    scenario,
    file,
    aim: { ...aimOf(given, metricsOf(scenario)), count: seeds.count, confidence: CONFIDENCE },
    names: given.texts['timers']?.split(',').map((name) => name.trim()) ?? null,
    seeds: Array.from({ length: seeds.count }, (_, index) => String(seeds.first + index)),
    seedsText: writeSeeds(seeds),
    seed: given.texts['seed'] ?? '1',
    budget,
    confidence: CONFIDENCE,
    version: VERSION,
    lint: (other: ResolvedScenario) => findingsOf(other, tree),
  };
  return withOutput(given, context.out, async (out) => {
    return carryOut({ request, source, fixed }, workers, given, { ...context, out });
  });
}

function aimOf(
  { lists }: Given,
  metrics: readonly Metric[],
): Pick<TuneRequest['aim'], 'objectives' | 'constraints'> {
  const objectives = orElse(lists['objective'], OBJECTIVE);
  const constraints = orElse(lists['subject-to'], CONSTRAINT);
  return {
    objectives: objectives.map((text) => orRefuse('--objective', parseObjective(text, metrics))),
    constraints: constraints.map((text) => orRefuse('--subject-to', parseConstraint(text, metrics))),
  };
}

function orElse(given: readonly string[] | undefined, otherwise: string): readonly string[] {
  return given === undefined || given.length === 0 ? [otherwise] : given;
}

function orRefuse<Read extends object>(
  option: string,
  read: Read | { readonly message: string; readonly hint: string },
): Read {
  if ('message' in read) throw new UsageError(option, read.message, read.hint);
  return read;
}

function seedsOf(text: string, budget: number): SeedRange {
  const seeds = readSeeds(text);
  if (seeds === null) throw new UsageError('--seeds', `expected seeds such as 1..50, got ${text}`);
  const most = Math.min(MOST_SEEDS, Math.floor(budget / 4));
  if (seeds.count <= most) return seeds;
  throw new UsageError(
    '--seeds',
    `expected at most ${most} with a budget of ${budget} runs, got ${seeds.count}`,
    'The present settings, both profiles and what is found are run with all of them.',
  );
}

/** They hold timers against each other by their length; the search does that by what comes of it. */
const WEIGHED = ['H21', 'H22'];

/** What lint finds in a scenario: its rules, in words. */
function findingsOf(scenario: ResolvedScenario, tree: LocatedMap): string[] {
  const found = new Set(lint(scenario, tree, { ignore: WEIGHED }).findings.map(({ rule }) => rule));
  return RULES.filter(({ id }) => found.has(id)).map(({ id, title }) => `${id}: ${title}`);
}

async function carryOut(
  { request, source, fixed }: Order,
  workers: number,
  given: Given,
  { out, err }: Context,
): Promise<ExitCode> {
  const pool = new RunPool({ workers });
  const bar = progress(err, request.budget, given.flags['quiet'] === true);
  try {
    const result = await interruptible(async (signal) => {
      return tune({
        ...request,
        runs: parallel({ pool, source, fixed, signal, done: (count) => bar.step(count) }),
      });
    });
    bar.stop();
    if (given.flags['json'] === true) await out.write(`${JSON.stringify(result, null, 2)}\n`);
    else if ((given.texts['output'] ?? '').endsWith('.html')) {
      const { renderTunePage } = await import('../report/tune-page.ts');
      await out.write(await renderTunePage(result));
    } else await out.write(renderTune(result, { style: out.style, width: out.width }));
    return result.end === 'interrupted' ? EXIT.interrupted : EXIT.ok;
  } catch (error) {
    if (error instanceof TuneMistake) throw new UsageError(error.where, error.message, error.hint);
    throw error;
  } finally {
    bar.stop();
    await pool.close();
  }
}
