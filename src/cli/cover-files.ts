/** Carries out `hasim coverage`: the scenarios of a suite on the workers of a pool, and what they have exercised. */

import { renderCoverage } from '../report/coverage.ts';
import { RESULT_SCHEMA_VERSION } from '../run/result.ts';
import { coverageOf, type FileCoverage, type SuiteCoverage } from '../suite/coverage.ts';
import type { CoverageOutcome } from '../suite/coverage-task.ts';
import { RunPool } from '../sweep/pool.ts';
import { loadWithSource, type ScenarioSource } from '../sweep/source.ts';
import type { Context, Given } from './command.ts';
import { complain, showDiagnostics } from './complain.ts';
import { EXIT, FAILURE_EXIT, UsageError, worse, type ExitCode } from './exit.ts';
import { findScenarios } from './find-scenarios.ts';
import { interruptible } from './interrupt.ts';
import { withOutput } from './output.ts';
import { readTextFile } from './read.ts';
import { seedsOf } from './seeds-option.ts';
import { workersOf } from './workers-option.ts';

interface Suite {
  readonly sources: readonly { readonly file: string; readonly source: ScenarioSource }[];
  /** Of the files that could not be loaded, and of the runs that broke off. */
  readonly code: ExitCode;
}

/** Carries out `hasim coverage`. */
export async function coverFiles(given: Given, context: Context): Promise<ExitCode> {
  const minimum = minimumOf(given);
  const workers = workersOf(given);
  const seeds = seedsOf(given);
  const files = findScenarios('coverage', given.files);
  return withOutput({ ...given, files }, context.out, async (out) => {
    const suite = await load(files, context);
    const outcomes = await interruptible((signal) => runAll(suite, seeds, workers, signal));
    if (outcomes === null) return EXIT.interrupted;
    const code = worse(suite.code, await tellFailures(outcomes, context));
    const coverage = coverageOf(outcomes);
    await out.write(
      given.flags['json'] === true
        ? json(coverage)
        : renderCoverage(coverage, {
            style: out.style,
            width: out.width,
            missing: given.flags['missing'] === true,
          }),
    );
    if (minimum === null || coverage.percent >= minimum) return code;
    await complain(context.err, `hasim coverage: expected at least ${minimum} %, got ${coverage.percent} %.`);
    return worse(code, EXIT.failed);
  });
}

async function load(files: readonly string[], { out, err }: Context): Promise<Suite> {
  const sources: { file: string; source: ScenarioSource }[] = [];
  let code: ExitCode = EXIT.ok;
  for (const file of files) {
    const { loaded, source } = loadWithSource(file, readTextFile);
    if (loaded.ok) sources.push({ file, source });
    else {
      await showDiagnostics(loaded.diagnostics, file, { out, err, json: false, several: files.length > 1 });
      code = EXIT.mistake;
    }
  }
  return { sources, code };
}

type Covered = FileCoverage & CoverageOutcome;

/** @returns in the order of the files, whatever finished first; null when it was interrupted */
async function runAll(
  { sources }: Suite,
  seeds: readonly string[] | null,
  workers: number | null,
  signal: AbortSignal,
): Promise<readonly Covered[] | null> {
  if (sources.length === 0) return [];
  const pool = new RunPool(workers === null ? {} : { workers });
  const stopped = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
  const all = Promise.all(
    sources.map(async ({ file, source }): Promise<Covered> => ({
      file,
      ...(await pool.run('coverage', { source, seeds })),
    })),
  );
  try {
    return await Promise.race([all, stopped]);
  } finally {
    all.catch(() => {}); // What the pool ends, ends with an error.
    await pool.close();
  }
}

/** Says which runs broke off. */
async function tellFailures(outcomes: readonly Covered[], { err }: Context): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const { file, failures } of outcomes) {
    for (const { seed, failure } of failures) {
      await complain(err, `hasim: ${file}, seed ${seed}: ${failure.message}.`);
      code = worse(code, FAILURE_EXIT[failure.kind]);
    }
  }
  return code;
}

function json(coverage: SuiteCoverage): string {
  return `${JSON.stringify({ schemaVersion: RESULT_SCHEMA_VERSION, ...coverage }, null, 2)}\n`;
}

function minimumOf({ texts }: Given): number | null {
  const text = texts['min'];
  if (text === undefined) return null;
  const value = Number(text.replace(/\s*%$/, ''));
  if (/^\d{1,3}(\.\d+)?\s*%?$/.test(text) && value <= 100) return value;
  throw new UsageError('--min', `expected a percentage such as 80, got ${text}`);
}
