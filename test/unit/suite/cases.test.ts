/** From files to cases. */

import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../../src/cli/read.ts';
import { readCases } from '../../../src/suite/cases.ts';
import { excerptOf } from '../../../src/suite/excerpt.ts';

const TOPOLOGY = 'scenarios/topology/active-passive-pair.yaml';

function read(text: string, seeds: readonly string[] | null = null) {
  const whole = `name: A pair\nextends: ${TOPOLOGY}\nuntil: 5s\n${text}`;
  return readCases('x.yaml', (file) => (file === 'x.yaml' ? whole : readTextFile(file)), seeds);
}

describe('readCases', () => {
  test('a file without a matrix: one case, with the seed of the scenario', () => {
    const { cases, diagnostics } = read('seed: blue\ntags: [ha1]\n');
    expect(diagnostics).toEqual([]);
    expect(cases).toEqual([
      {
        id: 'x.yaml',
        file: 'x.yaml',
        name: 'A pair',
        tags: ['ha1'],
        seeds: ['blue'],
        settings: [],
        skip: '',
        only: false,
        broken: false,
      },
    ]);
  });

  test('a matrix: a case for each cell, with what the file says of tests', () => {
    const { cases } = read('seeds: 1..3\nskip: later\nonly: true\nmatrix: { group-id: [1, 2] }\n');
    expect(cases).toMatchObject([
      { id: 'x.yaml › group-id=1', name: 'A pair › group-id=1', seeds: ['1', '2', '3'], skip: 'later' },
      {
        id: 'x.yaml › group-id=2',
        settings: [{ path: ['high-availability', 'group-id'], value: 2 }],
        only: true,
      },
    ]);
  });

  test('seeds that were asked for: take the place of those of the file', () => {
    expect(read('seeds: 1..3\n', ['9']).cases[0]?.seeds).toEqual(['9']);
  });

  test('what a file is made of: itself and its bases, also one that is not there', () => {
    expect(read('').files).toEqual([TOPOLOGY, 'x.yaml']);
    const missing = readCases('y.yaml', (file) => {
      if (file === 'y.yaml') return 'extends: gone.yaml\n';
      throw new Error('gone');
    });
    expect(missing).toMatchObject({ files: ['gone.yaml', 'y.yaml'], loaded: null });
    expect(missing.cases).toMatchObject([{ id: 'y.yaml', broken: true }]);
  });

  test('a cell with a mistake: breaks the file, which has one case then', () => {
    const { cases, diagnostics } = read('matrix: { group-id: [1, 2, x] }\n');
    expect(cases).toMatchObject([{ id: 'x.yaml', broken: true }]);
    expect(diagnostics).toHaveLength(1);
  });
});

describe('excerptOf', () => {
  const { loaded } = read('expect:\n  - name: a\n    # why\n    failovers: 0\n  - { failovers: 1 }\n');
  const excerpt = (index: number): string =>
    loaded === null ? '' : excerptOf(loaded.tree, ['expect', index]);

  test('an expectation of several lines: all of them, with their numbers', () => {
    expect(excerpt(0)).toBe('x.yaml:5\n   5 |   - name: a\n   6 |     # why\n   7 |     failovers: 0');
  });

  test('an expectation on one line', () => {
    expect(excerpt(1)).toBe('x.yaml:8\n   8 |   - { failovers: 1 }');
  });

  test('what is not there: nothing', () => {
    expect(excerpt(2)).toBe('');
  });
});
