/**
 * JUnit XML, as continuous integration reads it (the schema of Jenkins' xunit plugin): a suite for each file, a case for each cell, times in
 * seconds. It says nothing of the machine or the date.
 */

import junit, { type Builder, type TestCase } from 'junit-report-builder';
import type { CaseOutcome, SuiteResult } from '../../suite/outcome.ts';
import { PLAIN } from '../style.ts';
import { failedCaseLines, headline } from './failed-case.ts';
import type { SuiteReporter } from './reporter.ts';

const WIDTH = 110;

export function makeJunit(): SuiteReporter {
  return { start: () => '', caseDone: () => '', end: render };
}

// The package is a builder itself; its declarations say that it has one as `default`.
function render({ cases }: SuiteResult): string {
  const document = (junit as unknown as Builder).newBuilder().name('hasim');
  const files = new Map<string, CaseOutcome[]>();
  for (const outcome of cases)
    files.set(outcome.case.file, [...(files.get(outcome.case.file) ?? []), outcome]);
  for (const [file, outcomes] of files) {
    const seconds = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1_000;
    const suite = document.testSuite().name(legal(file)).time(round(seconds));
    for (const outcome of outcomes) addCase(suite.testCase(), outcome);
  }
  // The schema has no such attribute on the root, where the package writes one.
  return `${document.build().replace(/(<testsuites [^>]*?) skipped="\d+"/, '$1')}\n`;
}

function addCase(test: TestCase, outcome: CaseOutcome): void {
  const {
    case: { id, file, name },
    status,
    why,
    milliseconds,
  } = outcome;
  test
    .className(legal(file))
    .name(legal(id === file ? name : id))
    .time(round(milliseconds / 1_000));
  if (status === 'skipped') test.skipped().standardOutput(inCdata(legal(why)));
  if (status !== 'failed' && status !== 'broken') return;
  const text = inCdata(legal(failedCaseLines(outcome, PLAIN, WIDTH).join('\n')));
  if (status === 'broken') test.error(legal(headline(outcome)), 'broken', text);
  else test.failure(legal(headline(outcome)), 'expectation').stacktrace(text);
}

function round(seconds: number): number {
  return Number(seconds.toFixed(3));
}

/** The package takes apart the first end of a section in a text, and no other. */
function inCdata(text: string): string {
  return text.replaceAll(']]>', ']] >');
}

/** XML 1.0 has no place for these, not even escaped. */
function legal(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, '\ufffd');
}
