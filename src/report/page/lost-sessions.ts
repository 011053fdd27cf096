/** Whose sessions were lost and why, who had to wait, and what each takeover carried over. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { RunResult } from '../../run/result.ts';
import { LOSS_CAUSES } from '../../traffic/loss.ts';
import { html, type Markup } from '../html/markup.ts';
import { right, tableOf } from '../html/table.ts';
import { describeSessions } from '../records.ts';
import { grouped } from '../table.ts';
import { cut, recordLink, toRecord, type Placed } from './about.ts';

const MOST_TAKEOVERS = 50;

type Books = RunResult['workloads'][number];

/** Side by side where there is room. */
export function lostSessions(run: Placed): Markup {
  return html`${causesTable(run)}
    <div class="cards">${waits(run.result.workloads)} ${takeovers(run)}</div>`;
}

/** By cause and by whose they were, each with the record to blame. */
function causesTable(run: Placed): Markup | null {
  const rows = LOSS_CAUSES.flatMap((cause) =>
    run.result.workloads.flatMap(({ name, losses }) =>
      losses.filter((loss) => loss.cause === cause).map((loss) => ({ ...loss, name })),
    ),
  );
  if (rows.length === 0) return html`<p>No session was lost.</p>`;
  return html`<h3>Why sessions were lost</h3>
    ${tableOf(
      [
        { text: 'cause' },
        { text: 'workload' },
        { text: 'sessions', right: true },
        { text: 'first', right: true },
        { text: 'last', right: true },
        { text: 'to blame' },
      ],
      rows.map(({ cause, name, count, firstUs, lastUs, record }) => [
        cause,
        name,
        grouped(count),
        `${formatClock(firstUs, 0)} s`,
        `${formatClock(lastUs, 0)} s`,
        record === 0 ? '' : recordLink(run, record),
      ]),
      { row: (index) => toRecord(run, rows[index]?.record ?? 0), named: true },
    )}`;
}

/** What users felt whose sessions went on. */
function waits(workloads: readonly Books[]): Markup | null {
  const felt = workloads.flatMap(({ name, stalls }) => (stalls === null ? [] : [{ name, stalls }]));
  if (felt.length === 0) return null;
  return html`<div>
    <h3>Who had to wait</h3>
    ${tableOf(
      [{ text: 'workload' }, ...['waits', 'median', '99 %', 'longest'].map(right)],
      felt.map(({ name, stalls }) => [
        name,
        grouped(stalls.count),
        ...[stalls.medianUs, stalls.p99Us, stalls.longestUs].map((us) => formatDuration(us)),
      ]),
      { named: true },
    )}
  </div>`;
}

function takeovers(run: Placed): Markup | null {
  const { shown, note } = cut(run.result.failovers, MOST_TAKEOVERS, 'failover');
  if (shown.length === 0) return null;
  return html`<div>
    <h3>What each takeover carried over</h3>
    ${tableOf(
      [{ text: 'failover' }, { text: 'sessions', wrap: true }],
      shown.map(({ ordinal, kind, to, sessions: carried }) => [
        `${ordinal}. ${kind} to ${to}`,
        describeSessions(carried),
      ]),
      { row: (index) => toRecord(run, shown[index]?.takeoverRecord ?? 0), named: true },
    )}${note}
  </div>`;
}
