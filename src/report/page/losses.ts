/** What was lost: the sessions of every workload with books that balance, why, what probes missed, and what the peer was told. */

import { html, type Markup } from '../html/markup.ts';
import type { Placed } from './about.ts';
import { booksOf } from './books.ts';
import { lostSessions } from './lost-sessions.ts';
import { probesPart } from './probes.ts';
import { ha3Packets, sessionSync } from './sync.ts';

/** Sessions, users' waits, probes, session sync. */
export function lossesSection(run: Placed): Markup {
  const { workloads, probes } = run.result;
  const nobody =
    workloads.length + probes.length === 0
      ? html`<p class="soft">
          The scenario has neither workloads nor probes, so nobody was there to lose anything.
        </p>`
      : null;
  return html`${nobody} ${workloads.length === 0 ? null : sessions(run)}
  ${probes.length === 0 ? null : probesPart(run)} ${sessionSync(run)} ${ha3Packets(run)}`;
}

function sessions(run: Placed): Markup {
  return html`<h3>Sessions by application</h3>
    ${booksOf(run.result.workloads)} ${lostSessions(run)}`;
}
