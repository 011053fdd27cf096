/**
 * The books of the sessions: every session that was started is completed, failed, lost for a cause, or open.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { RunResult } from '../run/result.ts';
import { LOSS_CAUSES } from '../traffic/loss.ts';
import type { Styler } from './style.ts';
import { grouped, labelled, table, type Cell } from './table.ts';

type Books = RunResult['workloads'][number];

/** A row of the table: a workload, or all of them. */
interface Entry {
  readonly name: string;
  readonly protocol: string;
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  readonly lost: Readonly<Record<string, number>>;
  readonly open: number;
  readonly decrypted: number;
  readonly undecrypted: number;
  readonly recreated: number;
}

/** Workloads named behind a cause. */
const MOST_NAMES = 3;

/** What is told of sessions beside the box that they are in; a column of its own where there is any. */
const ASIDES = { decrypted: 'with decryption', undecrypted: 'undecrypted', recreated: 'recreated' } as const;
type Aside = keyof typeof ASIDES;

/** All workloads as lines; none when there is no workload. */
export function sessionLines(result: RunResult, style: Styler, width: number): string[] {
  const { workloads } = result;
  if (workloads.length === 0) return [];
  const entries = workloads.map((books) => ({ ...books, lost: { ...books.lost } }));
  const all = addUp(entries);
  const asides = (Object.keys(ASIDES) as Aside[]).filter((aside) => all[aside] > 0);
  const titles = [
    'workload',
    'protocol',
    'started',
    'completed',
    'failed',
    'lost',
    'open',
    ...asides.map((aside) => ASIDES[aside]),
  ];
  const head = titles.map((text): Cell => ({ text, style: style.dim }));
  const rows = (entries.length > 1 ? [...entries, all] : entries).map((entry) => cells(entry, asides, style));
  const lines = table([head, ...rows], {
    indent: 2,
    align: ['left', 'left', ...titles.slice(2).map(() => 'right' as const)],
  });
  return [
    style.bold('Sessions'),
    ...lines,
    ...balance(all, style, width),
    ...lossLines(workloads, style),
    ...feltLines(workloads, style),
  ];
}

/** Why sessions were lost: each cause with when, and whose they were. */
function lossLines(workloads: RunResult['workloads'], style: Styler): string[] {
  const causes = LOSS_CAUSES.filter((cause) => workloads.some(({ lost }) => (lost[cause] ?? 0) > 0));
  if (causes.length === 0) return [];
  const rows = causes.map((cause): Cell[] => {
    const of = workloads.filter(({ lost }) => (lost[cause] ?? 0) > 0);
    const entries = of.flatMap(({ losses }) => losses.filter((entry) => entry.cause === cause));
    const shown = of.slice(0, MOST_NAMES).map(({ name, lost }) => `${name} ${grouped(lost[cause] ?? 0)}`);
    const more = of.length > MOST_NAMES ? [`${of.length - MOST_NAMES} more`] : [];
    return [
      { text: cause },
      { text: grouped(of.reduce((sum, { lost }) => sum + (lost[cause] ?? 0), 0)), style: style.red },
      {
        text: clockOf(
          entries.map(({ firstUs }) => firstUs),
          Math.min,
        ),
      },
      {
        text: clockOf(
          entries.map(({ lastUs }) => lastUs),
          Math.max,
        ),
      },
      { text: [...shown, ...more].join(', ') },
    ];
  });
  const head = ['lost as', 'sessions', 'first', 'last', 'of'].map((text): Cell => ({
    text,
    style: style.dim,
  }));
  return table([head, ...rows], { indent: 2, align: ['left', 'right', 'right', 'right', 'left'] });
}

function clockOf(timesUs: readonly number[], pick: (...timesUs: number[]) => number): string {
  return timesUs.length === 0 ? '' : formatClock(pick(...timesUs), 0);
}

/** What users felt whose sessions went on: how often they had to wait, and for how long. */
function feltLines(workloads: RunResult['workloads'], style: Styler): string[] {
  const felt = workloads.flatMap(({ name, application, stalls }) =>
    stalls === null ? [] : [{ name: application === name ? name : `${name} (${application})`, stalls }],
  );
  if (felt.length === 0) return [];
  const titles = ['who had to wait', 'waits', 'median', '99 %', 'longest'];
  const rows = felt.map(({ name, stalls }): Cell[] => [
    { text: name },
    { text: grouped(stalls.count) },
    ...[stalls.medianUs, stalls.p99Us, stalls.longestUs].map((us) => ({ text: formatDuration(us) })),
  ]);
  const head = titles.map((text): Cell => ({ text, style: style.dim }));
  const align = titles.map((_, index) => (index === 0 ? ('left' as const) : ('right' as const)));
  return table([head, ...rows], { indent: 2, align });
}

function cells(entry: Entry, asides: readonly Aside[], style: Styler): Cell[] {
  const lost = lostOf(entry);
  const bad = (count: number): Cell =>
    count > 0 ? { text: grouped(count), style: style.red } : { text: '0' };
  return [
    { text: entry.name },
    { text: entry.protocol },
    { text: grouped(entry.started) },
    { text: grouped(entry.completed) },
    bad(entry.failed),
    bad(lost),
    { text: grouped(entry.open) },
    ...asides.map((aside) => ({ text: grouped(entry[aside]), style: style.dim })),
  ];
}

function lostOf({ lost }: Pick<Books, 'lost'> | Entry): number {
  return Object.values(lost).reduce((sum, count) => sum + count, 0);
}

function addUp(entries: readonly Entry[]): Entry {
  const lost: Record<string, number> = {};
  for (const entry of entries) {
    for (const [cause, count] of Object.entries(entry.lost)) lost[cause] = (lost[cause] ?? 0) + count;
  }
  const sum = (key: 'started' | 'completed' | 'failed' | 'open' | Aside): number =>
    entries.reduce((total, entry) => total + entry[key], 0);
  return {
    name: 'all',
    protocol: '',
    started: sum('started'),
    completed: sum('completed'),
    failed: sum('failed'),
    lost,
    open: sum('open'),
    decrypted: sum('decrypted'),
    undecrypted: sum('undecrypted'),
    recreated: sum('recreated'),
  };
}

function balance(all: Entry, style: Styler, width: number): string[] {
  const lost = lostOf(all);
  const booked = all.completed + all.failed + lost + all.open;
  const boxes = [
    [all.completed, 'completed'],
    [all.failed, 'failed'],
    [lost, 'lost'],
    [all.open, 'open'],
  ] as const;
  const sum = boxes.map(([count, box]) => `${grouped(count)} ${box}`).join(' + ');
  if (booked === all.started) {
    return labelled('  ', `The books balance: ${grouped(all.started)} started = ${sum}`, width);
  }
  const text = `The books do not balance: ${grouped(all.started)} started, but ${sum} = ${grouped(booked)}`;
  return labelled('  ', text, width).map(style.red);
}
