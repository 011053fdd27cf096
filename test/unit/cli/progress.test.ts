/** Progress is for eyes: on a terminal it is drawn and taken away, elsewhere there is none of it. */

import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progress, progressText } from '../../../src/cli/progress.ts';
import type { Sink } from '../../../src/cli/sink.ts';
import { PLAIN } from '../../../src/report/style.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** To the first column, and the line away. */
const CLEARED = '\u001b[1G\u001b[2K';

/** A sink and what was drawn on it. */
function sink(isTTY: boolean, width = 80): { readonly err: Sink; readonly drawn: () => string } {
  const written: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY, columns: width }) as unknown as WriteStream;
  stream.write = ((text: string) => written.push(text) > 0) as WriteStream['write'];
  const err: Sink = {
    style: PLAIN,
    width,
    closed: false,
    write: async () => undefined,
    finish: async () => undefined,
    ...(isTTY ? { terminal: stream } : {}),
  };
  return { err, drawn: () => written.join('') };
}

test('progress: a terminal: count, rate and time left, and the line is cleared at the end', () => {
  const { err, drawn } = sink(true);
  const bar = progress(err, 1_000);

  vi.advanceTimersByTime(1_000);
  bar.step(250);
  vi.advanceTimersByTime(1_000);
  bar.stop();

  expect(drawn()).toContain('250 of 1,000 runs · 125/s · 6s left');
  expect(drawn().endsWith(CLEARED)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('progress: many steps: drawn five times a second at most', () => {
  const { err, drawn } = sink(true);
  const bar = progress(err, 100_000);

  for (let step = 0; step < 2_000; step++) {
    bar.step(1);
    vi.advanceTimersByTime(1);
  }
  const times = drawn().split(' of 100,000 runs').length - 1;
  bar.stop();

  expect(times).toBeGreaterThan(5);
  expect(times).toBeLessThanOrEqual(11);
});

test('progress: stopped twice: the second does nothing', () => {
  const { err, drawn } = sink(true);
  const bar = progress(err, 10);
  bar.stop();
  const before = drawn();
  bar.stop();
  bar.step(1);

  expect(drawn()).toBe(before);
});

test.each([
  ['no terminal', false, false, 10],
  ['quiet', true, true, 10],
  ['nothing to do', true, false, 0],
])('progress: %s: nothing', (_, isTTY, quiet, total) => {
  const { err, drawn } = sink(isTTY);
  const bar = progress(err, total, quiet);
  bar.step(5);
  vi.advanceTimersByTime(5_000);
  bar.stop();

  expect(drawn()).toBe('');
  expect(vi.getTimerCount()).toBe(0);
});

test('progress: a narrow terminal: no line wraps', () => {
  const { err, drawn } = sink(true, 30);
  const bar = progress(err, 1_000, false, 400);
  bar.stop();

  expect(drawn()).toContain('━'.repeat(9));
  expect(drawn()).not.toContain('1,000');
});

test.each([
  [{ done: 0, before: 0, total: 10, elapsedMs: 0 }, '0 of 10 runs'],
  [{ done: 600, before: 500, total: 1_000, elapsedMs: 2_000 }, '600 of 1,000 runs · 50/s · 8s left'],
  [{ done: 1, before: 0, total: 100, elapsedMs: 3_000 }, '1 of 100 runs · 0.33/s · 4min 57s left'],
  [{ done: 10, before: 0, total: 10, elapsedMs: 100 }, '10 of 10 runs · 100/s'],
])('progress: %o: %s', (at, text) => {
  expect(progressText(at).replace(/^[━─]{24} {2}/, '')).toBe(text);
});
