/** For people: a line for each case, what is not as expected in full, and a count. */

import type { CaseOutcome, SuiteResult } from '../../suite/outcome.ts';
import type { ReporterOptions, SuiteReporter } from './reporter.ts';

export function makeDefault({ quiet }: ReporterOptions): SuiteReporter {
  return {
    start: () => '',
    caseDone: (outcome) => (quiet && isQuiet(outcome) ? '' : lineOf(outcome)),
    end: ({ cases }: SuiteResult) =>
      `${cases.length} cases, ${cases.filter(({ status }) => status === 'failed').length} failed\n`,
  };
}

function isQuiet({ status }: CaseOutcome): boolean {
  return status === 'passed' || status === 'skipped';
}

function lineOf({ case: { id }, status, why, diagnostics, failed }: CaseOutcome): string {
  const runs = failed.flatMap(({ replay, excerpts, failure }) => [
    failure?.message ?? '',
    ...Object.values(excerpts),
    `  ${replay}`,
  ]);
  return `${[`${status} ${id}${why === '' ? '' : ` (${why})`}`, diagnostics, ...runs].filter((text) => text !== '').join('\n')}\n`;
}
