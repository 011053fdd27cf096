/** `docs/conformance.md` says what the rules and the titles of their tests say now; `npm run conformance` writes it anew. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findings, PAGE, readSources, titlesIn } from '../helpers/conformance.ts';
import { renderMarkdown } from '../helpers/conformance-report.ts';

test('conformance page: as it stands: what the rules and their tests say', () => {
  const isCurrent = readFileSync(PAGE, 'utf8') === renderMarkdown(findings(), readSources());

  expect(isCurrent, 'docs/conformance.md is out of date: npm run conformance').toBe(true);
});

test('titles: whole, partly and to do: told apart, with their notes', () => {
  const source = [
    `test('R-001: a: b', () => {`,
    `test(\n  "R-002: a 'b': c (partly: only d)", () => {`,
    `test.todo('R-003: a — b — it\\'s not there');`,
    `  test('C-004: a: b (partly: for c)', () => {`,
    `test('T4: no rule', () => {`,
  ].join('\n');

  expect(titlesIn('x.test.ts', source)).toEqual([
    { id: 'R-001', verdict: 'holds', note: '', file: 'x.test.ts' },
    { id: 'R-002', verdict: 'holds in part', note: 'only d', file: 'x.test.ts' },
    { id: 'R-003', verdict: 'not simulated', note: "it\\'s not there", file: 'x.test.ts' },
    { id: 'C-004', verdict: 'holds in part', note: 'for c', file: 'x.test.ts' },
  ]);
});
