/** A matrix: its cells and their names, and every mistake at its place in the file. */

import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../../src/cli/read.ts';
import { renderDiagnostics } from '../../../src/scenario/diagnostics.ts';
import { MAX_CELLS } from '../../../src/scenario/limits.ts';
import { loadScenario, parseScenario, type LoadResult } from '../../../src/scenario/load.ts';
import { toPlain } from '../../../src/scenario/located.ts';
import { checkCells, readMatrix } from '../../../src/scenario/matrix.ts';
import { findPath, withSettings, writeSetting } from '../../../src/scenario/settings.ts';

const HEAD = 'name: x\nextends: ../topology/active-passive-pair.yaml\nuntil: 20s\n';

function load(text: string): Extract<LoadResult, { ok: true }> {
  const loaded = parseScenario(HEAD + text, { file: 'scenarios/suite/x.yaml', readText: readTextFile });
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  return loaded;
}

function cellsOf(text: string) {
  const { cells, diagnostics } = readMatrix(load(text).tree);
  expect(diagnostics).toEqual([]);
  return cells.map(({ name, settings }) => `${name}: ${settings.map(writeSetting).join(' ')}`);
}

/** Every mistake as `LINE:COLUMN message hint`, the line counted from that of `matrix:`. */
function mistakesIn(text: string): string[] {
  const { tree } = load(text);
  const matrix = readMatrix(tree);
  const found =
    matrix.diagnostics.length > 0 ? matrix.diagnostics : checkCells(tree, matrix.cells, readTextFile);
  return found.map(({ line, column, message, hint = '' }) =>
    `${line - 3}:${column} ${message}. ${hint}`.trim(),
  );
}

describe('cells', () => {
  test('two axes, of values and of settings that go together: every combination, the last axis fastest', () => {
    expect(
      cellsOf(`matrix:
  heartbeat-interval: [1s, 2s]
  site:
    near: {}
    far: { palo-1-management.latency: 20ms, palo-2-management.latency: 20ms }
`),
    ).toEqual([
      'heartbeat-interval=1s, site=near: high-availability.election-option.timers.advanced.heartbeat-interval=1s',
      'heartbeat-interval=1s, site=far: high-availability.election-option.timers.advanced.heartbeat-interval=1s ' +
        'network.links.palo-1-management.latency=20ms network.links.palo-2-management.latency=20ms',
      'heartbeat-interval=2s, site=near: high-availability.election-option.timers.advanced.heartbeat-interval=2s',
      'heartbeat-interval=2s, site=far: high-availability.election-option.timers.advanced.heartbeat-interval=2s ' +
        'network.links.palo-1-management.latency=20ms network.links.palo-2-management.latency=20ms',
    ]);
  });

  test('labels that are numbers: stay in the order of the file', () => {
    const names = cellsOf('matrix:\n  site: { "20": { group-id: 2 }, "3": { group-id: 3 } }\n');
    expect(names.map((name) => name.split(':')[0])).toEqual(['site=20', 'site=3']);
  });

  test('exclude: takes away the combinations that it fits, by value and by label', () => {
    const text = `matrix:
  group-id: [1, 2, 3]
  site: { near: {}, far: { ha2.latency: 1ms } }
  exclude: [{ group-id: 2 }, { group-id: 3, site: far }]
`;
    expect(cellsOf(text).map((name) => name.split(':')[0])).toEqual([
      'group-id=1, site=near',
      'group-id=1, site=far',
      'group-id=3, site=near',
    ]);
  });

  test('no matrix: no cells, and no mistake', () => {
    expect(readMatrix(load('').tree)).toEqual({ cells: [], diagnostics: [] });
  });

  test('a cell: is the scenario with its settings', () => {
    const { tree } = load('matrix:\n  group-id: [1, 9]\n');
    const [, nine] = readMatrix(tree).cells;
    expect(toPlain(withSettings(tree, nine?.settings ?? []))).toMatchObject({
      'high-availability': { 'group-id': 9 },
      devices: {
        'palo-1': { 'high-availability': { 'group-id': 9 } },
        'palo-2': { 'high-availability': { 'group-id': 9 } },
      },
    });
  });

  test('an axis: is not one of the paths that the end of a path may mean', () => {
    const { tree } = load('matrix:\n  ha2.latency: [1ms]\n');
    expect(findPath(tree, 'ha2.latency')).toEqual(['network', 'links', 'ha2', 'latency']);
  });

  test('the scenario of the repository: four cells, all of them right', () => {
    const loaded = loadScenario('scenarios/suite/timer-profiles.yaml', readTextFile);
    if (!loaded.ok) throw new Error('expected a right scenario');
    const { cells } = readMatrix(loaded.tree);
    expect(cells).toHaveLength(4);
    expect(checkCells(loaded.tree, cells, readTextFile)).toEqual([]);
  });
});

