/** In a cloud: who was active beside who had the data path, and what the provider's API was asked. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { DataPathResult } from '../../measure/data-path.ts';
import { describeOwners, isApart, stretchesOf } from '../data-path.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { right, tableOf } from '../html/table.ts';
import { counted, grouped } from '../table.ts';
import { bad, cut, type Placed } from './about.ts';

/** Two firewalls that both pull at their data path never end. */
const MOST_STRETCHES = 100;

/** Ownership and calls. */
export function cloudSection({ result: { cloud } }: Placed): Markup {
  if (cloud === null) return html`<p class="soft">This pair is in no cloud.</p>`;
  return html`<p>
      ${cloud.mode} of ${counted(cloud.assets.length, 'asset')}.
      ${cloud.activeWithoutUs === 0 ? 'Who was active always had the whole data path.' : html`<span class="bad">Active without the whole data path for ${formatDuration(cloud.activeWithoutUs)}.</span>`}
    </p>
    ${ownership(cloud)} ${calls(cloud)}`;
}

function ownership({ ownership: spans, assets }: DataPathResult): Markup {
  const { shown, note } = cut(stretchesOf(spans, MOST_STRETCHES), MOST_STRETCHES, 'row');
  return html`<h3>Role and data path</h3>
    ${tableOf(
      [
        right('from'),
        right('to'),
        right('lasts'),
        { text: 'HA role active' },
        { text: 'data path', wrap: true },
      ],
      shown.map((span): Content[] => {
        const owners = describeOwners(span, assets.length);
        return [
          `${formatClock(span.fromUs, 0)} s`,
          `${formatClock(span.toUs, 0)} s`,
          formatDuration(span.toUs - span.fromUs),
          span.active.length === 0 ? 'nobody' : span.active.join(' and '),
          isApart(span, assets.length) ? html`<span class="bad">${owners}</span>` : owners,
        ];
      }),
    )}${note}`;
}

function calls({ calls: list }: DataPathResult): Markup | null {
  if (list.length === 0) return null;
  return html`<h3>Calls of the provider’s API</h3>
    ${tableOf(
      [{ text: 'call' }, ...['attempts', 'ok', 'throttled', 'failed', 'median', 'longest'].map(right)],
      list.map(({ action, attempts, succeeded, throttled, failed, medianUs, longestUs }): Content[] => [
        action,
        grouped(attempts),
        grouped(succeeded),
        bad(throttled),
        bad(failed),
        formatDuration(medianUs),
        formatDuration(longestUs),
      ]),
      { named: true },
    )}`;
}
