/**
 * "Why did it *not* fail over?", told: each fault and operator action with the takeovers that followed from it, or with why none did.
 */

import { formatClock } from '../kernel/time.ts';
import type { ActionOutcome, Finding, LeftBehind } from '../measure/missed-takeover.ts';
import type { RunResult } from '../run/result.ts';
import { stepLines, type ExplainOptions } from './explain.ts';
import { describeRecord } from './records.ts';
import { PLAIN, type Styler } from './style.ts';
import { labelled, linesOfFirst, printable } from './table.ts';

const MOST = 50;

/**
 * All outcomes, with a newline at the end.
 *
 * @param atUs the time that was asked for; null = the whole run
 */
export function renderOutcomes(
  outcomes: readonly ActionOutcome[],
  result: RunResult,
  atUs: number | null,
  options: ExplainOptions = {},
): string {
  const { style = PLAIN, width = 110 } = options;
  const when = atUs === null ? '' : ` until ${formatClock(atUs, 0)}`;
  if (outcomes.length === 0)
    return `No fault and no operator action${when}: there was nothing to fail over for.\n`;
  const title =
    atUs === null
      ? 'Did it fail over, and why not?'
      : `Why had it not failed over at ${formatClock(atUs, 0)}?`;
  const blocks = linesOfFirst(outcomes, MOST, 'action', (outcome) => [
    '',
    ...oneOutcome(outcome, result, style, width),
  ]);
  return [style.bold(title), ...blocks, ''].join('\n');
}

function oneOutcome(outcome: ActionOutcome, result: RunResult, style: Styler, width: number): string[] {
  const { record, timeUs, kind, text, failovers, leftBehind, finding } = outcome;
  const head = `#${record}  ${formatClock(timeUs, 0)}  ${kind}  ${printable(text)}`;
  if (finding === null) {
    const which = failovers.length === 1 ? 'failover' : 'failovers';
    const followed = `  ✓ a takeover followed: ${which} ${failovers.join(', ')}`;
    return [
      style.bold(head),
      followed,
      ...leftBehind.flatMap((left) => pathLeftBehind(left, result, style, width)),
    ];
  }
  return [style.bold(head), ...missed(finding, result, style, width)];
}

/** In a cloud the role may change hands and the data path not. */
function pathLeftBehind(left: LeftBehind, result: RunResult, style: Styler, width: number): string[] {
  const { text, lint, remedy } = left;
  const told = lint.length === 0 ? [] : [`hasim lint: ${lint.join(', ')}`];
  return [
    ...labelled('  ✗ ', printable(text), width),
    ...labelled('    ', `[${[...basisOf(left), ...told].join('; ')}]`, width),
    ...(remedy === null ? [] : labelled('    what helps: ', remedy, width)),
    ...shownLines(left, result, style, width),
  ];
}

function missed(finding: Finding, result: RunResult, style: Styler, width: number): string[] {
  return [
    ...labelled('  ✗ no takeover: ', printable(finding.text), width),
    ...labelled('    ', `[${basisOf(finding).join('; ')}]`, width),
    ...shownLines(finding, result, style, width),
  ];
}

function basisOf({ reason, rule, setting }: Finding): string[] {
  const basis = [rule, setting === null ? null : `${setting.name}: ${setting.value}`];
  return [reason, ...basis.filter((word) => word !== null)];
}

/** The records that show it. */
function shownLines({ records }: Finding, result: RunResult, style: Styler, width: number): string[] {
  const shown = records.flatMap((id) => result.records.filter((record) => record.id === id));
  const lines = shown.map((record) => ({ ...record, text: describeRecord(record, result.devices) }));
  const times = lines.map(() => '');
  return stepLines(lines, times, style, width - 2).map((line) => `  ${line}`);
}
