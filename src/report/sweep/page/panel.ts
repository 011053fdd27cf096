/**
 * All that the page says of one metric: distribution, curves, map, effects, and the figures behind each.
 */

import type { SweepResult } from '../../../sweep/result.ts';
import { counted } from '../../table.ts';
import { basisNote, effectsOf, restNote } from '../effects.ts';
import { neverSeen } from '../figure.ts';
import { isNeverSeen, ranked, settingName, type MetricRow, type MetricView } from '../metric.ts';
import type { Draw } from '../../html/draw.ts';
import { heatMap, mapAxes } from './heat.ts';
import { html, type Markup } from '../../html/markup.ts';
import { partsSection } from './parts.ts';
import { response, responseAxis } from './response.ts';
import { curves, distribution, effectPicture, namesFit } from './pictures.ts';
import { effectsTable, settingsTable } from './tables.ts';

/** Settings of one picture of strips. */
const STRIPS_MOST = 40;
/** Curves of one picture. */
const CURVES_MOST = 8;
/** Effects of one picture. */
const EFFECTS_MOST = 40;

/** The panel of a metric. */
export function panel(draw: Draw, view: MetricView, result: SweepResult): Markup {
  const { metric, rows } = view;
  const known = rows.filter(({ summary }) => summary.count > 0);
  const head = html`<h2>${metric.name}</h2>
    <p class="soft">${metric.what}.</p>`;
  if (known.length === 0)
    return html`${head}
      <p>No run had one.</p>`;
  if (isNeverSeen(view)) {
    const runs = known.reduce((sum, { summary }) => sum + summary.count, 0);
    return html`${head}
      <p>Seen in ${neverSeen(runs)} of all runs, with 95% confidence.</p>`;
  }
  return html`${head}${strips(draw, view, known, result)}${line(draw, view, result)}${metric.name === 'failover' ? partsSection(result) : null}${shares(draw, view, known, result)}${maps(draw, view, result)}${effects(draw, view, result)}`;
}

function strips(draw: Draw, view: MetricView, known: readonly MetricRow[], result: SweepResult): Markup {
  const shown = known.length <= STRIPS_MOST ? known : ends(known, STRIPS_MOST);
  const left = known.length - shown.length;
  const cut =
    left > 0
      ? ` The ${STRIPS_MOST / 2} settings with the least p99 and the ${STRIPS_MOST / 2} with the most; ${counted(left, 'setting')} between them are not drawn.`
      : '';
  const named = namesFit(shown, result)
    ? ''
    : ` Values in the order of ${result.axes.map(({ label }) => label).join(' · ')}.`;
  return html`<h3>Under every setting</h3>
    <figure>
      <figcaption>
        Strip: nine of ten runs, from p5 to p95. Bar: the median. Diamond: the p99, with the interval in which
        the true one lies.${named}${cut}
      </figcaption>
      ${distribution(draw, view, shown, result)}
    </figure>
    <details>
      <summary>The figures</summary>
      ${settingsTable(view, result)}
    </details>`;
}

function line(draw: Draw, view: MetricView, result: SweepResult): Markup | null {
  const axis = responseAxis(result);
  if (axis === null) return null;
  return html`<h3>Along ${result.axes[axis]?.label ?? ''}</h3>
    <figure>
      <figcaption>
        Line with circles: the median. Dashed, with diamonds: the p99. Upright strokes: the intervals in which
        the true ones lie. Strip: nine of ten runs.
      </figcaption>
      ${response(draw, view, result, axis)}
    </figure>`;
}

/** As many from either end of the ranking. */
function ends(rows: readonly MetricRow[], most: number): MetricRow[] {
  const order = ranked(rows);
  return [...order.slice(0, most / 2), ...order.slice(-most / 2)];
}

function shares(
  draw: Draw,
  view: MetricView,
  known: readonly MetricRow[],
  result: SweepResult,
): Markup | null {
  const drawable = known.filter(({ summary }) => summary.bins.length > 1);
  if (drawable.length === 0) return null;
  const shown = drawable.length <= CURVES_MOST ? drawable : evenly(ranked(drawable), CURVES_MOST);
  const cut =
    shown.length < drawable.length
      ? ` ${CURVES_MOST} of ${counted(drawable.length, 'setting')}, evenly from the least p99 to the most.`
      : '';
  const endless = shown.some(({ summary }) => summary.endless > 0)
    ? ' A curve that stops below 100% has runs without end.'
    : '';
  return html`<h3>Share of runs with at most so much</h3>
    <figure>
      <figcaption>
        The farther left and the steeper a curve, the less and the surer.${cut}${endless}
      </figcaption>
      ${curves(draw, view, shown)}
      <ol class="numbers">
        ${shown.map(({ setting }) => html`<li>${settingName(result, setting.values)}</li>`)}
      </ol>
    </figure>`;
}

function evenly<Item>(items: readonly Item[], most: number): Item[] {
  return Array.from(
    { length: most },
    (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))] as Item,
  );
}

function maps(draw: Draw, view: MetricView, result: SweepResult): Markup | null {
  const pair = mapAxes(result);
  if (pair === null) return null;
  const [x = '', y = ''] = pair.map((axis) => result.axes[axis]?.label ?? '');
  const others = result.axes.filter(({ values }) => values.length > 1).length > 2;
  const how =
    result.sample !== null
      ? 'A point for every setting, larger and darker for more.'
      : others
        ? 'Darker is more. A cell is the mean of the medians, or the most of the p99, over the settings of the other axes.'
        : 'Darker is more.';
  const unit = view.scale.suffix === '' ? '' : ` [${view.scale.suffix}]`;
  return html`<h3>${x} and ${y}</h3>
    <figure>
      <figcaption>${how} The table above has every figure.</figcaption>
      <div class="pair">
        ${(['median', 'p99'] as const).map(
          (statistic) =>
            html`<div>
              <h4>${statistic} of ${view.metric.name}${unit}</h4>
              ${heatMap(draw, view, statistic, result, pair)}
            </div>`,
        )}
      </div>
    </figure>`;
}

function effects(draw: Draw, view: MetricView, result: SweepResult): Markup | null {
  const all = effectsOf(result, view.metric.name);
  const known = all.filter(({ difference }) => difference.value !== null);
  if (known.length === 0) return null;
  const shown = known.slice(0, EFFECTS_MOST);
  const cut =
    shown.length < known.length ? ` The first ${EFFECTS_MOST} of ${counted(known.length, 'change')}.` : '';
  return html`<h3>What each setting changes</h3>
    <figure>
      <figcaption>
        ${basisNote(shown)}. Filled: the interval leaves zero out, so it matters. Hollow: it may be
        luck.${restNote(shown)}${cut}
      </figcaption>
      ${effectPicture(draw, view, shown, result)}
    </figure>
    <details>
      <summary>The figures</summary>
      ${effectsTable(all.slice(0, 200), view, result)}
    </details>`;
}
