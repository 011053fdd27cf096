/**
 * "Why did it *not* fail over?", told: each fault and operator action with the takeovers that followed from it, or with why none did.
 */

import { formatClock } from '../kernel/time.ts';
import type { ActionOutcome, Finding } from '../measure/missed-takeover.ts';
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
  const { record, timeUs, kind, text, failovers, finding } = outcome;
  const head = `#${record}  ${formatClock(timeUs, 0)}  ${kind}  ${printable(text)}`;
  if (finding === null) {
    const which = failovers.length === 1 ? 'failover' : 'failovers';
    const followed = `  ✓ a takeover followed: ${which} ${failovers.join(', ')}`;
    return [
      style.bold(head),
      followed,
      ...failovers.flatMap((ordinal) => pathLeftBehind(ordinal, result, width)),
    ];
  }
  return [style.bold(head), ...missed(finding, result, style, width)];
}

/** In a cloud the role may change hands and the data path not: its calls have failed, or were under way at the end. */
function pathLeftBehind(ordinal: number, { failovers, records }: RunResult, width: number): string[] {
  const failover = failovers[ordinal - 1];
  if (failover === undefined || failover.cloudUs !== null) return [];
  const { to, takeoverRecord } = failover;
  const end = records.find(
    ({ id, kind, subject, data }) =>
      id > takeoverRecord && kind === 'takeover' && subject === to && data['step'] !== 'begun',
  );
  const why =
    end === undefined
      ? 'its calls were under way when the run ended'
      : String(end.data['reason'] ?? end.data['step']);
  const text = `${to} is active without the data path: ${printable(why)}${end === undefined ? '' : ` (#${end.id})`}`;
  return labelled('  ✗ ', text, width);
}

function missed(finding: Finding, result: RunResult, style: Styler, width: number): string[] {
  const { reason, text, rule, setting, records } = finding;
  const basis = [rule, setting === null ? null : `${setting.name}: ${setting.value}`].filter(
    (word) => word !== null,
  );
  const shown = records.flatMap((id) => result.records.filter((record) => record.id === id));
  const lines = shown.map((record) => ({ ...record, text: describeRecord(record, result.devices) }));
  return [
    ...labelled('  ✗ no takeover: ', printable(text), width),
    ...labelled('    ', `[${[reason, ...basis].join('; ')}]`, width),
    ...stepLines(
      lines,
      lines.map(() => ''),
      style,
      width - 2,
    ).map((line) => `  ${line}`),
  ];
}
