/**
 * A sweep as text for a person: what was run, the distribution of a metric under every setting, what each axis changes, what was hardly
 * ever seen, and what went wrong. No figure stands without its interval, and nothing that was never seen is called zero.
 */

import type { SweepResult } from '../../sweep/result.ts';
import { PLAIN, type Styler } from '../style.ts';
import { counted, grouped, labelled, printable } from '../table.ts';
import { effectLines } from './effects.ts';
import { mainMetric, viewOf } from './metric.ts';
import { neverLines } from './never.ts';
import { settingLines } from './settings.ts';

export interface SweepTextOptions {
  readonly style?: Styler;
  /** Columns of the reader's terminal; 110 unless told, and 72 at least. */
  readonly width?: number;
  /** Names of metrics to tell of; the main one unless told. */
  readonly metric?: string | readonly string[];
}

const WIDEST = 110;
const NARROWEST = 72;
const FAILURES_SHOWN = 5;

/** Renders a sweep for a person. The text ends with a newline. @throws RangeError for a metric that the sweep does not have */
export function renderSweep(result: SweepResult, options: SweepTextOptions = {}): string {
  const { style = PLAIN } = options;
  const width = Math.max(NARROWEST, options.width ?? WIDEST);
  const names = options.metric === undefined ? mainMetric(result) : options.metric;
  const views = (names === null ? [] : [names].flat()).map((name) => viewOf(result, name));
  const sections = [
    headLines(result, style, width),
    ...views.flatMap((view) => [
      settingLines(result, view, style, width),
      effectLines(result, view, style, width),
    ]),
    neverLines(result, style, width),
    failureLines(result, style, width),
    footLines(result, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(result: SweepResult, style: Styler, width: number): string[] {
  const { scenario, settings, seeds, runs, version, sample, axes } = result;
  const points =
    sample === null
      ? counted(settings.length, 'setting')
      : `Latin hypercube of ${counted(settings.length, 'setting')}`;
  const facts = [
    printable(scenario.file),
    ...(axes.length === 0 ? [] : [points]),
    `seeds ${printable(seeds)}`,
    counted(runs, 'run'),
    `hasim ${version}`,
  ];
  return [
    ...labelled('', printable(scenario.name), width).map(style.bold),
    ...labelled('', facts.filter((fact) => fact !== '').join(' · '), width).map(style.dim),
    ...endLines(result, style, width),
  ];
}

function endLines({ end, runs, planned }: SweepResult, style: Styler, width: number): string[] {
  const told = `${grouped(runs)} of ${counted(planned, 'planned run')}`;
  if (end === 'interrupted') {
    const text = `INTERRUPTED after ${told}: all below is about those. --resume goes on.`;
    return labelled('', text, width).map((line) => style.bold(style.yellow(line)));
  }
  if (end === 'narrow' && runs < planned) return [`The intervals are narrow enough after ${told}.`];
  return [];
}

function failureLines({ failures, failed, runs }: SweepResult, style: Styler, width: number): string[] {
  if (failed === 0) return [];
  const left = failed - Math.min(failures.length, FAILURES_SHOWN);
  return [
    style.bold(style.red(`${grouped(failed)} of ${counted(runs, 'run')} could not be carried out`)),
    ...failures
      .slice(0, FAILURES_SHOWN)
      .flatMap(({ kind, message, replay }) => [
        ...labelled(`  ${kind}: `, printable(message), width),
        `    ${style.cyan(printable(replay))}`,
      ]),
    ...(left > 0 ? [`  … and ${counted(left, 'more failure')}; the file of runs has them all`] : []),
  ];
}

function footLines({ settings, digest, axes }: SweepResult, style: Styler): string[] {
  const first = settings[0];
  const replay = first === undefined ? [] : [`Again, one run: ${style.cyan(printable(first.replay))}`];
  const what = axes.length === 0 || first === undefined ? '' : ' (its first setting, N a seed)';
  return [`digest of the sweep: ${digest}`, ...replay.map((line) => line + what)];
}
