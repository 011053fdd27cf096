/**
 * How far many runs are, on standard error, while somebody looks at it: a bar, the rate and the time left. On anything but a terminal
 * there is nothing, and nothing is left of it at the end.
 */

import { SingleBar } from 'cli-progress';
import { formatDuration } from '../kernel/time.ts';
import { grouped } from '../report/table.ts';
import type { Sink } from './sink.ts';

export interface Progress {
  /** So many more are done. */
  step(n: number): void;
  /** Takes the bar away; a second time it does nothing. */
  stop(): void;
}

/** Redrawn so many times a second. */
const PER_SECOND = 5;
const BAR = 24;

const NONE: Progress = { step: () => undefined, stop: () => undefined };

/**
 * Shows progress.
 *
 * @param quiet nothing is shown
 * @param before how many are done already, and so say nothing of the rate
 */
export function progress(err: Sink, total: number, quiet = false, before = 0): Progress {
  const { terminal } = err;
  if (quiet || terminal === undefined || total === 0) return NONE;
  const begun = Date.now();
  let done = before;
  const bar = new SingleBar({
    stream: terminal,
    fps: PER_SECOND,
    // The clock goes on between two runs that take long.
    forceRedraw: true,
    synchronousUpdate: false,
    clearOnComplete: true,
    // Line wrapping stays on: a terminal whose program is killed must not be left without it.
    linewrap: true,
    format: () => fitted(progressText({ done, before, total, elapsedMs: Date.now() - begun }), err.width),
  });
  bar.start(total, before);
  return {
    step(n) {
      done += n;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

/** The line as text: `━━━━━─────  1,234 of 5,000 runs · 820/s · 5s left`. */
export function progressText(at: {
  readonly done: number;
  readonly before: number;
  readonly total: number;
  readonly elapsedMs: number;
}): string {
  const { done, before, total, elapsedMs } = at;
  const full = Math.min(BAR, Math.floor((BAR * done) / total));
  const bar = '━'.repeat(full) + '─'.repeat(BAR - full);
  const perSecond = elapsedMs > 0 ? ((done - before) * 1_000) / elapsedMs : 0;
  const counts = `${bar}  ${grouped(done)} of ${grouped(total)} runs`;
  if (perSecond === 0) return counts;
  const rate = perSecond >= 10 ? grouped(Math.round(perSecond)) : perSecond.toPrecision(2);
  const leftS = Math.ceil((total - done) / perSecond);
  const left = done >= total ? '' : ` · ${formatDuration(leftS * 1_000_000)} left`;
  return `${counts} · ${rate}/s${left}`;
}

/** A line that wrapped could not be drawn over. */
function fitted(text: string, width: number): string {
  return Array.from(text)
    .slice(0, Math.max(1, width - 1))
    .join('');
}
