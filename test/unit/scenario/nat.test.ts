import { expect, test } from 'vitest';
import { mistakesIn } from '../../helpers/pair.ts';

test('nat: two rules of one name: the second is told', () => {
  const rule = { name: 'out', source: '10.0.0.0/24', 'translated-address': '203.0.113.2' };
  const nat = [rule, { ...rule, source: '10.1.0.0/24' }];

  expect(mistakesIn({ devices: { 'palo-1': { nat } } })).toEqual([
    'expected a name of its own, got out, which an earlier rule has',
  ]);
  expect(mistakesIn({ devices: { 'palo-1': { nat: [rule] } } })).toEqual([]);
});
