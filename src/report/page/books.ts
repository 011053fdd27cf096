/** The books of the sessions: every session that was started is in one box, and the boxes add up. */

import type { RunResult } from '../../run/result.ts';
import { bars, type Piece } from '../html/bars.ts';
import { keyOf, type Fill } from '../html/fills.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { right, tableOf } from '../html/table.ts';
import { grouped } from '../table.ts';
import { bad } from './about.ts';

const FATES: readonly (readonly [Fill, string])[] = [
  ['done', 'completed'],
  ['open', 'open at the end'],
  ['failed', 'failed: never answered'],
  ['lost', 'lost'],
];

type Books = RunResult['workloads'][number];

/** What became of the sessions of every workload: as a picture, as a table, and as a sum. */
export function booksOf(workloads: readonly Books[]): Markup {
  return html`${picture(workloads)} ${booksTable(workloads)} ${balance(workloads)}`;
}

/** Sessions of a workload that were lost, whatever the cause. */
export function lostOf({ lost }: Books): number {
  return sum(Object.values(lost));
}

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

/** A row for each workload; of several, one for each protocol and one for all. */
function booksTable(workloads: readonly Books[]): Markup {
  const anew = workloads.some(({ recreated }) => recreated > 0);
  const rowOf = (name: Content, application: string, protocol: string, of: readonly Books[]): Content[] => {
    const all = (key: 'started' | 'completed' | 'failed' | 'open' | 'recreated'): number =>
      sum(of.map((books) => books[key]));
    return [
      name,
      application,
      protocol,
      grouped(all('started')),
      grouped(all('completed')),
      bad(all('failed')),
      bad(sum(of.map(lostOf))),
      grouped(all('open')),
      ...(anew ? [grouped(all('recreated'))] : []),
    ];
  };
  const protocols = [...new Set(workloads.map(({ protocol }) => protocol))].toSorted();
  const sums = [
    ...(protocols.length > 1 ? protocols : []).map((protocol) =>
      rowOf(
        'all',
        '',
        protocol,
        workloads.filter((books) => books.protocol === protocol),
      ),
    ),
    ...(workloads.length > 1 ? [rowOf('all', '', '', workloads)] : []),
  ];
  return tableOf(
    [
      { text: 'workload' },
      { text: 'application' },
      { text: 'protocol' },
      ...['started', 'completed', 'failed', 'lost', 'open', ...(anew ? ['made anew'] : [])].map(right),
    ],
    [...workloads.map((books) => rowOf(books.name, books.application, books.protocol, [books])), ...sums],
    { named: true, sums: sums.length },
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
