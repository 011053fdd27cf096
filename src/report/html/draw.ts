/**
 * Pictures as SVG without a browser: Observable Plot draws into a document of linkedom. The same data gives the same bytes: coordinates
 * are cut to a tenth of a pixel, below which machines may differ. Both packages are loaded when the first picture is drawn.
 */

import type { Markish, PlotOptions } from '@observablehq/plot';
import { escaped, Markup, visible } from './markup.ts';

export type PlotLibrary = typeof import('@observablehq/plot');

/** Draws pictures. */
export interface Draw {
  readonly plot: PlotLibrary;
  /** A picture, with what it shows in words for who does not see it. */
  picture(options: PlotOptions & { readonly marks: Markish[] }, what: string): Markup;
}

/** Loads what draws. */
export async function loadDraw(): Promise<Draw> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return {
    plot,
    picture(options, what) {
      const drawn = plot.plot({
        style: { background: 'none', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
        ...options,
        document: document as never,
      }) as unknown as { outerHTML: string };
      const svg = drawn.outerHTML
        .replace(/<style>[^]*?<\/style>/g, '')
        .replace(GEOMETRY, (_, name: string, value: string) => ` ${name}="${value.replace(DECIMALS, '$1')}"`);
      return Markup.trusted(visible(svg).replace('<svg ', `<svg role="img" aria-label="${escaped(what)}" `));
    },
  };
}

const GEOMETRY = / (x|y|x1|x2|y1|y2|width|height|cx|cy|r|rx|d|transform)="([^"]*)"/g;
const DECIMALS = /(\d\.\d)\d+/g;
