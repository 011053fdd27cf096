/** docs/report.md: it tells every key of the page. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KEYS } from '../../../src/viewer/keys.ts';

const PAGE = readFileSync(new URL('../../../docs/report.md', import.meta.url), 'utf8');

test.each(KEYS)('docs/report.md: %s: is on it, with what it does', (keys, _action, what) => {
  const row = PAGE.split('\n').find((line) => line.startsWith(`| ${keys.map(named).join(' ')} `));

  expect(row).toContain(`| ${what} `);
});

function named(key: string): string {
  return `\`${key.replace('Arrow', '')}\``;
}
