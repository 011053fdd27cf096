/**
 * The result of a search for timers as one page: what each setting costs in false failovers and what it gains, as a picture, the Pareto
 * front as a table, and the recommendation with its evidence and what to paste. It asks for nothing from anywhere and holds no script.
 */

import type { TunedPoint, TuneResult } from '../sweep/tune/result.ts';
import { loadDraw, type Draw } from './html/draw.ts';
import { factsOf } from './html/facts.ts';
import { documentOf } from './html/document.ts';
import { html, type Content, type Markup } from './html/markup.ts';
import { BARS_STYLE } from './html/bars.ts';
import { TEXTURE_DEFINITIONS } from './html/fills.ts';
import { partsPicture } from './html/part-bars.ts';
import { BASE_STYLE } from './html/style.ts';
import { tableOf } from './html/table.ts';
import { grouped } from './table.ts';
import { advice, besideFront, estimated, rateOf } from './tune.ts';

const WIDTH = 920;
const HEIGHT = 380;
/** Lower rates are drawn here: nobody waits a million years. */
const LEAST_PER_YEAR = 1e-6;

/** Renders the page. The same result gives the same bytes. */
export async function renderTunePage(result: TuneResult): Promise<string> {
  const draw = await loadDraw();
  const { scenario, version, seeds, runs, budget, tried, refused, objectives, constraints, end } = result;
  const body = html`${TEXTURE_DEFINITIONS}
    <main>
      <p class="over">hasim tune</p>
      <h1>${scenario.name}</h1>
      ${end === 'interrupted' ? html`<p class="notice">Interrupted: this is the best so far.</p>` : null}
      ${factsOf([
        ['scenario', scenario.file || '–'],
        ['objective', objectives.map(({ text }) => text).join('; ')],
        ['subject to', constraints.map(({ text }) => text).join('; ') || 'nothing'],
        ['runs', `${grouped(runs)} of ${grouped(budget)}`],
        ['settings tried', `${grouped(tried)}${refused === 0 ? '' : `, ${grouped(refused)} refused`}`],
        ['seeds', seeds],
        ['hasim', version],
      ])}
      <h2>Recommendation</h2>
      <ul>
        ${advice(result).map((text) => html`<li>${text}</li>`)}
      </ul>
      ${commands(result)}
      <h2>What each setting gains, and what it costs</h2>
      ${picture(draw, result)} ${pointsTable(result)} ${partsOf(result)}
      <h2>Timers</h2>
      ${timersTable(result)}
    </main>`;
  return documentOf(
    { title: `${scenario.name} – hasim tune`, version, style: BASE_STYLE + BARS_STYLE },
    body,
  );
}

function commands({ recommendation }: TuneResult): Markup | null {
  if (recommendation === null || recommendation.commands.length === 0) return null;
  return html`<h3>To paste in configuration mode, then commit; HA settings are not synchronized</h3>
    ${recommendation.commands.map(
      ({ device, lines }) =>
        html`<p>${device}</p>
          <pre><code>${lines.join('\n')}</code></pre>`,
    )}`;
}

/** What a point is called, if it is more than one of many. */
function markOf({ recommendation, knee }: TuneResult, index: number, { name }: TunedPoint): string {
  const marks = [
    ...(recommendation?.point === index ? ['recommended'] : []),
    ...(knee === index ? ['knee'] : []),
    ...(name === '' ? [] : [name]),
  ];
  return marks.join(', ');
}

