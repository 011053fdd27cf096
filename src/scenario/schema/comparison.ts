/**
 * Comparisons of an expectation: `< 1s`, `<= 5`, `> 2s`, `>= 1`, `= 0`, `500ms to 520ms`, and a bare value for equality.
 *
 * They are read once, at load time, into a range with open or closed ends, so that checking a run's result is two number
 * comparisons and a mistake in one is shown before anything runs. Durations become integer microseconds.
 */

import { z } from 'zod';
import { parseDurationUs } from './units.ts';

/** A range of numbers; a duration's ends are in microseconds. `null` means unbounded on that side. */
export interface Comparison {
  /** As written in the scenario, for reports. */
  readonly text: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Whether the minimum itself is outside the range. */
  readonly minimumOpen: boolean;
  readonly maximumOpen: boolean;
}

/** Whether a measured value lies in the range of a comparison. NaN lies in none. */
export function satisfies(comparison: Comparison, value: number): boolean {
  const { minimum, maximum, minimumOpen, maximumOpen } = comparison;
  if (Number.isNaN(value)) return false;
  if (minimum !== null && (minimumOpen ? value <= minimum : value < minimum)) return false;
  return maximum === null || (maximumOpen ? value < maximum : value <= maximum);
}

const OPERATED = /^(<=|>=|<|>|=)\s*(\S.*)$/;

/**
 * Reads a comparison.
 *
 * @param operand reads one value of it; null when the text is none
 * @returns null when the text is no comparison, or when its range is empty (`2s to 1s`)
 */
export function parseComparison(text: string, operand: (text: string) => number | null): Comparison | null {
  const trimmed = text.trim();
  const [, operator = '=', rest = trimmed] = OPERATED.exec(trimmed) ?? [];
  const [low = '', high] = operator === '=' ? rest.split(/\s+to\s+/, 2) : [rest];
  const first = operand(low);
  const second = high === undefined ? first : operand(high);
  if (first === null || second === null || first > second) return null;
  return {
    text: trimmed,
    minimum: operator.startsWith('<') ? null : first,
    maximum: operator.startsWith('>') ? null : second,
    minimumOpen: operator === '>',
    maximumOpen: operator === '<',
  };
}

function comparison(message: string, value: string, operand: (text: string) => number | null) {
  const pattern = new RegExp(`^\\s*((<=|>=|<|>|=)\\s*)?${value}\\s*$|^\\s*${value}\\s+to\\s+${value}\\s*$`);
  const written = z.string().regex(pattern, message);
  return z.union([written, z.number()], { error: message }).transform((input, context): Comparison => {
    const parsed = parseComparison(String(input), operand);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** A comparison with a duration, as a zod type: `< 1s`, `1s to 2s`. */
export function durationComparison() {
  const message = 'expected a comparison with a duration, such as "< 1s", "= 500ms" or "1s to 2s"';
  return comparison(message, '(0|\\d+(\\.\\d+)?\\s*(us|ms|s|min|h|d))', parseDurationUs);
}

/** A comparison with a whole number, as a zod type: `= 0`, `<= 5`, `3 to 5`. */
export function countComparison() {
  const message = 'expected a comparison with a whole number, such as "= 0", "<= 5" or "3 to 5"';
  return comparison(message, '\\d{1,15}', (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null));
}

/** A comparison with a share in percent, as a zod type: `> 99.9 %`, `= 100 %`. */
export function percentComparison() {
  const message = 'expected a comparison with a percentage, such as "> 99.9 %" or "= 100 %"';
  return comparison(message, '\\d{1,3}(\\.\\d{1,9})?\\s*%?', parsePercent);
}

function parsePercent(text: string): number | null {
  const value = Number(text.replace('%', '').trim());
  return value <= 100 ? value : null;
}
