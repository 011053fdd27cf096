/** Every rule of the references, R-001 to R-159 and for AWS C-001 to C-090, is tested here once, or says once why it is not simulated. */

import { expect, test } from 'vitest';
import { allTitles, readRules, readSources } from '../helpers/conformance.ts';

const RULES = [
  ...idsFrom('R', 1, 159),
  // The reference for AWS gives no rule the numbers 086 to 088.
  ...idsFrom('C', 1, 85),
  ...idsFrom('C', 89, 90),
];

function idsFrom(letter: string, first: number, last: number): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `${letter}-${String(first + index).padStart(3, '0')}`,
  );
}

test('every rule: exactly once, as a test or as one that is still to do', () => {
  const found = allTitles().map(({ id }) => id);

  expect(found.toSorted()).toEqual(RULES.toSorted());
  expect(readRules().map(({ id }) => id)).toEqual(RULES);
});

test('every rule: one that is not simulated: its title ends in the reason', () => {
  const unsaid = allTitles().filter(({ verdict, note }) => verdict === 'not simulated' && note === '');

  expect(unsaid).toEqual([]);
});

test('every rule: its sources: known, or a section of the reference', () => {
  const known = Object.keys(readSources());
  const cited = new Set(readRules().flatMap(({ sources }) => sources));

  expect([...cited].filter((key) => !key.startsWith('§')).toSorted()).toEqual(known);
  expect(readRules().filter(({ sources }) => sources.length === 0)).toEqual([]);
});
