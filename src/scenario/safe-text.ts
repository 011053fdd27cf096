/**
 * Text from a file, made safe to print: no escape sequence, line break, direction override or invisible character
 * reaches the terminal. Every UTF-16 unit that is replaced becomes exactly one, so that columns stay true.
 */

// C0, DEL, C1, soft hyphen, zero-width and direction marks, line and paragraph separators, BOM, and lone surrogates.
const UNSAFE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Control characters as their pictures (␛), a tab as a space, other invisible characters as `�`. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const code = char.charCodeAt(0);
    if (char === '\t') return ' ';
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** A text in quotes for a message, cut after `limit` characters. */
export function quoted(text: string, limit = 40): string {
  const cut = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return safeText(JSON.stringify(cut));
}
