/** The beginning of a page: what was run, whether it is as expected, and what happened, in a few sentences. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { Failover } from '../../measure/failover.ts';
import { factsOf } from '../html/facts.ts';
import { html, type Markup } from '../html/markup.ts';
import { counted, grouped } from '../table.ts';
import { cut, labelOf, recordLink, type Placed } from './about.ts';
import { figures } from './figures.ts';

/** Failovers that are told in the beginning. */
const MOST_TOLD = 6;
/** Expectations not met that are named there. */
const MOST_UNMET = 5;

/** What a reader wants to know of a run before anything else. */
export function head(run: Placed): Markup {
  const { result, replay } = run;
  const { scenario, version, seed, endedAtUs, events, digests } = result;
  const facts: readonly (readonly [string, string])[] = [
    ['scenario', scenario.file || 'from standard input'],
    ['seed', seed],
    ['length', formatDuration(endedAtUs)],
    ['events', grouped(events)],
    ['digest', digests.protocol],
    ...(digests.full === null ? [] : [['full digest', digests.full] as const]),
    ['hasim', version],
  ];
  return html`${title(run)}
    ${scenario.description === '' ? null : html`<p class="lead">${scenario.description}</p>`} ${verdict(run)}
    ${interruption(run)} ${deliberation(run)} ${figures(result)}
    <ul class="story">
      ${story(run)}
    </ul>
    ${factsOf(facts, 'facts slim')}
    <p class="again">The same run again: <code class="replay">${replay}</code></p>
    ${scenario.source === '' ? null : html`<p class="soft">Source: ${scenario.source}</p>`}`;
}

/** A page has one title; two runs are parts of it. */
function title(run: Placed): Markup {
  const name = html`${labelOf(run)}${run.result.scenario.name}`;
  return run.label === '' ? html`<h1>${name}</h1>` : html`<h2>${name}</h2>`;
}

/** Met, or not, and which. */
function verdict(run: Placed): Markup {
  const { verdicts, end } = run.result;
  const met = verdicts.filter(({ passed }) => passed).length;
  const all = counted(verdicts.length, 'expectation');
  if (verdicts.length === 0) return html`<p class="verdict none">nothing was expected of this run</p>`;
  if (end === 'interrupted') return html`<p class="verdict none">${met} of ${all} met so far</p>`;
  if (met === verdicts.length)
    return html`<p class="verdict met">
      ✓ ${verdicts.length === 1 ? 'the expectation is' : `all ${all} are`} met
    </p>`;
  const unmet = verdicts.filter(({ passed }) => !passed);
  const { shown, note } = cut(unmet, MOST_UNMET, 'expectation');
  return html`<p class="verdict unmet">✗ ${unmet.length} of ${all} not met</p>
    <ul class="unmet">
      ${shown.map(
        ({ name, expected, measured, causes: [effect] }) =>
          html`<li>
            ${name}: expected ${expected}, measured
            <strong>${measured}</strong>${effect === undefined ? null : html`, ${recordLink(run, effect)}`}
          </li>`,
      )}
    </ul>
    ${note}`;
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

/** One sentence for each failover. */
function story(run: Placed): readonly Markup[] {
  const { failovers } = run.result;
  if (failovers.length === 0) return [html`<li>No failover.</li>`];
  const told = failovers.slice(0, MOST_TOLD).map((failover) => html`<li>${sentence(run, failover)}</li>`);
  const more = failovers.length - MOST_TOLD;
  return more > 0 ? [...told, html`<li>… and ${counted(more, 'more failover')}.</li>`] : told;
}

function sentence(run: Placed, failover: Failover): Markup {
  const { kind, from, to, startUs, totalUs, trigger, takeoverRecord, takeoverUs } = failover;
  const took =
    totalUs === null
      ? html`<span class="bad">traffic never passed again</span>`
      : html`<strong>${formatDuration(totalUs)}</strong> until traffic passed again`;
  const begun = kind === 'preemption' || kind === 'return' ? takeoverUs : startUs;
  return html`At ${formatClock(begun, 0)} s ${trigger}: ${kind} ${from ?? 'nobody'} → ${to}
  (${recordLink(run, takeoverRecord)}), ${took}.`;
}
