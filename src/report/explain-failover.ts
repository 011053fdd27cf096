/**
 * A failover step by step: what led to it, what followed until traffic passed, with the time of each step, its rule and the setting
 * behind it, and its parts.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { FailoverStory, Step } from '../measure/failover-story.ts';
import type { Part } from '../measure/part.ts';
import type { Grounds } from '../measure/step-grounds.ts';
import type { RunResult } from '../run/result.ts';
import { stepLines, type ExplainOptions, type Line } from './explain.ts';
import { describeRecord, describeSessions } from './records.ts';
import { timelineRows } from './rows.ts';
import { PLAIN, type Styler } from './style.ts';
import { counted, labelled, linesOfFirst, padEnd, padStart, widthOf } from './table.ts';

/** Lines of a chain from each end; a loop can make it endless. */
const HALF = 30;
const MOST = 50;

/** One failover in full, with a newline at its end. */
export function renderFailover(
  story: FailoverStory,
  result: RunResult,
  options: ExplainOptions = {},
): string {
  const { style = PLAIN, width = 110 } = options;
  const { failover, chain, restoration } = story;
  const { devices } = result;
  const led = chain.map((step) => lineOf(step, describeRecord(step.record, devices)));
  const ids = new Set(restoration.map(({ record }) => record.id));
  const grounds = new Map(restoration.map((step) => [step.record.id, step]));
  const followed = timelineRows(result.records, devices)
    .filter(({ id }) => ids.has(id))
    .map((row) => ({ ...row, text: row.text + basis(grounds.get(row.id)) }));
  const rest = [
    ...(followed.length === 0 ? ['Nothing followed from it.'] : ['Until traffic passed:']),
    ...steps(followed, failover.takeoverUs, style, width),
    ...(failover.restoredUs === null ? [style.red('Traffic never passed again.')] : []),
  ];
  return [
    style.bold(`Failover ${headline(story)}`),
    '',
    'From its beginning to the takeover:',
    ...cut(steps(led, null, style, width)),
    '',
    ...rest,
    '',
    ...partLines(story, width),
    ...labelled('Sessions: ', describeSessions(failover.sessions), width),
    '',
  ].join('\n');
}

/**
 * All failovers, each shortly, with a newline at its end.
 *
 * @param again the command line that asks for one of them, without its number
 */
export function renderFailovers(
  stories: readonly FailoverStory[],
  result: RunResult,
  again: string,
  options: ExplainOptions = {},
): string {
  const { style = PLAIN, width = 110 } = options;
  if (stories.length === 0) {
    return `No failover in this run.\nWhy not: ${again.replace('--failover', '--why-not')}\n`;
  }
  const blocks = linesOfFirst(stories, MOST, 'failover', (story) => [
    style.bold(headline(story)),
    ...labelled('   ', pathOf(story, result), width),
    ...labelled('   ', inBrief(story), width),
    '',
  ]);
  return [...blocks, `Each step: ${again} N`, ''].join('\n');
}

function headline({ failover }: FailoverStory): string {
  const { ordinal, kind, from, to, takeoverUs, reason, rule } = failover;
  return `${ordinal}  ${kind} ${from ?? 'nobody'} → ${to}  at ${formatClock(takeoverUs, 0)}: ${reason} (${rule})`;
}

/** The chain in one sentence; what is set and what it waits for are told by what comes of it. */
function pathOf({ chain }: FailoverStory, { devices }: RunResult): string {
  const told = chain.filter(({ record: { kind, data } }) => kind !== 'timer' || data['step'] === 'expired');
  const words = told.map(({ record }, index) => {
    const before = told[index - 1]?.record.timeUs ?? record.timeUs;
    const later = record.timeUs === before ? '' : `+${formatDuration(record.timeUs - before)} `;
    const root = record.kind === 'fault' || record.kind === 'operator';
    const text = `${root ? '' : `${record.subject} `}${describeRecord(record, devices).replaceAll(/ {2,}/g, ': ')}`;
    return `${later}#${record.id} ${text}`;
  });
  const left = words.length - 2 * HALF;
  const shown = left > 0 ? [...words.slice(0, HALF), `… ${left} more steps`, ...words.slice(-HALF)] : words;
  return shown.join(' → ');
}

function inBrief({ failover: { parts, totalUs } }: FailoverStory): string {
  const lasting = parts.filter(({ us }) => us !== 0);
  const words = lasting.map((part) => `${part.part} ${lengthOf(part)}${setBy(part, ' by ')}`);
  return `${totalUs === null ? 'never whole' : formatDuration(totalUs)}${words.length === 0 ? '' : ` = ${words.join(' + ')}`}`;
}

function lengthOf({ us }: Pick<Part, 'us'>): string {
  return us === null ? 'never over' : formatDuration(us);
}

function setBy({ setBy: reasons }: Pick<Part, 'setBy'>, before: string): string {
  const words = reasons.map(({ setting, value }) => (setting === null ? value : `${setting} ${value}`));
  return words.length === 0 ? '' : `${before}${words.join(', ')}`;
}

function partLines({ failover: { parts, totalUs } }: FailoverStory, width: number): string[] {
  const rows = [...parts, { part: 'total', us: totalUs, setBy: [] }];
  const name = Math.max(...rows.map(({ part }) => widthOf(part)));
  const value = Math.max(...rows.map((row) => widthOf(lengthOf(row))));
  return rows.flatMap((part) =>
    labelled(
      `  ${padEnd(part.part, name)}  ${padStart(lengthOf(part), value)}  `,
      setBy(part, ''),
      width,
    ).map((line) => line.trimEnd()),
  );
}

/** A step of a chain as a line, with what it rests on. */
export function lineOf({ record, ...grounds }: Step, text: string): Line {
  const { id, timeUs, kind, subject } = record;
  return { id, timeUs, kind, subject, text: text + basis(grounds) };
}

/** `  [R-035, promotion-hold-time 2s]` */
function basis(grounds: Grounds | undefined): string {
  if (grounds === undefined) return '';
  const { rule, setting } = grounds;
  const words = [rule, setting === null ? null : `${setting.name} ${setting.value}`].filter(
    (word) => word !== null,
  );
  return words.length === 0 ? '' : `  [${words.join(', ')}]`;
}

/** @param sinceUs times are told from here on; null = from the step before */
function steps(lines: readonly Line[], sinceUs: number | null, style: Styler, width: number): string[] {
  const passed = lines.map(({ timeUs }, index) => {
    const before = sinceUs ?? lines[index - 1]?.timeUs;
    return before === undefined ? '' : `+${formatDuration(timeUs - before)}`;
  });
  return stepLines(lines, passed, style, width);
}

export function cut(lines: readonly string[]): readonly string[] {
  const left = lines.length - 2 * HALF;
  return left <= 0
    ? lines
    : [...lines.slice(0, HALF), `  … ${counted(left, 'more line')}`, ...lines.slice(-HALF)];
}
