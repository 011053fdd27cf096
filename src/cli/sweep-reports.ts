/**
 * What a sweep leaves behind besides its file of runs: the table or the summary on standard output, and the files of `--out`, rows while it
 * goes on and the rest at its end. A file appears under its name only when it is complete.
 */

import { renderSweepPage } from '../report/sweep/html.ts';
import { ParquetRows } from '../report/sweep/parquet.ts';
import { columnsOf, csvHeader, csvRow, type RunRow } from '../report/sweep/rows.ts';
import { renderSweep } from '../report/sweep/text.ts';
import { nearest } from '../scenario/nearest.ts';
import type { RunOutcome } from '../sweep/outcome.ts';
import { runAt, settingValues, type SweepPlan } from '../sweep/plan.ts';
import type { SweepResult } from '../sweep/result.ts';
import type { Context, Given } from './command.ts';
import { UsageError } from './exit.ts';
import { FileSink } from './sink.ts';
import type { Target, TargetKind } from './sweep-target.ts';

export interface Reports {
  /** Takes a run, in the order of the plan. */
  take(index: number, outcome: RunOutcome): Promise<void>;
  /** Writes what is about the whole. */
  finish(result: SweepResult): Promise<void>;
  /** Takes everything back, after an error. */
  discard(): void;
}

/** One file: what it takes of a run, and of the whole. */
interface Writer {
  readonly row: (row: RunRow) => Promise<void>;
  readonly end: (result: SweepResult) => Promise<void>;
}

/** Opens the files. @throws TroubleError for one that cannot be written, UsageError for a metric that the scenario does not have */
export async function openReports(
  targets: readonly Target[],
  plan: SweepPlan,
  given: Given,
  { out }: Context,
): Promise<Reports> {
  const about = metricOf(plan, given);
  const sinks: FileSink[] = [];
  const discard = (): void => sinks.forEach((sink) => sink.discard());
  const writers: Writer[] = [];
  try {
    for (const { kind, file } of targets) {
      if (kind === 'runs') continue;
      const sink = new FileSink(file);
      sinks.push(sink);
      writers.push(await WRITERS[kind](sink, plan, about));
    }
  } catch (error) {
    discard();
    throw error;
  }
  return {
    async take(index, outcome) {
      if (writers.length === 0) return;
      const row = { index, values: settingValues(plan, runAt(plan, index).setting), outcome };
      for (const writer of writers) await writer.row(row);
    },
    async finish(result) {
      for (const writer of writers) await writer.end(result);
      for (const sink of sinks) await sink.finish();
      const { style, width } = out;
      const text =
        given.flags['json'] === true
          ? `${JSON.stringify(result)}\n`
          : renderSweep(result, { style, width, ...about });
      await out.write(text);
    },
    discard,
  };
}

/** What `--metric` names. */
function metricOf({ metrics }: SweepPlan, { texts }: Given): { readonly metric?: string } {
  const name = texts['metric'];
  if (name === undefined) return {};
  const names = metrics.map((metric) => metric.name);
  if (names.includes(name)) return { metric: name };
  const near = nearest(name, names);
  const hint = near === null ? `It has ${names.join(', ')}.` : `Did you mean ${near}?`;
  throw new UsageError('--metric', `expected a metric of this scenario, got ${name}`, hint);
}

const nothing = async (): Promise<void> => undefined;

const WRITERS: Readonly<
  Record<
    Exclude<TargetKind, 'runs'>,
    (sink: FileSink, plan: SweepPlan, about: { readonly metric?: string }) => Promise<Writer>
  >
> = {
  async csv(sink, plan) {
    const columns = columnsOf(plan);
    await sink.write(csvHeader(columns));
    return { row: (row) => sink.write(csvRow(columns, row)), end: nothing };
  },
  async parquet(sink, plan) {
    const rows = await ParquetRows.open(plan, sink);
    return { row: (row) => rows.add(row), end: () => rows.finish() };
  },
  async html(sink, _plan, about) {
    return { row: nothing, end: async (result) => sink.write(await renderSweepPage(result, about)) };
  },
  async json(sink) {
    return { row: nothing, end: (result) => sink.write(`${JSON.stringify(result)}\n`) };
  },
};
