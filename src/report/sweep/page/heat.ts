/**
 * Two axes at once: the median and the p99 of a metric in cells of a grid, each with its figure written in it. With more than two axes a
 * cell is the mean of the medians, or the most of the p99, over the settings of the others. The points of a Latin hypercube make no grid:
 * they are drawn where they lie.
 */

import type { SweepAxis, SweepResult } from '../../../sweep/result.ts';
import { number, type Scale } from '../figure.ts';
import type { MetricRow, MetricView } from '../metric.ts';
import type { Draw } from '../../html/draw.ts';
import type { Markup } from '../../html/markup.ts';
import { shortened } from './pictures.ts';
import { placeOf, written } from './scale.ts';

/** Values of an axis with which cells can still be read. */
export const CELLS_MOST = 16;
const WIDTH = 450;

type Statistic = 'median' | 'p99';

/** The two axes that a map is about; null where there are none, or too many values. */
export function mapAxes({ axes, sample }: SweepResult): readonly [number, number] | null {
  const varied = axes.flatMap(({ values }, axis) => (values.length > 1 ? [axis] : []));
  const usable = varied.filter((axis) =>
    sample === null ? (axes[axis]?.values.length ?? 0) <= CELLS_MOST : axes[axis]?.numbers !== null,
  );
  const [x, y] = usable;
  return x === undefined || y === undefined ? null : [x, y];
}

/** A map of one statistic. */
export function heatMap(
  draw: Draw,
  view: MetricView,
  statistic: Statistic,
  result: SweepResult,
  pair: readonly [number, number],
): Markup {
  const what = `${statistic} of ${view.metric.name} over ${result.axes[pair[0]]?.label} and ${result.axes[pair[1]]?.label}; the table has the figures`;
  return result.sample === null
    ? grid(draw, view, { statistic, what }, result, pair)
    : points(draw, view, { statistic, what }, result, pair);
}

interface Subject {
  readonly statistic: Statistic;
  readonly what: string;
}

function grid(
  draw: Draw,
  view: MetricView,
  { statistic, what }: Subject,
  { axes }: SweepResult,
  [xAt, yAt]: readonly [number, number],
): Markup {
  const { plot } = draw;
  const [x, y] = [axes[xAt] as SweepAxis, axes[yAt] as SweepAxis];
  const cells = y.values.flatMap((yValue, row) =>
    x.values.map((xValue, column) => {
      const inside = view.rows.filter(
        ({ setting: { values } }) => values[xAt] === xValue && values[yAt] === yValue,
      );
      return { row, column, value: combined(inside, statistic) };
    }),
  );
  const domain = domainOf(cells.map(({ value }) => value));
  const share = (value: number): number => (value - domain[0]) / (domain[1] - domain[0]);
  const text = (value: number | null): string =>
    value === null ? 'never' : figure(value, view.scale, domain[1] - domain[0]);
  const yWidth = Math.max(3, ...y.values.map((value) => Array.from(shortened(value, 12)).length));
  const fontSize = x.values.length > 10 ? 9 : 11;
  return draw.picture(
    {
      width: WIDTH,
      height: 54 + Math.max(2, y.values.length) * (y.values.length > 8 ? 26 : 36),
      marginLeft: 34 + 7 * yWidth,
      marginTop: 8,
      marginRight: 8,
      marginBottom: 40,
      color: { type: 'linear', scheme: 'ylgnbu', domain },
      x: {
        type: 'band',
        domain: x.values.map((_, at) => at),
        label: shortened(x.label),
        tickSize: 0,
        padding: 0.04,
        tickFormat: (at: number) => shortened(x.values[at] ?? '', 12),
      },
      y: {
        type: 'band',
        domain: y.values.map((_, at) => at),
        reverse: true,
        label: shortened(y.label),
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 26 + 7 * yWidth,
        tickSize: 0,
        padding: 0.04,
        tickFormat: (at: number) => shortened(y.values[at] ?? '', 12),
      },
      marks: [
        plot.cell(
          cells.filter(({ value }) => value !== null),
          { x: 'column', y: 'row', fill: 'value' },
        ),
        plot.cell(
          cells.filter(({ value }) => value === null),
          { x: 'column', y: 'row', fill: 'var(--strip)' },
        ),
        plot.text(cells, {
          x: 'column',
          y: 'row',
          text: ({ value }: { value: number | null }) => text(value),
          fontSize,
          // Light writing on the dark end of the scale.
          fill: ({ value }: { value: number | null }) =>
            value === null ? 'var(--ink)' : share(value) > 0.55 ? '#ffffff' : '#10222e',
        }),
      ],
    },
    what,
  );
}

function points(
  draw: Draw,
  view: MetricView,
  { statistic, what }: Subject,
  { axes }: SweepResult,
  [xAt, yAt]: readonly [number, number],
): Markup {
  const { plot } = draw;
  const [x, y] = [axes[xAt] as SweepAxis, axes[yAt] as SweepAxis];
  const data = view.rows.flatMap((row) => {
    const value = row.summary[statistic].value;
    const { values } = row.setting;
    return value === null ? [] : [{ x: placeOf(x, values[xAt]), y: placeOf(y, values[yAt]), value }];
  });
  const domain = domainOf(data.map(({ value }) => value));
  const size = (value: number): number => 3 + (8 * (value - domain[0])) / (domain[1] - domain[0]);
  return draw.picture(
    {
      width: WIDTH,
      height: 330,
      marginLeft: 64,
      marginTop: 30,
      marginRight: 16,
      marginBottom: 40,
      color: { type: 'linear', scheme: 'ylgnbu', domain },
      x: {
        type: x.scale,
        label: shortened(x.label),
        grid: true,
        ticks: 4,
        tickFormat: (value: number) => written(x, value),
      },
      y: {
        type: y.scale,
        label: shortened(y.label),
        grid: true,
        ticks: 5,
        tickFormat: (value: number) => written(y, value),
      },
      r: { type: 'identity' },
      marks: [
        plot.dot(data, {
          x: 'x',
          y: 'y',
          r: ({ value }: { value: number }) => size(value),
          fill: 'value',
          stroke: 'var(--ink)',
          strokeWidth: 0.6,
        }),
      ],
    },
    what,
  );
}

/** Of the settings in one cell: their mean median, or their most p99; null where one of them has no end, or none a value. */
function combined(rows: readonly MetricRow[], statistic: Statistic): number | null {
  const values = rows.map(({ summary }) => summary[statistic].value);
  if (values.length === 0 || values.some((value) => value === null || !Number.isFinite(value))) return null;
  const known = values as number[];
  return statistic === 'p99'
    ? Math.max(...known)
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** From the least to the most of a map's values, with a width. */
function domainOf(values: readonly (number | null)[]): readonly [number, number] {
  const known = values.filter((value): value is number => value !== null);
  const [low, high] = known.length === 0 ? [0, 1] : [Math.min(...known), Math.max(...known)];
  return low === high ? [low - 1, high] : [low, high];
}

/** A figure with decimals that tell the cells of a map apart. */
function figure(value: number, scale: Scale, range: number): string {
  const decimals = Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(range / scale.divisor))));
  return number(value, scale, decimals);
}
