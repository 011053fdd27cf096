/** The Test Anything Protocol, version 14: a line for each case, and a YAML block for what is not as expected. */

import type { CaseOutcome, SuiteResult } from '../../suite/outcome.ts';
import { PLAIN } from '../style.ts';
import { printable } from '../table.ts';
import { lines } from './default.ts';
import { failedCaseLines, headline, printableLine } from './failed-case.ts';
import type { SuiteReporter } from './reporter.ts';

const WIDTH = 110;

export function makeTap(): SuiteReporter {
  let number = 0;
  return {
    // The plan comes last: how many cases there will be is known only when none was left out by a Ctrl-C.
    start: () => 'TAP version 14\n',
    caseDone: (outcome) => lines(testPoint(++number, outcome)),
    end: ({ end }: SuiteResult) => {
      const early = {
        complete: [],
        bail: ['Bail out! a case failed, and --bail asks to stop'],
        interrupted: ['Bail out! interrupted'],
      }[end];
      return lines([`1..${number}`, ...early]);
    },
  };
}

function testPoint(number: number, outcome: CaseOutcome): string[] {
  const { status, why, milliseconds } = outcome;
  const ok = status === 'passed' || status === 'skipped' ? 'ok' : 'not ok';
  const skip = status === 'skipped' ? ` # SKIP ${printable(why)}` : '';
  const point = `${ok} ${number} - ${escaped(outcome.case.id)}${skip}`;
  if (status === 'skipped') return [point];
  const duration = `  duration_ms: ${Math.round(milliseconds)}`;
  if (status === 'passed') return [point, '  ---', duration, '  ...'];
  const told = failedCaseLines(outcome, PLAIN, WIDTH).map((line) => `    ${printableLine(line)}`.trimEnd());
  return [
    point,
    '  ---',
    `  message: ${JSON.stringify(headline(outcome))}`,
    '  severity: fail',
    ...outcome.failed.slice(0, 1).map(({ replay }) => `  replay: ${JSON.stringify(replay)}`),
    duration,
    // With its indentation told, for the first line may stand further in than the others.
    '  details: |2',
    ...told,
    '  ...',
  ];
}

/** `#` and `\` mean something in a description. */
function escaped(text: string): string {
  return printable(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
