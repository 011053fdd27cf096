/**
 * What bars are filled with: each fill has a colour and a texture of its own, so that nobody needs the colour and paper does not lose it.
 * White words on any of them are readable, in the light and in the dark.
 */

import { html, Markup } from './markup.ts';

/** Strokes on a tile of eight by eight. */
const TEXTURES = {
  plain: '',
  rising: 'M-2 2L2-2M0 8L8 0M6 10L10 6',
  falling: 'M-2 6L2 10M0 0L8 8M6-2L10 2',
  upright: 'M4 0V8',
  level: 'M0 4H8',
  squares: 'M4 0V8M0 4H8',
  dots: 'M2 2h.01M6 6h.01',
  crossed: 'M0 0L8 8M8 0L0 8',
} as const;

/** Parts of a failover are f0 to f7 in their order; the others are named for what they fill. */
const FILLS = {
  f0: ['#806300', 'rising'],
  f1: ['#0067a5', 'plain'],
  f2: ['#00775a', 'upright'],
  f3: ['#6a4c9c', 'dots'],
  f4: ['#b04e00', 'falling'],
  f5: ['#5a6672', 'level'],
  f6: ['#1b7285', 'squares'],
  f7: ['#9c4a82', 'dots'],
  lost: ['#a3123a', 'crossed'],
  never: ['#a3123a', 'rising'],
  failed: ['#b04e00', 'falling'],
  open: ['#0067a5', 'dots'],
  done: ['#00775a', 'plain'],
  degraded: ['#806300', 'rising'],
  both: ['#9c4a82', 'squares'],
} as const satisfies Readonly<Record<string, readonly [string, keyof typeof TEXTURES]>>;

/** `well` is the ground on which the others are seen. */
export type Fill = keyof typeof FILLS | 'well';

const ENTRIES = Object.entries(FILLS);

/** The textures, once on a page that has bars. */
export const TEXTURE_DEFINITIONS = html`<svg class="textures" width="0" height="0" aria-hidden="true">
  <defs>
    ${ENTRIES.map(
      ([name, [colour, texture]]) =>
        html`<pattern id="fill-${name}" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill="${colour}" />
          <path
            d="${TEXTURES[texture]}"
            stroke="#fff"
            stroke-opacity=".42"
            stroke-width="${texture === 'dots' ? 2.2 : 1.2}"
            stroke-linecap="${texture === 'dots' ? 'round' : 'butt'}"
          />
        </pattern> `,
    )}
  </defs>
</svg>`;

/** Style of what is filled: a group `piece` with a rectangle and perhaps a word. */
export const FILLS_STYLE = `.textures{position:absolute}
.piece rect{stroke:var(--paper);stroke-width:1}
.bars .word{text-anchor:middle;fill:#fff;font-weight:600;paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
${ENTRIES.map(([name, [colour]]) => `.piece.${name} rect{fill:url(#fill-${name}) ${colour}}.word.${name}{stroke:${colour}}`).join('\n')}
.piece.well rect{fill:var(--strip)}.word.well{fill:var(--ink)}
`;

/** A square of a fill, for a key or beside a word. */
export function swatch(fill: Fill): Markup {
  return html`<svg class="swatch" width="16" height="16" aria-hidden="true">
    <g class="piece ${fill}"><rect width="16" height="16" rx="2" /></g>
  </svg>`;
}

/** What the fills of a picture mean. */
export function keyOf(entries: readonly (readonly [fill: Fill, text: string])[]): Markup {
  return html`<ul class="key">
    ${entries.map(([fill, text]) => html`<li>${swatch(fill)}${text}</li>`)}
  </ul>`;
}
