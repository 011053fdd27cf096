/** For people: a line for each case as it is done, what is not as expected in full, and a count at the end. */

import type { CaseOutcome, CaseStatus, SuiteCase, SuiteResult } from '../../suite/outcome.ts';
import type { Style, Styler } from '../style.ts';
import { counted, grouped, labelled, printable, widthOf } from '../table.ts';
import { failedCaseLines } from './failed-case.ts';
import type { ReporterOptions, SuiteReporter } from './reporter.ts';

export function makeDefault({ quiet, style, width }: ReporterOptions): SuiteReporter {
  return {
    start: () => '',
    caseDone(outcome) {
      if (quiet && (outcome.status === 'passed' || outcome.status === 'skipped')) return '';
      return lines([
        ...caseLines(outcome, style, width),
        ...aggregateLines(outcome, style, width),
        ...failedCaseLines(outcome, style, width),
      ]);
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

/** What it is and how long it took. Its name in words is left out where there is no room; why it was skipped goes on below. */
function caseLines(outcome: CaseOutcome, style: Styler, width: number): string[] {
  const { status, why, runs, milliseconds } = outcome;
  const id = printable(outcome.case.id);
  const isGood = status === 'passed' || status === 'skipped';
  const title = `${styleOf(status, style)(MARKS[status])} ${isGood ? id : style.bold(id)}`;
  const facts = [...(runs > 1 ? [counted(runs, 'run')] : []), ...(runs > 0 ? [writeTime(milliseconds)] : [])];
  const told = facts.length === 0 ? '' : `(${facts.join(', ')})`;
  const words = status === 'skipped' ? `skipped: ${printable(why)}` : nameOf(outcome.case);
  const fits = widthOf(`✓ ${id}  ${words} ${told}`) <= width;
  const behind = [fits ? words : '', told].filter((text) => text !== '').join(' ');
  const below = status === 'skipped' && !fits ? labelled('    ', words, width) : [];
  return [behind === '' ? title : `${title}  ${style.dim(behind)}`, ...below.map((line) => style.dim(line))];
}

/** Without its cell, which the id tells. */
function nameOf({ id, name }: SuiteCase): string {
  if (name === id) return '';
  return printable(name.split(' › ')[0] ?? '');
}

/** What was measured over seeds, of a case that passed. */
function aggregateLines({ status, aggregates }: CaseOutcome, style: Styler, width: number): string[] {
  if (status !== 'passed') return [];
  return aggregates.flatMap(({ name, measured }) =>
    labelled('    ', `${printable(name)}: ${printable(measured)}`, width).map((line) => style.dim(line)),
  );
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
