/**
 * A user's mistakes as data, and their one way of being shown: `file:line:column: expected X, got Y. Did you mean Z?`,
 * the source line and carets under the offending text. Model: the collected, positioned errors of the yaml package.
 *
 * A mistake holds everything needed to show it, so it can travel as JSON. Nothing from the file reaches a terminal
 * unescaped.
 */

import { safeText } from './safe-text.ts';
import { lineText, positionAt, type Span } from './source.ts';

export { nearest } from './nearest.ts';

export interface Diagnostic {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** On the same line; the column behind the last offending character, always greater than `column`. */
  readonly endColumn: number;
  /** "expected X, got Y", without a full stop. */
  readonly message: string;
  /** A whole sentence: "Did you mean suspend?" */
  readonly hint?: string;
  /** The source line; of a long line only the part around the column. */
  readonly excerpt: string;
  /** The column of the excerpt's first character: 1 unless the line is long. */
  readonly excerptColumn: number;
  /** Where in the scenario: `timeline[2].suspend`; empty for the file as a whole. */
  readonly path: string;
}

/** A message names what the file names, and a name may be as long as the file. */
const LONGEST_MESSAGE = 1000;
const EXCERPT_BEFORE = 60;
const EXCERPT_WIDTH = 100;

export interface DiagnosticDetail {
  readonly hint?: string | undefined;
  readonly path?: string;
}

/** A mistake at a stretch of a source; of a stretch over several lines, the part on the first. */
export function diagnose(span: Span, message: string, detail: DiagnosticDetail = {}): Diagnostic {
  const { line, column } = positionAt(span.source, span.start);
  const text = lineText(span.source, line);
  const end = Math.min(column + (span.end - span.start), text.length + 1);
  const cut = text.length > EXCERPT_WIDTH ? Math.max(0, column - 1 - EXCERPT_BEFORE) : 0;
  return {
    file: span.source.file,
    line,
    column,
    endColumn: Math.max(column + 1, end),
    message: cutText(message),
    ...(detail.hint === undefined ? {} : { hint: detail.hint }),
    excerpt: text.slice(cut, cut + EXCERPT_WIDTH),
    excerptColumn: cut + 1,
    path: cutText(detail.path ?? ''),
  };
}

function cutText(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1)}…` : text;
}

/** By file, then position, then message; the same mistake at the same place is told once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = diagnostics.toSorted(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.message, b.message),
  );
  return sorted.filter((one, index) => {
    const before = sorted[index - 1];
    return before === undefined || !isSame(one, before);
  });
}

function isSame(one: Diagnostic, other: Diagnostic): boolean {
  return (
    one.file === other.file &&
    one.line === other.line &&
    one.column === other.column &&
    one.message === other.message
  );
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Puts a style on a text, as `styleText` of node:util does; the caller knows whether its stream takes colour. */
export type Styler = (style: 'bold' | 'red' | 'cyan' | 'dim', text: string) => string;

export interface RenderOptions {
  readonly colour?: Styler | undefined;
  /** How many mistakes are shown before "… and N more"; 100 unless told. */
  readonly limit?: number | undefined;
}

/** Mistakes as text for a terminal: sorted, without repetitions, each with its source line; ends with a line break. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const style: Styler = options.colour ?? ((_, text) => text);
  const sorted = sortDiagnostics(diagnostics);
  const shown = sorted.slice(0, options.limit ?? 100);
  const blocks = shown.map((one) => renderOne(one, style));
  const left = sorted.length - shown.length;
  if (left > 0) blocks.push(`… and ${left} more\n`);
  return blocks.join('\n');
}

function renderOne(one: Diagnostic, style: Styler): string {
  const place = style('bold', `${safeText(one.file)}:${one.line}:${one.column}:`);
  const hint = one.hint === undefined ? '' : ` ${style('cyan', safeText(one.hint))}`;
  const head = `${place} ${safeText(one.message)}.${hint}\n`;
  return head + renderExcerpt(one, style);
}

/** The source line with carets under the stretch; nothing for an empty line. */
export function renderExcerpt(one: Diagnostic, style: Styler): string {
  if (one.excerpt.trim() === '') return '';
  const from = one.column - one.excerptColumn;
  const to = Math.min(one.endColumn - one.excerptColumn, one.excerpt.length);
  const cutLeft = one.excerptColumn > 1 ? '…' : '';
  const cutRight = one.excerpt.length === EXCERPT_WIDTH ? '…' : '';
  const number = String(one.line).padStart(4);
  const before = cutLeft + safeText(one.excerpt.slice(0, from));
  const marked = safeText(one.excerpt.slice(from, to));
  const after = safeText(one.excerpt.slice(to)).trimEnd() + cutRight;
  const carets = '^'.repeat(Math.max(1, displayWidth(marked)));
  const source = `${style('dim', `${number} |`)} ${before}${marked}${after}`.trimEnd();
  const indent = ' '.repeat(displayWidth(before));
  return `${source}\n${style('dim', '     |')} ${indent}${style('red', carets)}\n`;
}

/** Columns that a text takes: one for every code point, which is right for all but wide scripts. */
function displayWidth(text: string): number {
  return Array.from(text).length;
}
