/**
 * Quantities with a unit, as a scenario writes them (`250ms`, `2%`, `100Mbps`, `3`), as numbers that a range can be cut by.
 */

import { parseDurationUs, writeDuration } from '../scenario/schema/units.ts';

export interface Quantity {
  /** Microseconds of a duration; else the number in front of the unit. */
  readonly value: number;
  /** `duration`, or the unit as written, which may be empty. */
  readonly unit: string;
}

const NUMBER = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z%/]*)$/;

/** @returns null for a word */
export function readQuantity(text: string): Quantity | null {
  const us = parseDurationUs(text);
  if (us !== null && text.trim() !== '0') return { value: us, unit: 'duration' };
  const [, digits, unit = ''] = NUMBER.exec(text.trim()) ?? [];
  return digits === undefined ? null : { value: Number(digits), unit };
}

/** As a scenario would write it. */
export function writeQuantity({ value, unit }: Quantity): string {
  return unit === 'duration' ? writeDuration(value) : `${value}${unit}`;
}

/**
 * A number between two of a range, rounded to what somebody would write: durations to a whole millisecond from 10 ms on, to a
 * microsecond below; numbers to whole ones where both ends are whole; and all to three digits where asked for, as on a scale of logarithms.
 */
export function rounded(value: number, unit: string, whole: boolean, digits?: number): number {
  const short = digits === undefined ? value : Number(value.toPrecision(digits));
  if (unit === 'duration') return short >= 10_000 ? Math.round(short / 1000) * 1000 : Math.round(short);
  return whole ? Math.round(short) : Number(short.toPrecision(6));
}
