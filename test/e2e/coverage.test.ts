import { afterAll, expect, test } from 'vitest';
import { hasim, WALKTHROUGH, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

const SUITE = ['scenarios/active-active/walkthrough.yaml', WALKTHROUGH, 'scenarios/aws/interface-move.yaml'];

test('coverage: a suite, whatever the number of workers: the same document, byte for byte', () => {
  const one = hasim(['coverage', ...SUITE, '--seeds', '1..3', '--json', '--workers', '1']);
  const three = hasim(['coverage', ...SUITE, '--seeds', '1..3', '--json', '--workers', '3']);

  expect(one.err).toBe('');
  expect(one.code).toBe(0);
  expect(three.out).toBe(one.out);
  const { files, runs, modes } = JSON.parse(one.out);
  expect({ files, runs }).toEqual({ files: 3, runs: 9 });
  expect(modes.map(({ mode, files }: { mode: string; files: number }) => [mode, files])).toEqual([
    ['active-passive', 2],
    ['active-active', 1],
  ]);
});

test('coverage: a folder: its scenarios and not the parts that they extend', () => {
  workshop.file('pair.yaml', 'until: 1min\n');
  workshop.scenario('scenario.yaml', 'name: quiet\nuntil: 10s\nexpect: [{ failovers: 0 }]\n');

  const { code, out } = hasim(['coverage', workshop.path, '--missing']);

  expect(code).toBe(0);
  expect(out).toContain('Active/passive');
  expect(out).toContain('transitions never exercised');
  expect(out).toContain('1 file, 1 run:');
});

test('coverage: a file with a matrix and seeds: every cell with every seed, and what is skipped not at all', () => {
  const body = 'until: 20s\ntimeline: [{ at: 5s, power-off: palo-1 }]\nexpect: [{ failovers: 1 }]\n';
  const cells = workshop.scenario(
    'cells.yaml',
    `name: cells\nseeds: 1..3\nmatrix: { timers: [recommended, aggressive] }\n${body}`,
  );
  const skipped = workshop.scenario('skipped.yaml', `name: skipped\nskip: for a reason\n${body}`);

  const { code, out, err } = hasim(['coverage', cells, skipped, '--json']);

  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ files: 1, runs: 6 });
});

test('coverage: less than --min: exit 1, and how much it is', () => {
  const { code, out, err } = hasim(['coverage', WALKTHROUGH, '--min', '99']);

  expect(code).toBe(1);
  expect(out).toContain('Active/passive:');
  expect(err).toMatch(/^hasim coverage: expected at least 99 %, got \d+(\.\d)? %\.\n$/);
});

test('coverage: a file with mistakes among others: they are told, the others count, exit 2', () => {
  const wrong = workshop.file('wrong.yaml', 'name: wrong\nuntill: 10s\n');

  const { code, out, err } = hasim(['coverage', WALKTHROUGH, wrong]);

  expect(code).toBe(2);
  expect(err).toContain('untill');
  expect(out).toContain('1 file, 1 run:');
});

test.each([
  [['--min', 'most'], 'expected a percentage such as 80, got most'],
  [['--workers', '0'], 'expected a whole number from 1 to 256, got 0'],
])('coverage: %j: exit 2, one sentence', (options, sentence) => {
  const { code, err } = hasim(['coverage', WALKTHROUGH, ...options]);

  expect(code).toBe(2);
  expect(err).toContain(sentence);
});
