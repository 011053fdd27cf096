/** Simpler values for times and lengths of a scenario: fewer digits, and where a time may be earlier, earlier. */

import { parseDurationUs, writeDuration } from '../../scenario/schema/units.ts';
import type { Plain } from './plain.ts';

/** The times that people write. */
const PLAIN_TIMES = (
  '1s 2s 3s 5s 10s 15s 20s 30s 45s 1min 2min 3min 5min 10min 15min 20min 30min ' +
  '1h 2h 3h 6h 12h 1d 2d 7d 30d 365d'
).split(' ');

/** Plain times before a time, the earliest first, with no more digits than it; none when it is no duration. */
export function earlier(value: Plain): string[] {
  const us = durationOf(value);
  if (us === null) return [];
  const digits = digitsOf(us);
  return PLAIN_TIMES.filter((time) => {
    const timeUs = parseDurationUs(time) ?? 0;
    return timeUs < us && digitsOf(timeUs) <= digits;
  });
}

/** Durations near a duration that have fewer digits than it, those with the fewest first. */
export function rounder(value: Plain): string[] {
  const us = durationOf(value);
  if (us === null || us === 0) return [];
  const digits = digitsOf(us);
  const power = 10 ** (String(us).length - 1);
  const near = [1, 10, 100].flatMap((finer) => {
    const step = power / finer;
    return step < 1 ? [] : [Math.floor(us / step) * step, Math.ceil(us / step) * step];
  });
  const found = near.filter((one) => one > 0 && digitsOf(one) < digits);
  return [...new Set(found)].map(writeDuration);
}

function durationOf(value: Plain): number | null {
  return typeof value === 'string' ? parseDurationUs(value) : null;
}

/** Of the number that stands before the unit: 90s has two, 1min has one, 20.55s has four. */
function digitsOf(us: number): number {
  return writeDuration(us)
    .replace(/[a-z]+$/, '')
    .replace(/0+$/, '').length;
}
