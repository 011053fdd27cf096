/**
 * One metric under every setting: a table, and where that is too wide for the terminal, a block of lines for each setting. Of a big grid
 * the settings with the least and those with the most, and how many there are between them.
 */

import type { SettingSummary, SweepResult } from '../../sweep/result.ts';
import type { Styler } from '../style.ts';
import { counted, grouped, labelled, printable, table, widthOf, wrap, type Cell } from '../table.ts';
import { estimate, neverSeenShort, number, share, type Missing } from './figure.ts';
import { nothing, ranked, settingName, type MetricRow, type MetricView } from './metric.ts';

/** Settings that are shown all. */
const ROWS_MOST = 40;
/** Of more than that, so many from either end. */
const ROWS_OF_AN_END = 10;
/** Columns that the value of one axis takes at most. */
const VALUE_WIDEST = 18;
/** Columns from which on the name of an axis goes on in the next line. */
const LABEL_WIDEST = 12;

/** One statistic of a row under its heading. */
interface Column {
  readonly head: string;
  readonly text: (row: MetricRow) => string;
  readonly style?: keyof Styler;
}

/** The table of a metric, with what a first reader has to know below it; none of a sweep without a run. */
export function settingLines(result: SweepResult, view: MetricView, style: Styler, width: number): string[] {
  const { metric, rows } = view;
  const name = printable(metric.name);
  const what = printable(metric.what);
  const title = [
    style.bold(name) + (widthOf(name) + widthOf(what) + 2 > width ? '' : style.dim(`  ${what}`)),
  ];
  if (rows.every(({ summary }) => summary.count === 0)) {
    return [...title, `  none of ${counted(result.runs, 'run')} had one`];
  }
  const columns = columnsOf(view);
  const shown = shownRows(rows);
  // The median and the far end say most; the p95 goes first where there is no room.
  const tables = [columns, columns.filter(({ head }) => head !== 'p95')].map((some) =>
    tableLines(result, shown, some, style),
  );
  const fitting = tables.find((lines) => lines.every((line) => line.width <= width));
  const blocks = fitting?.map(({ text }) => [text]) ?? blockLines(result, shown, columns, style, width);
  const ahead = fitting === undefined ? 0 : blocks.length - shown.length;
  if (shown.length < rows.length) blocks.splice(ahead + ROWS_OF_AN_END, 0, [leftOut(rows, style)]);
  return [
    ...title,
    ...blocks.flat(),
    ...legend(view, result).flatMap((line) => labelled('  ', line, width).map(style.dim)),
  ];
}

function columnsOf(view: MetricView): Column[] {
  const { metric, rows, scale } = view;
  const endless = rows.some(({ summary }) => summary.endless > 0);
  const passed = rows.some(({ setting }) => setting.passed !== null);
  const of = (statistic: 'mean' | 'median' | 'p95' | 'p99'): Column => ({
    head: statistic,
    text: ({ summary }) => {
      if (nothing(summary) && metric.unit !== 'percent')
        return statistic === mainStatistic(metric.unit) ? neverSeenShort(summary.count) : '';
      const missing: Missing = summary.endless > 0 ? 'never' : '–';
      return estimate(summary[statistic], scale, missing);
    },
  });
  const statistics =
    metric.unit === 'count'
      ? [of('mean'), of('p95'), of('p99'), mostColumn(view)]
      : [of('median'), of('p95'), of('p99')];
  return [
    { head: 'runs', text: runsText },
    ...statistics,
    ...(endless ? [{ head: 'never', text: neverText, style: 'red' as const }] : []),
    ...(passed ? [{ head: 'passed', text: ({ setting }: MetricRow) => passedText(setting) }] : []),
  ];
}

/** The column in which it is said that nothing was seen. */
function mainStatistic(unit: MetricView['metric']['unit']): 'mean' | 'median' {
  return unit === 'us' ? 'median' : 'mean';
}

function mostColumn({ scale }: MetricView): Column {
  return {
    head: 'most',
    text: ({ summary }) =>
      summary.maximum === null || nothing(summary) ? '' : number(summary.maximum, scale, 0),
  };
}

/** Runs that have a value, and of how many where not all have. */
function runsText({ setting, summary }: MetricRow): string {
  return summary.count === setting.runs
    ? grouped(setting.runs)
    : `${grouped(summary.count)} of ${grouped(setting.runs)}`;
}

function neverText({ summary }: MetricRow): string {
  return summary.endless === 0 ? '' : grouped(summary.endless);
}

function passedText({ passed }: SettingSummary): string {
  return passed === null ? '–' : share(passed);
}

