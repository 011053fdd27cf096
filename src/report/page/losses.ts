/** What was lost: the sessions of every workload with books that balance, why, and what probes missed. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { RunResult } from '../../run/result.ts';
import { LOSS_CAUSES } from '../../traffic/loss.ts';
import { bars, type Piece } from '../html/bars.ts';
import { keyOf, type Fill } from '../html/fills.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { behind, right, tableOf } from '../html/table.ts';
import { remarksOn } from '../probes.ts';
import { describeSessions } from '../records.ts';
import { counted, grouped } from '../table.ts';
import { bad, cut, recordLink, toRecord, type Placed } from './about.ts';
import { ha3Packets, sessionSync } from './sync.ts';

const MOST_OUTAGES = 100;
const MOST_TAKEOVERS = 50;

const FATES: readonly (readonly [Fill, string])[] = [
  ['done', 'completed'],
  ['open', 'open at the end'],
  ['failed', 'failed: never answered'],
  ['lost', 'lost'],
];

type Books = RunResult['workloads'][number];

/** Sessions, users' waits, probes. */
export function lossesSection(run: Placed): Markup {
  const { workloads, probes } = run.result;
  if (workloads.length + probes.length === 0)
    return html`<p class="soft">
        The scenario has neither workloads nor probes, so nobody was there to lose anything.
      </p>
      ${sessionSync(run)} ${ha3Packets(run)}`;
  return html`${workloads.length === 0 ? null : sessions(run)} ${probes.length === 0 ? null : probesPart(run)}
  ${sessionSync(run)} ${ha3Packets(run)}`;
}

function sessions(run: Placed): Markup {
  const { workloads } = run.result;
  return html`<h3>Sessions by application</h3>
    ${picture(workloads)} ${booksTable(workloads)} ${balance(workloads)} ${causesTable(run)}
    ${waits(workloads)} ${takeovers(run)}`;
}

const lostOf = ({ lost }: Books): number => sum(Object.values(lost));

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

/** Each workload's sessions in the share of their fates. */
function picture(workloads: readonly Books[]): Markup {
  const most = Math.max(1, ...workloads.map(({ started }) => started));
  const list = workloads.map((books) => {
    const lost = lostOf(books);
    const boxes: readonly (readonly [string, number, Fill])[] = [
      ['completed', books.completed, 'done'],
      ['open', books.open, 'open'],
      ['failed', books.failed, 'failed'],
      ['lost', lost, 'lost'],
    ];
    let passed = 0;
    const pieces = boxes.flatMap(([name, count, fill]): Piece[] => {
      if (count === 0) return [];
      const from = passed;
      passed += count;
      const text = `${grouped(count)} ${name}`;
      return [
        { fromUs: from, toUs: passed, text, short: grouped(count), title: `${books.name}: ${text}`, fill },
      ];
    });
    return { label: books.name, pieces, height: 22 };
  });
  const words = workloads.map(
    (books) => `${books.name}: ${grouped(books.started)} started, ${grouped(lostOf(books))} lost`,
  );
  const used = new Set(list.flatMap(({ pieces }) => pieces.map(({ fill }) => fill)));
  return html`${keyOf(FATES.filter(([fill]) => used.has(fill)))}
    <figure>${bars(list, 0, most, words.join('; '), 'count')}</figure>`;
}

function booksTable(workloads: readonly Books[]): Markup {
  const cells = ({
    name,
    application,
    protocol,
    started,
    completed,
    failed,
    open,
    ...books
  }: Books): Content[] => {
    const lost = sum(Object.values(books.lost));
    return [
      name,
      application,
      protocol,
      grouped(started),
      grouped(completed),
      bad(failed),
      bad(lost),
      grouped(open),
      books.recreated === 0 ? '' : grouped(books.recreated),
    ];
  };
  return tableOf(
    [
      { text: 'workload' },
      { text: 'application' },
      { text: 'protocol' },
      ...['started', 'completed', 'failed', 'lost', 'open', 'made anew'].map(right),
    ],
    workloads.map(cells),
    { named: true },
  );
}

function balance(workloads: readonly Books[]): Markup {
  const started = sum(workloads.map((books) => books.started));
  const boxes = [
    [sum(workloads.map(({ completed }) => completed)), 'completed'],
    [sum(workloads.map(({ failed }) => failed)), 'failed'],
    [sum(workloads.map(lostOf)), 'lost'],
    [sum(workloads.map(({ open }) => open)), 'open'],
  ] as const;
  const booked = sum(boxes.map(([count]) => count));
  const told = boxes.map(([count, name]) => `${grouped(count)} ${name}`).join(' + ');
  return booked === started
    ? html`<p><span class="good">✓ The books balance:</span> ${grouped(started)} started = ${told}.</p>`
    : html`<p class="notice">
        The books do not balance: ${grouped(started)} started, but ${told} = ${grouped(booked)}.
      </p>`;
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
  return html`<h3>Who had to wait</h3>
    ${tableOf(
      [{ text: 'workload' }, ...['waits', 'median', '99 %', 'longest'].map(right)],
      felt.map(({ name, stalls }) => [
        name,
        grouped(stalls.count),
        ...[stalls.medianUs, stalls.p99Us, stalls.longestUs].map((us) => formatDuration(us)),
      ]),
      { named: true },
    )}`;
}

function takeovers(run: Placed): Markup | null {
  const { shown, note } = cut(run.result.failovers, MOST_TAKEOVERS, 'failover');
  if (shown.length === 0) return null;
  return html`<h3>What each takeover carried over</h3>
    ${tableOf(
      [{ text: 'failover' }, { text: 'sessions', wrap: true }],
      shown.map(({ ordinal, kind, to, sessions: carried }) => [
        `${ordinal}. ${kind} to ${to}`,
        describeSessions(carried),
      ]),
      { row: (index) => toRecord(run, shown[index]?.takeoverRecord ?? 0), named: true },
    )}${note}`;
}

function probesPart({ result }: Placed): Markup {
  const { probes, endedAtUs } = result;
  const outages = probes.flatMap(({ name, outages: of }) => of.map((outage) => ({ ...outage, name })));
  const { shown, note } = cut(outages, MOST_OUTAGES, 'outage');
  return html`<h3>Probes</h3>
    ${tableOf(
      [
        { text: 'probe' },
        ...['sent', 'received', 'lost', 'longest gap', 'loss ÷ rate'].map(right),
        { text: '', wrap: true },
      ],
      probes.map((probe) => [
        probe.name,
        grouped(probe.sent),
        grouped(probe.received),
        bad(probe.lost),
        formatDuration(probe.longestGapUs),
        formatDuration(probe.lossDerivedUs),
        remarksOn(probe).join(', '),
      ]),
      { named: true },
    )}
    ${
      outages.length === 0
        ? null
        : behind(
            counted(outages.length, 'outage'),
            html`${tableOf(
              [
                { text: 'probe' },
                right('from'),
                right('to'),
                right('lasted'),
                right('lost'),
                { text: 'direction' },
              ],
              shown.map(({ name, fromUs, toUs, lost, direction }) => [
                name,
                `${formatClock(fromUs, 0)} s`,
                toUs >= endedAtUs ? 'the end' : `${formatClock(toUs, 0)} s`,
                formatDuration(toUs - fromUs),
                grouped(lost),
                direction ?? '',
              ]),
              { named: true },
            )}${note}`,
          )
    }`;
}
