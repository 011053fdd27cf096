/** Carries out `hasim compare`: two runs, what differs, as text, JSON or a page. */

import { compareRuns, type Compared } from '../report/compare/compare.ts';
import { sentence } from '../report/compare/sentence.ts';
import { renderComparison } from '../report/compare/text.ts';
import type { RunResult } from '../run/result.ts';
import { RESULT_SCHEMA_VERSION } from '../run/result.ts';
import { filledWithTimers } from '../scenario/filled.ts';
import type { Context, Given } from './command.ts';
import { complain } from './complain.ts';
import { EXIT, FAILURE_EXIT, TroubleError, UsageError, type ExitCode } from './exit.ts';
import { withOutput } from './output.ts';
import { PAGE_PACKETS } from './packets.ts';
import { readScenario, type ReadScenario } from './read-scenario.ts';
import { breakdownOf, runInSlices, runOptions } from './scenario-run.ts';
import type { Sink } from './sink.ts';

/** One of the two. */
interface Side {
  readonly label: 'A' | 'B';
  readonly file: string;
  readonly read: ReadScenario;
}

/** Carries out `hasim compare`. */
export async function compareFiles(given: Given, context: Context): Promise<ExitCode> {
  const [a = '', b, ...more] = given.files;
  if (more.length > 0) throw new UsageError('compare', `expected one file or two, got ${given.files.length}`);
  if (b === undefined && (given.lists['set'] ?? []).length === 0) {
    throw new UsageError('compare', 'expected a second file or --set PATH=VALUE, got neither');
  }
  runOptions(given, a); // A wrong option is told before any file is read.
  // With one file, the settings are what B has and A has not.
  const readA = await readScenario(a, b === undefined ? { ...given, lists: {} } : given, context);
  const readB = readA === null && b === undefined ? null : await readScenario(b ?? a, given, context);
  if (readA === null || readB === null) return EXIT.mistake;
  const sides = [
    { label: 'A', file: a, read: readA },
    { label: 'B', file: b ?? a, read: readB },
  ] as const;
  const files = sides.flatMap(({ read }) => Object.keys(read.texts));
  return withOutput({ ...given, files }, context.out, (sink) =>
    compareSides(sides, given, sink, context.err),
  );
}

async function compareSides(
  sides: readonly [Side, Side],
  given: Given,
  sink: Sink,
  err: Sink,
): Promise<ExitCode> {
  const page = (given.texts['output'] ?? '').endsWith('.html');
  const results: RunResult[] = [];
  for (const side of sides) {
    const run = await runSide(side, given, page, sink, err);
    if (typeof run === 'number') return run;
    results.push(run);
  }
  const [a, b] = results as [RunResult, RunResult];
  const compared = sides.map(({ read }, index): Compared => ({
    result: results[index]!,
    settings: filledWithTimers(read.tree),
  })) as [Compared, Compared];
  const comparison = compareRuns(...compared);
  const replays = [sides[0].read.replay, sides[1].read.replay] as const;
  if (page) {
    const { pageOf } = await import('./page.ts');
    const { comparisonSection } = await import('../report/compare/section.ts');
    const subjects = sides.map(({ label, read }, index) => ({
      label,
      result: results[index]!,
      scenario: read,
    }));
    await sink.write(pageOf(subjects, comparisonSection(comparison, [a, b])));
    if (given.flags['quiet'] !== true)
      await err.write(`${sentence(comparison)}\nWritten: ${given.texts['output']}\n`);
  } else if (given.flags['json'] === true) {
    const runs = results.map(({ scenario, seed, digests }, index) => ({
      scenario: { name: scenario.name, file: scenario.file },
      seed,
      digest: digests.protocol,
      replay: replays[index],
    }));
    const document = {
      schemaVersion: RESULT_SCHEMA_VERSION,
      a: runs[0],
      b: runs[1],
      summary: sentence(comparison),
      ...comparison,
    };
    await sink.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const { style, width } = sink;
    await sink.write(
      renderComparison(comparison, [a, b], { style, width, quiet: given.flags['quiet'] === true, replays }),
    );
  }
  return given.flags['exit-code'] === true && !comparison.identical ? EXIT.failed : EXIT.ok;
}

/** The result of one side, or the exit code of a run that broke off or was interrupted. */
async function runSide(
  { file, read, label }: Side,
  given: Given,
  packets: boolean,
  sink: Sink,
  err: Sink,
): Promise<RunResult | ExitCode> {
  const options = { ...runOptions(given, file), ...(packets ? { packets: PAGE_PACKETS } : {}) };
  try {
    const { result, aborted } = await runInSlices(read.scenario, options, sink);
    if (!aborted) return result;
    await err.write(`hasim compare: interrupted in run ${label}; there is nothing to compare.\n`);
    return EXIT.interrupted;
  } catch (error) {
    if (error instanceof UsageError || error instanceof TroubleError) throw error;
    const { kind, message, details } = breakdownOf(error);
    await complain(err, `hasim: ${file}: ${message}.`, [...details, `Again: ${read.replay}`]);
    return FAILURE_EXIT[kind];
  }
}
