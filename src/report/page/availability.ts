/** How long the pair and each direction of traffic were up, when both were active, and the incidents that HA links raised. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import { PAIR_STATES, percentOf, type AvailabilityState } from '../../measure/availability.ts';
import { writePercent } from '../../measure/percent.ts';
import { reasonsByTime } from '../availability.ts';
import { bars, type Bar, type Piece } from '../html/bars.ts';
import { keyOf, type Fill } from '../html/fills.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { behind, right, tableOf } from '../html/table.ts';
import { counted } from '../table.ts';
import { cut, toRecord, type Placed } from './about.ts';

const MOST_DIRECTIONS = 12;
const MOST_PIECES = 500;
const MOST_ROWS = 100;

const FILL: Readonly<Record<AvailabilityState, Fill>> = {
  up: 'well',
  degraded: 'degraded',
  'dual-active': 'both',
  down: 'lost',
};

/** Availability, dual-active times, incidents. */
export function availabilitySection(run: Placed): Markup {
  return html`${available(run)} ${dualActive(run)} ${incidents(run)}`;
}

function available(run: Placed): Markup {
  const { lengthUs, percent, timesUs, spans, directions } = run.result.availability;
  if (percent === null) return html`<p class="soft">A run without length has no availability.</p>`;
  const states = PAIR_STATES.filter((state) => timesUs[state] > 0);
  const { shown, note } = cut(directions, MOST_DIRECTIONS, 'direction');
  const ways = shown.map(({ from, to, spans: down }) => ({
    label: `${from} → ${to}`,
    spans: down.map((span) => ({ ...span, state: 'down' as const })),
  }));
  const list = [barOf('pair', spans, lengthUs), ...ways.map((way) => barOf(way.label, way.spans, lengthUs))];
  const told = states.map((state) => `${state} ${formatDuration(timesUs[state])}`).join(', ');
  return html`<p>The pair was available for <strong>${writePercent(percent)}</strong> of the run: ${told}.</p>
    ${keyOf(PAIR_STATES.filter((state) => state === 'up' || states.includes(state) || (state === 'down' && directions.some(({ downUs }) => downUs > 0))).map((state) => [FILL[state], state] as const))}
    <figure>${bars(list, 0, lengthUs, `Availability: ${told}`, 'clock')}</figure>
    ${directionTable(run, shown)} ${note} ${reasons(run)} ${spanTable(run)}`;
}

interface Stretch {
  readonly state: AvailabilityState;
  readonly fromUs: number;
  readonly toUs: number;
}

function barOf(label: string, stretches: readonly Stretch[], lengthUs: number): Bar {
  const pieces = stretches
    .filter(({ state }) => state !== 'up')
    .slice(0, MOST_PIECES)
    .map(({ state, fromUs, toUs }): Piece => {
      const lasted = formatDuration(toUs - fromUs);
      const title = `${state} from ${formatClock(fromUs, 0)} to ${formatClock(toUs, 0)} s, ${lasted}`;
      return { fromUs, toUs, text: `${state} ${lasted}`, short: state, title, fill: FILL[state] };
    });
  const up: Piece = { fromUs: 0, toUs: lengthUs, text: '', title: `${label}: up`, fill: 'well' };
  return { label, pieces: [up, ...pieces], height: 20 };
}

type Ways = Placed['result']['availability']['directions'];

function directionTable({ result: { availability } }: Placed, directions: Ways): Markup {
  const { timesUs, percent, lengthUs } = availability;
  const pair = [
    'pair',
    writePercent(percent ?? 0),
    formatDuration(timesUs.up + timesUs.degraded),
    late(timesUs['dual-active'] + timesUs.down),
  ];
  const rows = directions.map(({ from, to, upUs, downUs }): Content[] => [
    `${from} → ${to}`,
    writePercent(percentOf(upUs, lengthUs) ?? 0),
    formatDuration(upUs),
    late(downUs),
  ]);
  return tableOf([{ text: 'of' }, ...['available', 'time', 'not available'].map(right)], [pair, ...rows], {
    named: true,
  });
}

function late(us: number): Content {
  return us === 0 ? '0s' : html`<span class="bad">${formatDuration(us)}</span>`;
}

function reasons({ result: { availability } }: Placed): Markup | null {
  const { shown, note } = cut(reasonsByTime(availability.spans), MOST_ROWS, 'reason');
  if (shown.length === 0) return null;
  return behind(
    'Why the pair was degraded',
    html`${tableOf(
      [
        { text: 'reason', wrap: true },
        { text: 'lasted', right: true },
      ],
      shown.map(([reason, us]) => [reason, formatDuration(us)]),
    )}${note}`,
  );
}

function spanTable(run: Placed): Markup | null {
  const { spans, spansOmitted } = run.result.availability;
  const { shown, note } = cut(spans, MOST_ROWS, 'span');
  return behind(
    counted(spans.length + spansOmitted, 'stretch of the pair', 'stretches of the pair'),
    html`${tableOf(
      [{ text: 'state' }, ...['from', 'to', 'lasted'].map(right), { text: 'why', wrap: true }],
      shown.map(({ state, fromUs, toUs, reasons: why }) => [
        state,
        `${formatClock(fromUs, 0)} s`,
        `${formatClock(toUs, 0)} s`,
        formatDuration(toUs - fromUs),
        why.map(({ text, source }) => `${text} [${source}]`).join('; '),
      ]),
      { row: (index) => toRecord(run, shown[index]?.record ?? 0), named: true },
    )}${note}`,
  );
}

function dualActive({ result }: Placed): Markup | null {
  const { shown, note } = cut(result.dualActive, MOST_ROWS, 'time');
  if (shown.length === 0) return null;
  return html`<h3>Both active at once</h3>
    ${tableOf(
      ['from', 'to', 'lasted'].map(right),
      shown.map(({ fromUs, toUs }) => [
        `${formatClock(fromUs, 0)} s`,
        toUs >= result.endedAtUs ? 'the end' : `${formatClock(toUs, 0)} s`,
        html`<span class="bad">${formatDuration(toUs - fromUs)}</span>`,
      ]),
    )}${note}`;
}

function incidents({ result }: Placed): Markup | null {
  const { shown, note } = cut(result.incidents, MOST_ROWS, 'incident');
  if (shown.length === 0) return null;
  return html`<h3>Incidents</h3>
    ${tableOf(
      [
        { text: 'incident' },
        { text: 'firewall' },
        { text: 'link' },
        { text: 'raised', right: true },
        { text: 'cleared', right: true },
      ],
      shown.map(({ title, device, link, raisedUs, clearedUs }) => [
        title,
        device,
        link,
        `${formatClock(raisedUs, 0)} s`,
        clearedUs === null ? 'open at the end' : `${formatClock(clearedUs, 0)} s`,
      ]),
      { named: true },
    )}${note}`;
}
