/** Cells of CSV (RFC 4180) that no spreadsheet takes for anything but what they are. */

/** What a spreadsheet would take for a formula begins with an apostrophe; a number stays one. */
export function textCell(text: string): string {
  const formula = /^[=+\-@\t\r]/.test(text) && !/^[+-]\d[\d.]*(e[+-]?\d+)?$/i.test(text);
  const safe = formula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of cells, with its line break. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}
