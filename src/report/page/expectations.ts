/** What was expected, what was measured, when, and the records that led there. */

import { formatClock } from '../../kernel/time.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { tableOf } from '../html/table.ts';
import { recordLink, toRecord, type Placed } from './about.ts';

/** Causes that are named behind a verdict; the first is the effect, the last the fault. */
const MOST_CAUSES = 8;

/** All expectations with their verdicts. */
export function expectationsSection(run: Placed): Markup {
  const { verdicts, unjudged } = run.result;
  if (verdicts.length + unjudged.length === 0)
    return html`<p class="soft">Nothing was expected of this run.</p>`;
  const rows = verdicts.map(({ passed, name, expected, measured, atUs, causes }): Content[] => [
    passed ? html`<span class="good">✓ met</span>` : html`<span class="bad">✗ not met</span>`,
    name,
    expected,
    measured,
    atUs === null ? '' : `${formatClock(atUs, 0)} s`,
    chain(run, causes),
  ]);
  const left = unjudged.map(({ name }): Content[] => [
    '– not judged',
    name,
    'about runs with many seeds: hasim test --seeds 1..300',
    '',
    '',
    '',
  ]);
  return tableOf(
    [
      { text: 'verdict' },
      { text: 'expectation', wrap: true },
      { text: 'expected', wrap: true },
      { text: 'measured', wrap: true },
      { text: 'at', right: true },
      { text: 'because of' },
    ],
    [...rows, ...left],
    { row: (index) => toRecord(run, verdicts[index]?.causes[0] ?? 0) },
  );
}

function chain(run: Placed, causes: readonly number[]): Content {
  const shown = causes
    .slice(0, MOST_CAUSES)
    .map((id, index) => html`${index === 0 ? '' : ' ← '}${recordLink(run, id)}`);
  return [...shown, causes.length > MOST_CAUSES ? ' ← …' : ''];
}
