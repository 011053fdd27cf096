/**
 * A run as text for a person: what was run, what happened, how long it took, what it cost, and whether it is as expected.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { RunResult } from '../run/result.ts';
import { assumptionLines } from './assumptions.ts';
import { availabilityLines } from './availability.ts';
import { dataPathLines } from './data-path.ts';
import { failoverLines } from './failovers.ts';
import { ha3Lines } from './ha3.ts';
import { incidentLines } from './incidents.ts';
import { probeLines } from './probes.ts';
import { sessionSyncLines } from './session-sync.ts';
import { sessionLines } from './sessions.ts';
import { settingsLines } from './settings.ts';
import { PLAIN, type Styler } from './style.ts';
import { counted, grouped, labelled, printable } from './table.ts';
import { timelineLines } from './timeline.ts';
import { failureLines, verdictLines } from './verdicts.ts';

export interface TextOptions {
  readonly style?: Styler;
  /** Columns of the reader's terminal; 110 unless told, and 72 at least. */
  readonly width?: number;
  /** Only what was not met, and one line. */
  readonly quiet?: boolean;
  /** Also what the result rests on and PAN-OS does not publish. */
  readonly assumptions?: boolean;
  /** The command that repeats this run; made from file and seed unless told. */
  readonly replay?: string;
}

const WIDEST = 110;
const NARROWEST = 72;

/** Renders a result for a person. The text ends with a newline. */
export function renderText(result: RunResult, options: TextOptions = {}): string {
  const { style = PLAIN, quiet = false } = options;
  const width = Math.max(NARROWEST, options.width ?? WIDEST);
  const replay = options.replay ?? replayCommand(result.scenario.file, result.seed);
  const assumptions = options.assumptions === true ? assumptionLines(result, style, width) : [];
  if (quiet)
    return [quietText(result, style, width, replay), ...assumptions.map((line) => `${line}\n`)].join('');
  const sections = [
    headLines(result, style, width),
    settingsLines(result, style, width),
    timelineLines(result, style, width),
    incidentLines(result, style),
    failoverLines(result, style, width),
    dataPathLines(result, style),
    availabilityLines(result, style, width),
    probeLines(result, style, width),
    sessionLines(result, style, width),
    sessionSyncLines(result, style),
    ha3Lines(result, style, width),
    verdictLines(result, style, width),
    footLines(result, style, width, replay),
    assumptions,
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The command line that repeats a run: `hasim run FILE --seed S`. */
export function replayCommand(file: string, seed: string, more: readonly string[] = []): string {
  return ['hasim run', ...[file === '' ? 'FILE' : file, '--seed', seed, ...more].map(shellWord)].join(' ');
}

/** A word of a command line, in quotes where a shell would read it otherwise. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${printable(text).replaceAll("'", `'\\''`)}'`;
}

function headLines(result: RunResult, style: Styler, width: number): string[] {
  const { scenario, seed, untilUs, version } = result;
  const facts = [
    printable(scenario.file),
    `seed ${printable(seed)}`,
    formatDuration(untilUs),
    `hasim ${version}`,
  ];
  return [
    style.bold(printable(scenario.name)),
    ...(scenario.description === '' ? [] : labelled('', printable(scenario.description), width)),
    style.dim(facts.filter((fact) => fact !== '').join(' · ')),
    ...deliberation(result, style),
    ...interruption(result, style),
  ];
}

function deliberation({ scenario: { deliberate } }: RunResult, style: Styler): string[] {
  if (deliberate.length === 0) return [];
  return [
    style.yellow(`On purpose against ${deliberate.join(', ')}: what PAN-OS refuses is simulated as given.`),
  ];
}

function interruption({ end, endedAtUs, untilUs }: RunResult, style: Styler): string[] {
  if (end !== 'interrupted') return [];
  const text = `INTERRUPTED at ${formatClock(endedAtUs, 0)} of ${formatClock(untilUs, 0)}: this is what happened until then.`;
  return [style.bold(style.yellow(text))];
}

function footLines(result: RunResult, style: Styler, width: number, replay: string): string[] {
  const { final, digests, events, endedAtUs } = result;
  const states = final.map(({ device, role, reason, sessions }) =>
    role === null
      ? `${device} off`
      : `${device} ${role} (${printable(reason)}), ${counted(sessions, 'session')}`,
  );
  const explain = `${replay.replace(/^hasim run /, 'hasim explain ')} --event N`;
  const full = digests.full === null ? '' : `, full ${digests.full}`;
  return [
    ...labelled('At the end: ', states.join('; '), width),
    ...interruption(result, style),
    verdictSummary(result, style),
    `${formatDuration(endedAtUs)} in ${grouped(events)} events; digest: protocol ${digests.protocol}${full}`,
    `Again: ${style.cyan(replay)}`,
    `Why:   ${style.cyan(explain)}   ${style.dim('for any number N of the timeline')}`,
  ];
}

/** How many expectations were met. */
function verdictSummary({ verdicts, end }: RunResult, style: Styler): string {
  const met = verdicts.filter(({ passed }) => passed).length;
  const all = counted(verdicts.length, 'expectation');
  if (end === 'interrupted') return style.yellow(`interrupted: ${met} of ${all} met so far`);
  if (verdicts.length === 0) return 'nothing was expected of this run';
  const whole = verdicts.length === 1 ? 'the expectation is met' : `all ${all} met`;
  if (met === verdicts.length) return style.bold(style.green(`✓ ${whole}`));
  return style.bold(style.red(`✗ ${verdicts.length - met} of ${all} not met`));
}

function quietText(result: RunResult, style: Styler, width: number, replay: string): string {
  const { scenario, seed, digests } = result;
  const name = printable(scenario.file === '' ? scenario.name : scenario.file);
  const facts = style.dim(`seed ${printable(seed)}, digest ${digests.protocol}`);
  return [
    ...failureLines(result, style, width),
    ...interruption(result, style),
    `${style.bold(name)}: ${verdictSummary(result, style)} (${facts})`,
    ...(result.passed ? [] : [`Again: ${style.cyan(replay)}`]),
    '',
  ].join('\n');
}
