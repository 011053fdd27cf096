/**
 * HTML that cannot be forgotten to escape: what is put into the template is text, unless it is markup itself.
 */

/** A piece of HTML. */
export class Markup {
  readonly source: string;

  private constructor(source: string) {
    this.source = source;
  }

  /** What is HTML already, of a maker that escapes by itself. */
  static trusted(source: string): Markup {
    return new Markup(source);
  }
}

/** What a template takes: a text is escaped, a list is put together, null is nothing. */
export type Content = string | number | Markup | null | readonly Content[];

/** A template whose contents are escaped. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  // How far a line is indented in the source says nothing to a reader.
  const pieces = strings.map(
    (piece, index) => (index === 0 ? '' : write(contents[index - 1] ?? null)) + piece.replace(/\n\s+/g, '\n'),
  );
  return Markup.trusted(pieces.join(''));
}

function write(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.source;
  if (typeof content === 'object') return content.map(write).join('');
  return escaped(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML, in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Without what no page may hold: controls, lone surrogates, and marks that turn the direction of reading around. */
export function visible(text: string): string {
  return text.replace(/[\p{Cs}\p{Cf}\p{Zl}\p{Zp}]|(?![\t\n])\p{Cc}/gu, '\ufffd');
}
