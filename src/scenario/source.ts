/**
 * The text of one scenario file, and the way from an offset in it to a line, a column and an excerpt for a person.
 *
 * Lines and columns count from 1; a column counts UTF-16 units, as editors do.
 */

export interface Source {
  /** As the user named it, or as a file's `extends` resolves; what diagnostics print. */
  readonly file: string;
  readonly text: string;
  /** Offset of the first character of every line. */
  readonly lineStarts: readonly number[];
}

/** A stretch of a source, from `start` up to but without `end`. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

export function makeSource(file: string, text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts };
}

/** Line and column of an offset, both from 1; an offset behind the text is its end. */
export function positionAt(source: Source, offset: number): { line: number; column: number } {
  const wanted = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: wanted - (source.lineStarts[low] ?? 0) + 1 };
}

/** Text of a line (from 1), without its line break. */
export function lineText(source: Source, line: number): string {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const next = source.lineStarts[line];
  const text = source.text.slice(start, next === undefined ? source.text.length : next - 1);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
