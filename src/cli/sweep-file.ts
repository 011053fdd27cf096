/**
 * Carries out `hasim sweep`: the runs of a scenario under many settings and seeds, on all cores, kept in a file as they come and summed up
 * at the end. Ctrl-C ends it with what there is; the file goes on from there.
 */

import { existsSync } from 'node:fs';
import { replayCommand } from '../report/text.ts';
import { ready } from '../statistics/special.ts';
import { SweepBooks } from '../sweep/books.ts';
import { sweep } from '../sweep/engine.ts';
import type { RunFailure, RunOutcome } from '../sweep/outcome.ts';
import { countRuns, planSweep, settingsOf, type SweepPlan } from '../sweep/plan.ts';
import { RunPool } from '../sweep/pool.ts';
import type { RunsHeader } from '../sweep/runs-file.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { EXIT, FAILURE_EXIT, UsageError, worse, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { progress } from './progress.ts';
import { STDIN_NAME } from './read.ts';
import { readRuns, RunsWriter, type RunsRead } from './runs-file.ts';
import { sweepOrder, type SweepOrder } from './sweep-request.ts';
import { openReports, type Reports } from './sweep-reports.ts';
import { targetsOf } from './sweep-target.ts';

/** Confidence of every interval of a sweep. */
export const CONFIDENCE = 0.95;

/** What a sweep under way feeds. */
interface Keepers {
  readonly books: SweepBooks;
  readonly reports: Reports;
  readonly writer: RunsWriter | null;
}

/** Carries out `hasim sweep`. */
export async function sweepFile(given: Given, context: Context): Promise<ExitCode> {
  const file = given.files[0] ?? '';
  const targets = targetsOf(given.lists['out'] ?? [], given.files);
  const runsFile = targets.find(({ kind }) => kind === 'runs')?.file ?? null;
  if (given.flags['resume'] === true && runsFile === null) {
    throw new UsageError(
      '--resume',
      'expected --out FILE beside it, got none',
      'It goes on from the runs of that file.',
    );
  }
  const order = await sweepOrder(given);
  if ('diagnostics' in order) {
    await showDiagnostics(order.diagnostics.diagnostics, file, {
      ...context,
      json: given.flags['json'] === true,
      several: false,
    });
    return EXIT.mistake;
  }
  const plan = planSweep(order.request, order);
  const range = rangeOf(plan, order.shard);
  await ready();
  const reports = await openReports(targets, plan, given, context);
  try {
    const books = new SweepBooks({ plan, confidence: CONFIDENCE, replay: replayOf(plan) });
    const read = await before(given, runsFile, plan, range, ({ index, outcome }) =>
      keep({ books, reports, writer: null }, index, outcome),
    );
    const writer = runsFile === null ? null : openWriter(runsFile, plan, range, read);
    return await carryOut({ order, plan, range, read, keepers: { books, reports, writer } }, given, context);
  } catch (error) {
    reports.discard();
    throw error;
  }
}

/** What a file of runs has already, where the sweep is to go on from it. */
async function before(
  { flags }: Given,
  file: string | null,
  plan: SweepPlan,
  range: RunsHeader['range'],
  take: Parameters<typeof readRuns>[2],
): Promise<RunsRead | null> {
  if (flags['resume'] !== true || file === null || !existsSync(file)) return null;
  return readRuns(file, (header) => refuseOther(file, header, plan, range), take);
}

function openWriter(
  file: string,
  plan: SweepPlan,
  range: RunsHeader['range'],
  read: RunsRead | null,
): RunsWriter {
  return read === null ? RunsWriter.create(file, plan, range) : RunsWriter.resume(file, read);
}

