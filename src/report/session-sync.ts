/**
 * HA2 session sync: what each firewall told its peer, what it did not, and how far it fell behind.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { grouped, table, type Cell } from './table.ts';

const TITLES = [
  'device',
  'set-up',
  'update',
  'teardown',
  'other',
  'bulk',
  'not sent',
  'longest delay',
  'peak backlog',
];

/** Session sync as lines; none where nobody had anything to tell. */
export function sessionSyncLines({ sync }: RunResult, style: Styler): string[] {
  const rows = sync
    .map(({ device, sent, dropped, bulkSyncs, longestDelayUs, ...backlog }): Cell[] => {
      const { noLink, queueFull, stopped } = dropped;
      const counts = [sent.setUp, sent.update, sent.teardown, sent.other, bulkSyncs].map(grouped);
      const lost = noLink + queueFull + stopped;
      return [
        { text: device },
        ...counts.map((text) => ({ text })),
        lost === 0 ? { text: '0' } : { text: grouped(lost), style: style.red },
        { text: formatDuration(longestDelayUs) },
        { text: describePeak(backlog) },
      ];
    })
    .filter((cells) => cells.slice(1, 7).some(({ text }) => text !== '0'));
  if (rows.length === 0) return [];
  const head = TITLES.map((text): Cell => ({ text, style: style.dim }));
  const align = TITLES.map((title) => (title === 'device' || title === 'peak backlog' ? 'left' : 'right'));
  return [style.bold('HA2 session sync'), ...table([head, ...rows], { indent: 2, align })];
}

type Backlog = Pick<RunResult['sync'][number], 'peakBacklog' | 'peakUs' | 'drainUs'>;

/** `120,000 at 12.000, drained in 4s`. */
export function describePeak({ peakBacklog, peakUs, drainUs }: Backlog): string {
  if (peakUs === null) return 'none';
  const end = drainUs === null ? 'not drained' : `drained in ${formatDuration(drainUs)}`;
  return `${grouped(peakBacklog)} at ${formatClock(peakUs, 0)}, ${end}`;
}
