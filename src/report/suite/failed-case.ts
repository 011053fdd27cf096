/**
 * A case that is not as expected, in full, as every reporter for people tells it: what was expected and measured, when and why, the excerpt of
 * the scenario, and one line that replays it.
 */

import type { Verdict } from '../../check/verdict.ts';
import type { AggregateVerdict, CaseOutcome, FailedRun, SuiteCase } from '../../suite/outcome.ts';
import type { Styler } from '../style.ts';
import { counted, grouped, labelled, printable, widthOf } from '../table.ts';
import { shellWord } from '../text.ts';
import { failure } from '../verdicts.ts';

/** Everything about it, without its name; none of a case that passed. */
export function failedCaseLines(outcome: CaseOutcome, style: Styler, width: number): string[] {
  const { diagnostics, aggregates, excerpts, case: test } = outcome;
  const unmet = aggregates.filter(({ status }) => status !== 'passed');
  return [
    ...diagnostics
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => sourceLines(`  ${printableLine(line)}`, width)),
    ...runLines(outcome, style, width),
    ...unmet.flatMap((verdict) => [
      ...aggregateLines(verdict, style, width),
      ...excerptLines(excerpts[verdict.index] ?? '', style, width),
    ]),
    ...(unmet.length === 0 ? [] : [again(suiteCommand(test), style)]),
  ];
}

/** As it is, with its spaces, but for characters that move a cursor or cannot be seen. */
export function printableLine(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
}

/** A line of a source with its number is cut at the width; what is told of it goes on in the next line. */
function sourceLines(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  if (/^ *\d* \|/.test(line))
    return [
      `${Array.from(line)
        .slice(0, width - 1)
        .join('')}…`,
    ];
  const text = line.trimStart();
  return labelled(' '.repeat(line.length - text.length), text, width);
}

/** In one line: the first thing that is not as expected. */
export function headline({ diagnostics, failed: [first], aggregates }: CaseOutcome): string {
  if (diagnostics !== '') return printable(diagnostics.split('\n')[0] ?? '');
  const broken = first?.failure ?? null;
  if (broken !== null) return printable(broken.message);
  const verdict = first?.result?.verdicts.find(({ passed }) => !passed);
  if (verdict !== undefined) return printable(`${verdict.name}: measured ${verdict.measured}`);
  const aggregate = aggregates.find(({ status }) => status !== 'passed');
  return aggregate === undefined
    ? ''
    : printable(`${aggregate.name}: ${aggregate.status}, measured ${aggregate.measured}`);
}

/** The runs that were kept: what is not met is told of the first run that shows it, so that a hundred seeds are not a hundred times the same. */
function runLines(outcome: CaseOutcome, style: Styler, width: number): string[] {
  const { failed, runs, unmet } = outcome;
  const told = new Set<number>();
  const blocks = failed.flatMap((run) => {
    const found = (run.result?.verdicts ?? []).filter(({ passed, index }) => !passed && !told.has(index));
    if (run.failure === null && found.length === 0) return [];
    for (const { index } of found) told.add(index);
    return runBlock(run, found, outcome, style, width);
  });
  if (runs <= 1 || unmet === 0) return blocks;
  return [...blocks, `  ${style.dim(`${grouped(unmet)} of ${counted(runs, 'run')} not as expected`)}`];
}

function runBlock(
  { seed, result, failure: broken, replay, excerpts }: FailedRun,
  found: readonly Verdict[],
  { runs, unmetBy }: CaseOutcome,
  style: Styler,
  width: number,
): string[] {
  const chains = new Set<string>();
  const times = (index: number): string[] =>
    runs <= 1 ? [] : [`      with      ${grouped(unmetBy[index] ?? 1)} of ${counted(runs, 'seed')}`];
  return [
    ...(runs <= 1 ? [] : [`  ${style.dim(`seed ${printable(seed)}`)}`]),
    ...(broken === null ? [] : labelled('  ✗ ', printable(broken.message), width).map(red(style))),
    ...found.flatMap((verdict) => [
      ...(result === null ? [] : failure(verdict, result, chains, style, width)),
      ...times(verdict.index),
      ...excerptLines(excerpts[verdict.index] ?? '', style, width),
    ]),
    again(replay, style),
  ];
}

function red(style: Styler): (line: string) => string {
  return (line) => style.bold(style.red(line));
}

/** On one line however long it is, to be copied. */
function again(command: string, style: Styler): string {
  return `      ${style.dim('Again:')} ${style.cyan(command)}`;
}

/** The first line says where it stands. */
function excerptLines(excerpt: string, style: Styler, width: number): string[] {
  if (excerpt === '') return [];
  return excerpt
    .split('\n')
    .flatMap((line) => sourceLines(`      ${printableLine(line)}`, width))
    .map((line) => style.dim(line));
}

/** What is about all seeds is replayed with all of them. */
function suiteCommand({ file, id, seeds }: SuiteCase): string {
  const cell = id.split(' › ')[1];
  const [first = '', last = ''] = [seeds[0], seeds.at(-1)];
  const isRange = /^\d+$/.test(first) && seeds.every((seed, index) => seed === String(Number(first) + index));
  const range = seeds.length > 1 ? `${first}..${last}` : first;
  const words = [
    file,
    ...(cell === undefined ? [] : ['--name', cell]),
    ...(isRange ? ['--seeds', range] : []),
  ];
  return ['hasim test', ...words.map(shellWord)].join(' ');
}

function aggregateLines(
  { name, status, expected, measured, advice }: AggregateVerdict,
  style: Styler,
  width: number,
): string[] {
  const mark = status === 'failed' ? style.red : style.yellow;
  return [
    ...labelled(status === 'failed' ? '  ✗ ' : '  ? ', printable(name), width).map((line) =>
      style.bold(mark(line)),
    ),
    ...(name === expected ? [] : labelled('      expected  ', printable(expected), width)),
    ...labelled('      measured  ', printable(measured), width),
    ...(advice === '' ? [] : labelled('      undecided ', printable(advice), width)),
  ];
}
