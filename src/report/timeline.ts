/**
 * The timeline: one row for each thing that happened, a fixed column for each firewall, and down each column a line that
 * shows the firewall's role at every moment. What was done to the pair from outside runs across both columns.
 *
 * The number of a row is what `hasim explain --event` takes; on the right stands the row it follows from.
 */

import { formatClock } from '../kernel/time.ts';
import type { RunResult } from '../run/result.ts';
import { timelineRows, type Row } from './rows.ts';
import type { Styler } from './style.ts';
import { counted, padEnd, padStart, widthOf, wrap } from './table.ts';
import { actWord, lane, toneOf } from './tones.ts';

interface Layout {
  readonly devices: readonly string[];
  readonly idWidth: number;
  readonly clockWidth: number;
  readonly cellWidth: number;
  readonly width: number;
}

/**
 * The timeline as lines.
 *
 * @param limit most rows that are shown
 */
export function timelineLines(result: RunResult, style: Styler, width: number, limit = 2_000): string[] {
  if (result.traceLevel === 'off') return [style.bold('Timeline'), '  not kept: the trace is off'];
  const all = timelineRows(result.records, result.devices);
  const rows = all.slice(0, limit);
  const layout = layOut(result, rows, width);
  const roles = new Map<string, string>();
  const lines: string[] = [];
  let shownUs = -1;
  for (const row of rows) {
    if (isAct(row)) {
      lines.push(separator(layout, roles, style), actLine(row, layout, style));
      shownUs = row.timeUs;
      continue;
    }
    follow(row, roles);
    lines.push(...cellLines(row, layout, roles, row.timeUs !== shownUs, style));
    shownUs = row.timeUs;
  }
  const left = all.length - rows.length;
  if (left > 0) lines.push(`  … and ${counted(left, 'more row')}; --json holds them all`);
  return [...heading(layout, rows, style), ...lines];
}

function layOut(result: RunResult, rows: readonly Row[], width: number): Layout {
  const last = rows[rows.length - 1];
  const idWidth = widthOf(`#${last?.id ?? 1}`);
  const clockWidth = Math.max(6, widthOf(formatClock(last?.timeUs ?? 0, 0)));
  const causeWidth = idWidth + 2;
  const devices = result.devices.map(({ name }) => name);
  const fixed = idWidth + 2 + clockWidth + 2 + causeWidth;
  const cellWidth = Math.floor((width - fixed) / Math.max(1, devices.length)) - 2;
  return { devices, idWidth, clockWidth, cellWidth: Math.max(24, cellWidth), width };
}

function heading(layout: Layout, rows: readonly Row[], style: Styler): string[] {
  const { devices, idWidth, clockWidth, cellWidth } = layout;
  const known = new Set(
    rows.filter(({ kind }) => kind === 'role').map(({ record }) => String(record.data['to'])),
  );
  const legend = [...known].map((role) => `${lane(role, style)} ${role}`).join('   ');
  const names = devices.map((name) => `${padEnd(name, cellWidth)}  `).join('');
  const head = `${' '.repeat(idWidth + 2)}${padStart('time/s', clockWidth)}  ${names}cause`;
  return [`${style.bold('Timeline')}   ${legend}`, '', style.bold(head)];
}

function follow({ kind, subject, record }: Row, roles: Map<string, string>): void {
  if (kind === 'role') roles.set(subject, String(record.data['to']));
  if (kind === 'power') roles.delete(subject);
}

/** Spaces under the number and time columns, and the lanes of both firewalls. */
function separator(layout: Layout, roles: ReadonlyMap<string, string>, style: Styler): string {
  const { devices, idWidth, clockWidth, cellWidth } = layout;
  const lanes = devices.map((name) => lane(roles.get(name), style) + ' '.repeat(cellWidth + 1)).join('');
  return `${' '.repeat(idWidth + clockWidth + 4)}${lanes}`.trimEnd();
}

// --- from outside ----------------------------------------------------------------------------------------------------

function isAct({ kind }: Row): boolean {
  return kind === 'fault' || kind === 'operator';
}

function actLine(row: Row, layout: Layout, style: Styler): string {
  const { idWidth, clockWidth, width } = layout;
  const [word, tone] = actWord(row, style);
  const head = `${padStart(`#${row.id}`, idWidth)}  ${padStart(formatClock(row.timeUs, 0), clockWidth)}  `;
  const text = `${word}  ${row.text} `;
  return head + style.bold(tone(text + '━'.repeat(Math.max(0, width - widthOf(head + text)))));
}

// --- in the column of a firewall -------------------------------------------------------------------------------------

function cellLines(
  row: Row,
  layout: Layout,
  roles: ReadonlyMap<string, string>,
  clock: boolean,
  style: Styler,
): string[] {
  const { devices, idWidth, clockWidth, cellWidth } = layout;
  const tone = toneOf(row, style);
  const column = Math.max(0, devices.indexOf(row.subject));
  const told = devices.includes(row.subject) ? row.text : `${row.subject}: ${row.text}`;
  return wrap(told, cellWidth - 1, 2).map((part, index) => {
    const first = index === 0;
    const id = padStart(first ? `#${row.id}` : '', idWidth);
    const time = padStart(first && clock ? formatClock(row.timeUs, 0) : '', clockWidth);
    const cells = devices.map((name, at) => {
      const text = at === column ? part : '';
      const padded = padEnd(text, cellWidth);
      return `${lane(roles.get(name), style)} ${text === '' ? padded : padded.replace(text, () => tone(text))}`;
    });
    const cause = first && row.cause !== 0 ? `← ${padStart(`#${row.cause}`, layout.idWidth)}` : '';
    return `${style.dim(id)}  ${time}  ${cells.join('')}${style.dim(cause)}`.trimEnd();
  });
}
