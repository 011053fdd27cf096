/**
 * One axis of numbers: how a metric answers to it. The median and the p99 from the least value to the most, with the intervals in which the
 * true ones lie, over the strip of nine of ten runs.
 */

import type { SweepAxis, SweepResult } from '../../../sweep/result.ts';
import type { Estimate } from '../../../statistics/interval.ts';
import type { Scale } from '../figure.ts';
import type { MetricView } from '../metric.ts';
import type { Draw } from '../../html/draw.ts';
import type { Markup } from '../../html/markup.ts';
import { axisLabel, hasZero, onScale, PICTURE_WIDTH, shortened } from './pictures.ts';
import { placeOf, written } from './scale.ts';

/** Values from which on a line says more than the strips. */
const FEWEST = 3;
/** Values beyond which intervals would cover the lines. */
const INTERVALS_MOST = 60;

/** The axis that alone is varied, and by numbers; null where there is none, or too few values of it. */
export function responseAxis({ axes }: SweepResult): number | null {
  const varied = axes.flatMap(({ values }, axis) => (values.length > 1 ? [axis] : []));
  const [only] = varied;
  if (only === undefined || varied.length > 1) return null;
  const { numbers, values } = axes[only] as SweepAxis;
  return numbers === null || values.length < FEWEST ? null : only;
}

interface Point {
  readonly x: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The lines of a metric along an axis. */
export function response(draw: Draw, view: MetricView, { axes }: SweepResult, at: number): Markup {
  const { plot } = draw;
  const axis = axes[at] as SweepAxis;
  const rows = view.rows
    .map(({ setting, summary }) => ({ x: placeOf(axis, setting.values[at]), summary }))
    .filter(({ summary }) => summary.count > 0)
    .toSorted((a, b) => a.x - b.x);
  const along = (statistic: 'median' | 'p99'): Point[] =>
    rows.map(({ x, summary }) => pointOf(x, summary[statistic], view.scale));
  const [median, p99] = [along('median'), along('p99')];
  const strip = rows.map(({ x, summary: { p5, p95 } }) => ({
    x,
    low: onScale(p5.value, view.scale),
    high: onScale(p95.value, view.scale),
  }));
  const never = rows.filter(({ summary }) => summary.endless > 0);
  const lines = (points: readonly Point[], stroke: string, symbol: 'circle' | 'diamond') => [
    plot.ruleX(
      rows.length > INTERVALS_MOST ? [] : points.filter(({ low, high }) => low !== null && high !== null),
      { x: 'x', y1: 'low', y2: 'high', stroke, strokeWidth: 1.5 },
    ),
    plot.line(points, {
      x: 'x',
      y: 'value',
      stroke,
      strokeWidth: 2,
      strokeDasharray: symbol === 'diamond' ? '7 4' : 'none',
    }),
    plot.dot(
      points.filter(({ value }) => value !== null),
      { x: 'x', y: 'value', symbol, r: 4, fill: stroke },
    ),
  ];
  return draw.picture(
    {
      width: PICTURE_WIDTH,
      height: 340,
      marginLeft: 64,
      marginBottom: 44,
      marginTop: 30,
      marginRight: 24,
      x: {
        type: axis.scale,
        label: shortened(axis.label),
        ticks: 8,
        tickFormat: (value: number) => written(axis, value),
      },
      y: { label: axisLabel(view), grid: true, nice: true, zero: hasZero(view) },
      marks: [
        plot.areaY(strip, { x: 'x', y1: 'low', y2: 'high', fill: 'var(--strip)' }),
        ...lines(median, 'var(--ink)', 'circle'),
        ...lines(p99, 'var(--far)', 'diamond'),
        plot.text(never, {
          x: 'x',
          text: () => 'never',
          frameAnchor: 'top',
          dy: -14,
          fill: 'var(--bad)',
          fontWeight: 600,
        }),
      ],
    },
    `Median and p99 of ${view.metric.name} along ${axis.label}; the table below has the figures`,
  );
}

function pointOf(x: number, { value, low, high }: Estimate, scale: Scale): Point {
  return {
    x,
    value: onScale(value, scale),
    low: onScale(low, scale),
    // Where the sample bounds it on one side alone, the line ends at the value.
    high: onScale(high ?? value, scale),
  };
}
