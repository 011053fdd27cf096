/** Tables of a page: they scroll by themselves where they are wider than it. */

import { html, type Content, type Markup } from './markup.ts';

export interface Head {
  readonly text: string;
  /** Figures stand at the right. */
  readonly right?: boolean;
  /** Its texts may be broken into lines. */
  readonly wrap?: boolean;
}

/** The heading of a column of figures. */
export function right(text: string): Head {
  return { text, right: true };
}

export interface TableOptions {
  /** What the table holds, for who hears it. */
  readonly caption?: string;
  /** Of a row, what stands in its tag: the record that it is about. */
  readonly row?: (index: number) => Content;
  /** The first cell of a row names it. */
  readonly named?: boolean;
  /** So many of the last rows are sums of those above them. */
  readonly sums?: number;
}

/** A table with a heading for every column. */
export function tableOf(
  heads: readonly Head[],
  rows: readonly (readonly Content[])[],
  options: TableOptions = {},
): Markup {
  const { caption, row = () => null, named = false, sums = 0 } = options;
  const kind = (column: number): Content => {
    const head = heads[column];
    if (head?.right === true) return html` class="n"`;
    return head?.wrap === true ? html` class="wrap"` : null;
  };
  const cell = (content: Content, column: number): Markup =>
    named && column === 0 ? html`<th scope="row">${content}</th>` : html`<td${kind(column)}>${content}</td>`;
  const drawn = rows.map((cells, index) => html`<tr${row(index)}>${cells.map(cell)}</tr> `);
  return html`<div class="scroll">
    <table>
      ${
        caption === undefined
          ? null
          : html`<caption>
              ${caption}
            </caption>`
      }
      <thead>
        <tr>
          ${heads.map(({ text }, column) => html`<th scope="col" ${kind(column)}>${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${drawn.slice(0, drawn.length - sums)}
      </tbody>
      ${
        sums === 0
          ? null
          : html`<tfoot>
              ${drawn.slice(-sums)}
            </tfoot>`
      }
    </table>
  </div>`;
}

/** What is behind a picture, to be opened. */
export function behind(summary: string, content: Content): Markup {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}