function shownRows(rows: readonly MetricRow[]): readonly MetricRow[] {
  if (rows.length <= ROWS_MOST) return rows;
  const order = ranked(rows);
  return [...order.slice(0, ROWS_OF_AN_END), ...order.slice(-ROWS_OF_AN_END)];
}

/** Stands between the two ends. */
function leftOut(rows: readonly MetricRow[], style: Styler): string {
  const left = rows.length - 2 * ROWS_OF_AN_END;
  return style.yellow(
    `  … ${counted(left, 'setting')} between the least and the most p99: see --out FILE.csv`,
  );
}

// --- as a table ----------------------------------------------------------------------------------------------------------

interface Line {
  readonly text: string;
  /** Columns without styles. */
  readonly width: number;
}

function tableLines(
  { axes }: SweepResult,
  rows: readonly MetricRow[],
  columns: readonly Column[],
  style: Styler,
): Line[] {
  const cells = rows.map((row): Cell[] => [
    ...axes.map((_, axis) => ({ text: valueText(row.setting.values[axis] ?? '') })),
    ...columns.map(({ text, style: tone }) => ({
      text: text(row),
      ...(tone === undefined ? {} : { style: style[tone] }),
    })),
  ]);
  const names = axes.map(({ label }, axis) => {
    const widest = Math.max(LABEL_WIDEST, ...cells.map((row) => widthOf(row[axis]?.text ?? '')));
    return wrap(printable(label), widest);
  });
  const height = Math.max(1, ...names.map(({ length }) => length));
  const heads = Array.from({ length: height }, (_, line): Cell[] =>
    [
      ...names.map((name) => name[line - height + name.length] ?? ''),
      ...columns.map(({ head }) => (line === height - 1 ? head : '')),
    ].map((text) => ({ text, style: style.dim })),
  );
  const align = axes.map(() => 'left' as const);
  const options = { indent: 2, align: [...align, 'right' as const] };
  const all = [...heads, ...cells];
  const plain = table(
    all.map((row) => row.map(({ text }) => ({ text }))),
    options,
  );
  return table(all, options).map((text, index) => ({ text, width: widthOf(plain[index] ?? '') }));
}

/** A value of an axis; a long one keeps its beginning and its end. */
function valueText(text: string): string {
  const points = Array.from(printable(text));
  if (points.length <= VALUE_WIDEST) return points.join('');
  return [...points.slice(0, VALUE_WIDEST - 7), '…', ...points.slice(-6)].join('');
}

// --- as blocks -----------------------------------------------------------------------------------------------------------

function blockLines(
  result: SweepResult,
  rows: readonly MetricRow[],
  columns: readonly Column[],
  style: Styler,
  width: number,
): string[][] {
  return rows.map((row) => {
    const facts = columns.flatMap(({ head, text }) => {
      const value = text(row);
      return value === '' ? [] : [`${head} ${value}`.replaceAll(' ', NO_BREAK)];
    });
    const name = printable(settingName(result, row.setting.values));
    return [
      ...labelled('  ', name, width).map(style.bold),
      ...labelled('    ', facts.join(' · '), width).map((line) => line.replaceAll(NO_BREAK, ' ')),
    ];
  });
}

/** Keeps a figure together when lines are broken. */
const NO_BREAK = '\u00a0';

// --- what it means -------------------------------------------------------------------------------------------------------

/** What the table says, for who reads one for the first time. */
function legend({ rows }: MetricView, { settings }: SweepResult): string[] {
  const confidence =
    rows.find(({ summary }) => summary.median.value !== null)?.summary.median.confidence ?? 0.95;
  const percent = `${Math.round(confidence * 100)}%`;
  const interval = `In brackets: where the true value lies with ${percent} confidence, other seeds included; more seeds narrow it.`;
  const quantile = 'p99: 99 of 100 runs have at most that.';
  const endless = rows.some(({ summary }) => summary.endless > 0)
    ? ['never: runs in which it had no end; they count as the longest.']
    : [];
  const passed = settings.some((one) => one.passed !== null)
    ? ['passed: runs that met every expectation.']
    : [];
  const open = rows.some(({ summary: { p99 } }) => p99.low !== null && p99.high === null)
    ? ['≥: too few runs to bound it from above.']
    : [];
  const none = rows.some(({ summary }) => nothing(summary))
    ? ['none (< x%): no run had it; with 95% confidence fewer than x% of all runs have.']
    : [];
  return [[quantile, interval, ...open, ...none, ...endless, ...passed].join(' ')];
}
