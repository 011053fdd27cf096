/** Comparisons: what is read, what is refused, and what satisfies them. */

import { expect, test } from 'vitest';
import {
  countComparison,
  durationComparison,
  percentComparison,
  satisfies,
  type Comparison,
} from '../../../src/scenario/schema/comparison.ts';

const duration = durationComparison();
const count = countComparison();

test.each<[string, Partial<Comparison>]>([
  ['< 1s', { minimum: null, maximum: 1_000_000, maximumOpen: true }],
  ['<=500ms', { minimum: null, maximum: 500_000, maximumOpen: false }],
  ['> 2min', { minimum: 120_000_000, maximum: null, minimumOpen: true }],
  ['>= 1us', { minimum: 1, maximum: null, minimumOpen: false }],
  ['= 0', { minimum: 0, maximum: 0, minimumOpen: false, maximumOpen: false }],
  ['3s', { minimum: 3_000_000, maximum: 3_000_000 }],
  [
    ' 1s  to 2.5s ',
    { text: '1s  to 2.5s', minimum: 1_000_000, maximum: 2_500_000, minimumOpen: false, maximumOpen: false },
  ],
])('comparison: %s: a range of microseconds', (text, expected) => {
  expect(duration.parse(text)).toMatchObject(expected);
});

test('comparison: a bare number: equality of counts; of durations only zero', () => {
  expect(count.parse(3)).toEqual({
    text: '3',
    minimum: 3,
    maximum: 3,
    minimumOpen: false,
    maximumOpen: false,
  });
  expect(duration.parse(0)).toMatchObject({ minimum: 0, maximum: 0 });
  expect(duration.safeParse(3).success).toBe(false);
});

test.each([
  '',
  '<',
  '< ',
  '1',
  '== 1s',
  '< 1 to 2',
  '< 1s to 2s',
  '2s to 1s',
  '1s to',
  'to 1s',
  '-1s',
  '1e3s',
  '< 0.5us',
  '1s 2s',
])('comparison: %j as one of durations: refused', (text) => {
  const result = duration.safeParse(text);
  expect(result.error?.issues[0]?.message).toMatch(/^expected a comparison with a duration, such as/);
});

test.each(['1.5', '< 1s', '-1', '5 to 3', '1e3', '99999999999999999'])(
  'comparison: %j as one of counts: refused',
  (text) => {
    const result = count.safeParse(text);
    expect(result.error?.issues[0]?.message).toMatch(/^expected a comparison with a whole number, such as/);
  },
);

test.each(['101 %', '-1 %', 'all', '99.9 % to 99 %', '5s'])(
  'comparison: %j as one of percentages: refused',
  (text) => {
    const result = percentComparison().safeParse(text);
    expect(result.error?.issues[0]?.message).toMatch(/^expected a comparison with a percentage, such as/);
  },
);

test('comparison: percentages, with their sign or without: a range of percent', () => {
  expect(percentComparison().parse('> 99.9 %')).toMatchObject({
    minimum: 99.9,
    minimumOpen: true,
    maximum: null,
  });
  expect(percentComparison().parse('99% to 100')).toMatchObject({ minimum: 99, maximum: 100 });
});

test.each<[string, number[], number[]]>([
  ['< 5', [0, 4], [5, 6]],
  ['<= 5', [0, 5], [6]],
  ['> 5', [6, Infinity], [5, 4]],
  ['>= 5', [5, 6], [4]],
  ['= 5', [5], [4, 6]],
  ['3 to 5', [3, 4, 5], [2, 6, Number.NaN]],
])('satisfies: %s: what lies in it and what does not', (text, inside, outside) => {
  const comparison = count.parse(text);
  expect(inside.filter((value) => !satisfies(comparison, value))).toEqual([]);
  expect(outside.filter((value) => satisfies(comparison, value))).toEqual([]);
});
