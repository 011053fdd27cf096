/**
 * In a cloud: who was active and who had the data path, side by side, and what the provider's API was asked.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { CallStatistics, DataPathResult, OwnershipSpan } from '../measure/data-path.ts';
import type { RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { counted, grouped, linesOfFirst, table, type Cell } from './table.ts';

/** Hundreds of routes move one by one, and two firewalls that both pull at their data path never end. */
const MOST = 40;

/** Ownership and calls as lines; none outside of a cloud. */
export function dataPathLines({ cloud }: RunResult, style: Styler): string[] {
  if (cloud === null) return [];
  return [...ownershipLines(cloud, style), ...callLines(cloud.calls, style)];
}

function ownershipLines(cloud: DataPathResult, style: Styler): string[] {
  const { mode, ownership, assets, activeWithoutUs } = cloud;
  const head = ['from', 'to', 'lasts', 'HA role active', 'data path'].map((text): Cell => ({
    text,
    style: style.dim,
  }));
  const stretches = stretchesOf(ownership, MOST);
  const rows = stretches.slice(0, MOST).map((span): Cell[] => {
    const differs = isApart(span, assets.length);
    return [
      { text: formatClock(span.fromUs, 0) },
      { text: formatClock(span.toUs, 0) },
      { text: formatDuration(span.toUs - span.fromUs) },
      { text: span.active.length === 0 ? 'nobody' : span.active.join(' and ') },
      { text: describeOwners(span, assets.length), ...(differs ? { style: style.red } : {}) },
    ];
  });
  const align = ['right', 'right', 'right', 'left', 'left'] as const;
  const rest = linesOfFirst(stretches.slice(MOST), 0, 'row', () => []);
  const apart =
    activeWithoutUs === 0
      ? []
      : [style.red(`  active without the whole data path: ${formatDuration(activeWithoutUs)}`)];
  return [
    style.bold(`Data path (${mode}, ${counted(assets.length, 'asset')})`),
    ...table([head, ...rows], { indent: 2, align }),
    ...rest,
    ...apart,
  ];
}

/** A stretch in which assets changed hands, but not who is active nor who has any. */
interface Stretch extends OwnershipSpan {
  /** How many each firewall had at its end. */
  readonly finally?: OwnershipSpan['owned'];
}

/** The spans as they are, or joined where there are more than a reader wants. */
export function stretchesOf(ownership: readonly OwnershipSpan[], most: number): readonly Stretch[] {
  return ownership.length > most ? joined(ownership) : ownership;
}

/** The one that is active does not have all of the data path. */
export function isApart({ active, owned }: OwnershipSpan, all: number): boolean {
  return active.length === 1 && owned[active[0] as string] !== all;
}

function joined(ownership: readonly OwnershipSpan[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const span of ownership) {
    const last = stretches.at(-1);
    const same =
      last !== undefined &&
      last.active.join() === span.active.join() &&
      Object.keys(last.owned).join() === Object.keys(span.owned).join();
    if (!same) stretches.push(span);
    else stretches[stretches.length - 1] = { ...last, toUs: span.toUs, finally: span.owned };
  }
  return stretches;
}

/** `palo-2`, `palo-1 1 of 2, palo-2 1 of 2`, `palo-1 9 to 1 of 10, palo-2 1 to 9 of 10`, `nobody`. */
export function describeOwners({ owned, finally: after = owned }: Stretch, all: number): string {
  const owners = Object.entries(owned);
  if (owners.length === 0) return 'nobody';
  const [first] = owners;
  if (owners.length === 1 && first?.[1] === all) return first[0];
  return owners
    .map(([owner, count]) => {
      const last = after[owner] ?? count;
      return `${owner} ${count === last ? count : `${count} to ${last}`} of ${all}`;
    })
    .join(', ');
}

function callLines(calls: readonly CallStatistics[], style: Styler): string[] {
  if (calls.length === 0) return [];
  const titles = ['API call', 'attempts', 'ok', 'throttled', 'failed', 'median', 'longest'];
  const head = titles.map((text): Cell => ({ text, style: style.dim }));
  const count = (value: number, bad: boolean): Cell =>
    value > 0 && bad ? { text: grouped(value), style: style.red } : { text: grouped(value) };
  const rows = calls.map(
    ({ action, attempts, succeeded, throttled, failed, medianUs, longestUs }): Cell[] => [
      { text: action },
      count(attempts, false),
      count(succeeded, false),
      count(throttled, true),
      count(failed, true),
      { text: formatDuration(medianUs) },
      { text: formatDuration(longestUs) },
    ],
  );
  const align = titles.map((title) => (title === 'API call' ? 'left' : 'right'));
  return table([head, ...rows], { indent: 2, align });
}
