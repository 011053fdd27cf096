/**
 * Reads timestamps from a CSV file: the first column of each line is a time from the start of the run.
 *
 * Only the comma separates columns. A capture begins with its own clock and sorts by what its tool likes: neither is guessed,
 * but told with the line.
 */

import { diagnose, type Diagnostic } from './diagnostics.ts';
import { MAX_DIAGNOSTICS, MAX_TIMESTAMPS } from './limits.ts';
import { quoted } from './safe-text.ts';
import { parseDurationUs } from './schema/units.ts';
import { lineText, type Source, type Span } from './source.ts';

export interface Timestamps {
  /** Microseconds, not descending; what is right of them where there are mistakes. */
  readonly timesUs: readonly number[];
  /** All mistakes up to the limit. */
  readonly diagnostics: readonly Diagnostic[];
}

const EXPECTED = 'expected a time in seconds such as 12.5, or with its unit such as 12500ms';

/** Parses a CSV file. @param path the key that names it, for the mistakes */
export function parseTimestamps(source: Source, path: string): Timestamps {
  const timesUs: number[] = [];
  const diagnostics: Diagnostic[] = [];
  const complain = (span: Span, message: string, hint?: string): void =>
    void diagnostics.push(diagnose(span, message, { path, hint }));
  let lastUs = 0;
  let isFirst = true;
  for (let line = 1; line <= source.lineStarts.length && diagnostics.length < MAX_DIAGNOSTICS; line += 1) {
    const field = firstField(source, line);
    if (field === null) continue;
    const { text, span } = field;
    const isHeading = isFirst && /^[A-Za-z_]/.test(text);
    isFirst = false;
    if (isHeading) continue;
    if (timesUs.length === MAX_TIMESTAMPS) {
      complain(span, `expected at most ${MAX_TIMESTAMPS} timestamps, got more`);
      break;
    }
    const timeUs = parseTimeUs(text);
    if (timeUs === null) complain(span, `${EXPECTED}, got ${quoted(text)}`);
    else if (timeUs < lastUs) {
      const message = `expected a time not before that of the line above it (${lastUs / 1e6}), got ${quoted(text)}`;
      complain(span, message, 'Sort the lines by time.');
    } else timesUs.push(timeUs);
    lastUs = timeUs ?? lastUs;
  }
  if (timesUs.length === 0 && diagnostics.length === 0) {
    complain({ source, start: 0, end: 0 }, 'expected at least one timestamp, got none');
  }
  return { timesUs, diagnostics };
}

/** The first column of a line, without quotes; null where the line is empty or a comment. */
function firstField(source: Source, line: number): { readonly text: string; readonly span: Span } | null {
  const whole = lineText(source, line);
  if (whole.trim() === '' || whole.trimStart().startsWith('#')) return null;
  const [column = ''] = whole.split(',', 1);
  const text = column.trim();
  const start = (source.lineStarts[line - 1] ?? 0) + column.length - column.trimStart().length;
  const span = { source, start, end: start + text.length };
  return { text: /^"[^"]*"$/.test(text) ? text.slice(1, -1).trim() : text, span };
}

/** Seconds may have any number of digits; they are rounded to microseconds. */
function parseTimeUs(text: string): number | null {
  if (!/^\d+(\.\d+)?$/.test(text)) return parseDurationUs(text);
  const us = Math.round(Number(text) * 1e6);
  return Number.isSafeInteger(us) ? us : null;
}
