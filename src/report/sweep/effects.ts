/**
 * What each axis changes: the mean of the differences between runs that differ in nothing else, not even in their luck, or the rise of a
 * straight line through the points of a Latin hypercube. A change whose interval holds zero may be luck, and is said to be that.
 */

import type { Effect, SweepResult } from '../../sweep/result.ts';
import type { Styler } from '../style.ts';
import { counted, labelled, printable, table, widthOf, type Cell } from '../table.ts';
import { estimate, scaleOf } from './figure.ts';
import type { MetricView } from './metric.ts';

/** Values of one axis that are shown. */
const VALUES_MOST = 10;

/** `yes`: the interval leaves zero out; `luck`: it does not; `unknown`: the sample bounds no interval. */
export type Matters = 'yes' | 'luck' | 'unknown';

export function matters({ difference: { value, low, high } }: Pick<Effect, 'difference'>): Matters {
  if (value === null || low === null || high === null) return 'unknown';
  return low > 0 || high < 0 ? 'yes' : 'luck';
}

/** The verdict in words, and how many pairs or points it knows nothing of. */
export function verdictOf(effect: Effect): string {
  const { leftOut, basis } = effect;
  const rest = leftOut === 0 ? '' : `; ${counted(leftOut, basis === 'pairs' ? 'pair' : 'point')} left out`;
  return `${MATTERS[matters(effect)]}${rest}`;
}

const MATTERS: Readonly<Record<Matters, string>> = {
  yes: 'matters',
  luck: 'no difference shown',
  unknown: 'too few runs to say',
};

/** Effects on one metric, axis by axis. */
export function effectsOf({ effects }: SweepResult, metric: string): Effect[] {
  return effects.filter((effect) => effect.metric === metric).toSorted((a, b) => a.axis - b.axis);
}

/** The effects as lines; none without an axis. */
export function effectLines(
  result: SweepResult,
  { metric }: MetricView,
  style: Styler,
  width: number,
): string[] {
  const effects = effectsOf(result, metric.name);
  if (effects.length === 0) return [];
  const scale = scaleOf(
    metric.unit,
    effects.map(({ difference }) => difference.value),
  );
  const rows = result.axes.flatMap(({ label }, axis) => {
    const own = effects.filter((effect) => effect.axis === axis);
    const left = own.length - VALUES_MOST;
    return [
      ...own.slice(0, VALUES_MOST).map((effect, index): Cell[] => {
        return [
          { text: index === 0 ? shortened(label, 30) : '' },
          { text: `${shortened(effect.from, 12)} → ${shortened(effect.to, 12)}` },
          { text: estimate(effect.difference, scale, '–', true) },
          { text: verdictOf(effect), style: matters(effect) === 'yes' ? style.bold : style.dim },
        ];
      }),
      ...(left > 0 ? [[{ text: '' }, { text: `… ${left} more` }]] : []),
    ];
  });
  const title = `What each setting changes of ${printable(metric.name)}`;
  const how = `${basisNote(effects)}; in brackets where the true one lies. An interval that holds 0 shows no difference.${restNote(effects)}`;
  const plain = table(
    rows.map((row) => row.map(({ text }) => ({ text }))),
    { indent: 2 },
  );
  const fits = plain.every((line) => widthOf(line) <= width);
  return [
    style.bold(title),
    ...(fits ? table(rows, { indent: 2 }) : rows.flatMap((row) => stacked(row, width))),
    ...labelled('  ', how, width).map(style.dim),
  ];
}

/** What the figures are. */
export function basisNote(effects: readonly Effect[]): string {
  return effects[0]?.basis === 'line'
    ? 'Rise of a straight line through the points, from the lowest value to the highest, all else held'
    : 'Mean difference between runs alike in all else, their luck included';
}

/** How well lines fit, and what it means that something was left out; nothing where there is nothing to say. */
export function restNote(effects: readonly Effect[]): string {
  const line = effects[0]?.basis === 'line';
  const explained = effects[0]?.explained ?? null;
  const fit =
    explained === null
      ? ''
      : ` Lines explain ${(100 * explained).toFixed(0)} % of what the points differ by; the rest is luck, bends, and settings that act together.`;
  if (effects.every(({ leftOut }) => leftOut === 0)) return fit;
  const what = line
    ? 'points without a value, or with a run without end'
    : 'pairs in which one of the two had no value, or one without end';
  return `${fit} Left out: ${what}; the columns above count those.`;
}

/** A row that is wider than the terminal: the axis on a line of its own, what it changes below. */
function stacked([axis, ...rest]: readonly Cell[], width: number): string[] {
  const label = axis?.text ?? '';
  const facts = rest.map(({ text }) => text).join('  ');
  return [...(label === '' ? [] : [`  ${label}`]), ...labelled('    ', facts, width)];
}

function shortened(text: string, most: number): string {
  const points = Array.from(printable(text));
  return points.length <= most ? points.join('') : `${points.slice(0, most - 1).join('')}…`;
}
