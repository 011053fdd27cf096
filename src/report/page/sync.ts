/** What the firewalls told each other about sessions over HA2, and what crossed HA3 in active/active. */

import { formatDuration } from '../../kernel/time.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { right, tableOf } from '../html/table.ts';
import { describePeak } from '../session-sync.ts';
import { grouped } from '../table.ts';
import { bad, type Placed } from './about.ts';

const OFTEN = ['never', 'once', 'twice'];

/** Session sync; null where nobody had anything to tell. */
export function sessionSync({ result: { sync } }: Placed): Markup | null {
  const rows = sync.map(({ device, sent, dropped, bulkSyncs, longestDelayUs, ...backlog }) => {
    const counts = [sent.setUp, sent.update, sent.teardown, sent.other, bulkSyncs];
    const lost = dropped.noLink + dropped.queueFull + dropped.stopped;
    return {
      idle: [...counts, lost].every((count) => count === 0),
      cells: [
        device,
        ...counts.map(grouped),
        bad(lost),
        formatDuration(longestDelayUs),
        describePeak(backlog),
      ],
    };
  });
  if (rows.every(({ idle }) => idle)) return null;
  const titles = ['set-up', 'update', 'teardown', 'other', 'bulk', 'not sent', 'longest delay'];
  return html`<h3>HA2 session sync</h3>
    ${tableOf(
      [{ text: 'firewall' }, ...titles.map(right), { text: 'peak backlog' }],
      rows.filter(({ idle }) => !idle).map(({ cells }) => cells),
      { named: true },
    )}`;
}

/** HA3; null in active/passive. */
export function ha3Packets({ result: { ha3 } }: Placed): Markup | null {
  if (ha3 === null) return null;
  const causes = Object.keys(
    ha3.devices[0]?.dropped ?? {},
  ) as (keyof (typeof ha3.devices)[number]['dropped'])[];
  const crossings = ha3.crossings.map(
    (packets, times) => `${grouped(packets)} crossed it ${OFTEN[times] ?? `${times} times`}`,
  );
  return html`<h3>HA3 packet forwarding</h3>
    <p>
      Of the transit packets that left the pair,
      ${crossings.length === 0 ? 'there is none' : crossings.join(', ')}.
    </p>
    ${tableOf(
      [
        { text: 'firewall' },
        ...['set-up', 'returned', 'to owner', 'to egress', 'bytes'].map(right),
        ...causes.map((cause) => right(`dropped: ${cause}`)),
      ],
      ha3.devices.map(({ device, packets, bytes, dropped }): Content[] => [
        device,
        ...[packets['set-up'], packets['set-up-done'], packets.owner, packets.egress, bytes].map(grouped),
        ...causes.map((cause) => bad(dropped[cause])),
      ]),
      { named: true },
    )}`;
}