describe('mistakes', () => {
  test.each([
    [
      'a path that the scenario does not have',
      '  heartbeat-intervall: [1s]\n',
      [
        '2:3 expected a path of this scenario, got heartbeat-intervall. ' +
          'Did you mean high-availability.election-option.timers.advanced.heartbeat-interval?',
      ],
    ],
    [
      'a path within a label',
      '  site:\n    near: {}\n    far: { ha3.latency: 1ms }\n',
      [
        '4:12 expected a path of this scenario, got ha3.latency. Did you mean network.links.palo-1-uplink.latency?',
      ],
    ],
    ['a value twice', '  group-id: [1, 2, 1]\n', ['2:20 expected each value once, got 1 again.']],
    [
      'a setting in two axes',
      '  group-id: [1, 2]\n  site: { far: { group-id: 3 } }\n',
      ['3:3 expected each setting in one axis, got high-availability.group-id in group-id and site.'],
    ],
    [
      'a setting that a later axis undoes',
      '  heartbeat-interval: [1s, 2s]\n  timers: [recommended, aggressive]\n',
      [
        '3:3 expected settings that leave each other be, got high-availability.election-option.timers in timers, which undoes high-availability.election-option.timers.advanced.heartbeat-interval in heartbeat-interval. Given first, it is what the other is laid over.',
      ],
    ],
    [
      'an exclusion of what is not there',
      '  group-id: [1, 2]\n  exclude: [{ group-di: 1 }, { group-id: 3 }]\n',
      [
        '3:15 expected an axis of this matrix (group-id), got group-di. Did you mean group-id?',
        '3:42 expected a value of group-id of this matrix (1, 2), got 3.',
      ],
    ],
    [
      'an exclusion of everything',
      '  group-id: [1]\n  exclude: [{ group-id: 1 }]\n',
      ['1:1 expected at least one cell, got none.'],
    ],
    [
      'values that the schema refuses: each once, with how many cells have it',
      '  until: [10s, 0.5]\n  group-id: [1, 300]\n',
      [
        '2:16 expected a duration such as 200ms, 3s or 1min, got 0.5 (in 2 of 4 cells, such as until=0.5, group-id=1). Write the unit with the number.',
        '3:17 expected a group-id from 1 to 63 (R-140, C19), or deliberately a whole number from 0 to 255, got 300 (in 2 of 4 cells, such as until=10s, group-id=300).',
      ],
    ],
  ])('%s: at its place', (_, text, mistakes) => {
    expect(mistakesIn(`matrix:\n${text}`)).toEqual(mistakes);
  });

  test('a mistake of one combination alone: names it, and stands where the file has the cause', () => {
    const text = `matrix:
  ha2.between: [['palo-1:ethernet1/3', 'palo-2:ethernet1/3'], ['palo-1:ethernet1/3', trust-switch]]
`;
    const [first] = mistakesIn(text);
    expect(first).toContain('(with ha2.between=["palo-1:ethernet1/3","trust-switch"])');
  });

  test('more cells than a file may stand for: says how many', () => {
    const axis = (from: number) =>
      `[${Array.from({ length: 101 }, (_, index) => `${from + index}s`).join(', ')}]`;
    expect(mistakesIn(`matrix:\n  until: ${axis(100)}\n  heartbeat-interval: ${axis(1)}\n`)).toEqual([
      `1:1 expected at most ${MAX_CELLS} cells, got 10201 (101 × 101).`,
    ]);
  });

  test.each([
    ['matrix: 3\n', 'expected a mapping, got 3'],
    ['matrix:\n  group-id: 3\n', 'expected a list or a mapping, got 3'],
    ['matrix:\n  group-id: []\n', 'expected a list of at least 1, got an empty list'],
    ['seeds: 9..1\n', 'expected seeds such as 1..100 or [1, 2, blue], at most 100000, got "9..1"'],
    ['seeds: 1..200000\n', 'expected seeds such as 1..100'],
    ['seeds: [1, 1]\n', 'expected each seed once, got one twice'],
    ['seeds: []\n', 'expected a list of at least 1, got an empty list'],
    ['only: yes\n', 'expected true or false, got "yes". Did you mean true?'],
    ['tags: slow\n', 'expected a list, got "slow"'],
    ['tags: [a b]\n', 'expected a name of letters'],
    ['skip: true\n', 'expected a text on one line'],
  ])('%j: is refused by the schema', (text, message) => {
    expect(() => load(text)).toThrow(message);
  });

  test.each([
    ['seeds: 3..5\n', ['3', '4', '5']],
    ['seeds: [1, blue]\n', ['1', 'blue']],
    ['', undefined],
  ])('%j: the seeds of its tests', (text, seeds) => {
    expect(load(text).scenario.seeds).toEqual(seeds);
  });
});
