/** A comparison as a section of a page: one sentence, both bars of each failover on one axis, and tables of everything that differs. */

import { formatDuration } from '../../kernel/time.ts';
import type { RunResult } from '../../run/result.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { behind, tableOf } from '../html/table.ts';
import { partsPicture, type PartedBar } from '../html/part-bars.ts';
import { drawnParts } from '../page/time.ts';
import { counted, grouped } from '../table.ts';
import type { Comparison, FailoverPair, MovedRow } from './comparison.ts';
import { sentence } from './sentence.ts';
import { figure, noteOf, signed, signedClock } from './text.ts';

const MOST_DRAWN = 10;
const MOST_MOVED = 500;

/** Everything that differs between two runs. */
export function comparisonSection(
  comparison: Comparison,
  results: readonly [a: RunResult, b: RunResult],
): Markup {
  const { failovers } = comparison;
  return html`<section id="compared" aria-label="What moved">
    <h1>
      ${results[0].scenario.name}${results[1].scenario.name === results[0].scenario.name ? null : html` and ${results[1].scenario.name}`}
    </h1>
    <p class="notice"><strong>${sentence(comparison)}</strong></p>
    ${settings(comparison)} ${failovers.slice(0, MOST_DRAWN).map((pair) => failover(pair, results))}
    ${figures(comparison)} ${moved(comparison)} ${verdicts(comparison)}
  </section>`;
}

function settings({ settings: list }: Comparison): Markup {
  if (list.length === 0) return html`<p class="soft">All settings are alike.</p>`;
  return html`<h2>Settings that differ</h2>
    ${tableOf(
      [
        { text: 'setting', wrap: true },
        { text: 'A', wrap: true },
        { text: 'B', wrap: true },
      ],
      list.map(({ path, a, b }) => [html`<code>${path}</code>`, a ?? '–', b ?? '–']),
    )}`;
}

function failover(pair: FailoverPair, results: readonly [RunResult, RunResult]): Markup {
  const { ordinal, a, b, aTotalUs, bTotalUs, parts } = pair;
  const title = a === b ? `${ordinal}. ${a ?? ''}` : `${ordinal}. ${a ?? 'none'} | ${b ?? 'none'}`;
  const drawn = results.flatMap(({ failovers }, index): PartedBar[] => {
    const own = failovers[ordinal - 1];
    const label = index === 0 ? 'A' : 'B';
    const took = index === 0 ? total(aTotalUs, a) : total(bTotalUs, b);
    return own === undefined ? [] : [{ label, title: `${label} ${took}`, parts: drawnParts(own.parts) }];
  });
  const used = parts.filter(({ aUs, bUs }) => aUs !== 0 || bUs !== 0);
  return html`<h2>${title}</h2>
    <figure>${partsPicture(drawn)}</figure>
    ${tableOf(
      [
        { text: 'part' },
        ...['A', 'B', 'change'].map((text) => ({ text, right: true })),
        { text: 'set by', wrap: true },
      ],
      [
        ...used.map(({ part, aUs, bUs, aSetBy, bSetBy }): Content[] => [
          part,
          a === null ? '–' : time(aUs),
          b === null ? '–' : time(bUs),
          change(aUs, bUs),
          noteOf(aSetBy, bSetBy),
        ]),
        ['total', total(aTotalUs, a), total(bTotalUs, b), change(aTotalUs, bTotalUs), ''],
      ],
      { named: true },
    )}`;
}

function total(us: number | null, name: string | null): string {
  return name === null ? '–' : time(us);
}

function time(us: number | null): string {
  return us === null ? 'never' : formatDuration(us);
}

function change(aUs: number | null, bUs: number | null): Content {
  if (aUs === null || bUs === null || aUs === bUs) return '';
  return html`<span class="${bUs < aUs ? 'good' : 'bad'}">${signed(bUs - aUs)}</span>`;
}

function figures({ figures: list }: Comparison): Markup | null {
  if (list.length === 0) return null;
  return html`<h2>What it cost</h2>
    ${tableOf(
      [{ text: '' }, { text: 'A', right: true }, { text: 'B', right: true }],
      list.map(({ name, unit, a, b }) => [name, figure(a, unit), figure(b, unit)]),
      { named: true },
    )}`;
}

/** Each row leads to its record, in B where A has none. */
function moved({ moved: list, alike, leftOut, identical }: Comparison): Markup | null {
  if (identical) return null;
  const shown = list.slice(0, MOST_MOVED);
  const left = list.length - shown.length;
  const table = tableOf(
    [
      ...['A', 'B', 'change'].map((text) => ({ text, right: true })),
      { text: 'who' },
      { text: 'what', wrap: true },
    ],
    shown.map(({ aUs, bUs, subject, text }) => [
      aUs === null ? '–' : `${signedClock(aUs)} s`,
      bUs === null ? '–' : `${signedClock(bUs)} s`,
      aUs === null ? 'only B' : bUs === null ? 'only A' : signed(bUs - aUs),
      subject,
      text,
    ]),
    { row: (index) => rowOf(shown[index]) },
  );
  const note = `Times since the fault of each. ${counted(alike, 'row')} of the timelines stand alike${leftOut > 0 ? `; ${grouped(leftOut)} behind the first were not compared` : ''}.`;
  return html`<h2>What moved</h2>
    <p class="soft">${note}</p>
    ${behind(counted(list.length, 'row that moved', 'rows that moved'), html`${table}${left > 0 ? html`<p class="soft">… and ${grouped(left)} more</p>` : null}`)}`;
}

function rowOf(row: MovedRow | undefined): Content {
  if (row === undefined) return null;
  const [run, record] = row.aRecord !== 0 ? [0, row.aRecord] : [1, row.bRecord];
  return html` data-record="${record}" data-run="${run}" tabindex="0"`;
}

function verdicts({ verdicts: list }: Comparison): Markup | null {
  if (list.length === 0) return null;
  return html`<h2>Expectations that came out differently</h2>
    ${tableOf(
      [{ text: 'expectation', wrap: true }, { text: 'A' }, { text: 'B' }],
      list.map(({ name, a, b }) => [name, a, b]),
    )}`;
}
