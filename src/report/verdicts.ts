/**
 * The verdict of every expectation: what was expected, what was measured and when, and for one that was not met, the chain
 * of causes that led there.
 */

import { formatClock } from '../kernel/time.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { Verdict } from '../check/verdict.ts';
import type { RunResult } from '../run/result.ts';
import { chainLines } from './explain.ts';
import type { Styler } from './style.ts';
import { labelled, printable } from './table.ts';

/** All verdicts as lines; none when nothing was expected. */
export function verdictLines(result: RunResult, style: Styler, width: number): string[] {
  if (result.verdicts.length + result.unjudged.length === 0) return [];
  const told = new Set<string>();
  const blocks = result.verdicts.flatMap((verdict) =>
    verdict.passed ? success(verdict, style, width) : failure(verdict, result, told, style, width),
  );
  return [style.bold('Expectations'), ...blocks, ...unjudgedLines(result, style, width)];
}

/** What many runs have to answer. */
function unjudgedLines({ unjudged }: RunResult, style: Styler, width: number): string[] {
  return unjudged.flatMap(({ name }) => [
    ...labelled('  – ', printable(name), width),
    style.dim('      not judged by one run: hasim test --seeds 1..300'),
  ]);
}

/** The expectations that were not met, as lines. */
export function failureLines(result: RunResult, style: Styler, width: number): string[] {
  const failed = result.verdicts.filter(({ passed }) => !passed);
  const told = new Set<string>();
  return failed.flatMap((verdict) => failure(verdict, result, told, style, width));
}

/** A verdict in one line where its name says everything, else with a second one that says what was measured. */
function success(verdict: Verdict, style: Styler, width: number): string[] {
  const [first = '', ...rest] = labelled('  ✓ ', printable(verdict.name), width);
  const told = details(verdict);
  return [
    first.replace('✓', () => style.green('✓')),
    ...rest,
    ...(told === '' ? [] : labelled('      ', told, width).map((line) => style.dim(line))),
  ];
}

/** What is not in the name already. */
function details({ name, expected, measured, atUs }: Verdict): string {
  const parts: string[] = [];
  if (!name.includes(expected)) parts.push(printable(expected));
  if (!expected.includes(measured)) parts.push(`measured ${printable(measured)}`);
  // "at 20.6s …" has said when.
  if (atUs !== null && !expected.startsWith('at ')) parts.push(`at ${formatClock(atUs, 0)}`);
  return parts.join('; ');
}

/**
 * An expectation that was not met, as lines.
 *
 * @param told the chains of causes that have been shown; each is shown once
 */
export function failure(
  verdict: Verdict,
  result: RunResult,
  told: Set<string>,
  style: Styler,
  width: number,
): string[] {
  const { name, expected, measured, atUs } = verdict;
  const when = atUs === null ? '' : `, at ${formatClock(atUs, 0)}`;
  return [
    ...labelled('  ✗ ', printable(name), width).map((line) => style.bold(style.red(line))),
    ...labelled('      expected  ', printable(expected), width),
    ...labelled('      measured  ', `${printable(measured)}${when}`, width),
    ...because(verdict, result, told, style, width),
  ];
}

function because(
  { causes }: Verdict,
  result: RunResult,
  told: Set<string>,
  style: Styler,
  width: number,
): string[] {
  if (causes.length === 0) return [];
  const [effect] = causes;
  const key = causes.join(' ');
  if (told.has(key)) return [`      because   the same as above led to #${effect}`];
  told.add(key);
  const byId = new Map(result.records.map((record) => [record.id, record]));
  const chain = causes
    .map((id) => byId.get(id))
    .filter((record): record is TraceRecord => record !== undefined);
  if (chain.length === 0) {
    const numbers = causes.map((id) => `#${id}`).join(' ← ');
    return labelled(
      '      because   ',
      `${numbers} (the trace is off; --trace protocol tells what they are)`,
      width,
    );
  }
  const lines = chainLines(chain, result.devices, style, width - 14);
  return lines.map((line, index) => `${index === 0 ? '      because ' : ' '.repeat(14)}${line}`);
}
