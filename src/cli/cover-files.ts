/** Carries out `hasim coverage`: the cases of a suite on the workers of a pool, and what they have exercised. */

import { renderCoverage } from '../report/coverage.ts';
import { RESULT_SCHEMA_VERSION } from '../run/result.ts';
import type { TestFile } from '../suite/cases.ts';
import { coverageOf, type FileCoverage } from '../suite/coverage.ts';
import type { CoverageOutcome, CoverageTask } from '../suite/coverage-task.ts';
import { RunPool } from '../sweep/pool.ts';
import type { Context, Given } from './command.ts';
import { complain, showDiagnostics } from './complain.ts';
import { EXIT, FAILURE_EXIT, UsageError, worse, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { withOutput } from './output.ts';
import { seedsOf } from './seeds-option.ts';
import { workersOf } from './sweep-request.ts';
import { findTests } from './test-files.ts';

/** Seeds that a worker runs before it asks for more. */
const SEEDS_AT_ONCE = 16;

interface Job extends CoverageTask {
  readonly file: string;
}

type Done = FileCoverage & CoverageOutcome;

/** Carries out `hasim coverage`. */
export async function coverFiles(given: Given, context: Context): Promise<ExitCode> {
  const minimum = minimumOf(given);
  const workers = workersOf(given);
  const { files } = findTests(given.files, seedsOf(given), 'coverage');
  if (files.length === 0) {
    const where = given.files.length === 0 ? 'this folder' : given.files.join(', ');
    throw new UsageError('coverage', `expected a scenario with expectations below ${where}, got none`);
  }
  const read = files.flatMap((file) => file.files);
  return withOutput({ ...given, files: read }, context.out, async (out) => {
    const mistakes = await tellMistakes(files, context);
    const done = await interruptible((signal) => runAll(files.flatMap(jobsOf), workers, signal));
    if (done === null) return EXIT.interrupted;
    if (done.length === 0 && mistakes !== EXIT.ok) return mistakes;
    const code = worse(mistakes, await tellFailures(done, context));
    const coverage = coverageOf(done);
    const { style, width } = out;
    const missing = given.flags['missing'] === true;
    await out.write(
      given.flags['json'] === true
        ? `${JSON.stringify({ schemaVersion: RESULT_SCHEMA_VERSION, ...coverage }, null, 2)}\n`
        : renderCoverage(coverage, { style, width, missing }),
    );
    if (minimum === null || coverage.percent >= minimum) return code;
    const sentence = `hasim coverage: expected at least ${minimum} %, got ${coverage.percent} %.`;
    await complain(context.err, sentence);
    return worse(code, EXIT.failed);
  });
}

/** What is skipped as a test exercises nothing. */
function jobsOf({ file, source, cases }: TestFile): Job[] {
  const run = cases.filter(({ skip, broken }) => skip === '' && !broken);
  return run.flatMap(({ settings, seeds }) =>
    Array.from({ length: Math.ceil(seeds.length / SEEDS_AT_ONCE) }, (_, index) => {
      const some = seeds.slice(index * SEEDS_AT_ONCE, (index + 1) * SEEDS_AT_ONCE);
      return { file, source, settings, seeds: some };
    }),
  );
}

/** @returns in the order of the jobs, whatever finished first; null when it was interrupted */
async function runAll(
  jobs: readonly Job[],
  workers: number,
  signal: AbortSignal,
): Promise<readonly Done[] | null> {
  const pool = new RunPool({ workers });
  const stopped = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
  const all = Promise.all(
    jobs.map(async ({ file, ...task }): Promise<Done> => ({ file, ...(await pool.run('coverage', task)) })),
  );
  try {
    return await Promise.race([all, stopped]);
  } finally {
    all.catch(() => {}); // What the pool ends, ends with an error.
    await pool.close();
  }
}

async function tellMistakes(files: readonly TestFile[], { out, err }: Context): Promise<ExitCode> {
  const wrong = files.filter(({ loaded }) => loaded === null);
  for (const { file, diagnostics } of wrong) {
    await showDiagnostics(diagnostics, file, { out, err, json: false, several: files.length > 1 });
  }
  return wrong.length === 0 ? EXIT.ok : EXIT.mistake;
}

/** Says which runs broke off. */
async function tellFailures(done: readonly Done[], { err }: Context): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const { file, failures } of done) {
    for (const { seed, failure } of failures) {
      await complain(err, `hasim: ${file}, seed ${seed}: ${failure.message}.`);
      code = worse(code, FAILURE_EXIT[failure.kind]);
    }
  }
  return code;
}

function minimumOf({ texts }: Given): number | null {
  const text = texts['min'];
  if (text === undefined) return null;
  const value = Number(text.replace(/\s*%$/, ''));
  if (/^\d{1,3}(\.\d+)?\s*%?$/.test(text) && value <= 100) return value;
  throw new UsageError('--min', `expected a percentage such as 80, got ${text}`);
}
