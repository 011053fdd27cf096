/**
 * What a test that fails prints: expected, measured, when, the causes, where it stands in the scenario, and one line that replays the run.
 */

import type { AggregateVerdict } from '../check/over-seeds.ts';
import type { Verdict } from '../check/verdict.ts';
import { PLAIN } from '../report/style.ts';
import { labelled, printable } from '../report/table.ts';
import { failure } from '../report/verdicts.ts';
import { excerptOf } from '../suite/excerpt.ts';
import type { Run } from './run.ts';
import type { Sweep } from './sweep.ts';

const WIDTH = 110;

export interface Asked {
  readonly matcher: string;
  readonly isNot: boolean;
  /** The expectations stand in the scenario's file, whose lines are shown. */
  readonly inFile?: boolean;
}

/** Of verdicts on a run, those that are not as the test has them. */
export function runComplaint(run: Run, verdicts: readonly Verdict[], asked: Asked): string {
  const told = new Set<string>();
  const { result, of } = run;
  const wrong = verdicts.filter(({ passed }) => passed === asked.isNot);
  const lines = wrong.flatMap((verdict) => [
    ...failure(negated(verdict, asked), result, told, PLAIN, WIDTH),
    ...(asked.inFile === true ? excerptLines(excerptOf(of.loaded.tree, ['expect', verdict.index])) : []),
  ]);
  return [`${headOf(asked)}, with seed ${printable(result.seed)}`, '', ...lines, '', again(run.replay)].join(
    '\n',
  );
}

/** Of a statement over seeds. */
export function sweepComplaint({ of, outcomes }: Sweep, verdict: AggregateVerdict, asked: Asked): string {
  const { status, expected, measured, advice } = verdict;
  const [first] = outcomes;
  const verb = asked.isNot ? 'expected not  ' : 'expected  ';
  return [
    `${headOf(asked)}${status === 'undecided' ? ': undecided' : ''}`,
    '',
    ...labelled(`  ${verb}`, printable(expected), WIDTH),
    ...labelled('  measured  ', printable(measured), WIDTH),
    ...(advice === '' ? [] : labelled('  undecided ', printable(advice), WIDTH)),
    '',
    ...(first === undefined ? [] : [again(of.replay(first.seed))]),
  ].join('\n');
}

function headOf({ matcher, isNot }: Asked): string {
  return isNot ? `expect(…).not.${matcher}: it is so` : `expect(…).${matcher}: not as expected`;
}

function negated(verdict: Verdict, { isNot }: Asked): Verdict {
  if (!isNot) return verdict;
  return { ...verdict, name: `not: ${verdict.name}`, expected: `not: ${verdict.expected}` };
}

function excerptLines(excerpt: string): string[] {
  return excerpt === '' ? [] : excerpt.split('\n').map((line) => `      ${line}`);
}

function again(replay: string): string {
  return `  Again: ${replay}`;
}
