/** One run of a page, and the words by which its rows lead to its records. */

import { html, type Content, type Markup } from '../html/markup.ts';
import { counted, grouped } from '../table.ts';
import type { PageRun } from './run.ts';

/** A run with its place on the page. */
export interface Placed extends PageRun {
  /** 0, or 1 for the second of two. */
  readonly number: number;
}

/** What a row says so that a click on it leads to its record in the lanes. */
export function toRecord({ number }: Placed, record: number): Content {
  if (record === 0) return null;
  return html` data-record="${record}" data-run="${number}" tabindex="0"`;
}

/** A record as a link that the viewer follows. */
export function recordLink({ number }: Placed, record: number): Markup {
  return html`<a href="#${number === 0 ? '' : 'b-'}r${record}">#${record}</a>`;
}

/** `A: ` where there are two. */
export function labelOf({ label }: PageRun): string {
  return label === '' ? '' : `${label}: `;
}

/** A count that would better be none. */
export function bad(count: number): Content {
  return count === 0 ? '0' : html`<span class="bad">${grouped(count)}</span>`;
}

/** Rows of long tables, and what is told of the others. */
export function cut<Item>(
  items: readonly Item[],
  most: number,
  what: string,
): { readonly shown: readonly Item[]; readonly note: Markup | null } {
  const left = items.length - most;
  if (left <= 0) return { shown: items, note: null };
  return {
    shown: items.slice(0, most),
    note: html`<p class="soft">… and ${counted(left, `more ${what}`)}; hasim run --json holds them all.</p>`,
  };
}
