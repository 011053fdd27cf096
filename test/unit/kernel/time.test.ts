import { expect, test } from 'vitest';
import {
  DAY_US,
  HOUR_US,
  MINUTE_US,
  SECOND_US,
  formatClock,
  formatDuration,
} from '../../../src/kernel/time.ts';

test.each([
  [0, '0s'],
  [50, '50us'],
  [999, '999us'],
  [1_000, '1ms'],
  [200_000, '200ms'],
  [750_200, '750.2ms'],
  [999_999, '999.999ms'],
  [SECOND_US, '1s'],
  [3 * SECOND_US, '3s'],
  [20_550_000, '20.55s'],
  [59_999_600, '1min'],
  [MINUTE_US, '1min'],
  [80_550_000, '1min 20.55s'],
  [HOUR_US + 3 * SECOND_US, '1h 3s'],
  [DAY_US + 2 * HOUR_US, '1d 2h'],
  [30 * DAY_US, '30d'],
  [-1_500, '-1.5ms'],
  [-20_550_000, '-20.55s'],
  [Infinity, 'Infinity'],
])('formatDuration: %d us: reads %s', (us, text) => {
  expect(formatDuration(us)).toBe(text);
});

test.each([
  [0, '   0.000'],
  [20_550_000, '  20.550'],
  [499, '   0.000'],
  [500, '   0.001'],
  [999_999, '   1.000'],
  [9_999_999_000, '9999.999'],
  [DAY_US, '86400.000'],
  [-1_250_000, '  -1.250'],
])('formatClock: %d us: reads "%s"', (us, text) => {
  expect(formatClock(us)).toBe(text);
});

test('formatClock: a wider column: is filled with spaces', () => {
  expect(formatClock(DAY_US, 12)).toBe('   86400.000');
});
