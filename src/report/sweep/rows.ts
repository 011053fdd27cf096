/**
 * A sweep as rows for other tools, one for every run, as a stream: CSV (RFC 4180) and JSON lines. The columns are `run`, one for every axis,
 * `seed`, `digest`, `passed`, `failure`, and one for every metric in its base unit, which its name ends in (`failover_us`).
 *
 * - A run that has no such value has an empty cell (CSV) or null (JSON).
 * - A value without end is `inf` in CSV, which pandas, R and DuckDB read as a number, and `"never"` in JSON, which has no such number.
 * - `passed` is empty where the scenario expects nothing, and of a run that could not be carried out, which says why in `failure`.
 */

import { csvLine, textCell } from '../csv.ts';
import type { RunOutcome } from '../../sweep/outcome.ts';
import type { SweepAxis, SweepMetric } from '../../sweep/result.ts';

/** What decides the columns; a `SweepPlan` is one. */
export interface RowPlan {
  readonly axes: readonly Pick<SweepAxis, 'path' | 'label'>[];
  readonly metrics: readonly Pick<SweepMetric, 'name' | 'unit'>[];
  /** How many expectations a run is held against. */
  readonly expectations: number;
}

/** One run of a sweep. */
export interface RunRow {
  /** In the order of the plan, from 0 on. */
  readonly index: number;
  /** One value per axis, as text. */
  readonly values: readonly string[];
  readonly outcome: RunOutcome;
}

/** A column of every format. */
export interface RowColumn {
  readonly name: string;
  readonly type: 'whole' | 'text' | 'flag' | 'number';
  /** Null where the run has no such value; Infinity = without end. */
  readonly of: (row: RunRow) => string | number | boolean | null;
}

const SUFFIXES: Readonly<Record<SweepMetric['unit'], string>> = {
  us: '_us',
  percent: '_percent',
  count: '',
};

const OURS = ['run', 'seed', 'digest', 'passed', 'failure'];

/** The columns of a sweep, each under a name of its own. One that comes a second time (an axis called `seed`) is numbered: `seed_2`. */
export function columnsOf({ axes, metrics, expectations }: RowPlan): RowColumn[] {
  const taken = new Set(OURS);
  const ownName = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
  return [
    { name: 'run', type: 'whole', of: ({ index }) => index },
    ...axes.map(({ label }, axis): RowColumn => {
      return { name: ownName(label), type: 'text', of: ({ values }) => values[axis] ?? null };
    }),
    { name: 'seed', type: 'text', of: ({ outcome }) => outcome.seed },
    { name: 'digest', type: 'text', of: ({ outcome }) => outcome.digest || null },
    { name: 'passed', type: 'flag', of: ({ outcome }) => passed(outcome, expectations) },
    { name: 'failure', type: 'text', of: ({ outcome }) => outcome.failure?.kind ?? null },
    ...metrics.map(({ name, unit }, at): RowColumn => {
      const column = ownName(metricColumn(name, unit));
      return { name: column, type: 'number', of: ({ outcome }) => outcome.metrics[at] ?? null };
    }),
  ];
}

function passed({ failure, unmet }: RunOutcome, expectations: number): boolean | null {
  return failure !== null || expectations === 0 ? null : unmet.length === 0;
}

/** `outage of web` in microseconds: `outage_of_web_us`. */
function metricColumn(name: string, unit: SweepMetric['unit']): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '') + SUFFIXES[unit];
}

// --- CSV -----------------------------------------------------------------------------------------------------------------

/** The first line, with its line break. */
export function csvHeader(columns: readonly RowColumn[]): string {
  return csvLine(columns.map(({ name }) => textCell(name)));
}

/** The line of a run, with its line break. */
export function csvRow(columns: readonly RowColumn[], row: RunRow): string {
  return csvLine(columns.map(({ of }) => csvCell(of(row))));
}

function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return textCell(value);
  return value === Number.POSITIVE_INFINITY ? 'inf' : String(value);
}

// --- JSON lines ----------------------------------------------------------------------------------------------------------

/** The line of a run, with its line break: the columns as keys. */
export function jsonRow(columns: readonly RowColumn[], row: RunRow): string {
  // Keys that look like integers would come first in an object, so it is written by hand.
  const pairs = columns.map(({ name, of }) => {
    const value = of(row);
    return `${JSON.stringify(name)}:${JSON.stringify(value === Number.POSITIVE_INFINITY ? 'never' : value)}`;
  });
  return `{${pairs.join(',')}}\n`;
}
