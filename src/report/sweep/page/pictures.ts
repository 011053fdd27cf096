/**
 * What is drawn of one metric: its distribution under every setting, its shares from the least value on, and what each axis changes. No
 * picture tells by colour alone: kinds of marks differ in shape, curves have numbers.
 */

import type { Effect, SweepResult } from '../../../sweep/result.ts';
import { counted } from '../../table.ts';
import { matters } from '../effects.ts';
import { scaleOf, type Scale } from '../figure.ts';
import { settingName, type MetricRow, type MetricView } from '../metric.ts';
import type { Draw } from '../../html/draw.ts';
import type { Markup } from '../../html/markup.ts';

export const PICTURE_WIDTH = 920;
const LABEL_MOST = 44;

/** A text no longer than a label may be. */
export function shortened(text: string, most = LABEL_MOST): string {
  const points = Array.from(text);
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`;
}

/** Pixels that labels of texts take at the left. */
function marginFor(labels: readonly string[]): number {
  const longest = Math.max(0, ...labels.map((label) => Array.from(label).length));
  return 24 + Math.ceil(longest * 6.6);
}

/** In the unit of a picture; null where it has no end, or is not known. */
export function onScale(value: number | null, { divisor }: Scale): number | null {
  return value === null || !Number.isFinite(value) ? null : value / divisor;
}

/** A label of an axis of a picture: `failover [s]`. */
export function axisLabel({ metric, scale }: MetricView): string {
  return scale.suffix === '' ? metric.name : `${metric.name} [${scale.suffix}]`;
}

/** Durations and counts are seen against nothing; of shares near 100% nobody would see a difference then. */
export function hasZero({ metric }: MetricView): boolean {
  return metric.unit !== 'percent';
}

/** The names of the axes can stand in every label. */
export function namesFit(rows: readonly MetricRow[], result: SweepResult): boolean {
  return rows.every(({ setting }) => Array.from(settingName(result, setting.values)).length <= LABEL_MOST);
}

/** Labels of settings: with the names of the axes where they are short, else the values alone. */
function settingLabels(rows: readonly MetricRow[], result: SweepResult): string[] {
  const full = rows.map(({ setting }) => settingName(result, setting.values));
  return namesFit(rows, result)
    ? full
    : rows.map(({ setting }) => shortened(setting.values.map((value) => shortened(value, 16)).join(' · ')));
}

/** Labels that are no setting: what lies between the two ends of a big sweep. */
const GAP = -1;

/** A strip from p5 to p95 for every setting, its median as a bar and its p99 as a diamond with its interval. */
export function distribution(
  draw: Draw,
  view: MetricView,
  rows: readonly MetricRow[],
  result: SweepResult,
): Markup {
  const { plot } = draw;
  const { scale } = view;
  const left = view.rows.filter(({ summary }) => summary.count > 0).length - rows.length;
  const names = settingLabels(rows, result);
  const labels = new Map(rows.map(({ setting }, row) => [setting.index, names[row] ?? '']));
  const domain = [...labels.keys()];
  if (left > 0) domain.splice(rows.length / 2, 0, GAP);
  labels.set(GAP, `… ${counted(left, 'setting')} …`);
  const data = rows.map(({ setting, summary: { p5, median, p95, p99, endless, maximum } }) => ({
    at: setting.index,
    p5: onScale(p5.value, scale),
    // A quantile without an end lies beyond all that has one.
    p95: onScale(p95.value ?? (p5.value === null ? null : maximum), scale),
    median: onScale(median.value, scale),
    p99: onScale(p99.value, scale),
    low: onScale(p99.low, scale),
    // Where the sample bounds the p99 on one side alone, the line ends at the diamond.
    high: onScale(p99.high ?? p99.value, scale),
    never: endless === 0 ? '' : p99.value === null ? `never ${endless} ▸` : `never ${endless}`,
  }));
  const whole = (keys: readonly (keyof (typeof data)[number])[]) =>
    data.filter((one) => keys.every((key) => one[key] !== null));
  return draw.picture(
    {
      width: PICTURE_WIDTH,
      height: 56 + domain.length * 24,
      marginLeft: marginFor([...labels.values()]),
      marginTop: 8,
      marginBottom: 44,
      marginRight: data.some(({ never }) => never !== '') ? 84 : 24,
      x: { label: axisLabel(view), grid: true, nice: true, zero: hasZero(view) },
      y: {
        type: 'band',
        domain,
        label: null,
        tickSize: 0,
        padding: 0.35,
        tickFormat: (at: number) => labels.get(at) ?? '',
      },
      marks: [
        plot.barX(whole(['p5', 'p95']), { x1: 'p5', x2: 'p95', y: 'at', fill: 'var(--strip)', rx: 2 }),
        plot.tickX(whole(['median']), { x: 'median', y: 'at', stroke: 'var(--ink)', strokeWidth: 3 }),
        plot.ruleY(whole(['low', 'high']), {
          x1: 'low',
          x2: 'high',
          y: 'at',
          stroke: 'var(--far)',
          strokeWidth: 1.5,
        }),
        plot.dot(whole(['p99']), { x: 'p99', y: 'at', symbol: 'diamond', r: 5, fill: 'var(--far)' }),
        plot.text(
          data.filter(({ never }) => never !== ''),
          { y: 'at', text: 'never', frameAnchor: 'right', dx: 78, fill: 'var(--bad)', fontWeight: 600 },
        ),
      ],
    },
    `${view.metric.name} under ${rows.length} settings: strips from p5 to p95, medians, p99; the table below has the figures`,
  );
}

/** Strokes of curves: what tells two apart besides their numbers. */
const DASHES = ['', '7 4', '2 3', '9 3 2 3', '', '7 4', '2 3', '9 3 2 3'];
const COLOURS = ['--c1', '--c2', '--c3', '--c4'];

function stroke(index: number): string {
  return `var(${COLOURS[index % COLOURS.length]})`;
}

/** For some settings which share of runs has at most so much; a curve that ends below 100 % has runs without end. */
export function curves(draw: Draw, view: MetricView, rows: readonly MetricRow[]): Markup {
  const { plot } = draw;
  const { scale } = view;
  const series = rows.map(({ summary: { bins, count, minimum } }) => {
    let below = 0;
    const start = { x: onScale(minimum ?? bins[0]?.from ?? 0, scale), y: 0 };
    return [
      start,
      ...bins.map((bin) => {
        below += bin.count;
        return { x: onScale(bin.to, scale), y: (100 * below) / Math.max(1, count) };
      }),
    ];
  });
  const lines = series.map((points, index) =>
    plot.line(points, {
      x: 'x',
      y: 'y',
      stroke: stroke(index),
      strokeWidth: 2,
      strokeDasharray: DASHES[index] || 'none',
    }),
  );
  const numbers = series.flatMap((points, index) => {
    // Numbers of neighbours stand at different heights, so that they do not hide each other.
    const height = ((index + 1) * 100) / (series.length + 1);
    const place = points.find(({ y }) => y >= height) ?? points.at(-1);
    return [
      plot.dot([place], {
        x: 'x',
        y: 'y',
        r: 9,
        fill: 'var(--paper)',
        stroke: stroke(index),
        strokeWidth: 1.5,
      }),
      plot.text([place], {
        x: 'x',
        y: 'y',
        text: () => String(index + 1),
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
    ];
  });
  return draw.picture(
    {
      width: PICTURE_WIDTH,
      height: 320,
      marginLeft: 54,
      marginBottom: 44,
      marginTop: 30,
      marginRight: 24,
      x: { label: axisLabel(view), grid: true, zero: hasZero(view) },
      y: { label: 'share of runs [%]', grid: true, domain: [0, 100] },
      marks: [plot.ruleY([0], { stroke: 'var(--line)' }), ...lines, ...numbers],
    },
    `Share of runs with at most so much ${view.metric.name}, for ${rows.length} settings`,
  );
}

/** What each value of an axis changes against its first, with intervals; filled where the interval leaves zero out. */
export function effectPicture(
  draw: Draw,
  { metric }: MetricView,
  effects: readonly Effect[],
  result: SweepResult,
): Markup {
  const { plot } = draw;
  const scale = scaleOf(
    metric.unit,
    effects.map(({ difference }) => difference.value),
  );
  const labels = effects.map(({ axis, from, to }) =>
    shortened(`${result.axes[axis]?.label ?? ''}  ${from} → ${to}`),
  );
  const data = effects.map((effect, at) => ({
    at,
    value: onScale(effect.difference.value, scale),
    low: onScale(effect.difference.low, scale),
    high: onScale(effect.difference.high, scale),
    matters: matters(effect) === 'yes',
  }));
  const known = data.filter(({ value }) => value !== null);
  return draw.picture(
    {
      width: PICTURE_WIDTH,
      height: 56 + effects.length * 24,
      marginLeft: marginFor(labels),
      marginTop: 8,
      marginBottom: 44,
      marginRight: 24,
      x: {
        label: `change of ${metric.name}${scale.suffix === '' ? '' : ` [${scale.suffix}]`}`,
        grid: true,
        zero: true,
        nice: true,
      },
      y: {
        type: 'point',
        domain: data.map(({ at }) => at),
        label: null,
        tickSize: 0,
        tickFormat: (at: number) => labels[at] ?? '',
      },
      marks: [
        plot.ruleX([0], { stroke: 'var(--ink)', strokeWidth: 1 }),
        plot.ruleY(
          known.filter(({ low, high }) => low !== null && high !== null),
          { x1: 'low', x2: 'high', y: 'at', stroke: 'var(--c1)', strokeWidth: 2.5 },
        ),
        plot.dot(known, {
          x: 'value',
          y: 'at',
          r: 5,
          fill: ({ matters: yes }: { matters: boolean }) => (yes ? 'var(--c1)' : 'var(--paper)'),
          stroke: 'var(--c1)',
          strokeWidth: 2,
        }),
      ],
    },
    `Change of ${metric.name} by each setting, with intervals; the table below has the figures`,
  );
}
