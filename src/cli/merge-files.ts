/**
 * Carries out `hasim merge`: parts are files of runs, each in its order, so that the whole comes out in its order by always taking the
 * run that is next. Parts may overlap: a run that two of them have must be the same in both.
 */

import { ready } from '../statistics/special.ts';
import { SweepBooks } from '../sweep/books.ts';
import { countRuns, type SweepPlan } from '../sweep/plan.ts';
import { readHeader, readRun, runLine, type RunLine, type RunsHeader } from '../sweep/runs-file.ts';
import type { Context, Given } from './command.ts';
import { EXIT, UsageError, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { linesOf, type Line } from './lines.ts';
import { progress } from './progress.ts';
import { OUT_OF_TURN, RunsWriter } from './runs-file.ts';
import { codeOf, CONFIDENCE, differenceOf, replayOf } from './sweep-file.ts';
import { openReports } from './sweep-reports.ts';
import { targetsOf } from './sweep-target.ts';

/** A part that is being read: its header, and the run that is next. */
interface Part {
  readonly file: string;
  readonly header: RunsHeader;
  readonly lines: AsyncGenerator<Line>;
  next: RunLine | null;
}

/** Carries out `hasim merge`. */
export async function mergeFiles(given: Given, context: Context): Promise<ExitCode> {
  const targets = targetsOf(given.lists['out'] ?? [], given.files);
  const parts: Part[] = [];
  try {
    for (const file of given.files) parts.push(await openPart(file));
    const [{ header }] = parts as [Part];
    const { plan } = header;
    for (const part of parts) refuseOther(part, parts[0]!);
    refuseHoles(parts, countRuns(plan));
    return await merge(parts, plan, targets, given, context);
  } finally {
    for (const { lines } of parts) await lines.return(undefined);
  }
}

async function merge(
  parts: readonly Part[],
  plan: SweepPlan,
  targets: ReturnType<typeof targetsOf>,
  given: Given,
  context: Context,
): Promise<ExitCode> {
  const all = countRuns(plan);
  const runsFile = targets.find(({ kind }) => kind === 'runs')?.file;
  await ready();
  const reports = await openReports(targets, plan, given, context);
  const writer = runsFile === undefined ? null : RunsWriter.create(runsFile, plan, [0, all]);
  const books = new SweepBooks({ plan, confidence: CONFIDENCE, replay: replayOf(plan) });
  const bar = progress(context.err, all, given.flags['quiet'] === true);
  try {
    const aborted = await interruptible(async (signal) => {
      let expected = 0;
      for (let run = await nextOf(parts); run !== null && !signal.aborted; run = await nextOf(parts)) {
        if (plan.stop === null && run.index !== expected) throw missing(expected);
        expected = run.index + 1;
        writer?.add(run.index, run.outcome);
        books.take(run.index, run.outcome);
        await reports.take(run.index, run.outcome);
        bar.step(1);
      }
      if (plan.stop === null && expected !== all && !signal.aborted) throw missing(expected);
      return signal.aborted;
    });
    bar.stop();
    writer?.close();
    await reports.finish(books.result(aborted ? 'interrupted' : 'complete', all));
    return aborted ? EXIT.interrupted : codeOf(books.failureKinds);
  } catch (error) {
    reports.discard();
    throw error;
  } finally {
    bar.stop();
  }
}

async function openPart(file: string): Promise<Part> {
  const lines = linesOf(file);
  const first = await lines.next();
  const header =
    first.done === true || !first.value.whole
      ? 'expected a file that hasim sweep has written, got another'
      : readHeader(first.value.text);
  if (typeof header === 'string') throw new UsageError(file, header);
  const part: Part = { file, header, lines, next: null };
  await advance(part);
  return part;
}

async function advance(part: Part): Promise<void> {
  const { file, header, lines } = part;
  const line = await lines.next();
  const before = part.next?.index ?? header.range[0] - 1;
  part.next = null;
  if (line.done === true) return;
  if (line.value.text === OUT_OF_TURN || !line.value.whole) throw unfinished(file);
  const run = readRun(header.plan, line.value.text);
  if (run === null || run.index <= before || run.index >= header.range[1]) {
    throw new UsageError(
      file,
      `expected its runs in their order, got ${line.value.text.slice(0, 60)} after run ${before}`,
    );
  }
  part.next = run;
}

function unfinished(file: string): UsageError {
  return new UsageError(
    file,
    'expected a part that is done, got one that was interrupted',
    'hasim sweep … --resume goes on with it.',
  );
}

function missing(index: number): UsageError {
  return new UsageError(
    'merge',
    `expected parts that are done, got none with run ${index}`,
    'hasim sweep … --resume goes on with one that was killed.',
  );
}

/** The run that is next in any of the parts. @throws UsageError when two parts do not agree on it */
async function nextOf(parts: readonly Part[]): Promise<RunLine | null> {
  const waiting = parts.flatMap((part) => (part.next === null ? [] : [{ part, run: part.next }]));
  const [first, ...others] = waiting;
  if (first === undefined) return null;
  const least = others.reduce((one, other) => (other.run.index < one.run.index ? other : one), first);
  const { run } = least;
  const { plan } = least.part.header;
  for (const { part, run: other } of waiting) {
    if (other.index !== run.index) continue;
    if (runLine(plan, run.index, other.outcome) !== runLine(plan, run.index, run.outcome)) {
      throw new UsageError(
        'merge',
        `expected run ${run.index} to be the same in ${least.part.file} and ${part.file}, got two outcomes`,
        'A run is the same on every machine: one of the files was changed, or there is a bug in hasim.',
      );
    }
    await advance(part);
  }
  return run;
}

function refuseOther({ file, header }: Part, first: Part): void {
  const differing = differenceOf(header.plan, first.header.plan);
  if (differing === null) return;
  throw new UsageError(
    file,
    `expected a part of the same sweep as ${first.file}, got one of another: ${differing}`,
  );
}

/** Between them the parts must have every run. */
function refuseHoles(parts: readonly Part[], all: number): void {
  const ranges = parts.map(({ header }) => header.range).toSorted((one, other) => one[0] - other[0]);
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) break;
    next = Math.max(next, to);
  }
  if (next === all) return;
  throw new UsageError('merge', `expected parts that have all ${all} runs, got none with run ${next}`);
}
