/** The drawing of a topology at one time as text, for who has no script. */

import { html, type Markup } from '../html/markup.ts';
import { groupsOf, viewBoxOf, type Piece } from './drawing.ts';
import type { TopologyModel } from './model.ts';
import { shapesAt } from './shapes.ts';

/** A figure. @param what the time in words */
export function topologyFigure(model: TopologyModel, us: number, what: string): Markup {
  const shapes = shapesAt(model, us);
  const inWords = [...shapes.nodes, ...shapes.links].map(({ title }) => title).join('; ');
  return html`<figure class="topology">
    <figcaption>${what}</figcaption>
    <svg
      viewBox="${viewBoxOf(model)}"
      style="max-width:${Math.round(model.width)}px"
      role="img"
      aria-label="Topology: ${inWords}"
    >
      ${groupsOf(shapes).map(
        ({ class: look, title, pieces }) =>
          html`<g class="${look}"><title>${title}</title>${pieces.map(written)}</g>`,
      )}
    </svg>
  </figure>`;
}

function written({ tag, attributes, text }: Piece): Markup {
  const { class: look = '', d = '', x = '', y = '' } = attributes;
  return tag === 'path'
    ? html`<path class="${look}" d="${d}" />`
    : html`<text class="${look}" x="${x}" y="${y}">${text}</text>`;
}
