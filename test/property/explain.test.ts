/**
 * What `hasim explain --why-not` says of random runs: every action gets an answer, and every answer rests on the run.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causesOf } from '../../src/kernel/trace.ts';
import { run } from '../../src/run/run.ts';
import { outcomesOf } from '../../src/run/why.ts';
import { randomActiveActiveCase, randomCase, randomRun, type RandomCase } from '../helpers/random-run.ts';

const FUZZ = Number(process.env['HASIM_FUZZ'] ?? 1);

function answers(randomCase: RandomCase): void {
  const { scenario } = randomRun(randomCase, { settles: true });
  const result = run(scenario);
  const { records, failovers } = result;
  const outcomes = outcomesOf(scenario, result);
  const acts = records.filter(({ kind }) => kind === 'fault' || kind === 'operator');
  expect(outcomes.map(({ record }) => record)).toEqual(acts.map(({ id }) => id));
  for (const { record, verdict, failovers: followed, finding } of outcomes) {
    const caused = failovers.filter(({ takeoverRecord }) =>
      causesOf(records, takeoverRecord).some(({ id }) => id === record),
    );
    expect(followed).toEqual(caused.map(({ ordinal }) => ordinal));
    expect(verdict === 'takeover').toBe(finding === null);
    if (finding === null) continue;
    expect(finding.rule ?? 'R-000').toMatch(/^(R-\d{3}|T\d{1,2})$/);
    expect(finding.records.every((id) => records[id - 1]?.id === id)).toBe(true);
  }
}

test.each([
  ['active/passive', randomCase(3)],
  ['active/active', randomActiveActiveCase(3)],
])(
  'why not, any run of a pair (%s): each action has an answer that rests on the run',
  (_mode, anyCase) => {
    fc.assert(fc.property(anyCase, answers), { numRuns: 25 * FUZZ });
  },
  300_000 * FUZZ,
);