/** Every point by the first objective and by its false failovers; the front as a line, what is marked by a word. */
function picture(draw: Draw, result: TuneResult): Markup | null {
  const { plot } = draw;
  const [objective] = result.objectives;
  const all = result.points.flatMap((point, index) => {
    const x = point.objectives[0]?.value ?? null;
    const perYear = point.falseFailovers.perYear ?? point.falseFailovers.high;
    if (objective === undefined || x === null || perYear === null || !Number.isFinite(x)) return [];
    const scale = objective.unit === 'us' ? 1e6 : objective.unit === 'share' ? 0.01 : 1;
    const mark = markOf(result, index, point);
    const front = result.front.includes(index);
    return [{ index, x: x / scale, y: Math.max(LEAST_PER_YEAR, perYear), mark, front }];
  });
  if (objective === undefined || all.length < 2) return null;
  const unit = objective.unit === 'us' ? ' [s]' : objective.unit === 'share' ? ' [%]' : '';
  const front = all.filter((point) => point.front).toSorted((a, b) => a.x - b.x);
  const named = all.filter(({ mark }) => mark !== '');
  const advised = all.filter(({ index }) => index === result.recommendation?.point);
  const what = `${objective.text} and false failovers a year of ${all.length} settings; ${named.map(({ mark }) => mark).join(', ')}`;
  return html`<figure>
    ${draw.picture(
      {
        width: WIDTH,
        height: HEIGHT,
        marginLeft: 70,
        marginRight: 150,
        marginBottom: 44,
        x: { label: `${objective.text}${unit}`, grid: true, nice: true },
        y: { type: 'log', label: 'false failovers a year', grid: true, tickFormat: '~g' },
        marks: [
          plot.line(front, { x: 'x', y: 'y', stroke: 'var(--c1)', strokeWidth: 2 }),
          plot.dot(all, { x: 'x', y: 'y', r: 3, fill: 'var(--soft)' }),
          plot.dot(named, { x: 'x', y: 'y', r: 5, symbol: 'square', fill: 'var(--c2)' }),
          plot.dot(advised, { x: 'x', y: 'y', r: 8, symbol: 'star', fill: 'var(--far)' }),
          plot.text(named, {
            x: 'x',
            y: 'y',
            text: 'mark',
            dx: 13,
            dy: -9,
            textAnchor: 'start',
            fill: 'var(--ink)',
          }),
        ],
      },
      what,
    )}
    <figcaption>
      Farther left and farther down is better. The line is the Pareto front; squares are settings with a name,
      the star is what is recommended. A rate of which only a bound is known is drawn at the bound.
    </figcaption>
  </figure>`;
}

/** The front by its objective, then what is named for comparison. */
function pointsTable(result: TuneResult): Markup {
  const { points, front, objectives, timers } = result;
  const searched = timers.filter(({ treatment }) => treatment === 'searched');
  const rows = [...front, ...besideFront(result)].map((index): Content[] => {
    const point = points[index]!;
    const mark = markOf(result, index, point);
    return [
      front.includes(index) ? 'on the front' : 'for comparison',
      ...point.values,
      ...point.objectives.map((value, at) => estimated(value, objectives[at]!)),
      rateOf(point.falseFailovers),
      point.falseFailovers.method,
      mark === '' ? '' : html`<strong>${mark}</strong>`,
    ];
  });
  return tableOf(
    [
      { text: '' },
      ...searched.map(({ name }) => ({ text: name })),
      ...objectives.map(({ text }) => ({ text, right: true })),
      { text: 'false failovers', right: true },
      { text: 'found by' },
      { text: '' },
    ],
    rows,
  );
}

/** Bars of one picture. */
const BARS_MOST = 12;

/** What is recommended beside what is in force and PAN-OS's profiles: where their time goes. */
function partsOf(result: TuneResult): Markup | null {
  const { points, timers } = result;
  const searched = timers.filter(({ treatment }) => treatment === 'searched');
  const marked = points.flatMap((point, index) => {
    const mark = markOf(result, index, point);
    return mark === '' ? [] : [{ point, mark }];
  });
  const picture = partsPicture(
    marked.slice(0, BARS_MOST).map(({ point: { values, parts }, mark }) => ({
      label: mark,
      title: `${mark} (${searched.map(({ name }, at) => `${name} ${values[at] ?? ''}`).join(', ')})`,
      parts,
    })),
  );
  if (picture === null) return null;
  return html`<h2>Where the time goes</h2>
    <figure>
      <figcaption>
        Mean of each part of the first failover, over the runs in which the part came to its end.
      </figcaption>
      ${picture}
    </figure>`;
}

function timersTable({ timers }: TuneResult): Markup {
  return tableOf(
    [{ text: 'timer' }, { text: 'now' }, { text: 'range' }, { text: 'rule' }, { text: 'in the search' }],
    timers.map(({ name, present, range, rule, treatment }) => [name, present, range, rule, treatment]),
    { named: true },
  );
}
