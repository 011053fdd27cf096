/**
 * Each failover taken apart: how long was each of its parts, drawn to one scale, and what became of the sessions.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { Failover } from '../measure/failover.ts';
import type { RunResult } from '../run/result.ts';
import { describeSessions } from './records.ts';
import type { Styler } from './style.ts';
import { labelled, linesOfFirst, padEnd, padStart, printable, widthOf } from './table.ts';

/** A link that flaps makes hundreds. */
const MOST = 50;
const BAR = '█';
const THIN = '▏';

interface Part {
  readonly name: string;
  /** What ends it; not told of a part that took no time. */
  readonly until: string;
  readonly us: number | null;
}

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

function partsOf(failover: Failover): readonly Part[] {
  const { from, to, detectionUs, holdUs, promotionUs, restorationUs, restoredBy } = failover;
  const former = from ?? 'the other';
  return [
    { name: 'detection', until: 'until a firewall knows', us: detectionUs },
    { name: 'hold', until: `until ${former} leaves its role`, us: holdUs },
    { name: 'promotion', until: `until ${to} is active`, us: promotionUs },
    {
      name: 'restoration',
      until: restoredBy === 'ports' ? 'until its ports forward' : 'until traffic passes',
      us: restorationUs,
    },
  ];
}

/** A part's bar begins where the one before it ends. */
function partLines(failover: Failover, style: Styler, width: number): string[] {
  const parts = partsOf(failover);
  const durations = parts.map(({ us }) => (us === null ? 'never' : formatDuration(us)));
  const total = failover.totalUs === null ? 'never whole' : formatDuration(failover.totalUs);
  const valueWidth = Math.max(widthOf(total), ...durations.map(widthOf));
  const noteWidth = Math.max(...parts.map(({ until }) => widthOf(until)));
  const barWidth = Math.max(10, width - 5 - 13 - valueWidth - 2 - 2 - noteWidth);
  const scaleUs = Math.max(1, failover.totalUs ?? failover.takeoverUs - failover.startUs);
  const row = (name: string, value: string, bar: string, note: string): string =>
    `     ${padEnd(name, 13)}${padStart(value, valueWidth)}  ${bar}  ${note}`.trimEnd();
  let passedUs = 0;
  const lines = parts.map(({ name, until, us }, index) => {
    const value = durations[index] ?? '';
    if (us === null) return style.red(row(name, value, ' '.repeat(barWidth), 'traffic never passed again'));
    const bar = draw(passedUs / scaleUs, us / scaleUs, barWidth);
    passedUs += us;
    return row(name, value, style.cyan(bar), us === 0 ? '' : style.dim(until));
  });
  const end = failover.restoredUs;
  const span = end === null ? '' : `${formatClock(failover.startUs, 0)} to ${formatClock(end, 0)}`;
  return [...lines, style.bold(row('total', total, ' '.repeat(barWidth), span))];
}

/** A bar on a line of `width`; what is too short for a column gets a thin mark, nothing gets nothing. */
function draw(start: number, share: number, width: number): string {
  const from = Math.min(width - 1, Math.floor(start * width));
  const to = Math.min(width, Math.round((start + share) * width));
  const bar = share === 0 ? '' : to > from ? BAR.repeat(to - from) : THIN;
  return padEnd(' '.repeat(from) + bar, width);
}
