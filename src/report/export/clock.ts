/**
 * Times of a run as dates, for formats that know no other: a run begins at midnight on 1 January 2000 UTC, a date that nobody takes for
 * the day on which it was run. Integer arithmetic: no clock of the machine is asked.
 */

import { DAY_US, HOUR_US, MINUTE_US, SECOND_US } from '../../kernel/time.ts';

/** Midnight on 1 January 2000 UTC, in seconds since 1970. */
export const EPOCH_S = 946_684_800;

export interface CalendarTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** A time of a run as a date. @param us since the beginning of the run */
export function calendarTime(us: number): CalendarTime {
  const { year, month, day } = dateOf(Math.floor(us / DAY_US));
  const rest = us % DAY_US;
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / HOUR_US),
    minute: Math.floor((rest % HOUR_US) / MINUTE_US),
    second: Math.floor((rest % MINUTE_US) / SECOND_US),
    microsecond: rest % SECOND_US,
  };
}

/** Days since 1 January 2000 as a date of the Gregorian calendar. */
function dateOf(days: number): Pick<CalendarTime, 'year' | 'month' | 'day'> {
  let [year, left] = [2000, days];
  for (; left >= daysOf(year); year += 1) left -= daysOf(year);
  const months = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  for (; left >= months[month]!; month += 1) left -= months[month]!;
  return { year, month: month + 1, day: left + 1 };
}

function daysOf(year: number): number {
  return isLeap(year) ? 366 : 365;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** `2000/01/01 00:00:20`, as PAN-OS writes it. */
export function panOsTime(us: number): string {
  const { year, month, day, hour, minute, second } = calendarTime(us);
  return `${year}/${two(month)}/${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `2000-01-01T00:00:20.550000Z`, as RFC 3339 has it. @param zone written behind it */
export function rfc3339(us: number, zone = 'Z', digits: 3 | 6 = 6): string {
  const { year, month, day, hour, minute, second, microsecond } = calendarTime(us);
  const fraction = String(microsecond).padStart(6, '0').slice(0, digits);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${fraction}${zone}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
