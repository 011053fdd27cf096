/** Every rule of the reference, R-001 to R-159, is tested here once, or says once why it is not yet. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const RULES = Array.from({ length: 159 }, (_, index) => `R-${String(index + 1).padStart(3, '0')}`);

/** A test's title, read from its source; the id comes first in it. */
const TITLE = /\btest(?<todo>\.todo)?\(\s*(?<quote>['"`])(?<rule>R-\d{3}): /g;

function titles(): { rule: string; todo: boolean }[] {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.test.ts'));
  const sources = files.map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(TITLE)].map(({ groups }) => ({
      rule: groups?.['rule'] ?? '',
      todo: groups?.['todo'] !== undefined,
    })),
  );
}

test('every rule: exactly once, as a test or as one that is still to do', () => {
  const found = titles();

  expect(found.map(({ rule }) => rule).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(RULES);
  const hold = found.filter(({ todo }) => !todo).length;
  console.log(`${hold} of ${RULES.length} rules hold`);
});
