import { expect, test } from 'vitest';
import { Spans, SPANS_MOST } from '../../../src/measure/spans.ts';

function spans(): Spans<string> {
  return new Spans(
    'a',
    (left, right) => left === right,
    (value) => value,
  );
}

/** As `value from-to record`. */
function told(track: Spans<string>, endUs: number): string[] {
  return track.list(endUs).map(({ value, fromUs, toUs, record }) => `${value} ${fromUs}-${toUs} #${record}`);
}

test('spans: changes at different times: one after another, and their sums', () => {
  const track = spans();
  track.set(10, 'b', 1);
  track.set(30, 'a', 2);

  expect(told(track, 35)).toEqual(['a 0-10 #0', 'b 10-30 #1', 'a 30-35 #2']);
  expect([track.sumUs('a', 35), track.sumUs('b', 35), track.sumUs('c', 35)]).toEqual([15, 20, 0]);
});

test('spans: several changes in one instant: the last holds, with its record', () => {
  const track = spans();
  track.set(10, 'b', 1);
  track.set(10, 'c', 2);

  expect(told(track, 20)).toEqual(['a 0-10 #0', 'c 10-20 #2']);
});

test('spans: away and back in one instant: as if nothing had been', () => {
  const track = spans();
  track.set(5, 'x', 1);
  track.set(10, 'b', 2);
  track.set(10, 'x', 3);
  track.set(20, 'b', 4);

  expect(told(track, 30)).toEqual(['a 0-5 #0', 'x 5-20 #1', 'b 20-30 #4']);
});

test('spans: a change at the very end: leaves no span, nor does one at the very start', () => {
  const track = spans();
  track.set(0, 'b', 1);
  track.set(10, 'c', 2);

  expect(told(track, 10)).toEqual(['b 0-10 #1']);
  expect(track.count(10)).toBe(1);
});

test('spans: more than are kept: the first ones, and sums of all', () => {
  const track = spans();
  for (let us = 1; us <= 2 * SPANS_MOST; us += 1) track.set(us, us % 2 === 0 ? 'a' : 'b', us);
  const endUs = 2 * SPANS_MOST + 1;

  expect(track.list(endUs)).toHaveLength(SPANS_MOST);
  expect(track.count(endUs)).toBe(endUs);
  expect(track.sumUs('a', endUs) + track.sumUs('b', endUs)).toBe(endUs);
});
