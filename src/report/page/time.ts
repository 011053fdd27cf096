/** Where the time went: each failover as a bar of its parts with the setting behind each, and what probes saw meanwhile. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import type { Failover } from '../../measure/failover.ts';
import type { Part } from '../../measure/part.ts';
import { bars, type Piece } from '../html/bars.ts';
import { keyOf, swatch } from '../html/fills.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { partFill, partKey, partsBar, partsInWords, type DrawnPart } from '../html/part-bars.ts';
import { right, tableOf } from '../html/table.ts';
import { cut, recordLink, toRecord, type Placed } from './about.ts';
import { cellsInWords, strips } from './strip.ts';

const MOST_DRAWN = 20;
const MOST_PROBES = 6;
/** So much of a failover's length is shown of the probes before and after it. */
const AROUND = 0.08;

/** Everything about the time that failovers took; without one, what probes saw of the whole run. */
export function timeSection(run: Placed): Markup {
  const { failovers } = run.result;
  if (failovers.length === 0)
    return html`<p class="soft">There was no failover.</p>
      ${wholeRun(run)}`;
  const { shown, note } = cut(failovers, MOST_DRAWN, 'failover');
  return html`${key(run)} ${shown.map((failover) => one(run, failover))} ${note}`;
}

function wholeRun({ result: { probes, endedAtUs } }: Placed): Markup | null {
  const shown = probes.slice(0, MOST_PROBES);
  if (endedAtUs === 0 || shown.every(({ outages }) => outages.length === 0)) return null;
  const span = { zeroUs: 0, fromUs: 0, toUs: endedAtUs };
  const words = shown.map(({ name, sent, lost }) => `${name}: ${lost} of ${sent} lost`).join('; ');
  return html`<figure>
    ${bars(
      shown.flatMap((probe) => strips(probe, span)),
      0,
      endedAtUs,
      words,
      'clock',
    )}
    <figcaption>${cellsInWords(shown, endedAtUs)}</figcaption>
  </figure>`;
}

function key({ result: { failovers, probes } }: Placed): Markup {
  const all = failovers.flatMap(({ parts }) => parts);
  const ended = all.every(({ us }) => us !== null);
  return keyOf([
    ...partKey(all),
    ...(ended ? [] : [['never', 'never ended'] as const]),
    ...(probes.length === 0 ? [] : [['well', 'probes answered'] as const, ['lost', 'probes lost'] as const]),
  ]);
}

function one(run: Placed, failover: Failover): Markup {
  const { ordinal, kind, from, to, totalUs, reason, rule, takeoverUs, takeoverRecord } = failover;
  const took = totalUs === null ? 'never whole' : formatDuration(totalUs);
  const title = `${ordinal}. ${kind} ${from ?? 'nobody'} → ${to}: ${took}`;
  return html`<div class="failover">
    <h3>${title}</h3>
    <p class="soft">
      ${to} took over at ${formatClock(takeoverUs, 0)} s (${recordLink(run, takeoverRecord)}): ${reason}, rule
      ${rule}.
    </p>
    <div class="split">
      <figure>${picture(run, failover, title)}</figure>
      ${partsTable(run, failover)}
    </div>
  </div>`;
}

function picture(run: Placed, { startUs, parts, totalUs }: Failover, title: string): Markup {
  const passedUs = parts.reduce((sum, { us }) => sum + (us ?? 0), 0);
  const probes = run.result.probes.slice(0, MOST_PROBES);
  const lengthUs = Math.max(1, passedUs);
  // What never ended is shown as long as half of what came before it, or to the end of the run.
  const restUs =
    totalUs === null ? Math.min(Math.ceil(lengthUs / 2), run.result.endedAtUs - startUs - passedUs) : 0;
  const around = Math.ceil((lengthUs + restUs) * AROUND);
  const [fromUs, toUs] = [-around, lengthUs + restUs + (totalUs === null ? 0 : around)];
  const never: Piece[] =
    totalUs === null
      ? [{ fromUs: passedUs, toUs, text: 'never ended', title: 'traffic never passed again', fill: 'never' }]
      : [];
  const bar = partsBar(drawnParts(parts));
  const span = { zeroUs: startUs, fromUs, toUs };
  return html`${bars(
    [{ ...bar, pieces: [...bar.pieces, ...never] }, ...probes.flatMap((probe) => strips(probe, span))],
    fromUs,
    toUs,
    `${title}. ${partsInWords(parts)}`,
  )}
  ${probes.length === 0 ? null : html`<figcaption>${cellsInWords(probes, toUs - fromUs)}</figcaption>`}`;
}

/** Parts as every page draws them, each with what it is set by. */
export function drawnParts(parts: readonly Part[]): readonly DrawnPart[] {
  return parts.map((part) => ({ part: part.part, us: part.us, about: setBy(part) }));
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

function partsTable(run: Placed, { parts, totalUs, startUs, restoredUs, takeoverRecord }: Failover): Markup {
  const [never, ...after] = parts.filter(({ us }) => us === null);
  const rows = parts
    .filter(({ us }) => us !== 0 && us !== null)
    .map((part): Content[] => [
      html`${swatch(partFill(part.part))}${part.part}`,
      formatDuration(part.us ?? 0),
      setBy(part),
    ]);
  const endless =
    never === undefined ? [] : [neverRow([never]), ...(after.length === 0 ? [] : [neverRow(after)])];
  const span = restoredUs === null ? '' : `${formatClock(startUs, 0)} to ${formatClock(restoredUs, 0)} s`;
  const total = totalUs === null ? html`<span class="bad">never whole</span>` : formatDuration(totalUs);
  return tableOf(
    [{ text: 'part' }, right('took'), { text: 'set by', wrap: true }],
    [...rows, ...endless, ['total', total, span]],
    { row: () => toRecord(run, takeoverRecord), named: true, sums: 1 },
  );
}

/** The part that did not end tells why; those after it have nothing to add. */
function neverRow(parts: readonly Part[]): Content[] {
  const [first] = parts as readonly [Part];
  return [
    html`${swatch('never')}<span class="wraps">${parts.map(({ part }) => part).join(', ')}</span>`,
    html`<span class="bad">never</span>`,
    setBy(first) || 'traffic never passed again',
  ];
}
