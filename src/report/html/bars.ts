/**
 * Bars that are stacked along one axis, and strips beside them: where the seconds of a failover went, and what users saw meanwhile.
 * Each piece has a texture, and a word of its own where there is room for it.
 */

import { DAY_US, formatDuration, HOUR_US, MILLISECOND_US, MINUTE_US, SECOND_US } from '../../kernel/time.ts';
import { grouped } from '../table.ts';
import { FILLS_STYLE, type Fill } from './fills.ts';
import { html, type Markup } from './markup.ts';

/** A piece of a bar, in microseconds (or whatever is counted) from the zero of the axis. */
export interface Piece {
  readonly fromUs: number;
  readonly toUs: number;
  /** In the piece where there is room for it. */
  readonly text: string;
  /** Where there is room for less. */
  readonly short?: string;
  /** What a pointer that rests on it is told. */
  readonly title: string;
  readonly fill: Fill;
}

export interface Bar {
  readonly label: string;
  readonly pieces: readonly Piece[];
  readonly height?: number;
  /** It is cut into cells: a cut at one time, and then so often. */
  readonly cells?: { readonly atUs: number; readonly everyUs: number };
}

/** What the axis counts: time since something began, the clock of a run, or things. */
export type Axis = 'time' | 'clock' | 'count';

const LEFT = 148;
const WIDTH = 920;
const RIGHT = 30;
const HEIGHT = 30;
const GAP = 10;
const AXIS = 26;
/** Of a letter, on average. */
const LETTER = 6.9;
const LONGEST_LABEL = 19;
const TICKS = 6;

/** Pixels from one end of the axis to the other. */
export const AXIS_LENGTH = WIDTH - LEFT - RIGHT;

/**
 * Draws bars one below the other over one axis.
 *
 * @param what they show, in words
 */
export function bars(
  list: readonly Bar[],
  fromUs: number,
  toUs: number,
  what: string,
  axis: Axis = 'time',
): Markup {
  const scale = AXIS_LENGTH / Math.max(1, toUs - fromUs);
  const x = (us: number): number => round(LEFT + (Math.min(Math.max(us, fromUs), toUs) - fromUs) * scale);
  let y = 4;
  const drawn = list.map(({ label, pieces, height = HEIGHT, cells }) => {
    const top = y;
    y += height + GAP;
    const drawnPieces = pieces.map((piece) => drawPiece(piece, x(piece.fromUs), x(piece.toUs), top, height));
    return html`<text class="label" x="${LEFT - 10}" y="${top + height / 2 + 4}"
        ><title>${label}</title>${shortened(label)}</text
      >
      ${drawnPieces.map(({ box }) => box)}
      ${cells === undefined ? null : html`<path class="cuts" d="${cuts(cells, fromUs, toUs, x, top, height)}" />`}
      ${drawnPieces.map(({ word }) => word)}`;
  });
  const ticks = axisTicks(fromUs, toUs, axis).map(
    (us) =>
      html`<line class="tick" x1="${x(us)}" x2="${x(us)}" y1="0" y2="${y}" /><text
          class="axis"
          x="${x(us)}"
          y="${y + 14}"
          >${tickText(us, axis)}</text
        >`,
  );
  return html`<div class="scroll">
    <svg
      class="bars"
      role="img"
      aria-label="${what}"
      viewBox="0 0 ${WIDTH} ${y + AXIS}"
      width="${WIDTH}"
      height="${y + AXIS}"
    >
      ${ticks}${drawn}
    </svg>
  </div>`;
}

function shortened(label: string): string {
  const letters = [...label];
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join('')}…` : label;
}

/** The box and what stands in it, which is drawn above the cuts. */
function drawPiece(
  { text, short = '', title, fill }: Piece,
  x1: number,
  x2: number,
  y: number,
  height: number,
): { readonly box: Markup; readonly word: Markup | null } {
  const width = round(Math.max(x2 - x1, 1.5));
  const fits = [text, short].find((one) => [...one].length * LETTER + 8 < width) ?? '';
  const box = html`<g class="piece ${fill}">
    <title>${title}</title>
    <rect x="${x1}" y="${y}" width="${width}" height="${height}" rx="2" />
  </g>`;
  if (fits === '') return { box, word: null };
  const word = html`<text class="word ${fill}" x="${round(x1 + width / 2)}" y="${y + height / 2 + 4}"
    >${fits}</text
  >`;
  return { box, word };
}

function cuts(
  { atUs, everyUs }: NonNullable<Bar['cells']>,
  fromUs: number,
  toUs: number,
  x: (us: number) => number,
  y: number,
  height: number,
): string {
  const first = Math.ceil((fromUs - atUs) / everyUs);
  const count = Math.max(0, Math.floor((toUs - atUs) / everyUs) - first + 1);
  return Array.from(
    { length: count },
    (_, index) => `M${x(atUs + (first + index) * everyUs)} ${y}v${height}`,
  ).join('');
}

function tickText(us: number, axis: Axis): string {
  if (axis === 'count') return grouped(us);
  if (axis === 'clock') return formatDuration(us);
  return us === 0 ? 'start' : us > 0 ? `+${formatDuration(us)}` : formatDuration(us);
}

/** Pixels to a tenth, below which machines may differ. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const ROUND_US = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const ROUND_S = [1, 2, 5, 10, 15, 30];
/** Steps that a reader of clocks takes for round. */
const TIME_STEPS_US = [
  ...ROUND_US,
  ...ROUND_US.map((step) => step * MILLISECOND_US),
  ...ROUND_S.map((step) => step * SECOND_US),
  ...ROUND_S.map((step) => step * MINUTE_US),
  ...[1, 2, 3, 6, 12].map((step) => step * HOUR_US),
  ...ROUND_US.map((step) => step * DAY_US),
];
const COUNT_STEPS = [1, 1_000, 1_000_000].flatMap((unit) => ROUND_US.map((step) => step * unit));

/** Round numbers from one end to the other. */
function axisTicks(from: number, to: number, axis: Axis): number[] {
  const least = Math.max(1, (to - from) / TICKS);
  const steps = axis === 'count' ? COUNT_STEPS : TIME_STEPS_US;
  const step = steps.find((one) => one >= least) ?? Math.ceil(least);
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
}

/** How bars look. */
export const BARS_STYLE = `${FILLS_STYLE}
.bars{font-size:12px;width:100%;min-width:44rem;max-width:${WIDTH}px}
.bars .label{text-anchor:end;fill:var(--ink)}
.bars .axis{text-anchor:middle;fill:var(--soft)}
.bars .tick{stroke:var(--line)}
.bars .cuts{stroke:var(--paper);stroke-width:1.5;fill:none}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.4rem 0;font-size:.88rem}
.swatch{display:inline-block;max-width:none;vertical-align:-3px;margin-right:.4rem}
@media print{.bars{min-width:0;max-width:100%}}
`;
