/**
 * One round of `hasim test`: runs the cases that are selected on the workers of a pool, tells of each as it is done, and remembers which
 * failed.
 */

import { existsSync } from 'node:fs';
import { reporterFor } from '../report/suite/reporter.ts';
import { counted } from '../report/table.ts';
import { replayCommand } from '../report/text.ts';
import type { CaseOutcome, SuiteResult } from '../suite/outcome.ts';
import { piecesOf, runSuite, type SuiteTestCase } from '../suite/run-suite.ts';
import { inPart, withReasons, type SelectedCase } from '../suite/selection.ts';
import { RunPool } from '../sweep/pool.ts';
import type { Context } from './command.ts';
import { EXIT, FAILURE_EXIT, worse, type ExitCode } from './exit.ts';
import { rememberFailed } from './failed-state.ts';
import type { Sink } from './sink.ts';
import type { FoundTests } from './test-files.ts';
import { matchCases, type TestRequest } from './test-request.ts';

/** The workers of a call, opened for the first run. */
export class TestPool {
  #pool: RunPool | null = null;
  readonly #workers: number;

  constructor(workers: number) {
    this.#workers = workers;
  }

  /** @param pieces of work at most, for which no more workers are opened */
  readonly get = (pieces: number): RunPool =>
    (this.#pool ??= new RunPool({ workers: Math.max(1, Math.min(this.#workers, pieces)) }));

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}

/** Runs what is selected of what was found. @throws UsageError when nothing is */
export async function testOnce(
  found: FoundTests,
  request: TestRequest,
  { out, err }: Context,
  pool: TestPool,
  signal: AbortSignal,
): Promise<ExitCode> {
  const cases = found.files.flatMap((of) => of.cases.map((test) => ({ ...test, of })));
  const matched = matchCases(cases, request);
  const all = withReasons(matched.cases);
  const selected = inPart(all, request.shard);
  if (!request.quiet) await tellBefore(notesOf(found, cases, matched.note, all, selected, request), err);
  const stop = new AbortController();
  const halt = (): void => stop.abort();
  if (signal.aborted) halt();
  signal.addEventListener('abort', halt);
  const { reporter: name, quiet, bail } = request;
  const reporter = reporterFor(name, { style: out.style, width: out.width, quiet });
  await out.write(reporter.start(selected.length));
  const pieces = request.watch ? Infinity : piecesOf(selected);
  const result = await runSuite(
    {
      cases: selected,
      pool: () => pool.get(pieces),
      bail,
      replay: (file, seed, settings) =>
        replayCommand(
          file,
          seed,
          settings.flatMap((setting) => ['--set', setting]),
        ),
      take: async (outcome) => {
        await out.write(reporter.caseDone(outcome));
        if (out.closed) halt();
      },
    },
    stop.signal,
  );
  signal.removeEventListener('abort', halt);
  await out.write(reporter.end(result));
  await remember(result, found, cases, err);
  if (!signal.aborted) return codeOf(result);
  await err.write(
    `hasim test: interrupted; ${result.cases.length} of ${counted(selected.length, 'case')} done.\n`,
  );
  return EXIT.interrupted;
}

/** What a user should know of what is not run. */
function notesOf(
  { leftOut }: FoundTests,
  cases: readonly SuiteTestCase[],
  note: string,
  all: readonly SelectedCase<SuiteTestCase>[],
  selected: readonly unknown[],
  { shard }: TestRequest,
): string[] {
  const only = all.find(({ test, why }) => test.only && why === '');
  const part = shard.of === 1 ? '' : `, of which part ${shard.part}/${shard.of} has ${selected.length}`;
  const fewer = all.length < cases.length || part !== '';
  return [
    ...(leftOut === 0 ? [] : [`${counted(leftOut, 'YAML file')} without a name or expectations left out`]),
    ...(note === '' ? [] : [note]),
    ...(fewer ? [`${all.length} of ${counted(cases.length, 'case')} selected${part}`] : []),
    ...(only === undefined ? [] : [`other cases are skipped, for ${only.test.file} has only: true`]),
  ];
}

async function tellBefore(notes: readonly string[], err: Sink): Promise<void> {
  await err.write(notes.map((note) => `hasim test: ${note}.\n`).join(''));
}

async function remember(
  { cases: done }: SuiteResult,
  { files }: FoundTests,
  cases: readonly SuiteTestCase[],
  err: Sink,
): Promise<void> {
  const ids = new Set(cases.map(({ id }) => id));
  const read = new Set(files.map(({ file }) => file));
  const withStatus = (...statuses: readonly CaseOutcome['status'][]): string[] =>
    done.filter(({ status }) => statuses.includes(status)).map((outcome) => outcome.case.id);
  const trouble = rememberFailed({
    passed: withStatus('passed', 'skipped'),
    failed: withStatus('failed', 'broken'),
    exists: (id) => ids.has(id) || isOther(id.split(' › ')[0] ?? '', read),
  });
  if (trouble !== '') await err.write(`hasim test: ${trouble}; --failed will not know of this run.\n`);
}

/** A file that is there and was not asked for this time. */
function isOther(file: string, read: ReadonlySet<string>): boolean {
  return !read.has(file) && existsSync(file);
}

/** The exit code of a suite: the worst of its cases. */
export function codeOf({ cases }: SuiteResult): ExitCode {
  return cases.reduce<ExitCode>((code, outcome) => worse(code, codeOfCase(outcome)), EXIT.ok);
}

function codeOfCase({ status, failed }: CaseOutcome): ExitCode {
  if (status === 'passed' || status === 'skipped') return EXIT.ok;
  if (status === 'failed') return EXIT.failed;
  return failed.reduce<ExitCode>(
    (code, { failure }) => (failure === null ? code : worse(code, FAILURE_EXIT[failure.kind])),
    EXIT.mistake,
  );
}
