/**
 * Carries out `hasim check-determinism`: two runs side by side, a third with the trace off, and a fourth in a worker that reads and
 * assembles the scenario for itself.
 */

import { setImmediate } from 'node:timers/promises';
import {
  isDeterministic,
  renderDeterminism,
  type DeterminismReport,
  type OtherWay,
} from '../report/determinism.ts';
import { replayCommand } from '../report/text.ts';
import { RESULT_SCHEMA_VERSION } from '../run/result.ts';
import { startRun, type RunObserver, type RunOptions } from '../run/run.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { Setting } from '../scenario/settings.ts';
import { Comparison, type Agreement } from '../suite/determinism.ts';
import type { RunPool } from '../sweep/pool.ts';
import { loadWithSource, resolveWith, type ScenarioSource } from '../sweep/source.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { EXIT, worse, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { changesGiven, readerFor, runInSlices, runOptions, settingsOf } from './scenario-run.ts';
import { seedsOf } from './seeds-option.ts';

interface Job {
  readonly given: Given;
  readonly context: Context;
  readonly pool: () => Promise<RunPool>;
}

/** One run that is to be the same in every way. */
interface Case {
  readonly scenario: ResolvedScenario;
  readonly source: ScenarioSource;
  readonly settings: readonly Setting[];
  readonly options: RunOptions;
  readonly seed: string;
  readonly replay: string;
}

/** Carries out `hasim check-determinism`. */
export async function checkFiles(given: Given, context: Context): Promise<ExitCode> {
  runOptions(given, ''); // A wrong option is told before any file is read.
  seedsOf(given);
  let pool: RunPool | null = null;
  const openPool = async (): Promise<RunPool> => {
    const { RunPool } = await import('../sweep/pool.ts');
    return (pool ??= new RunPool({ workers: 1 }));
  };
  try {
    let code: ExitCode = EXIT.ok;
    for (const file of given.files) {
      if (context.out.closed || code === EXIT.interrupted) break;
      code = worse(code, await checkFile(file, { given, context, pool: openPool }));
    }
    return code;
  } finally {
    await (pool as RunPool | null)?.close();
  }
}

async function checkFile(file: string, job: Job): Promise<ExitCode> {
  const { given, context } = job;
  const { out, err } = context;
  const json = given.flags['json'] === true;
  const { name, readText } = await readerFor(file, err);
  const { loaded: asWritten, source } = loadWithSource(name, readText);
  const texts = given.lists['set'] ?? [];
  const settings = asWritten.ok ? settingsOf(asWritten.tree, texts) : [];
  const loaded = resolveWith(asWritten, settings, readText);
  if (!loaded.ok) {
    await showDiagnostics(loaded.diagnostics, file, { out, err, json, several: given.files.length > 1 });
    return EXIT.mistake;
  }
  const { scenario } = loaded;
  const options = runOptions(given, file);
  let code: ExitCode = EXIT.ok;
  for (const seed of seedsOf(given) ?? [scenario.seed]) {
    const replay = replayOf(file, seed, given);
    const report = await check({ scenario, source, settings, options, seed, replay }, job);
    if (report === null) return EXIT.interrupted;
    if (json) await out.write(`${JSON.stringify({ schemaVersion: RESULT_SCHEMA_VERSION, ...report })}\n`);
    else if (!report.deterministic || given.flags['quiet'] !== true) {
      await out.write(renderDeterminism(report, { style: out.style, width: out.width }));
    }
    if (!report.deterministic) code = EXIT.invariant;
  }
  return code;
}

function replayOf(file: string, seed: string, given: Given): string {
  return replayCommand(file, seed, changesGiven(given)).replace(/^hasim run /, 'hasim check-determinism ');
}

/** @returns null when it was interrupted */
async function check(one: Case, { context, pool }: Job): Promise<DeterminismReport | null> {
  const { options, seed, replay, scenario } = one;
  const start = (observer: RunObserver) =>
    startRun(scenario, { ...options, seed, traceLevel: 'full', observer });
  const agreement = await interruptible((signal) => compare(new Comparison(start, start), signal));
  if (agreement === null) return null;
  // A run that breaks off has no digest to compare further.
  const others =
    agreement.difference !== null || agreement.error !== null ? [] : await otherWays(one, context, pool);
  if (others === null) return null;
  const deterministic = isDeterministic(agreement, others);
  return { file: options.file ?? '', seed, agreement, others, deterministic, replay };
}

async function compare(comparison: Comparison, signal: AbortSignal): Promise<Agreement | null> {
  while (comparison.advance() === 'paused') {
    await setImmediate();
    if (signal.aborted) return null;
  }
  return comparison.result();
}

async function otherWays(one: Case, { out }: Context, pool: Job['pool']): Promise<OtherWay[] | null> {
  const { scenario, source, settings, options, seed } = one;
  const { result, aborted } = await runInSlices(scenario, { ...options, seed, traceLevel: 'off' }, out);
  if (aborted) return null;
  const { untilUs } = options;
  const task = { source, settings, seeds: [seed], ...(untilUs === undefined ? {} : { untilUs }) };
  const [outcome] = await (await pool()).run('outcomes', task);
  return [
    { way: 'with the trace off', protocol: result.digests.protocol },
    { way: 'in a worker', protocol: outcome?.digest ?? '' },
  ];
}
