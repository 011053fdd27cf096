/**
 * What a sweep leaves behind besides its file of runs: the table or the summary on standard output, and the files of `--out`, rows while it
 * goes on and the rest at its end. A file appears under its name only when it is complete.
 */

import type { RunOutcome } from '../sweep/outcome.ts';
import type { SweepPlan } from '../sweep/plan.ts';
import type { SweepResult } from '../sweep/result.ts';
import type { Context, Given } from './command.ts';
import { FileSink } from './sink.ts';
import type { Target } from './sweep-target.ts';

export interface Reports {
  /** Takes a run, in the order of the plan. */
  take(index: number, outcome: RunOutcome): Promise<void>;
  /** Writes what is about the whole. */
  finish(result: SweepResult): Promise<void>;
  /** Takes everything back, after an error. */
  discard(): void;
}

/** Opens the files. @throws TroubleError for one that cannot be written */
export async function openReports(
  targets: readonly Target[],
  _plan: SweepPlan,
  given: Given,
  { out }: Context,
): Promise<Reports> {
  const sinks = targets
    .filter(({ kind }) => kind !== 'runs')
    .map((target) => ({ ...target, sink: new FileSink(target.file) }));
  return {
    async take() {
      return;
    },
    async finish(result) {
      const json = `${JSON.stringify(result)}\n`;
      for (const { kind, sink } of sinks) {
        if (kind === 'json') await sink.write(json);
        await sink.finish();
      }
      if (given.flags['json'] === true) await out.write(json);
      else
        await out.write(
          `${result.settings.map((setting) => `${setting.values.join(' ')}  ${setting.runs} ${setting.metrics[0]?.median.value} ${setting.metrics[0]?.p99.value}`).join('\n')}\n`,
        );
    },
    discard() {
      for (const { sink } of sinks) sink.discard();
    },
  };
}
