/**
 * Why something happened: the chain of causes of a record, from the fault or command at its root down to itself, with the
 * time that each step took.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import type { DeviceSettings, RunResult } from '../run/result.ts';
import { describeRecord } from './records.ts';
import { timelineRows } from './rows.ts';
import { PLAIN, type Styler } from './style.ts';
import { counted, padEnd, padStart, widthOf, wrap } from './table.ts';

export interface ExplainOptions {
  readonly style?: Styler;
  /** Columns; 110 unless told. */
  readonly width?: number;
}

const MOST_CONSEQUENCES = 8;
/** Lines of a chain; a loop can make it endless. */
const LONGEST = 60;

/**
 * Renders the chain of causes of a record, and what followed from it at once.
 *
 * @param id number of the record, as the timeline shows it
 * @returns text with a newline at its end, or null when the run has no such record
 */
export function renderExplanation(
  result: RunResult,
  id: number,
  options: ExplainOptions = {},
): string | null {
  const { style = PLAIN, width = 110 } = options;
  const { records, devices } = result;
  const chain = causesOf(records, id);
  const last = chain[0];
  const root = chain[chain.length - 1];
  if (last === undefined || root === undefined) return null;
  const rows = timelineRows(records, devices);
  const consequences = rows.filter(({ cause, record }) => cause === id || record.cause === id);
  const shown = consequences.slice(0, MOST_CONSEQUENCES);
  const left = consequences.length - shown.length;
  const steps = counted(chain.length - 1, 'step');
  const whole = chain.length === 1 ? 'Nothing led to it: it is a beginning.' : wholeLine(root, last, steps);
  return [
    style.bold(`Why #${id}: ${last.subject}: ${describeRecord(last, devices)}`),
    '',
    ...chainLines(chain, devices, style, width),
    '',
    whole,
    ...(shown.length === 0 ? ['Nothing followed from it.'] : ['It led on to:']),
    ...stepLines(
      shown,
      shown.map(({ timeUs }) => `+${formatDuration(timeUs - last.timeUs)}`),
      style,
      width,
    ),
    ...(left === 0 ? [] : [`  … and ${left} more`]),
    '',
  ].join('\n');
}

function wholeLine(root: TraceRecord, last: TraceRecord, steps: string): string {
  return `From #${root.id} to #${last.id}: ${formatDuration(last.timeUs - root.timeUs)} in ${steps}.`;
}

/** One line of a chain; a row of the timeline is one, too. */
export interface Line {
  readonly id: number;
  readonly timeUs: number;
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * A chain of causes as lines, the root first, each with the time since the one before it.
 *
 * @param chain the effect first, as `causesOf` gives it
 */
export function chainLines(
  chain: readonly TraceRecord[],
  devices: readonly DeviceSettings[],
  style: Styler,
  width: number,
): string[] {
  const steps = chain.toReversed().map((record) => ({ ...record, text: describeRecord(record, devices) }));
  const passed = steps.map(({ timeUs }, index) => {
    const before = steps[index - 1];
    return before === undefined ? '' : `+${formatDuration(timeUs - before.timeUs)}`;
  });
  const lines = stepLines(steps, passed, style, width);
  if (steps.length <= LONGEST) return lines;
  const left = lines.length - LONGEST;
  return [...lines.slice(0, LONGEST / 2), `  … ${left} more lines`, ...lines.slice(-LONGEST / 2)];
}

/** @param passed the time before each step, in words */
export function stepLines(
  steps: readonly Line[],
  passed: readonly string[],
  style: Styler,
  width: number,
): string[] {
  const cells = steps.map((step, index) => ({
    act: isAct(step),
    id: `#${step.id}`,
    clock: formatClock(step.timeUs, 0),
    passed: passed[index] ?? '',
    subject: isAct(step) ? step.kind : step.subject,
    text: step.text,
  }));
  const widest = (key: 'id' | 'clock' | 'passed' | 'subject'): number =>
    Math.max(0, ...cells.map((cell) => widthOf(cell[key])));
  const [id, clock, wait, subject] = [widest('id'), widest('clock'), widest('passed'), widest('subject')];
  const indent = id + clock + wait + subject + 10;
  return cells.flatMap((cell) => {
    const [first = '', ...rest] = wrap(cell.text, Math.max(24, width - indent));
    const times = `${padStart(cell.clock, clock)}  ${padStart(cell.passed, wait)}`;
    const told = `${padEnd(cell.subject, subject)}  ${first}`;
    const line = `  ${style.dim(padStart(cell.id, id))}  ${times}  ${cell.act ? style.bold(told) : told}`;
    return [line, ...rest.map((part) => ' '.repeat(indent) + part)].map((one) => one.trimEnd());
  });
}

function isAct({ kind }: { readonly kind: string }): boolean {
  return kind === 'fault' || kind === 'operator';
}
