/**
 * The figures behind the pictures, as tables: of a big sweep the settings at either end, and how many are left out.
 */

import type { Effect, SweepResult } from '../../../sweep/result.ts';
import { counted, grouped } from '../../table.ts';
import { verdictOf } from '../effects.ts';
import { estimate, neverSeenShort, number, scaleOf, share, type Missing } from '../figure.ts';
import { nothing, ranked, type MetricRow, type MetricView } from '../metric.ts';
import { html, type Content, type Markup } from '../../html/markup.ts';
import { tableOf, type Head } from '../../html/table.ts';

/** Rows of one table. */
const ROWS_MOST = 200;

/** What was varied. */
export function axesTable({ axes }: SweepResult): Markup | null {
  if (axes.length === 0) return null;
  return tableOf(
    [
      { text: 'setting', wrap: true },
      { text: 'its values', wrap: true },
    ],
    axes.map(({ path, values }) => {
      const shown = values.slice(0, 24).join(', ');
      const more =
        values.length > 24 ? ` … (${grouped(values.length)} values, the last ${values.at(-1)})` : '';
      return [html`<code>${path}</code>`, shown + more];
    }),
  );
}

function missing({ summary }: MetricRow): Missing {
  return summary.endless > 0 ? 'never' : '–';
}

/** One metric under every setting. */
export function settingsTable(view: MetricView, { axes }: SweepResult): Markup {
  const { rows, scale, metric } = view;
  const order = rows.length <= ROWS_MOST ? rows : ranked(rows);
  const half = ROWS_MOST / 2;
  const shown = rows.length <= ROWS_MOST ? order : [...order.slice(0, half), ...order.slice(-half)];
  const left = rows.length - shown.length;
  const endless = rows.some(({ summary }) => summary.endless > 0);
  const heads: Head[] = [
    ...axes.map(({ label }) => ({ text: label })),
    ...['runs', 'mean', 'p5', 'median', 'p95', 'p99', 'least', 'most'].map((text) => ({ text, right: true })),
    ...(endless ? [{ text: 'never', right: true }] : []),
    { text: 'passed', right: true },
  ];
  const cells = (row: MetricRow): Content[] => {
    const { summary, setting } = row;
    const none = nothing(summary) && metric.unit !== 'percent';
    const figures = none
      ? [neverSeenShort(summary.count), '', '', '', '', '', '']
      : [
          estimate(summary.mean, scale, missing(row)),
          ...(['p5', 'median', 'p95', 'p99'] as const).map((name) =>
            estimate(summary[name], scale, missing(row)),
          ),
          ...[summary.minimum, summary.maximum].map((value) =>
            value === null ? missing(row) : number(value, scale, scale.divisor > 1 ? 3 : 0) + scale.suffix,
          ),
        ];
    const runs =
      summary.count === setting.runs
        ? grouped(setting.runs)
        : `${grouped(summary.count)} of ${grouped(setting.runs)}`;
    return [
      ...axes.map((_, axis) => setting.values[axis] ?? ''),
      runs,
      ...figures,
      ...(endless ? [summary.endless === 0 ? '' : grouped(summary.endless)] : []),
      setting.passed === null ? '–' : share(setting.passed),
    ];
  };
  const note = html`<p class="soft">
    The ${half} settings with the least p99 and the ${half} with the most; ${counted(left, 'setting')} between
    them are left out (--out FILE.csv has every run).
  </p>`;
  return html`${left > 0 ? note : null}${tableOf(heads, shown.map(cells))}`;
}

/** What each axis changes. */
export function effectsTable(
  effects: readonly Effect[],
  { metric }: MetricView,
  { axes }: SweepResult,
): Markup {
  const scale = scaleOf(
    metric.unit,
    effects.map(({ difference }) => difference.value),
  );
  return tableOf(
    [
      { text: 'setting' },
      { text: 'from' },
      { text: 'to' },
      { text: `change of ${metric.name}`, right: true },
      { text: '' },
    ],
    effects.map((effect) => [
      axes[effect.axis]?.label ?? '',
      effect.from,
      effect.to,
      estimate(effect.difference, scale, '–', true),
      verdictOf(effect),
    ]),
  );
}
