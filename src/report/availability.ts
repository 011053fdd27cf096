/**
 * Availability: the run as one bar for the pair and one for each direction of traffic, and the figures. A cell of a bar shows the
 * worst that happened within it, so that what was short is not lost; the marks differ in shape, not in colour alone.
 */

import { formatDuration } from '../kernel/time.ts';
import { percentOf, type AvailabilityState } from '../measure/availability.ts';
import { writePercent } from '../measure/percent.ts';
import type { RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { counted, labelled, padEnd, padStart, printable, widthOf } from './table.ts';

/** From the best to the worst. */
const MARKS: Readonly<Record<AvailabilityState, readonly [mark: string, style: keyof Styler]>> = {
  up: ['─', 'green'],
  degraded: ['▒', 'yellow'],
  'dual-active': ['║', 'red'],
  down: ['█', 'red'],
};

const ORDER = Object.keys(MARKS) as AvailabilityState[];
const DIRECTIONS_MOST = 12;
const NARROWEST_BAR = 10;
/** Columns beside the name and the bar: margins, the percentage, and the longest time. */
const AROUND = 43;

interface Stretch {
  readonly state: AvailabilityState;
  readonly fromUs: number;
  readonly toUs: number;
}

/** One bar with its figures. */
interface Line {
  readonly name: string;
  readonly percent: number | null;
  readonly stretches: readonly Stretch[];
  readonly figure: string;
  /** Up to where the stretches are known. */
  readonly knownUs: number;
}

/** Availability as lines; none for a run without length. */
export function availabilityLines({ availability }: RunResult, style: Styler, width: number): string[] {
  const { lengthUs, directions, percent, timesUs, spans, spansOmitted } = availability;
  if (percent === null) return [];
  const pair: Line = {
    name: 'pair',
    percent,
    stretches: spans,
    figure: '',
    knownUs: spansOmitted === 0 ? lengthUs : (spans.at(-1)?.toUs ?? 0),
  };
  const lines = [pair, ...directions.slice(0, DIRECTIONS_MOST).map((item) => directionLine(item, lengthUs))];
  const room = width - AROUND;
  const nameWidth = Math.min(Math.max(...lines.map(({ name }) => widthOf(name))), room - NARROWEST_BAR);
  const left = directions.length - DIRECTIONS_MOST;
  const known = new Set(lines.flatMap(({ stretches }) => stretches.map(({ state }) => state)));
  const legend = ORDER.filter((state) => known.has(state) || state === 'up').map(
    (state) => `${mark(state, style)} ${state}`,
  );
  const times = ORDER.filter((state) => timesUs[state] > 0).map(
    (state) => `${state} ${formatDuration(timesUs[state])}`,
  );
  return [
    `${style.bold('Availability')}   ${legend.join('   ')}`,
    ...lines.map((line) => {
      const name = widthOf(line.name) > nameWidth ? `${line.name.slice(0, nameWidth - 1)}…` : line.name;
      const head = `  ${padEnd(name, nameWidth)}  ${bar(line, lengthUs, room - nameWidth, style)}`;
      return `${head}  ${padStart(writePercent(line.percent ?? 0), 9)}  ${line.figure}`.trimEnd();
    }),
    ...(left > 0 ? [`  … and ${counted(left, 'more direction')}; --json holds them all`] : []),
    ...labelled('  times: ', times.join(', '), width),
    ...reasonLines(availability, width),
  ];
}

function directionLine(item: RunResult['availability']['directions'][number], lengthUs: number): Line {
  const { from, to, upUs, downUs, spans, spansOmitted } = item;
  return {
    name: printable(`${from} → ${to}`),
    percent: percentOf(upUs, lengthUs),
    stretches: spans.map((span) => ({ ...span, state: 'down' })),
    figure: downUs === 0 ? '' : `down ${formatDuration(downUs)}`,
    knownUs: spansOmitted === 0 ? lengthUs : (spans.at(-1)?.toUs ?? 0),
  };
}

function mark(state: AvailabilityState, style: Styler): string {
  const [text, tone] = MARKS[state];
  return style[tone](text);
}

/** The worst of each cell; what is beyond the spans that were kept is left blank. */
function bar({ stretches, knownUs }: Line, lengthUs: number, cells: number, style: Styler): string {
  const worst = Array.from({ length: cells }, () => 0);
  for (const { state, fromUs, toUs } of stretches) {
    const last = Math.ceil((toUs * cells) / lengthUs);
    for (let cell = Math.floor((fromUs * cells) / lengthUs); cell < last; cell += 1)
      worst[cell] = Math.max(worst[cell] ?? 0, ORDER.indexOf(state));
  }
  const known = Math.ceil((knownUs * cells) / lengthUs);
  const marks = worst.slice(0, known).map((rank) => mark(ORDER[rank] as AvailabilityState, style));
  return marks.join('') + ' '.repeat(cells - known);
}

/** Why it was degraded, the longest reason first. */
function reasonLines({ spans, timesUs }: RunResult['availability'], width: number): string[] {
  if (timesUs.degraded === 0) return [];
  const sorted = reasonsByTime(spans);
  const told = sorted.slice(0, 3).map(([key, us]) => `${printable(key)} ${formatDuration(us)}`);
  const more = sorted.length > 3 ? [`and ${counted(sorted.length - 3, 'more reason')}`] : [];
  return labelled('  degraded: ', [...told, ...more].join('; '), width);
}

/** What the pair was degraded by, and for how long, the longest first. */
export function reasonsByTime(
  spans: RunResult['availability']['spans'],
): readonly (readonly [reason: string, us: number])[] {
  const lasted = new Map<string, number>();
  for (const { reasons, fromUs, toUs } of spans) {
    for (const { text, source } of reasons) {
      const key = `${text} [${source}]`;
      lasted.set(key, (lasted.get(key) ?? 0) + toUs - fromUs);
    }
  }
  return [...lasted].toSorted((left, right) => right[1] - left[1]);
}
