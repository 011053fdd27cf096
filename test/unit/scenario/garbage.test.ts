/** Property: whatever the text, loading gives a scenario, or mistakes with places that exist; it never throws. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderDiagnostics, type Diagnostic } from '../../../src/scenario/diagnostics.ts';
import type { LoadResult } from '../../../src/scenario/load.ts';
import { INTERFACE_MOVE } from '../../helpers/aws-pair.ts';
import { load, PAIR } from '../../helpers/scenario-text.ts';

/** Pieces that YAML or a scenario may be made of, right and wrong. */
const MARKS = [
  '\n',
  '\n  ',
  '\n    ',
  ': ',
  '- ',
  '? ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  '"',
  "'",
  '#',
  '|\n',
  '>\n',
  '\t',
];
const STRANGE = [
  '\0',
  '\ufeff',
  '\u2028',
  '\ud800',
  '\x1b[31m',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '---\n',
  '...\n',
];
const WORDS =
  '%YAML 1.2 null ~ true 1.5 0x10 .inf -0 1e999 __proto__ constructor toString extends base.yaml palo-1 ' +
  'palo-1:ethernet1/1 devices network timeline expect high-availability 10.0.0.1/24 5s <1s at for suspend flap ' +
  'between links interfaces timers advanced';
const PIECE = fc.oneof(
  fc.constantFrom(...MARKS, ...STRANGE, ...WORDS.split(' ')),
  fc.string({ maxLength: 6 }),
);

const GARBAGE = fc.array(PIECE, { maxLength: 60 }).map((pieces) => pieces.join(''));

/** The pair, with pieces put in the place of some of its characters. */
const MUTATED = fc
  .array(fc.tuple(fc.nat(PAIR.length), fc.nat(30), PIECE), { minLength: 1, maxLength: 4 })
  .map((cuts) =>
    cuts.reduce((text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length), PAIR),
  );

/** A pair, with words and lines exchanged for others of its own: nearly always YAML, and wrong inside. */
const shuffled = (pair: string): fc.Arbitrary<string> => {
  const words = fc.constantFrom(...new Set(pair.match(/[A-Za-z0-9_./:-]+/g)));
  return fc
    .array(fc.tuple(words, fc.oneof(words, PIECE)), { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce((text, [from, to]) => text.replace(from, () => to), pair));
};

test.each([
  ['garbage', GARBAGE, 500],
  ['a pair with pieces torn out', MUTATED, 250],
  ['a pair with words exchanged', shuffled(PAIR), 250],
  ['a pair in AWS with words exchanged', shuffled(INTERFACE_MOVE), 500],
])('load: %s: a scenario, or mistakes at places that exist', (_, texts, numRuns) => {
  fc.assert(
    fc.property(texts, (text) => {
      const files = { 'base.yaml': PAIR, 'pair.yaml': text };
      checkResult(load(text, files), files);
    }),
    { numRuns },
  );
});

test('load: garbage as a base and as a child: a scenario, or mistakes at places that exist', () => {
  fc.assert(
    fc.property(fc.oneof(GARBAGE, MUTATED), fc.boolean(), (text, asBase) => {
      const child = `extends: base.yaml\n${asBase ? '' : text}`;
      const files = { 'pair.yaml': child, 'base.yaml': asBase ? text : PAIR };
      checkResult(load(child, files), files);
    }),
    { numRuns: 150 },
  );
});

function checkResult(result: LoadResult, files: Readonly<Record<string, string>>): void {
  if (result.ok) {
    expect(Object.keys(result.scenario.devices)).toHaveLength(2);
    return;
  }
  expect(result.diagnostics.length).toBeGreaterThan(0);
  for (const one of result.diagnostics) checkDiagnostic(one, files);
  const rendered = renderDiagnostics(result.diagnostics);
  // oxlint-disable-next-line no-control-regex
  expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
}

function checkDiagnostic(one: Diagnostic, files: Readonly<Record<string, string>>): void {
  expect(one.message).toMatch(/^expected .*, got .+$/s);
  const text = files[one.file]?.replace(/^\ufeff/, '');
  // A base that is missing is told in the file that names it; a text that is refused whole has no lines.
  const lines = (text ?? '').split('\n').map((line) => line.replace(/\r$/, ''));
  expect(one.line).toBeGreaterThanOrEqual(1);
  expect(one.line).toBeLessThanOrEqual(lines.length);
  expect(one.column).toBeGreaterThanOrEqual(1);
  expect(one.column).toBeLessThanOrEqual((lines[one.line - 1] ?? '').length + 2);
  expect(one.endColumn).toBeGreaterThan(one.column);
  expect(lines[one.line - 1] ?? '').toContain(one.excerpt);
}
