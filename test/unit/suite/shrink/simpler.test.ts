import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDurationUs, writeDuration } from '../../../../src/scenario/schema/units.ts';
import { earlier, rounder } from '../../../../src/suite/shrink/simpler.ts';

test('earlier: a time: plain times before it, the earliest first, with no more digits than it', () => {
  expect(earlier('12.5s')).toEqual(['1s', '2s', '3s', '5s', '10s']);
  expect(earlier('20s')).toEqual(['1s', '2s', '3s', '5s', '10s']);
  expect(earlier('1s')).toEqual([]);
});

test('rounder: a duration: those near it with fewer digits, the fewest first', () => {
  expect(rounder('23.417s')).toEqual(['20s', '30s', '23s', '24s', '23400ms', '23500ms']);
  expect(rounder('20s')).toEqual([]);
  expect(rounder('95s')).toEqual(['90s', '100s']);
});

test('earlier, rounder: what is no duration: nothing', () => {
  for (const value of ['palo-1', '10.0.0.1', '5%', '0s', 7, true, null]) {
    expect([...earlier(value), ...rounder(value)]).toEqual([]);
  }
});

test('earlier, rounder: one after the other, however often: it ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), fc.array(fc.nat(99), { maxLength: 200 }), (us, picks) => {
      let value = writeDuration(us);
      let steps = 0;
      for (const pick of picks) {
        const simpler = [...earlier(value), ...rounder(value)];
        if (simpler.length === 0) break;
        value = simpler[pick % simpler.length] as string;
        expect(parseDurationUs(value)).not.toBeNull();
        steps++;
      }
      expect(steps).toBeLessThan(60);
    }),
  );
});
