/**
 * How figures of many runs are written: one unit for all that stand under each other, as many digits as the interval leaves meaning, and
 * the interval beside the value. What was never seen is no zero: of n runs without it, at most 3/n of all runs have it (95 %, rule of three).
 */

import { DAY_US, HOUR_US, MILLISECOND_US, MINUTE_US, SECOND_US } from '../../kernel/time.ts';
import type { Estimate } from '../../statistics/interval.ts';
import type { SweepMetric } from '../../sweep/result.ts';
import { counted } from '../table.ts';

/** What values are divided by, and the unit written behind them. */
export interface Scale {
  readonly divisor: number;
  readonly suffix: string;
}

/** Units of durations and from which value on they are used. */
const DURATIONS = [
  [0, 1, 'us'],
  [MILLISECOND_US, MILLISECOND_US, 'ms'],
  [SECOND_US, SECOND_US, 's'],
  [10 * MINUTE_US, MINUTE_US, 'min'],
  [10 * HOUR_US, HOUR_US, 'h'],
  [10 * DAY_US, DAY_US, 'd'],
] as const;

/** The scale for values of a unit. @param values of which the largest finite one counts */
export function scaleOf(unit: SweepMetric['unit'], values: readonly (number | null)[]): Scale {
  if (unit === 'count') return { divisor: 1, suffix: '' };
  if (unit === 'percent') return { divisor: 1, suffix: '%' };
  const largest = values.reduce<number>(
    (most, value) => (value !== null && Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  const [, divisor, suffix] = DURATIONS.findLast(([from]) => largest >= from) ?? DURATIONS[0];
  return { divisor, suffix };
}

export const SHARE: Scale = { divisor: 0.01, suffix: '%' };

/** Most decimals of any figure. */
const FINEST = 4;

/** Decimals with which the first two digits of a number are shown; none of a large one. */
function decimalsFor(magnitude: number): number {
  if (magnitude <= 0) return 0;
  return Math.min(FINEST, Math.max(0, 1 - Math.floor(Math.log10(magnitude))));
}

/**
 * As many decimals as the interval gives meaning to, and as keep an end beside zero from being written as zero; of an interval without a
 * width as many as the value has, three digits at most.
 */
export function decimalsOf({ value, low, high }: Estimate, { divisor }: Scale): number {
  const width = low === null || high === null ? 0 : (high - low) / divisor;
  if (width > 0 && Number.isFinite(width)) {
    const ends = [low, high].flatMap((end) => (end === null || end === 0 ? [] : [Math.abs(end / divisor)]));
    return Math.max(decimalsFor(width), decimalsFor(Math.min(...ends)) - 1);
  }
  const shown = Math.abs((value ?? low ?? 0) / divisor);
  if (Number.isInteger(shown)) return 0;
  return Math.min(FINEST, decimalsFor(shown) + 1);
}

/** A number on a scale, without the unit: `2.31`, `-0.05`, `12,000`. */
export function number(value: number, { divisor }: Scale, decimals: number): string {
  const text = (value / divisor).toFixed(decimals);
  const [whole = '', rest] = (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return (rest === undefined ? grouped : `${grouped}.${rest}`).replace('-', '−');
}

/** An interval without its value: `2.28–2.40`, `≥ 2.28`, `?` where the sample bounds neither end. */
export function interval({ low, high }: Estimate, scale: Scale, decimals: number): string {
  const end = (value: number) => (Number.isFinite(value) ? number(value, scale, decimals) : 'never');
  if (low === null) return high === null ? '?' : `≤ ${end(high)}`;
  if (high === null) return `≥ ${end(low)}`;
  const negative = low < 0 || high < 0;
  return `${end(low)}${negative ? ' to ' : '–'}${end(high)}`;
}

/** How an estimate without a value is to be read: it is endless, or there was nothing to estimate. */
export type Missing = 'never' | '–';

/** A value with its interval: `2.31s (2.28–2.40)`; `never (≥ 4.1)` where the value itself has no end. */
export function estimate(of: Estimate, scale: Scale, missing: Missing = '–', signed = false): string {
  if (of.value === null && of.low === null) return missing;
  const decimals = decimalsOf(of, scale);
  const around = ` (${interval(of, scale, decimals)})`;
  if (of.value === null) return `${missing}${missing === 'never' ? around : ''}`;
  if (!Number.isFinite(of.value)) return `never${around}`;
  const text = number(of.value, scale, decimals);
  return `${signed && of.value > 0 ? '+' : ''}${text}${scale.suffix}${around}`;
}

/** A share with its interval; of all or none the bound alone, since no sample proves either. */
export function share(of: Estimate): string {
  const { value, low, high } = of;
  if (value === null) return '–';
  const decimals = decimalsOf(of, SHARE);
  if (value === 1 && low !== null) return `all (≥ ${number(low, SHARE, decimals)}%)`;
  if (value === 0 && high !== null) return `none (≤ ${number(high, SHARE, decimals)}%)`;
  return estimate(of, SHARE);
}

/** What is known of something that none of so many runs had: `none in 1,000 runs: below 0.3%`. */
export function neverSeen(runs: number): string {
  const none = `none in ${counted(runs, 'run')}`;
  return runs < FEWEST ? `${none}: too few to say` : `${none}: below ${boundOfNone(runs)}`;
}

/** The same where the number of runs stands beside it: `none (< 0.3%)`. */
export function neverSeenShort(runs: number): string {
  return runs < FEWEST ? 'none' : `none (< ${boundOfNone(runs)})`;
}

/** Runs from which on the rule of three says anything. */
const FEWEST = 4;

/** The rule of three as text: what none of n runs had, at most 3/n of all have. Rounded up, so that it stays a bound. */
export function boundOfNone(runs: number): string {
  const percent = Math.min(100, 300 / runs);
  const unit = 10 ** (Math.floor(Math.log10(percent)) - 1);
  const rounded = Math.ceil(Number((percent / unit).toPrecision(12))) * unit;
  return `${Number(rounded.toPrecision(2))}%`;
}
