/** For people: a line for each case as it is done, what is not as expected in full, and a count at the end. */

import type { CaseOutcome, CaseStatus, SuiteResult } from '../../suite/outcome.ts';
import type { Style, Styler } from '../style.ts';
import { counted, grouped, printable } from '../table.ts';
import { failedCaseLines } from './failed-case.ts';
import type { ReporterOptions, SuiteReporter } from './reporter.ts';

export function makeDefault({ quiet, style, width }: ReporterOptions): SuiteReporter {
  return {
    start: () => '',
    caseDone(outcome) {
      if (quiet && (outcome.status === 'passed' || outcome.status === 'skipped')) return '';
      return lines([caseLine(outcome, style), ...failedCaseLines(outcome, style, width)]);
    },
    end: (result) => lines([...(quiet ? [] : ['']), ...summaryLines(result, style)]),
  };
}

/** Lines as text; none is no text. */
export function lines(list: readonly string[]): string {
  return list.map((line) => `${line}\n`).join('');
}

const MARKS: Readonly<Record<CaseStatus, string>> = { passed: '✓', failed: '✗', broken: '✗', skipped: '–' };

/** How a status is emphasized. */
export function styleOf(status: CaseStatus, style: Styler): Style {
  return { passed: style.green, failed: style.red, broken: style.red, skipped: style.dim }[status];
}

function caseLine(
  { case: { id, name }, status, why, runs, milliseconds }: CaseOutcome,
  style: Styler,
): string {
  const mark = styleOf(status, style)(MARKS[status]);
  const title = `${mark} ${status === 'passed' || status === 'skipped' ? printable(id) : style.bold(printable(id))}`;
  if (status === 'skipped') return `${title}  ${style.dim(`skipped: ${printable(why)}`)}`;
  const seeds = runs > 1 ? `${counted(runs, 'run')}, ` : '';
  const called = name === id ? '' : `${printable(name)} `;
  return `${title}  ${style.dim(`${called}(${seeds}${writeTime(milliseconds)})`)}`;
}

/** Cases by status, and how long it took. */
export function summaryLines({ cases, milliseconds, end }: SuiteResult, style: Styler): string[] {
  const count = (status: CaseStatus): number => cases.filter((one) => one.status === status).length;
  const counts = (['passed', 'failed', 'broken', 'skipped'] as const).flatMap((status) => {
    const number = count(status);
    return number === 0 ? [] : [styleOf(status, style)(`${grouped(number)} ${status}`)];
  });
  const runs = cases.reduce((sum, one) => sum + one.runs, 0);
  const stopped = { complete: '', bail: '; stopped there, as --bail asks', interrupted: '; interrupted' }[
    end
  ];
  return [
    `${counted(cases.length, 'case')}: ${counts.join(', ') || 'none run'} (${counted(runs, 'run')} in ${writeTime(milliseconds)}${stopped})`,
  ];
}

function writeTime(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
