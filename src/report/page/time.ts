/** Where the time went: each failover as a bar of its parts with the setting behind each, and what probes saw meanwhile. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { Failover } from '../../measure/failover.ts';
import { PARTS, type Part } from '../../measure/part.ts';
import { bars, swatch, type Bar, type Piece } from '../html/bars.ts';
import { html, type Markup } from '../html/markup.ts';
import { tableOf } from '../html/table.ts';
import { grouped } from '../table.ts';
import { cut, toRecord, type Placed } from './about.ts';

const MOST_DRAWN = 20;
const MOST_PROBES = 6;
/** So much of a failover's length is shown of the probes before and after it. */
const AROUND = 0.08;

/** Everything about the time that failovers took. */
export function timeSection(run: Placed): Markup {
  const { failovers } = run.result;
  if (failovers.length === 0) return html`<p class="soft">There was no failover.</p>`;
  const { shown, note } = cut(failovers, MOST_DRAWN, 'failover');
  return html`${key(failovers)} ${shown.map((failover) => one(run, failover))} ${note}`;
}

function key(failovers: readonly Failover[]): Markup {
  const used = new Set(
    failovers.flatMap(({ parts }) => parts.filter(({ us }) => us !== 0).map(({ part }) => part)),
  );
  const names = PARTS.filter((part) => used.has(part));
  return html`<ul class="key">
    ${names.map((part) => html`<li>${swatch(fillOf(part))}${part}</li>`)}
  </ul>`;
}

export function fillOf(part: Part['part']): string {
  return `f${PARTS.indexOf(part)}`;
}

function one(run: Placed, failover: Failover): Markup {
  const { ordinal, kind, from, to, totalUs, reason, rule, takeoverUs } = failover;
  const took = totalUs === null ? 'never whole' : formatDuration(totalUs);
  const title = `${ordinal}. ${kind} ${from ?? 'nobody'} → ${to}: ${took}`;
  return html`<h3>${title}</h3>
    <p class="soft">At ${formatClock(takeoverUs, 0)} s: ${reason} (rule ${rule}).</p>
    <figure>${picture(run, failover, title)}</figure>
    ${partsTable(run, failover)}`;
}

function picture(run: Placed, failover: Failover, title: string): Markup {
  const { startUs, parts } = failover;
  const lengthUs = Math.max(
    1,
    parts.reduce((sum, { us }) => sum + (us ?? 0), 0),
  );
  const around = Math.ceil(lengthUs * AROUND);
  const [fromUs, toUs] = [-around, lengthUs + around];
  return bars(
    [partsBar(parts), ...probeBars(run, startUs, fromUs, toUs)],
    fromUs,
    toUs,
    `${title}. ${inWords(parts)}`,
  );
}

/** The parts one after the other, from the fault on. */
export function partsBar(parts: readonly Part[], label = 'failover'): Bar {
  let passedUs = 0;
  const pieces = parts.flatMap((part): Piece[] => {
    const { us } = part;
    if (us === null || us === 0) return [];
    const fromUs = passedUs;
    passedUs += us;
    const title = `${part.part} ${formatDuration(us)}${setBy(part) === '' ? '' : ` (${setBy(part)})`}`;
    return [
      { fromUs, toUs: passedUs, text: `${part.part} ${formatDuration(us)}`, title, fill: fillOf(part.part) },
    ];
  });
  return { label, pieces };
}

function inWords(parts: readonly Part[]): string {
  return parts
    .filter(({ us }) => us !== 0)
    .map(({ part, us }) => `${part} ${us === null ? 'never' : formatDuration(us)}`)
    .join(', ');
}

/** What a setting's part is set by: `promotion-hold-time 2000 ms of palo-2`. */
export function setBy({ setBy: by }: Part): string {
  return by
    .map(({ setting, value, device }) =>
      [setting, value, device === undefined ? null : `of ${device}`]
        .filter((word) => word !== null)
        .join(' '),
    )
    .join(', ');
}

/** The strips of the first probes over the same time: answered, and lost. */
function probeBars({ result }: Placed, startUs: number, fromUs: number, toUs: number): Bar[] {
  return result.probes.slice(0, MOST_PROBES).map(({ name, outages }) => {
    const lost = outages
      .filter((outage) => outage.toUs - startUs > fromUs && outage.fromUs - startUs < toUs)
      .map((outage): Piece => ({
        fromUs: outage.fromUs - startUs,
        toUs: outage.toUs - startUs,
        text: `${grouped(outage.lost)} lost`,
        title: `${grouped(outage.lost)} lost from ${formatClock(outage.fromUs, 0)} to ${formatClock(outage.toUs, 0)} s`,
        fill: 'lost',
      }));
    const well: Piece = { fromUs, toUs, text: '', title: `${name}: answered`, fill: 'well' };
    return { label: name, pieces: [well, ...lost], height: 18 };
  });
}

function partsTable(run: Placed, { parts, totalUs, startUs, restoredUs, takeoverRecord }: Failover): Markup {
  const rows = parts
    .filter(({ us }) => us !== 0)
    .map((part) => [
      part.part,
      part.us === null ? html`<span class="bad">never</span>` : formatDuration(part.us),
      setBy(part) || (part.us === null ? 'traffic never passed again' : ''),
    ]);
  const span = restoredUs === null ? '' : `${formatClock(startUs, 0)} to ${formatClock(restoredUs, 0)} s`;
  const total = totalUs === null ? html`<span class="bad">never whole</span>` : formatDuration(totalUs);
  return tableOf(
    [{ text: 'part' }, { text: 'took', right: true }, { text: 'set by', wrap: true }],
    [...rows, [html`<strong>total</strong>`, html`<strong>${total}</strong>`, span]],
    { row: () => toRecord(run, takeoverRecord), named: true },
  );
}
