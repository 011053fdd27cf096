/** The timeline as a table: what the lanes show, for who reads instead of looking. */

import { formatClock } from '../../kernel/time.ts';
import { html, type Markup } from '../html/markup.ts';
import { behind, tableOf } from '../html/table.ts';
import { timelineRows } from '../rows.ts';
import { counted } from '../table.ts';
import { cut, labelOf, recordLink, toRecord, type Placed } from './about.ts';

const MOST_ROWS = 2_000;

/** The rows of one run, to be opened. */
export function timelineTable(run: Placed): Markup {
  const { result } = run;
  if (result.traceLevel === 'off') return html`<p class="soft">The trace is off: there is no timeline.</p>`;
  const rows = timelineRows(result.records, result.devices);
  const { shown, note } = cut(rows, MOST_ROWS, 'row');
  const table = tableOf(
    [
      { text: '#', right: true },
      { text: 'time', right: true },
      { text: 'who' },
      { text: 'what', wrap: true },
      { text: 'because of', right: true },
    ],
    shown.map(({ id, timeUs, subject, text, cause }) => [
      recordLink(run, id),
      `${formatClock(timeUs, 0)} s`,
      subject,
      text,
      cause === 0 ? '' : recordLink(run, cause),
    ]),
    { row: (index) => toRecord(run, shown[index]?.id ?? 0) },
  );
  return behind(
    `${labelOf(run)}The timeline as a table, ${counted(rows.length, 'row')}`,
    html`${table}${note}`,
  );
}
