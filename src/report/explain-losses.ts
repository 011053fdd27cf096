/**
 * Why sessions were lost: how many, when, by what, and what would have saved them.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { LossStory } from '../measure/loss-story.ts';
import type { RunResult } from '../run/result.ts';
import { stepLines, type ExplainOptions } from './explain.ts';
import { cut, lineOf } from './explain-failover.ts';
import { describeRecord } from './records.ts';
import { PLAIN, type Styler } from './style.ts';
import { counted, grouped, labelled, linesOfFirst, printable, table, type Cell } from './table.ts';

const MOST = 20;

/**
 * What was lost, in a table, and how to ask for more, with a newline at its end.
 *
 * @param again the command line that asks for losses, without what it asks for
 */
export function renderLosses(
  stories: readonly LossStory[],
  again: string,
  { style = PLAIN }: ExplainOptions = {},
): string {
  const [first] = stories;
  if (first === undefined) return 'No session was lost in this run.\n';
  const titles = ['cause', 'sessions', 'first', 'last', 'after', 'workloads'];
  const head = titles.map((text): Cell => ({ text, style: style.dim }));
  const rows = stories
    .slice(0, MOST)
    .map((story): Cell[] => [
      { text: story.cause },
      { text: grouped(story.count), style: style.red },
      { text: formatClock(story.firstUs, 0) },
      { text: formatClock(story.lastUs, 0) },
      { text: story.record === 0 ? '–' : `#${story.record}` },
      { text: workloadsOf(story) },
    ]);
  const left = stories.length - MOST;
  return [
    style.bold('Sessions lost'),
    ...table([head, ...rows], { indent: 2, align: ['left', 'right', 'right', 'right', 'right'] }),
    ...(left > 0 ? [`  … and ${counted(left, 'more line')}`] : []),
    `Why: ${again} ${first.cause}, or ${again} ${printable(first.workloads[0]?.name ?? '')}/${first.cause}`,
    '',
  ].join('\n');
}

/** Each of these losses from what led to it to what would have saved it, with a newline at its end. */
export function renderLoss(
  stories: readonly LossStory[],
  result: RunResult,
  options: ExplainOptions = {},
): string {
  const { style = PLAIN, width = 110 } = options;
  return linesOfFirst(stories, MOST, 'loss', (story) => [...oneLoss(story, result, style, width), '']).join(
    '\n',
  );
}

function oneLoss(story: LossStory, { devices }: RunResult, style: Styler, width: number): string[] {
  const { cause, count, firstUs, lastUs, chain, remedies } = story;
  const when =
    firstUs === lastUs
      ? `at ${formatClock(firstUs, 0)}`
      : `from ${formatClock(firstUs, 0)} to ${formatClock(lastUs, 0)}`;
  const lines = chain.map((step) => lineOf(step, describeRecord(step.record, devices)));
  const passed = lines.map(({ timeUs }, index) => {
    const before = lines[index - 1]?.timeUs;
    return before === undefined ? '' : `+${formatDuration(timeUs - before)}`;
  });
  const saved = remedies.map(({ text, setting, rule }) => {
    const basis = [setting, rule].filter((word) => word !== null);
    return `${text}${basis.length === 0 ? '' : ` (${basis.join('; ')})`}`;
  });
  return [
    style.bold(`${counted(count, 'session')} lost, ${cause}, ${when}`),
    ...labelled('  of: ', workloadsOf(story), width),
    ...(chain.length === 0
      ? ['  No takeover left them behind: their packets came to a firewall that did not know them.']
      : ['  What left them behind:']),
    ...cut(stepLines(lines, passed, style, width - 2)).map((line) => `  ${line}`),
    ...(saved.length === 0 ? [] : ['  What would have saved them:']),
    ...saved.flatMap((text) => labelled('    - ', text, width)),
  ];
}

function workloadsOf({ workloads }: LossStory): string {
  return workloads.map(({ name, count }) => `${printable(name)} ${grouped(count)}`).join(', ');
}
