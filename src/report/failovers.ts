/**
 * Each failover taken apart: how long was each of its parts, drawn to one scale, by which setting, and what became of the sessions.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { Failover } from '../measure/failover.ts';
import type { Part } from '../measure/part.ts';
import type { RunResult } from '../run/result.ts';
import { describeSessions } from './records.ts';
import type { Styler } from './style.ts';
import { labelled, linesOfFirst, padEnd, padStart, printable, widthOf, wrap } from './table.ts';

/** A link that flaps makes hundreds. */
const MOST = 50;
const BAR = '█';
const THIN = '▏';

/** All failovers and the times with two actives, as lines. */
export function failoverLines(result: RunResult, style: Styler, width: number): string[] {
  const { failovers, dualActive } = result;
  const none = failovers.length === 0 ? ['  none'] : [];
  const blocks = linesOfFirst(failovers, MOST, 'failover', (failover, index) => [
    ...(index === 0 ? [] : ['']),
    ...oneFailover(failover, style, width),
  ]);
  const dual = linesOfFirst(dualActive, MOST, 'time', ({ fromUs, toUs }) => {
    const times = `${formatClock(fromUs, 0)} to ${formatClock(toUs, 0)}`;
    return [`  ${style.red(`‼ both active from ${times}, ${formatDuration(toUs - fromUs)}`)}`];
  });
  return [style.bold('Failovers'), ...none, ...blocks, ...(dual.length === 0 ? [] : ['', ...dual])];
}

function oneFailover(failover: Failover, style: Styler, width: number): string[] {
  const { ordinal, kind, from, to, takeoverUs, reason, rule, trigger, rootRecord, sessions } = failover;
  const title = `${ordinal}  ${kind} ${from ?? 'nobody'} → ${to}`;
  const at = `at ${formatClock(takeoverUs, 0)}: ${reason} (rule ${rule})`;
  // What is planned begins with itself, not with the fault that once took the role or the addresses away.
  const root = kind === 'preemption' || kind === 'return' ? '' : `#${rootRecord} `;
  const cause = `from ${root}${printable(trigger)} to #${failover.takeoverRecord} ${to} ${takes(failover)}`;
  return [
    ...labelled('  ', `${title}  ${at}`, width).map((line, index) => (index === 0 ? style.bold(line) : line)),
    ...labelled('     ', cause, width),
    ...partLines(failover, style, width),
    ...labelled('     sessions     ', describeSessions(sessions), width),
  ];
}

/** What the survivor has then: in active/active the addresses that moved, in active/passive the one role. */
function takes({ addresses }: Failover): string {
  return addresses.length === 0 ? 'active' : `has ${addresses.join(', ')}`;
}

/** A part's bar begins where the one before it ends; what set its length stands beside it. */
function partLines(failover: Failover, style: Styler, width: number): string[] {
  const { parts, totalUs, startUs, takeoverUs, restoredUs } = failover;
  const values = parts.map(({ us }) => (us === null ? 'never' : formatDuration(us)));
  const notes = parts.map(notesOf);
  const total = totalUs === null ? 'never whole' : formatDuration(totalUs);
  const span = restoredUs === null ? '' : `${formatClock(startUs, 0)} to ${formatClock(restoredUs, 0)}`;
  const valueWidth = Math.max(widthOf(total), ...values.map(widthOf));
  const room = width - 5 - 14 - valueWidth - 2 - 2;
  const widest = Math.max(widthOf(span), ...notes.map((note) => widthOf(note.join(', '))));
  const noteWidth = Math.min(widest, Math.max(20, room - 24));
  const barWidth = Math.max(10, room - noteWidth);
  const scaleUs = Math.max(1, totalUs ?? takeoverUs - startUs);
  const row = (name: string, value: string, bar: string, note: string): string =>
    `     ${padEnd(name, 14)}${padStart(value, valueWidth)}  ${padEnd(bar, barWidth)}  ${note}`.trimEnd();
  let passedUs = 0;
  const lines = parts.flatMap(({ part, us }, index) => {
    const value = values[index] ?? '';
    const [note = '', ...more] = beside(notes[index] ?? [], noteWidth);
    const rest = more.map((line) => row('', '', '', style.dim(line)));
    if (us === null) return [style.red(row(part, value, '', note)), ...rest];
    const bar = draw(passedUs / scaleUs, us / scaleUs, barWidth);
    passedUs += us;
    return [row(part, value, style.cyan(bar), note === '' ? '' : style.dim(note)), ...rest];
  });
  return [...lines, style.bold(row('total', total, '', span))];
}

/** `promotion-hold-time 2000 ms`, or the reason in words. */
function notesOf({ us, setBy }: Part): readonly string[] {
  if (us === null && setBy.length === 0) return ['traffic never passed again'];
  return setBy.map(({ setting, value }) => (setting === null ? value : `${setting} ${value}`));
}

/** All on one line, or each on its own. */
function beside(notes: readonly string[], width: number): readonly string[] {
  const line = notes.join(', ');
  if (widthOf(line) <= width) return [line];
  return notes.flatMap((note, index) => wrap(index < notes.length - 1 ? `${note},` : note, width, 2));
}

/** A bar on a line of `width`; what is too short for a column gets a thin mark, nothing gets nothing. */
function draw(start: number, share: number, width: number): string {
  const from = Math.min(width - 1, Math.floor(start * width));
  const to = Math.min(width, Math.round((start + share) * width));
  const bar = share === 0 ? '' : to > from ? BAR.repeat(to - from) : THIN;
  return padEnd(' '.repeat(from) + bar, width);
}
