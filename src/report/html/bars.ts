/**
 * Bars that are stacked along one axis of time, and strips beside them: where the seconds of a failover went, and what users saw
 * meanwhile. Each piece has a texture and a word or number of its own, so that no one needs its colour.
 */

import { formatDuration } from '../../kernel/time.ts';
import { grouped } from '../table.ts';
import { html, type Markup } from './markup.ts';

/** A piece of a bar, in microseconds (or whatever is counted) from the zero of the axis. */
export interface Piece {
  readonly fromUs: number;
  readonly toUs: number;
  /** In the piece where there is room for it. */
  readonly text: string;
  /** What a pointer that rests on it is told. */
  readonly title: string;
  /** How it is filled: `f0` to `f7` for parts, `lost`, `well`. */
  readonly fill: string;
}

export interface Bar {
  readonly label: string;
  readonly pieces: readonly Piece[];
  readonly height?: number;
}

const LEFT = 120;
const WIDTH = 920;
const RIGHT = 16;
const HEIGHT = 30;
const GAP = 10;
const AXIS = 26;
/** Of a letter, on average. */
const LETTER = 6.4;
const TICKS = 6;

/**
 * Draws bars one below the other over one axis.
 *
 * @param what they show, in words
 * @param unit of the axis: time, or what is counted
 */
export function bars(
  list: readonly Bar[],
  fromUs: number,
  toUs: number,
  what: string,
  unit: 'time' | 'count' = 'time',
): Markup {
  const scale = (WIDTH - LEFT - RIGHT) / Math.max(1, toUs - fromUs);
  const x = (us: number): number => round(LEFT + (us - fromUs) * scale);
  let y = 4;
  const drawn = list.map(({ label, pieces, height = HEIGHT }) => {
    const top = y;
    y += height + GAP;
    return html`<text class="label" x="${LEFT - 8}" y="${top + height / 2 + 4}">${label}</text>
      ${pieces.map((piece) => drawPiece(piece, x(Math.max(piece.fromUs, fromUs)), x(Math.min(piece.toUs, toUs)), top, height))}`;
  });
  const ticks = axisTicks(fromUs, toUs).map(
    (us) =>
      html`<line class="tick" x1="${x(us)}" x2="${x(us)}" y1="0" y2="${y}" /><text
          class="axis"
          x="${x(us)}"
          y="${y + 14}"
          >${us === 0 ? '0' : unit === 'time' ? formatDuration(us) : grouped(us)}</text
        >`,
  );
  return html`<svg
    class="bars"
    role="img"
    aria-label="${what}"
    viewBox="0 0 ${WIDTH} ${y + AXIS}"
    width="${WIDTH}"
    height="${y + AXIS}"
  >
    ${ticks}${drawn}
  </svg>`;
}

function drawPiece(
  { text, title, fill }: Piece,
  x1: number,
  x2: number,
  y: number,
  height: number,
): Markup | null {
  if (x2 < x1) return null;
  const width = round(Math.max(x2 - x1, 1.5));
  const fits = text.length * LETTER + 8 < width;
  return html`<g class="piece ${fill}">
    <title>${title}</title>
    <rect x="${x1}" y="${y}" width="${width}" height="${height}" rx="2" />
    ${fits ? html`<text x="${round(x1 + width / 2)}" y="${y + height / 2 + 4}">${text}</text>` : null}
  </g>`;
}

/** Pixels to a tenth, below which machines may differ. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const ROUND_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const UNITS_US = [1, 1_000, 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000];

/** Round times from one end to the other. */
function axisTicks(fromUs: number, toUs: number): number[] {
  const least = Math.max(1, (toUs - fromUs) / TICKS);
  const steps = UNITS_US.flatMap((unit) => ROUND_STEPS.map((step) => step * unit)).toSorted((a, b) => a - b);
  const step = steps.find((one) => one >= least) ?? least;
  const first = Math.ceil(fromUs / step);
  const count = Math.floor(toUs / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
}

/** How the pieces look. */
export const BARS_STYLE = `
.bars{font-size:12px}
.bars .label{text-anchor:end;fill:var(--ink)}
.bars .axis{text-anchor:middle;fill:var(--soft)}
.bars .tick{stroke:var(--line)}
.piece rect{stroke:var(--paper);stroke-width:1}
.piece text{text-anchor:middle;fill:#fff;font-weight:600;paint-order:stroke}
.f0 rect{fill:#a3123a}.f1 rect{fill:#0067a5}.f2 rect{fill:#00775a}.f3 rect{fill:#6a4c9c}.f4 rect{fill:#b85400}.f5 rect{fill:#5a6672}.f6 rect{fill:#8a6d00}.f7 rect{fill:#9c4a82}
.f1 rect{stroke-dasharray:4 2}.f3 rect{stroke-dasharray:1 2}.f5 rect{stroke-dasharray:6 3}
.lost rect{fill:#a3123a}.well rect{fill:var(--strip)}.well text{fill:var(--ink);font-weight:400}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.3rem 0;font-size:.85rem}
.key svg{display:inline-block;vertical-align:-2px;margin-right:.3rem}
`;

/** A square of a fill, for a key. */
export function swatch(fill: string): Markup {
  return html`<svg width="14" height="14" aria-hidden="true">
    <g class="piece ${fill}"><rect width="14" height="14" rx="2" /></g>
  </svg>`;
}
