/** A comparison as text for a person: what is set differently, what that moved, and what it cost. */

import { formatDuration } from '../../kernel/time.ts';
import type { RunResult } from '../../run/result.ts';
import { PLAIN, type Styler } from '../style.ts';
import { counted, grouped, labelled, printable, table, type Cell } from '../table.ts';
import type { Comparison, FailoverPair, FigurePair, MovedRow } from './comparison.ts';
import { sentence } from './sentence.ts';

const MOST_MOVED = 60;
const MOST_SETTINGS = 40;
const NEVER = 'never';
const NONE = '–';

export interface CompareTextOptions {
  readonly style?: Styler;
  readonly width?: number;
  /** Only the sentence. */
  readonly quiet?: boolean;
  /** The commands that repeat the two runs. */
  readonly replays: readonly [a: string, b: string];
}

/** Renders a comparison. The text ends with a newline. */
export function renderComparison(
  comparison: Comparison,
  results: readonly [a: RunResult, b: RunResult],
  { style = PLAIN, width = 110, quiet = false, replays }: CompareTextOptions,
): string {
  const told = labelled('', sentence(comparison), width).map(style.bold);
  if (quiet) return `${told.join('\n')}\n`;
  const sections = [
    headLines(results, replays, style, width),
    told,
    settingLines(comparison, style),
    ...comparison.failovers.map((pair) => failoverLines(pair, style)),
    figureLines(comparison.figures, style),
    movedLines(comparison, style),
    verdictLines(comparison, style, width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(
  results: readonly [RunResult, RunResult],
  replays: readonly [string, string],
  style: Styler,
  width: number,
): string[] {
  return results.flatMap((result, index) => {
    const label = `${index === 0 ? 'A' : 'B'}  `;
    const { scenario, digests } = result;
    const failed = result.verdicts.filter(({ passed }) => !passed).length;
    const verdict =
      result.verdicts.length === 0
        ? ''
        : failed === 0
          ? ', all as expected'
          : `, ${counted(failed, 'expectation')} not met`;
    return [
      ...labelled(label, `${printable(scenario.name)}${verdict}; digest ${digests.protocol}`, width).map(
        (line, at) => (at === 0 ? style.bold(line) : line),
      ),
      ...labelled('   ', replays[index] ?? '', width).map(style.dim),
    ];
  });
}

function settingLines({ settings }: Comparison, style: Styler): string[] {
  if (settings.length === 0) return [style.bold('Settings'), '  alike'];
  const rows = settings
    .slice(0, MOST_SETTINGS)
    .map(({ path, a, b }): Cell[] => [{ text: printable(path) }, { text: short(a) }, { text: short(b) }]);
  const left = settings.length - rows.length;
  return [
    style.bold('Settings that differ'),
    ...table([heads(['', 'A', 'B'], style), ...rows], { indent: 2 }),
    ...(left > 0 ? [`  … and ${counted(left, 'more setting')}`] : []),
  ];
}

const LONGEST_VALUE = 36;

/** A value that leaves room for the other one. */
function short(value: string | null): string {
  const text = printable(value ?? NONE);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function heads(texts: readonly string[], style: Styler): Cell[] {
  return texts.map((text) => ({ text, style: style.dim }));
}

/** The parts that are not nothing in both, each with its change. */
function failoverLines({ ordinal, a, b, aTotalUs, bTotalUs, parts }: FailoverPair, style: Styler): string[] {
  const title = a === b ? (a ?? '') : `${a ?? 'none'} | ${b ?? 'none'}`;
  const rows = parts
    .filter(({ aUs, bUs }) => aUs !== 0 || bUs !== 0)
    .map(({ part, aUs, bUs, aSetBy, bSetBy }): Cell[] => [
      { text: part },
      { text: a === null ? NONE : duration(aUs) },
      { text: b === null ? NONE : duration(bUs) },
      changeCell(aUs, bUs, style),
      { text: noteOf(aSetBy, bSetBy), style: style.dim },
    ]);
  const total: Cell[] = [
    { text: 'total', style: style.bold },
    { text: a === null ? NONE : duration(aTotalUs), style: style.bold },
    { text: b === null ? NONE : duration(bTotalUs), style: style.bold },
    changeCell(aTotalUs, bTotalUs, style),
    { text: '' },
  ];
  const lines = table([heads(['', 'A', 'B', 'change', 'set by'], style), ...rows, total], {
    indent: 2,
    align: ['left', 'right', 'right', 'right', 'left'],
  });
  return [style.bold(`${ordinal}  ${title}`), ...lines];
}

/** `heartbeat-interval 2000 ms | 1000 ms`: what set the part in both. */
export function noteOf(
  a: FailoverPair['parts'][number]['aSetBy'],
  b: FailoverPair['parts'][number]['bSetBy'],
): string {
  const names = [...new Set([...a, ...b].map(({ setting, value }) => setting ?? value))];
  return names
    .map((name) => {
      const values = [a, b].map((list) => list.find(({ setting, value }) => (setting ?? value) === name));
      const [one, other] = values.map((found) =>
        found === undefined || found.setting === null ? '' : found.value,
      );
      if (one === other) return one === '' ? name : `${name} ${one}`;
      return `${name} ${one === '' ? NONE : one} | ${other === '' ? NONE : other}`;
    })
    .join(', ');
}

function duration(us: number | null): string {
  return us === null ? NEVER : formatDuration(us);
}

/** `−2.5s`, shorter is better. */
function changeCell(aUs: number | null, bUs: number | null, style: Styler): Cell {
  if (aUs === null || bUs === null || aUs === bUs) return { text: '' };
  return { text: signed(bUs - aUs), style: bUs < aUs ? style.green : style.red };
}

/** A change of time with its sign. */
export function signed(us: number): string {
  return `${us < 0 ? '−' : '+'}${formatDuration(Math.abs(us))}`;
}

function figureLines(figures: readonly FigurePair[], style: Styler): string[] {
  if (figures.length === 0) return [];
  const rows = figures.map(({ name, unit, a, b }): Cell[] => [
    { text: printable(name) },
    { text: figure(a, unit) },
    { text: figure(b, unit) },
  ]);
  return [
    style.bold('What it cost'),
    ...table([heads(['', 'A', 'B'], style), ...rows], { indent: 2, align: ['left', 'right', 'right'] }),
  ];
}

/** A figure in its unit. */
export function figure(value: number | null, unit: FigurePair['unit']): string {
  if (value === null) return NONE;
  return unit === 'us' ? formatDuration(value) : grouped(value);
}

function movedLines({ moved, alike, leftOut, identical }: Comparison, style: Styler): string[] {
  if (identical) return [];
  const head = [
    style.bold('What moved'),
    style.dim(`  times since the fault; ${counted(alike, 'row')} of the timelines stand alike`),
  ];
  const rows = moved
    .slice(0, MOST_MOVED)
    .map((row): Cell[] => [
      { text: since(row.aUs) },
      { text: since(row.bUs) },
      movedCell(row, style),
      { text: `${printable(row.subject)}: ${printable(row.text)}` },
    ]);
  const shown = table([heads(['A', 'B', 'change', ''], style), ...rows], {
    indent: 2,
    align: ['right', 'right', 'right', 'left'],
  });
  const left = moved.length - rows.length;
  return [
    ...head,
    ...shown,
    ...(left > 0 ? [`  … and ${counted(left, 'more row')}`] : []),
    ...(leftOut > 0 ? [`  ${counted(leftOut, 'row')} behind the first were not compared`] : []),
  ];
}

function since(us: number | null): string {
  return us === null ? NONE : signedClock(us);
}

/** `+0.550`, in seconds. */
export function signedClock(us: number): string {
  return `${us < 0 ? '−' : '+'}${(Math.abs(us) / 1e6).toFixed(3)}`;
}

function movedCell({ aUs, bUs }: MovedRow, style: Styler): Cell {
  if (aUs === null) return { text: 'only B', style: style.yellow };
  if (bUs === null) return { text: 'only A', style: style.yellow };
  return { text: signed(bUs - aUs) };
}

function verdictLines({ verdicts }: Comparison, style: Styler, width: number): string[] {
  if (verdicts.length === 0) return [];
  const lines = verdicts.flatMap(({ name, a, b }) =>
    labelled('  ', `${printable(name)}: ${a} in A, ${b} in B`, width),
  );
  return [style.bold('Expectations that came out differently'), ...lines];
}
