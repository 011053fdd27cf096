/**
 * Virtual time: an integer number of microseconds since the start of the run, and how people read it.
 *
 * Integers, because no floating point may decide which of two events comes first: sums of microseconds are exact up
 * to 2^53 (285 years), so equal times are equal and fall back to insertion order.
 */

/** An instant or a duration in integer microseconds. */
export type TimeUs = number;

export const MILLISECOND_US = 1_000;
export const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
export const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;

/**
 * Writes a duration the way a scenario file does, as short as it can be told.
 *
 * Below a second it is exact; from a second on it is rounded to the millisecond. Parts that are zero are left out.
 *
 * @returns for example `50us`, `750.2ms`, `3s`, `1min 20.55s`, `1d 2h`
 */
export function formatDuration(us: TimeUs): string {
  if (us < 0) return `-${formatDuration(-us)}`;
  if (!Number.isFinite(us)) return String(us);
  if (us === 0) return '0s';
  if (us < MILLISECOND_US) return `${us}us`;
  if (us < SECOND_US) return `${us / MILLISECOND_US}ms`;
  let restMs = Math.round(us / MILLISECOND_US);
  const parts: string[] = [];
  for (const [unit, unitUs] of [
    ['d', DAY_US],
    ['h', HOUR_US],
    ['min', MINUTE_US],
  ] as const) {
    const unitMs = unitUs / MILLISECOND_US;
    const count = Math.floor(restMs / unitMs);
    if (count > 0) parts.push(`${count}${unit}`);
    restMs -= count * unitMs;
  }
  if (restMs > 0) parts.push(`${restMs / 1_000}s`);
  return parts.join(' ');
}

/**
 * Writes an instant for a timeline column: seconds with three decimals, right-aligned.
 *
 * @param width least number of characters; eight hold 9999.999 s, a longer time takes what it needs
 * @returns for example `  20.550`
 */
export function formatClock(us: TimeUs, width = 8): string {
  const ms = Math.round(us / MILLISECOND_US);
  const magnitudeMs = Math.abs(ms);
  const seconds = Math.floor(magnitudeMs / 1_000);
  const decimals = String(magnitudeMs % 1_000).padStart(3, '0');
  return `${ms < 0 ? '-' : ''}${seconds}.${decimals}`.padStart(width);
}
