/** Which cases are selected, and that parts share them out. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestCase } from '../../../src/suite/cases.ts';
import { EVERYTHING, inPart, matching, withReasons } from '../../../src/suite/selection.ts';

function aCase(id: string, more: Partial<TestCase> = {}): TestCase {
  const rest = { tags: [], seeds: ['1'], settings: [], skip: '', only: false, broken: false };
  return { id, file: id, name: `Name of ${id}`, ...rest, ...more };
}

const CASES = [
  aCase('a.yaml › loss=1%', { tags: ['slow', 'ha1'] }),
  aCase('b.yaml', { tags: ['ha1'] }),
  aCase('c.yaml', { tags: ['aws'], name: 'Takeover in AWS' }),
  aCase('d.yaml'),
];

function ids(cases: readonly TestCase[]): string[] {
  return cases.map(({ id }) => id);
}

describe('matching', () => {
  test.each([
    ['nothing asked for', {}, [0, 1, 2, 3]],
    ['a part of the id, in any case', { names: ['LOSS=1'] }, [0]],
    ['a part of the name', { names: ['takeover'] }, [2]],
    ['several names: any of them', { names: ['b.yaml', 'aws'] }, [1, 2]],
    ['a name is no pattern', { names: ['.*'] }, []],
    ['a tag', { tags: ['ha1'] }, [0, 1]],
    ['several tags: any of them', { tags: ['slow', 'aws'] }, [0, 2]],
    ['without a tag', { tags: ['!ha1'] }, [2, 3]],
    ['with one and without another', { tags: ['ha1', '!slow'] }, [1]],
    ['those that failed', { failed: new Set(['d.yaml', 'gone.yaml']) }, [3]],
    ['a name and a tag: both', { names: ['yaml'], tags: ['aws'] }, [2]],
  ])('%s', (_, selection, expected) => {
    const found = matching(CASES, { ...EVERYTHING, ...selection });
    expect(ids(found)).toEqual(expected.map((index) => CASES[index]?.id));
  });

  test('a file with mistakes: is told whatever is looked for', () => {
    const broken = aCase('broken.yaml', { broken: true });
    expect(matching([broken], { ...EVERYTHING, names: ['x'], tags: ['x', '!y'] })).toEqual([broken]);
    expect(matching([broken], { ...EVERYTHING, failed: new Set(['a']) })).toEqual([]);
  });
});

describe('withReasons', () => {
  test('skip: says why', () => {
    const [one] = withReasons([aCase('a', { skip: 'R-033 is open' })]);
    expect(one?.why).toBe('R-033 is open');
  });

  test('only: the others are skipped', () => {
    const whys = withReasons([aCase('a'), aCase('b', { only: true }), aCase('c', { only: true })]);
    expect(whys.map(({ why }) => why)).toEqual(['only b is run, it has only: true', '', '']);
  });

  test('only on what is skipped: does not count', () => {
    const whys = withReasons([aCase('a'), aCase('b', { only: true, skip: 'later' })]);
    expect(whys.map(({ why }) => why)).toEqual(['', 'later']);
  });
});

test('parts: every case is in exactly one, in its order, and no part has two more than another', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (cases, of) => {
      const parts = Array.from({ length: of }, (_, index) => inPart(cases, { part: index + 1, of }));
      const places = parts.map((part) => part.map((one) => cases.indexOf(one)));
      expect(places.flat().toSorted((a, b) => a - b)).toEqual([...cases.keys()]);
      for (const part of places) expect(part).toEqual(part.toSorted((a, b) => a - b));
      const sizes = parts.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});
