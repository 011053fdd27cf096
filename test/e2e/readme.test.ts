/** What the README claims, and that nothing is missing from the lists of the documentation. Its commands are run by pages.test.ts. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { ROOT } from '../helpers/command.ts';
import { allTitles } from '../helpers/conformance.ts';
import { PAGES } from '../helpers/page.ts';
import { anchorOf } from '../docs/markdown.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const README = read('README.md');

test('README: the two commands: stand first, each on a line of its own', () => {
  const commands = README.split('\n').filter((line) => line.startsWith('    npm '));

  expect(commands).toEqual(['    npm ci && npm start', '    npm ci && npm test']);
});

test('README: its length: at most 250 lines', () => {
  expect(README.split('\n').length).toBeLessThanOrEqual(251);
});

test('README: the numbers of rules that hold: are the numbers of conformance tests', () => {
  const rules = (begins: string): string => {
    const titles = allTitles().filter(({ id }) => id.startsWith(begins));
    const holds = titles.filter(({ verdict }) => verdict !== 'not simulated');
    return `${holds.length} of the ${titles.length} rules`;
  };

  expect(README.match(/\d+ of the \d+ rules/g)).toEqual([rules('R-'), rules('C-')]);
});

test('README: what the rules rest on: is what docs/conformance.md counts', () => {
  const [, told = ''] = /The strongest basis is ([\s\S]*?);/.exec(README) ?? [];
  const numbers = Array.from(told.matchAll(/\d+/g), ([digits]) => digits);
  const counted = ['O', 'O\\?', 'K', 'C', 'I'].map(
    (letter) => new RegExp(`^\\| ${letter}: .* (\\d+) \\|$`, 'm').exec(read('docs/conformance.md'))?.[1],
  );

  expect(numbers).toEqual(counted);
});

test('README: how many worlds the search visits: is what the search pins', () => {
  const told = Array.from(
    README.matchAll(/([\d.]+)\s+million\s+(?:worlds\s+)?for\s+active/g),
    ([, number]) => number,
  );
  const pinned = JSON.parse(read('test/exhaustive/pinned.json')) as Record<
    string,
    Record<string, { worlds: number }>
  >;
  const counted = ['active-passive', 'active-active'].map((mode) => {
    const worlds = Object.values(pinned[mode] ?? {}).reduce((sum, model) => sum + model.worlds, 0);
    return (worlds / 1e6).toFixed(1);
  });

  expect(told).toEqual(counted);
});

test('README: its table of commands: has every command', () => {
  for (const { name } of COMMANDS) expect(README).toContain(`| \`hasim ${name}`);
});

test('README: how fast it is: every number is one of docs/performance.md', () => {
  const [, speed = ''] = /## Speed\n([\s\S]*?)\n## /.exec(README) ?? [];
  const numbers = speed.match(/\d+(\.\d+)?/g) ?? [];
  const measured = read('docs/performance.md').match(/\d+(\.\d+)?/g) ?? [];

  expect(numbers.length).toBeGreaterThan(3);
  expect(measured).toEqual(expect.arrayContaining(numbers));
});

test('docs/README.md: its lists: have every page, each once', () => {
  const listed = Array.from(read('docs/README.md').matchAll(/^- \[.*?\]\((.*?)\)/gm), ([, page]) => page);
  const pages = readdirSync(join(ROOT, 'docs')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );

  expect(listed.toSorted()).toEqual(pages.toSorted());
});

describe('links', () => {
  test.each(PAGES)('%s: each leads to a file or a heading that is there', (page) => {
    const prose = read(page)
      .replaceAll(/^```[\s\S]*?^```/gm, '')
      .replaceAll(/`[^`\n]*`/g, '');
    const links = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);
    const dead = links.filter((link) => !/^https?:/.test(link) && !leads(page, link));

    expect(dead).toEqual([]);
  });
});

describe('files of the project', () => {
  test.each(PAGES)('%s: each that is named is there', (page) => {
    const named = read(page).match(/(?<=`)(src|test|docs|scenarios|bench)\/[\w./-]*(?=`)/g) ?? [];

    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

/** Whether a link from a page leads somewhere. */
function leads(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return false;
  if (anchor === undefined) return true;
  const headings = Array.from(read(file).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => anchorOf(heading));
  return headings.includes(anchor);
}
