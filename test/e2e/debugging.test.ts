/** docs/debugging.md: its commands are run, and what it shows of a result is what comes out. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, shell } from '../helpers/command.ts';

const PAGE = readFileSync(join(ROOT, 'docs/debugging.md'), 'utf8');

function blocks(language: string): string[] {
  return Array.from(
    PAGE.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm')),
    ([, text = '']) => text,
  );
}

const commands = blocks('sh').flatMap((text) => text.trim().split('\n'));

test('docs/debugging.md: it has commands of all four kinds', () => {
  const kinds = commands.map((line) => line.split(' ')[1]);

  expect(new Set(kinds)).toEqual(new Set(['explain', 'shrink', 'check-determinism', 'coverage']));
});

test.each(commands.filter((line) => !line.startsWith('hasim shrink')))(
  'docs/debugging.md: %s: exit 0',
  (line) => {
    const { code, out, err } = shell(line);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).not.toBe('');
  },
  120_000,
);

test('docs/debugging.md: its shrink: gives what the page shows', () => {
  const { code, out } = shell(commands.find((line) => line.startsWith('hasim shrink')) ?? '');

  expect(code).toBe(0);
  expect(out.replaceAll(/^#.*\n/gm, '')).toBe(blocks('yaml')[0]);
}, 120_000);
