/** Every rule of the reference, R-001 to R-159, is tested here once, or says once why it is not simulated. */

import { expect, test } from 'vitest';
import { allTitles, readRules, readSources } from '../helpers/conformance.ts';

const RULES = Array.from({ length: 159 }, (_, index) => `R-${String(index + 1).padStart(3, '0')}`);

test('every rule: exactly once, as a test or as one that is still to do', () => {
  const found = allTitles().map(({ id }) => id);

  expect(found.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(RULES);
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
