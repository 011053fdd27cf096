/**
 * Colour, for streams that are terminals and whose owner has not refused it (NO_COLOR, TERM=dumb, --no-color).
 */

import { PLAIN, type Style, type Styler } from '../report/style.ts';

function sgr(on: number, off: number): Style {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}

const COLOURED: Styler = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
};

/** The styles for a stream. */
export function stylerFor(stream: { readonly isTTY?: boolean }, refused: boolean): Styler {
  const { NO_COLOR: noColor = '', TERM: terminal } = process.env;
  return stream.isTTY !== true || refused || noColor !== '' || terminal === 'dumb' ? PLAIN : COLOURED;
}
