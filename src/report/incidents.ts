/** Incidents that the pair's links have raised, and whether they are cleared. */

import { formatClock } from '../kernel/time.ts';
import type { RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { counted, table } from './table.ts';

const MOST = 50;

/** All incidents as lines; none when there is none. */
export function incidentLines({ incidents }: RunResult, style: Styler): string[] {
  if (incidents.length === 0) return [];
  const rows = incidents
    .slice(0, MOST)
    .map(({ title, device, link, raisedUs, clearedUs }) => [
      { text: `"${title}"` },
      { text: `${device} ${link}` },
      { text: `raised at ${formatClock(raisedUs, 0)}` },
      { text: clearedUs === null ? 'open at the end' : `cleared at ${formatClock(clearedUs, 0)}` },
    ]);
  const left = incidents.length - rows.length;
  return [
    `${style.bold('Incidents')}   cleared when the link has been up for 2 h`,
    ...table(rows, { indent: 2 }),
    ...(left === 0 ? [] : [`  … and ${counted(left, 'more incident')}`]),
  ];
}
