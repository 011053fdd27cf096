/**
 * Text in columns: widths, padding, wrapping, and tables whose columns are as wide as they need to be.
 *
 * Styles are put on after the padding, since escape sequences take no column. A column is a code point, which is right for
 * all but wide scripts.
 */

import { grouped } from '../measure/digits.ts';
import type { Style } from './style.ts';

export { grouped } from '../measure/digits.ts';

// Control, format and separator characters and lone surrogates: none of them may reach a terminal from a scenario's text.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text that a scenario's author wrote, as one line without anything that moves a cursor or changes a colour. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(UNPRINTABLE, '\ufffd');
}

/** Columns that a text without styles takes. */
export function widthOf(text: string): number {
  return Array.from(text).length;
}

/** Filled up with spaces on the right. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Filled up with spaces on the left. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/**
 * Lines of at most so many columns, broken at spaces; a word that is longer than a line is cut. At least one line.
 *
 * @param hang spaces before every line but the first
 */
export function wrap(text: string, width: number, hang = 0): string[] {
  const lines: string[] = [];
  let line = '';
  const room = (): number => Math.max(1, lines.length === 0 ? width : width - hang);
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= room()) {
      line = longer;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = word;
    while (widthOf(line) > room()) {
      const points = Array.from(line);
      const at = cutAt(points, room());
      line = points.slice(at).join('');
      lines.push(points.slice(0, at).join(''));
    }
  }
  return [...lines, line.trimEnd()].map((part, index) => (index === 0 ? part : ' '.repeat(hang) + part));
}

/** Where a word that is too long is cut: behind a hyphen or slash in the second half of the line, else at its end. */
function cutAt(points: readonly string[], room: number): number {
  for (let at = room; at > room / 2; at -= 1) {
    if (points[at - 1] === '-' || points[at - 1] === '/') return at;
  }
  return room;
}

/** Wraps a text behind a label: the label stands before the first line, the others are indented to match. */
export function labelled(label: string, text: string, width: number): string[] {
  const indent = widthOf(label);
  return wrap(text, Math.max(20, width - indent)).map((line, index) =>
    index === 0 ? label + line : ' '.repeat(indent) + line,
  );
}

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

export interface TableOptions {
  /** For each column; columns that are not named are aligned left. */
  readonly align?: readonly ('left' | 'right')[];
  readonly indent?: number;
}

/** Rows of cells as lines, two spaces between columns, nothing behind the last. */
export function table(rows: readonly (readonly Cell[])[], options: TableOptions = {}): string[] {
  const { align = [], indent = 0 } = options;
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(text));
    });
  }
  return rows.map((row) => {
    const cells = row.map(({ text, style }, column) => {
      const width = widths[column] ?? 0;
      const right = align[column] === 'right';
      const last = column === row.length - 1;
      const padded = right ? padStart(text, width) : last ? text : padEnd(text, width);
      return style === undefined || text === '' ? padded : padded.replace(text, () => style(text));
    });
    return (' '.repeat(indent) + cells.join('  ')).trimEnd();
  });
}

/**
 * Lines for each of the first items, and one line that counts the others.
 *
 * @param what the noun of an item
 */
export function linesOfFirst<Item>(
  items: readonly Item[],
  limit: number,
  what: string,
  lines: (item: Item, index: number) => readonly string[],
): string[] {
  const left = items.length - limit;
  return [
    ...items.slice(0, limit).flatMap((item, index) => lines(item, index)),
    ...(left > 0 ? [`  … and ${counted(left, `more ${what}`)}`] : []),
  ];
}

/** A count with its noun: `1 session`, `12,345 sessions`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}
