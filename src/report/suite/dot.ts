/** A character for each case, for long suites; what is not as expected in full at the end. */

import type { CaseStatus, SuiteResult } from '../../suite/outcome.ts';
import { printable } from '../table.ts';
import { lines, styleOf, summaryLines } from './default.ts';
import { failedCaseLines } from './failed-case.ts';
import type { ReporterOptions, SuiteReporter } from './reporter.ts';

const DOTS: Readonly<Record<CaseStatus, string>> = { passed: '.', failed: 'F', broken: 'E', skipped: '-' };

export function makeDot({ style, width }: ReporterOptions): SuiteReporter {
  let column = 0;
  return {
    start: () => '',
    caseDone({ status }) {
      column = (column + 1) % width;
      return styleOf(status, style)(DOTS[status]) + (column === 0 ? '\n' : '');
    },
    end: (result: SuiteResult) => {
      const bad = result.cases.filter(({ status }) => status === 'failed' || status === 'broken');
      const told = bad.flatMap((outcome) => [
        '',
        style.bold(style.red(`✗ ${printable(outcome.case.id)}`)),
        ...failedCaseLines(outcome, style, width),
      ]);
      return (column === 0 ? '' : '\n') + lines([...told, '', ...summaryLines(result, style)]);
    },
  };
}
