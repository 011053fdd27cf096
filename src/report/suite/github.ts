/** Annotations for GitHub Actions at the lines of the expectations, beside what the default reporter tells. */

import type { CaseOutcome, FailedRun } from '../../suite/outcome.ts';
import { printable } from '../table.ts';
import { makeDefault, lines } from './default.ts';
import { headline, printableLine } from './failed-case.ts';
import type { ReporterOptions, SuiteReporter } from './reporter.ts';

export function makeGithub(options: ReporterOptions): SuiteReporter {
  const told = makeDefault(options);
  return {
    start: (total) => told.start(total),
    caseDone: (outcome) => withoutCommands(told.caseDone(outcome)) + lines(annotations(outcome)),
    end: (result) => told.end(result),
  };
}

/** A line of a scenario must not be taken for a command, of which the runner reads some behind spaces. */
function withoutCommands(text: string): string {
  return text.replace(
    /^([ \t]*)(::|##\[)/gm,
    (_, spaces: string, begin: string) => `${spaces}\u2026${begin}`,
  );
}

function annotations(outcome: CaseOutcome): string[] {
  const {
    status,
    failed,
    aggregates,
    excerpts,
    case: { file, id },
  } = outcome;
  if (status !== 'failed' && status !== 'broken') return [];
  const title = printable(id);
  const list = [
    ...failed.slice(0, 1).flatMap((run) => ofRun(run, title, file)),
    ...aggregates.flatMap(({ status, index, name, measured }) =>
      status === 'passed'
        ? []
        : [
            command(
              { file, ...placeOf(excerpts[index] ?? ''), title },
              `${printable(name)}: ${status}, measured ${printable(measured)}`,
            ),
          ],
    ),
  ];
  return list.length > 0
    ? list
    : [command({ file, ...placeOf(outcome.diagnostics), title }, headline(outcome))];
}

function ofRun({ result, failure, excerpts, replay }: FailedRun, title: string, file: string): string[] {
  if (failure !== null) return [command({ file, title }, `${printable(failure.message)}\nAgain: ${replay}`)];
  const unmet = (result?.verdicts ?? []).filter(({ passed }) => !passed);
  return unmet.map(({ index, name, measured }) => {
    const place = placeOf(excerpts[index] ?? '');
    return command(
      { file, ...place, title },
      `${printable(name)}: measured ${printable(measured)}\nAgain: ${replay}`,
    );
  });
}

/** Of a text that begins with `FILE:LINE` or `FILE:LINE:COLUMN`. */
function placeOf(text: string): { file?: string; line?: string } {
  const [, file, line] = /^(.+?):(\d+)/.exec(text.split('\n')[0] ?? '') ?? [];
  return file === undefined || line === undefined ? {} : { file, line };
}

/** A workflow command, with what its syntax needs escaped. */
function command(properties: Readonly<Record<string, string>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return printableLine(`::error ${written.join(',')}::${data(message)}`);
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
