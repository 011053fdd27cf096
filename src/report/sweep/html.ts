/**
 * A sweep as one page: what was run, pictures of every metric that says something, and the figures behind them. The page is a single file
 * that asks for nothing from anywhere and holds no script. The same result gives the same bytes.
 */

import type { SweepResult } from '../../sweep/result.ts';
import { counted, grouped } from '../table.ts';
import { isNeverSeen, mainMetric, settingName, viewOf, type MetricView } from './metric.ts';
import { neverSeen } from './figure.ts';
import { neverSeenMetrics } from './never.ts';
import { loadDraw } from '../html/draw.ts';
import { factsOf } from '../html/facts.ts';
import { TEXTURE_DEFINITIONS } from '../html/fills.ts';
import { documentOf } from '../html/document.ts';
import { html, type Markup } from '../html/markup.ts';
import { panel } from './page/panel.ts';
import { styleSheet } from './page/style.ts';
import { axesTable } from './page/tables.ts';

/** Metrics that are drawn; with more the page would grow beyond what opens at once. */
const PANELS_MOST = 6;
const REPLAYS_MOST = 200;

/** Renders the page. @param options.metric drawn first; the main one unless told @throws RangeError for one that the sweep does not have */
export async function renderSweepPage(
  result: SweepResult,
  options: { readonly metric?: string } = {},
): Promise<string> {
  const draw = await loadDraw();
  const drawn = drawnMetrics(result, options.metric ?? mainMetric(result));
  const left = result.metrics.filter(({ name }) => !drawn.some(({ metric }) => metric.name === name));
  const body = html`${TEXTURE_DEFINITIONS}
    <main>
      ${head(result)}
      ${drawn.map(({ metric }, at) => html`<input type="radio" name="metric" id="m${at}" ${at === 0 ? html` checked` : null} aria-label="${metric.name}" />`)}
      <nav>${drawn.map(({ metric }, at) => html`<label for="m${at}">${metric.name}</label>`)}</nav>
      ${drawn.map((view, at) => html`<section class="panel" id="panel${at}">${panel(draw, view, result)}</section> `)}
      ${notDrawn(
        result,
        left.map(({ name }) => name),
      )}
      ${failures(result)} ${again(result)} ${footer(result)}
    </main>`;
  const style = styleSheet(drawn.length);
  return documentOf({ title: `${result.scenario.name} – hasim sweep`, version: result.version, style }, body);
}

/** The metrics that tell something, the main one first. */
function drawnMetrics(result: SweepResult, main: string | null): MetricView[] {
  const views = result.metrics.map(({ name }) => viewOf(result, name));
  const first = main === null ? [] : [viewOf(result, main)];
  const others = views.filter(({ metric }) => metric.name !== main).filter(tells);
  return [...first, ...others].slice(0, PANELS_MOST);
}

/** Not the same in all runs of all settings. */
function tells(view: MetricView): boolean {
  const known = view.rows.filter(({ summary }) => summary.count > 0);
  const [first] = known;
  return (
    first !== undefined &&
    !isNeverSeen(view) &&
    known.some(
      ({ summary }) =>
        summary.endless > 0 ||
        summary.minimum !== summary.maximum ||
        summary.minimum !== first.summary.minimum,
    )
  );
}

function head(result: SweepResult): Markup {
  const { scenario, seeds, settings, runs, version, digest, sample, axes } = result;
  const facts: [string, string][] = [
    ['scenario', scenario.file || '–'],
    [
      'settings',
      sample === null ? grouped(settings.length) : `${grouped(settings.length)} points (Latin hypercube)`,
    ],
    ['seeds of each', seeds],
    ['runs', grouped(runs)],
    ['digest', digest],
    ['hasim', version],
  ];
  return html`<p class="over">hasim sweep</p>
    <h1>${scenario.name}</h1>
    ${end(result)} ${factsOf(facts)}
    ${axes.length === 0 ? html`<p class="soft">Nothing was varied but the seed.</p>` : axesTable(result)}`;
}

function end({ end, runs, planned }: SweepResult): Markup | null {
  if (end === 'complete' || (end === 'narrow' && runs === planned)) return null;
  const told = `${grouped(runs)} of ${counted(planned, 'planned run')}`;
  if (end === 'narrow') return html`<p>The intervals were narrow enough after ${told}.</p>`;
  return html`<p class="notice">
    <strong>Interrupted</strong> after ${told}: all of this page is about those.
  </p>`;
}

function notDrawn(result: SweepResult, names: readonly string[]): Markup | null {
  const never = neverSeenMetrics(result);
  const rest = names.filter((name) => !never.some((group) => group.names.includes(name)));
  if (names.length === 0) return null;
  return html`<h2>Not drawn</h2>
    <ul>
      ${never.map(({ runs, names: seen }) => html`<li>${seen.join(', ')}: ${neverSeen(runs)} of all runs (95% confidence), over all settings.</li>`)}${
        rest.length === 0
          ? null
          : html`<li>
              ${rest.join(', ')}: alike in all runs, in none, or beyond the first ${PANELS_MOST} metrics.
              --metric NAME draws one first.
            </li>`
      }
    </ul>`;
}

function failures({ failures: some, failed, runs }: SweepResult): Markup | null {
  if (failed === 0) return null;
  const more = failed - some.length;
  return html`<h2>Runs that could not be carried out</h2>
    <p class="notice">${grouped(failed)} of ${counted(runs, 'run')}.</p>
    <ul>
      ${some.map(
        ({ kind, message, replay }) =>
          html`<li>
            <strong>${kind}</strong>: ${message}
            <pre><code>${replay}</code></pre>
          </li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="soft">… and ${grouped(more)} more.</p>` : null}`;
}

function again(result: SweepResult): Markup | null {
  const { settings } = result;
  if (settings.length === 0) return null;
  const left = settings.length - REPLAYS_MOST;
  return html`<h2>Run one again</h2>
    <p>With a seed in the place of N, each line repeats one run exactly, event by event.</p>
    <details>
      <summary>Command lines</summary>
      ${settings.slice(0, REPLAYS_MOST).map(
        ({ values, replay }) =>
          html`<p>${settingName(result, values)}</p>
            <pre><code>${replay}</code></pre>`,
      )}${left > 0 ? html`<p class="soft">… and ${counted(left, 'more setting')}.</p>` : null}
    </details>`;
}

function footer({ settings }: SweepResult): Markup {
  const confidence = settings[0]?.metrics[0]?.median.confidence ?? 0.95;
  return html`<footer>
    <p>${NOTES(Math.round(confidence * 100))}</p>
  </footer>`;
}

const NOTES = (percent: number): string =>
  [
    `An interval is where the true value lies with ${percent}% confidence, were every seed run; of twenty such intervals one may miss.`,
    'Those of quantiles assume nothing of the shape of a distribution, those of shares are Clopper–Pearson; those of means and differences want a few dozen runs.',
    'A run without end counts as longer than any other.',
    'Where none of n runs had something, at most 3/n of all have it.',
    'Differences are taken between runs of the same seed.',
  ].join(' ');
