/**
 * Every command on a page of the documentation is run, and prints what the page shows (the convention is that of test/helpers/page.ts).
 * When something moves, the page has to be read again.
 */

import { expect, test } from 'vitest';
import { testPages } from '../helpers/page-suite.ts';
import { blocks, mismatch, PAGES, readPage } from '../helpers/page.ts';

const pages = PAGES.map(readPage);

// Searches of timers take minutes, and have a file of their own, so that another worker may run them.
testPages(pages.filter(({ name }) => name !== 'docs/tuning.md'));

test('pages: their blocks: are of languages whose meaning is told, and commands stand in no other', () => {
  const known = ['console', 'sh', 'yaml', 'ts', 'json', 'text'];
  const astray = pages.flatMap(({ name, text }) =>
    blocks(text)
      .filter(({ language, lines }) => {
        const shows = lines.some((line) => /^\s*\$ /.test(line));
        return !known.includes(language) || (shows && language !== 'console');
      })
      .map(({ line }) => `${name}:${line}`),
  );
  const indented = pages.filter(({ text }) => /^ {4}\$ /m.test(text)).map(({ name }) => name);

  expect([...astray, ...indented]).toEqual([]);
});

test.each([
  ['all of it', ['a', 'b', 'c'], true],
  ['one line is missing', ['a', 'c'], false],
  ['one line is another', ['a', 'B', 'c'], false],
  ['a line of … for what is left out', ['a', '…', 'c'], true],
  ['… for nothing', ['a', 'b', 'c', '…'], true],
  ['only its middle', ['…', 'b', '…'], true],
  ['a part of a line', ['…', 'b'], false],
  ['in another order', ['…', 'b', '…', 'a', '…'], false],
  ['its end without …', ['a', 'b'], false],
  ['nothing', [], false],
])('pages: what is shown: %s', (_title, shown, same) => {
  expect(mismatch(shown, 'a\nb\nc\n') === null).toBe(same);
});