/** A file of another sweep must not be gone on with; what differs is said. */
function refuseOther(
  file: string,
  { plan: other, range: otherRange }: RunsHeader,
  plan: SweepPlan,
  range: RunsHeader['range'],
): void {
  const differing =
    differenceOf(other, plan) ?? (otherRange.join() === range.join() ? null : 'another --shard');
  if (differing === null) return;
  throw new UsageError(
    '--resume',
    `expected the runs of this sweep, got those of another in ${file}: ${differing}`,
  );
}

/** What tells two plans apart, in words; null when they are one. */
export function differenceOf(one: SweepPlan, other: SweepPlan): string | null {
  if (one.digest === other.digest) return null;
  if (one.version !== other.version) return `another version of hasim (${one.version})`;
  if (one.scenario.file !== other.scenario.file) return `another scenario (${one.scenario.file})`;
  if (axesOf(one) !== axesOf(other)) return `other settings (${axesOf(one) || 'none'})`;
  if (JSON.stringify(one.seeds) !== JSON.stringify(other.seeds)) return 'other seeds';
  if (one.untilUs !== other.untilUs) return 'another --until';
  return 'the scenario, or a file that it is made of, has been changed';
}

function axesOf({ fixed, axes }: SweepPlan): string {
  return [...fixed, ...axes.map(({ path, values }) => `${path}=${values.join(',')}`)].join(' ');
}

/** The n-th part of all runs, as indices. */
function rangeOf(plan: SweepPlan, { part, of }: SweepOrder['shard']): RunsHeader['range'] {
  const all = countRuns(plan);
  return [Math.floor((all * (part - 1)) / of), Math.floor((all * part) / of)];
}

/** Replays a run of a plan: `hasim run FILE --seed N --set …`. */
export function replayOf({ scenario, untilUs }: SweepPlan) {
  const until = untilUs === null ? [] : ['--until', `${untilUs}us`];
  const file = scenario.file === STDIN_NAME ? '-' : scenario.file;
  return (settings: readonly string[], seed: string | null): string => {
    const more = [...until, ...settings.flatMap((setting) => ['--set', setting])];
    return replayCommand(file, seed ?? 'N', more);
  };
}

async function keep({ books, reports, writer }: Keepers, index: number, outcome: RunOutcome): Promise<void> {
  writer?.add(index, outcome);
  books.take(index, outcome);
  await reports.take(index, outcome);
}

interface Job {
  readonly order: SweepOrder;
  readonly plan: SweepPlan;
  readonly range: RunsHeader['range'];
  readonly read: RunsRead | null;
  readonly keepers: Keepers;
}

async function carryOut(
  { order, plan, range, read, keepers }: Job,
  given: Given,
  { err }: Context,
): Promise<ExitCode> {
  const { books, reports, writer } = keepers;
  const { request } = order;
  const pool = new RunPool({ workers: order.workers });
  const from = read?.next ?? range[0];
  const bar = progress(err, range[1] - range[0], given.flags['quiet'] === true, from - range[0]);
  try {
    const ended = await interruptible(async (signal) => {
      return sweep(
        {
          plan,
          source: request.source,
          settingsOf: (setting) => settingsOf(plan, request, setting),
          range: [from, range[1]],
          known: read?.outOfTurn ?? new Map(),
          goesOn: plan.stop === null ? null : (setting, round) => books.goesOn(setting, round),
          take: async (index, outcome) => {
            await keep(keepers, index, outcome);
            bar.step(1);
          },
        },
        pool,
        signal,
      );
    });
    writer?.finish(ended.outOfTurn);
    bar.stop();
    await reports.finish(books.result(ended.end, range[1] - range[0]));
    return ended.end === 'interrupted' ? EXIT.interrupted : codeOf(books.failureKinds);
  } finally {
    bar.stop();
    await pool.close();
  }
}

/** The worst of what kept runs from their end. */
export function codeOf(kinds: ReadonlySet<RunFailure['kind']>): ExitCode {
  return [...kinds].reduce<ExitCode>((worst, kind) => worse(worst, FAILURE_EXIT[kind]), EXIT.ok);
}
