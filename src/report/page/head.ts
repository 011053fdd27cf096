/** The beginning of a page: what was run, whether it is as expected, and what happened, in a few sentences. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { Failover } from '../../measure/failover.ts';
import { html, type Markup } from '../html/markup.ts';
import { counted, grouped } from '../table.ts';
import { labelOf, recordLink, type Placed } from './about.ts';

/** Failovers that are told in the beginning. */
const MOST_TOLD = 6;

/** What a reader wants to know of a run before anything else. */
export function head(run: Placed): Markup {
  const { result, replay } = run;
  const { scenario, version, seed, endedAtUs, events, digests } = result;
  const facts: readonly (readonly [string, string])[] = [
    ['scenario', scenario.file || '–'],
    ['seed', seed],
    ['length', formatDuration(endedAtUs)],
    ['events', grouped(events)],
    ['digest', digests.protocol],
    ['hasim', version],
  ];
  return html`<h1>${labelOf(run)}${scenario.name}</h1>
    ${scenario.description === '' ? null : html`<p>${scenario.description}</p>`} ${verdict(run)}
    ${interruption(run)} ${deliberation(run)}
    <ul class="story">
      ${story(run)}
    </ul>
    <dl class="facts slim">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${scenario.source === '' ? null : html`<p class="soft">Source: ${scenario.source}</p>`}
    <code class="replay">${replay}</code>`;
}

function verdict({ result: { verdicts, end } }: Placed): Markup {
  const met = verdicts.filter(({ passed }) => passed).length;
  const all = counted(verdicts.length, 'expectation');
  if (verdicts.length === 0) return html`<p class="verdict none">nothing was expected of this run</p>`;
  if (end === 'interrupted') return html`<p class="verdict none">${met} of ${all} met so far</p>`;
  return met === verdicts.length
    ? html`<p class="verdict met">✓ all ${all} met</p>`
    : html`<p class="verdict unmet">✗ ${verdicts.length - met} of ${all} not met</p>`;
}

function interruption({ result: { end, endedAtUs, untilUs } }: Placed): Markup | null {
  if (end !== 'interrupted') return null;
  return html`<p class="notice">
    <strong>Interrupted</strong> at ${formatClock(endedAtUs, 0)} s of ${formatClock(untilUs, 0)} s: this is
    what happened until then.
  </p>`;
}

function deliberation({ result: { scenario } }: Placed): Markup | null {
  if (scenario.deliberate.length === 0) return null;
  return html`<p class="notice">
    On purpose against ${scenario.deliberate.join(', ')}: what PAN-OS refuses is simulated as given.
  </p>`;
}

/** One sentence for each failover, and one for what it cost. */
function story(run: Placed): readonly Markup[] {
  const { failovers, workloads, dualActive } = run.result;
  const told = failovers.slice(0, MOST_TOLD).map((failover) => html`<li>${sentence(run, failover)}</li>`);
  const more = failovers.length - MOST_TOLD;
  const lost = workloads.reduce(
    (sum, { lost: by }) => sum + Object.values(by).reduce((all, count) => all + count, 0),
    0,
  );
  const started = workloads.reduce((sum, books) => sum + books.started, 0);
  const none = failovers.length === 0 ? [html`<li>No failover.</li>`] : [];
  return [
    ...none,
    ...told,
    ...(more > 0 ? [html`<li>… and ${counted(more, 'more failover')}.</li>`] : []),
    ...(dualActive.length > 0
      ? [
          html`<li class="bad">
            Both firewalls were active at once
            ${dualActive.length === 1 ? 'for a time' : counted(dualActive.length, 'time')}.
          </li>`,
        ]
      : []),
    ...(started > 0 ? [html`<li>${grouped(lost)} of ${counted(started, 'session')} lost.</li>`] : []),
  ];
}

function sentence(run: Placed, failover: Failover): Markup {
  const { kind, from, to, startUs, totalUs, trigger, takeoverRecord, takeoverUs } = failover;
  const took =
    totalUs === null
      ? html`traffic never passed again`
      : html`<strong>${formatDuration(totalUs)}</strong> until traffic passed again`;
  const begun = kind === 'preemption' || kind === 'return' ? takeoverUs : startUs;
  return html`${kind}: ${from ?? 'nobody'} → ${to}, ${recordLink(run, takeoverRecord)}, ${took}; ${trigger} at
  ${formatClock(begun, 0)} s.`;
}
