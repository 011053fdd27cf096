import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { centred, panned, ticks, timeText, usAt, whole, xOf, zoomed } from '../../../src/viewer/scale.ts';

const ALL = { fromUs: 0, toUs: 170e6 };

test('a time and its place: one is the other undone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 170e6 }), fc.integer({ min: 1, max: 3_000 }), (us, width) => {
      expect(usAt(ALL, xOf(ALL, us, width), width)).toBeCloseTo(us, 3);
    }),
  );
});

describe('zoomed', () => {
  it('the time under the cursor stays where it is', () => {
    const view = { fromUs: 19e6, toUs: 21e6 };
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (factor, share) => {
          const atUs = view.fromUs + share * 2e6;
          expect(xOf(zoomed(view, factor, atUs, ALL), atUs, 1_000)).toBeCloseTo(share * 1_000, 3);
        },
      ),
    );
  });

  it('no nearer than twenty microseconds, no farther than one and a half of the whole', () => {
    const near = zoomed({ fromUs: 100, toUs: 140 }, 0.001, 120, ALL);
    expect(near.toUs - near.fromUs).toBe(20);
    const far = zoomed(ALL, 100, 85e6, ALL);
    expect(far.toUs - far.fromUs).toBe(255e6);
  });
});

test('panned: by shares of what is seen, and never out of sight of the run', () => {
  expect(panned({ fromUs: 10e6, toUs: 20e6 }, 0.2, ALL)).toEqual({ fromUs: 12e6, toUs: 22e6 });
  expect(panned({ fromUs: 160e6, toUs: 170e6 }, 50, ALL)).toEqual({ fromUs: 165e6, toUs: 175e6 });
});

test('centred: the same length with a time in the middle', () => {
  expect(centred({ fromUs: 0, toUs: 2e6 }, 20e6, ALL)).toEqual({ fromUs: 19e6, toUs: 21e6 });
});

test('whole: with some room around, also of a run of no length', () => {
  expect(whole(0, 100e6)).toEqual({ fromUs: -2e6, toUs: 102e6 });
  expect(whole(0, 0)).toEqual({ fromUs: -20, toUs: 20 });
});

describe('ticks', () => {
  it.each([
    [{ fromUs: 19e6, toUs: 21e6 }, ['19.0 s', '19.5 s', '20.0 s', '20.5 s', '21.0 s']],
    [{ fromUs: -1e6, toUs: 1e6 }, ['−1.0 s', '−500 ms', '0', '500 ms', '1.0 s']],
    [{ fromUs: 0, toUs: 200 }, ['0', '50 µs', '100 µs', '150 µs', '200 µs']],
    [{ fromUs: 0, toUs: 3_600e6 }, ['0', '15 min', '30 min', '45 min', '60 min']],
  ])('round times in a readable unit: %j', (view, texts) => {
    expect(ticks(view, 5).map(({ text }) => text)).toEqual(texts);
  });

  it('never more than there is room for, never two of one text', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 20, max: 90_000_000_000 }),
        fc.integer({ min: 2, max: 20 }),
        (fromUs, length, most) => {
          const texts = ticks({ fromUs, toUs: fromUs + length }, most).map(({ text }) => text);
          expect(texts.length).toBeLessThanOrEqual(most + 1);
          expect(new Set(texts).size).toBe(texts.length);
        },
      ),
    );
  });
});

test('the time under the cursor: to a thousandth of what is seen', () => {
  expect(timeText(20_551_234, { fromUs: 19e6, toUs: 21e6 })).toBe('20.551 s');
  expect(timeText(20_551_234, { fromUs: 20_551_000, toUs: 20_552_000 })).toBe('20.551234 s');
});
