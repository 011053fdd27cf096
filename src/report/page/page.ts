/**
 * A run as one page, or two runs that are compared: a single file that asks for nothing from anywhere. All that it says stands in it as
 * text and tables; the viewer, the only script, draws the lanes and answers clicks. The same result gives the same bytes.
 */

import { documentOf } from '../html/document.ts';
import { TEXTURE_DEFINITIONS } from '../html/fills.ts';
import { html, Markup, type Content } from '../html/markup.ts';
import { formatDuration } from '../../kernel/time.ts';
import { replayCommand } from '../text.ts';
import { topologyFigure } from '../topology/svg.ts';
import { labelOf, type Placed } from './about.ts';
import { availabilitySection } from './availability.ts';
import { cloudSection } from './cloud.ts';
import { expectationsSection } from './expectations.ts';
import { head } from './head.ts';
import { lossesSection } from './losses.ts';
import type { PageRun, ViewerAssets } from './run.ts';
import { assumptionsSection, settingsSection } from './settings.ts';
import { PAGE_STYLE } from './style.ts';
import { timeSection } from './time.ts';
import { timelineTable } from './timeline.ts';
import type { PageView } from './view.ts';

/** Beside the style there is the viewer's script, and nothing that it could send anything to. */
const SCRIPT_POLICY = "; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: (run: Placed) => Content;
  /** Left out of a page on which nobody has it; else it is always there. */
  readonly has?: (run: Placed) => boolean;
}

const SECTIONS: readonly Section[] = [
  { id: 'time', title: 'Where the time went', content: timeSection },
  { id: 'lost', title: 'What was lost', content: lossesSection },
  { id: 'availability', title: 'Availability', content: availabilitySection },
  {
    id: 'cloud',
    title: 'Data path and API',
    content: cloudSection,
    has: ({ result }) => result.cloud !== null,
  },
  { id: 'expected', title: 'Expectations', content: expectationsSection },
  { id: 'settings', title: 'Settings', content: settingsSection },
  { id: 'assumptions', title: 'Assumptions', content: assumptionsSection },
];

/** What a page has beside its runs. */
export interface PageExtras {
  /** How two runs differ, in front of everything else. */
  readonly extra?: Markup;
}

/** Renders a page. @param view what the viewer draws of the same runs */
export function renderPage(
  runs: readonly PageRun[],
  viewer: ViewerAssets,
  view: PageView,
  { extra }: PageExtras = {},
): string {
  const placed = runs.map((run, number): Placed => ({ ...run, number }));
  const sections = SECTIONS.filter(({ has }) => has === undefined || placed.some(has));
  const title = runs.map(({ result }) => result.scenario.name).join(' and ');
  const version = runs[0]?.result.version ?? '';
  const style = PAGE_STYLE + viewer.style;
  const body = html`<a class="skip" href="#lanes">To the lanes</a>
    ${TEXTURE_DEFINITIONS}
    <main>
      <header>
        <p class="over">hasim ${runs.length > 1 ? 'compare' : 'report'}</p>
        ${extra ?? placed.map(head)} ${contents(sections, extra !== undefined)}
      </header>
      ${lanes(placed, view)}
      ${extra === undefined ? null : placed.map((run) => html`<section class="panel-run">${head(run)}</section>`)}
      ${sections.map((section) => sectionOf(section, placed))}
    </main>
    ${footer(placed)}
    <script type="application/json" id="hasim-view">
      ${Markup.trusted(inScript(JSON.stringify(view)))}
    </script>
    <script>
      ${Markup.trusted(viewer.script.replace(/<(?=\/script|!--)/gi, '\\x3c'))};
    </script>`;
  return documentOf({ title: `${title} – hasim`, version, style, policy: SCRIPT_POLICY }, body);
}

/** In a script element only a tag's beginning ends the text. */
function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function contents(sections: readonly Section[], compares: boolean): Markup {
  const entries = [{ id: 'lanes', title: 'Lanes' }, ...sections];
  return html`<nav class="contents" aria-label="Contents">
    ${compares ? html`<a href="#compared">What moved</a>` : null}
    ${entries.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}
  </nav>`;
}

/** The lanes, which the viewer draws; and what they show as a table, for who has no script or would rather read. */
function lanes(runs: readonly Placed[], view: PageView): Markup {
  return html`<section id="lanes" aria-labelledby="lanes-title">
    <h2 id="lanes-title">What happened, and why</h2>
    <div id="hasim-viewer">
      <p class="soft">The lanes are drawn by a script; without it the tables below say the same.</p>
      ${view.runs.map(({ label, lanes: { focusUs }, topology }) =>
        topologyFigure(
          topology,
          focusUs,
          `${label === '' ? '' : `${label}: `}as it stands at ${formatDuration(focusUs)}`,
        ),
      )}
    </div>
    ${runs.map(timelineTable)}
  </section>`;
}

function sectionOf({ id, title, content }: Section, runs: readonly Placed[]): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${runs.map((run) => html`${run.label === '' ? null : html`<h3>${labelOf(run)}${run.result.scenario.name}</h3>`}${content(run)}`)}
  </section>`;
}

function footer(runs: readonly Placed[]): Markup {
  return html`<footer>
    ${runs.map((run) => {
      const { version, digests, scenario, seed } = run.result;
      const replay = run.replay === '' ? replayCommand(scenario.file, seed) : run.replay;
      return html`<p>
        ${labelOf(run)}hasim ${version}, digest
        ${digests.protocol}${digests.full === null ? '' : `, full ${digests.full}`}. The same scenario and
        seed give the same run: <code>${replay}</code>. Why anything happened:
        <code>${replay.replace(/^hasim run /, 'hasim explain ')} --event N</code>
      </p>`;
    })}
  </footer>`;
}
